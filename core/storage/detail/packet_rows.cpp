#include "storage/detail/packet_rows.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <peercert/error.hpp>

#include "storage/detail/audit_hash.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/packet_layout.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/units.hpp"
#include "storage/detail/use_of.hpp"

namespace peercert::storage {

namespace {

using domain::PacketRow;

std::string said_elsewhere(const std::string& actor) {
    constexpr std::string_view lead = "elsewhere: ";
    return actor.empty() || actor.starts_with(lead) ? actor : std::string(lead) + actor;
}

/// Which column says who did it.
std::string_view actor_column(std::string_view table) {
    if (table == "entry")
        return "typed_by";
    if (table == "decision")
        return "decided_by";
    return table == "credential_event" ? "actor" : "";
}

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const auto end = std::min(list.find(", "), list.size());
        words.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return words;
}
bool is_key(const VouchedTable& layout, const std::string& column) {
    const auto key = words_of(layout.key.text());
    return std::find(key.begin(), key.end(), column) != key.end();
}

} // namespace

void packet_cannot_be(std::string_view what) {
    throw Error(ErrorCode::invalid_input, "the packet says something that cannot be: " + std::string(what));
}

std::int64_t packet_number(const PacketRow& row, std::string_view name) {
    const std::string digits = row.get(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        packet_cannot_be(std::string(name) + " is no number");
    return value;
}

class PacketRows::Insert {
public:
    virtual ~Insert() = default;
    /// The key that the database made, or 0.
    virtual std::int64_t row(const Values& values) = 0;
};

template <class Statement>
class PacketRows::InsertInto final : public Insert {
public:
    InsertInto(Connection& connection, std::string_view table, bool generated) {
        std::string names, places;
        for (const PacketColumn& column : packet_columns(table)) {
            if (generated && column.name == "id")
                continue;
            columns_.push_back(column.name);
            names += (names.empty() ? "" : ", ") + column.name;
            places += (places.empty() ? "$" : ", $") + std::to_string(columns_.size());
        }
        // fixed text: tables and columns from our own schema, places by number
        std::string query = "insert into " + std::string(table) + " (" + names + ") values (" + places + ")";
        if (generated)
            query += " returning id";
        generated_ = generated;
        statement_ = std::make_unique<Statement>(connection, query);
    }
    std::int64_t row(const Values& values) override {
        const UseOf use(*statement_);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto& value = values.at(columns_[i]);
            if (value)
                statement_->bind(static_cast<int>(i), std::string_view(*value));
            else
                statement_->bind_null(static_cast<int>(i));
        }
        if (!generated_) {
            statement_->run();
            return 0;
        }
        const std::int64_t key = statement_->next() ? statement_->integer(0) : 0;
        if (statement_->next()) // runs the statement to its end
            packet_cannot_be("one row came in twice");
        return key;
    }

private:
    std::vector<std::string> columns_;
    bool generated_{false};
    std::unique_ptr<Statement> statement_;
};

PacketRows::PacketRows(Connection& connection) : connection_(connection) {}

PacketRows::~PacketRows() = default;

void PacketRows::remember(std::string_view table, const PacketRow& row, std::int64_t key) {
    keys_[std::string(table)][packet_number(row, "id")] = key;
}

std::int64_t PacketRows::key_of(std::string_view table, const std::string& digits) const {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const auto keys = keys_.find(table);
    if (keys != keys_.end())
        if (const auto found = keys->second.find(value); found != keys->second.end())
            return found->second;
    packet_cannot_be("a row names " + std::string(table) + " " + digits + ", which does not stand before it");
}

PacketRows::Values PacketRows::taken(std::string_view table, const PacketRow& row) const {
    Values values;
    for (const PacketColumn& column : packet_columns(table)) {
        auto& value = values[column.name];
        if (const auto* given = row.find(column.name); given != nullptr)
            value = given->text;
        else
            value = column.otherwise;
        if (value && packet_reference(table, column.name))
            value = std::to_string(key_of(*packet_reference(table, column.name), *value));
        if (column.name == "person")
            value = std::to_string(person_.value());
        else if (column.name == "audit")
            value = std::to_string(connection_.next_audit());
        else if (column.name == "mark")
            value = "0";
        else if (column.name == actor_column(table))
            value = said_elsewhere(value.value_or(""));
        else if (!value && !column.may_be_null && column.name != "id" && !stays_home(table, column.name))
            packet_cannot_be("the " + column.name + " of a row of " + std::string(table) + " is missing");
    }
    return values;
}

PacketRows::Insert& PacketRows::into(std::string_view table) {
    auto& insert = inserts_[std::string(table)];
    if (!insert) {
        const auto& parts = packet_parts();
        const bool generated = std::any_of(parts.begin(), parts.end(), [&](const PacketPart& part) {
            return part.table.text() == table && part.generated;
        });
        if (connection_.backend() == Backend::postgresql)
            insert = std::make_unique<InsertInto<PostgresStatement>>(connection_, table, generated);
        else
            insert = std::make_unique<InsertInto<SqliteStatement>>(connection_, table, generated);
    }
    return *insert;
}

std::int64_t PacketRows::add(std::string_view table, Values& values) {
    connection_.changing();
    if (table == "entry") // its mark is a part of the row
        values["mark"] = std::to_string(mark_of(vouch(table, values).value()));
    const std::int64_t key = into(table).row(values);
    if (key != 0)
        values["id"] = std::to_string(key);
    if (table != "entry")
        (void)vouch(table, values);
    return key;
}

std::optional<Hash> PacketRows::vouch(std::string_view table, const Values& values) {
    std::optional<Hash> first;
    for (const VouchedTable& layout : vouched_tables) {
        if (layout.name.text() != table)
            continue;
        RowText text(layout.hashed_as());
        bool says_something = layout.which.text().empty();
        for (const std::string& column : words_of(layout.columns.text())) {
            const std::string value = values.at(column).value_or("");
            text.add(value);
            says_something = says_something || (!value.empty() && !is_key(layout, column));
        }
        if (!says_something)
            continue;
        const Hash hash = connection_.added(text);
        if (!first)
            first = hash;
    }
    return first;
}

} // namespace peercert::storage
