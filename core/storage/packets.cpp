#include "storage/packets.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/entry_numbers.hpp"
#include "storage/detail/migrations.hpp"
#include "storage/detail/packet_layout.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/values_plain.hpp"
#include "storage/merges.hpp"
#include "storage/people.hpp"

/// A person's record out of the database.
namespace peercert::storage {

namespace {

using domain::Packet;
using domain::PacketRow;
using domain::PacketTable;

using Columns = std::map<std::string, std::optional<std::string>, std::less<>>;

std::int64_t whole(std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

template <class Statement>
std::vector<Columns> rows_of_part(Connection& connection, const PacketPart& part, PersonId person) {
    const auto& columns = packet_columns(part.table.text());
    std::string list;
    for (const PacketColumn& column : columns)
        list += (list.empty() ? "" : ", ") + column.name;
    // fixed text: columns from our own schema, conditions from the layout
    std::string query = "select " + list + " from ";
    query += joined_sql(part.table, " ");
    query += part.which;
    query += joined_sql(" order by ", part.order);
    Statement rows(connection, query);
    rows.bind(0, person.value());
    std::vector<Columns> found;
    while (rows.next()) {
        Columns row;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const int at = static_cast<int>(i);
            row[columns[i].name] = rows.is_null(at) ? std::nullopt : std::optional(std::string(rows.text(at)));
        }
        found.push_back(std::move(row));
    }
    return found;
}

/// Keys of this database as numbers of the packet.
class PacketNumbers {
public:
    void number(std::string_view table, const std::vector<Columns>& rows) {
        auto& numbers = numbers_[std::string(table)];
        for (const Columns& row : rows)
            numbers.emplace(whole(row.at("id").value()), static_cast<std::int64_t>(numbers.size()) + 1);
    }
    std::int64_t of(std::string_view table, std::int64_t key) const {
        const auto numbers = numbers_.find(table);
        if (numbers != numbers_.end())
            if (const auto found = numbers->second.find(key); found != numbers->second.end())
                return found->second;
        throw Error(ErrorCode::internal,
                    "a row of somebody's record names a " + std::string(table) + " that does not belong to it");
    }
    std::optional<std::int64_t> find_entry(std::int64_t key) const {
        const auto numbers = numbers_.find("entry");
        if (numbers == numbers_.end())
            return std::nullopt;
        const auto found = numbers->second.find(key);
        return found == numbers->second.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<std::string, std::map<std::int64_t, std::int64_t>, std::less<>> numbers_;
};

domain::PacketValue text_value(std::optional<std::string> text) { return {std::move(text), false}; }
domain::PacketValue number_value(std::int64_t number) { return {std::to_string(number), true}; }

class Writer {
public:
    Writer(Connection& connection, PersonId person)
        : connection_(connection), group_(Merges(connection).group(person)) {}

    std::vector<PacketTable> tables() {
        std::vector<std::vector<Columns>> all;
        std::set<std::int64_t> audits;
        for (const PacketPart& part : packet_parts()) {
            all.push_back(rows(part));
            if (!all.back().empty() && all.back().front().count("id") != 0)
                numbers_.number(part.table.text(), all.back());
            if (part.stepped)
                for (const Columns& row : all.back())
                    audits.insert(whole(row.at("audit").value()));
        }
        std::int64_t step = 0;
        for (const std::int64_t audit : audits)
            steps_[audit] = ++step;
        std::vector<PacketTable> tables;
        for (std::size_t i = 0; i < all.size(); ++i) {
            PacketTable table{std::string(packet_parts()[i].table.text()), {}};
            for (const Columns& row : all[i])
                table.rows.push_back(row_of(packet_parts()[i], row));
            tables.push_back(std::move(table));
        }
        return tables;
    }

private:
    std::vector<Columns> rows_of(const PacketPart& part, PersonId person) {
        return connection_.backend() == Backend::postgresql ? rows_of_part<PostgresStatement>(connection_, part, person)
                                                            : rows_of_part<SqliteStatement>(connection_, part, person);
    }
    /// Of one human, however many records there are of them.
    std::vector<Columns> rows(const PacketPart& part) {
        std::vector<Columns> all = rows_of(part, group_.front());
        if (group_.size() == 1)
            return all;
        for (auto other = group_.begin() + 1; other != group_.end(); ++other)
            for (Columns& row : rows_of(part, *other))
                if (part.table.text() == "person")
                    fold(all.front(), row, *other);
                else if (std::find(all.begin(), all.end(), row) == all.end()) // a cohort that both were in
                    all.push_back(std::move(row));
        if (part.table.text() == "person_name")
            all.insert(all.end(), names_.begin(), names_.end());
        if (part.table.text() == "person_contact")
            all.insert(all.end(), contacts_.begin(), contacts_.end());
        if (!all.empty() && all.front().count("id") != 0 && part.table.text() != "person")
            std::sort(all.begin(), all.end(), [](const Columns& a, const Columns& b) {
                return whole(a.at("id").value()) < whole(b.at("id").value());
            });
        return all;
    }
    /// What another record of the same human says: the one that is kept speaks for both, and nothing is lost.
    void fold(Columns& kept, const Columns& other, PersonId who) {
        if (!kept["born"])
            kept["born"] = other.at("born");
        if (other.at("hidden") == "1")
            kept["hidden"] = "1";
        if (const auto& gone = other.at("departed_on"); gone && (!kept["departed_on"] || *gone < *kept["departed_on"]))
            kept["departed_on"] = gone;
        const auto merged = Merges(connection_).standing(who);
        const auto add = [&](std::vector<Columns>& into, const char* kind, const char* column,
                             const std::optional<std::string>& value, const char* own_day) {
            if (!value || value->empty())
                return;
            const std::string first = other.at(own_day).value_or(other.at("from_day").value());
            const std::string last = merged ? std::max(first, to_text(add_days(merged->day, -1))) : first;
            into.push_back({{"kind", kind}, {column, value}, {"first_day", first}, {"last_day", last}});
        };
        add(names_, "used", "full_name", other.at("name"), "name_from");
        add(contacts_, "email", "value", other.at("email"), "email_from");
        add(contacts_, "phone", "value", other.at("phone"), "phone_from");
    }

    PacketRow row_of(const PacketPart& part, const Columns& row) {
        const std::string_view table = part.table.text();
        PacketRow out;
        const auto add = [&out](std::string_view name, domain::PacketValue value) {
            out.fields.emplace_back(std::string(name), std::move(value));
        };
        if (part.stepped)
            add("order", number_value(steps_.at(whole(row.at("audit").value()))));
        for (const PacketColumn& column : packet_columns(table)) {
            if (stays_home(table, column.name))
                continue;
            const auto& value = row.at(column.name);
            if (column.name == "id")
                add("id", number_value(numbers_.of(table, whole(value.value()))));
            else if (const auto to = packet_reference(table, column.name))
                add(column.name,
                    value ? number_value(number_of(*to, whole(*value), row)) : domain::PacketValue{std::nullopt, true});
            else if (table == "decision" && column.name == "finding")
                add("finding", text_value(with_entry_numbers(value.value(), [&](std::int64_t entry) {
                        return numbers_.find_entry(entry).value_or(entry);
                    })));
            else if (table == "decision" && column.name == "evidence")
                add("evidence", text_value(mapped_list(
                                    value.value(), [&](std::int64_t entry) { return numbers_.of("entry", entry); })));
            else
                add(column.name, {value, column.number});
        }
        if (table == "entry")
            add_signer(out, row);
        return out;
    }

    /// What was signed in one go with others' begins, here, with their own line of it.
    std::int64_t number_of(std::string_view to, std::int64_t key, const Columns& row) const {
        if (to == "entry" && row.count("act") != 0 && !numbers_.find_entry(key))
            key = whole(row.at("root").value());
        return numbers_.of(to, key);
    }

    void add_signer(PacketRow& out, const Columns& row) {
        const auto& by = row.at("asserted_by");
        std::pair<std::string, std::string> signer;
        if (by) {
            if (const PersonId who(whole(*by)); std::find(group_.begin(), group_.end(), who) != group_.end())
                signer = {"self", ""};
            else
                signer = signer_here(who);
        } else if (auto elsewhere = Packets(connection_).signer_elsewhere(EntryId(whole(row.at("id").value())))) {
            signer = std::move(*elsewhere);
        }
        if (signer.first.empty())
            return;
        out.fields.emplace_back("signed_by", text_value(signer.first));
        out.fields.emplace_back("signed_by_name", text_value(signer.second));
    }
    const std::pair<std::string, std::string>& signer_here(PersonId who) {
        auto& known = signers_[who.value()];
        if (known.first.empty()) {
            People people(connection_);
            known = {people.of(who).code.str(), people.public_name(who)};
        }
        return known;
    }

    Connection& connection_;
    std::vector<PersonId> group_;           ///< records of this human, the one that is kept first
    std::vector<Columns> names_, contacts_; ///< of the others
    PacketNumbers numbers_;
    std::map<std::int64_t, std::int64_t> steps_;
    std::map<std::int64_t, std::pair<std::string, std::string>> signers_;
};

/// The one value that a query with one text gives.
template <class Statement>
std::optional<std::int64_t> key_by(Connection& connection, FixedSql query, std::string_view one,
                                   std::string_view other = {}) {
    Statement row(connection, query.text());
    row.bind(0, one);
    if (!other.empty())
        row.bind(1, other);
    return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

std::optional<PersonId> person_by(Connection& connection, FixedSql query, std::string_view one,
                                  std::string_view other = {}) {
    const auto key = connection.backend() == Backend::postgresql
                         ? key_by<PostgresStatement>(connection, query, one, other)
                         : key_by<SqliteStatement>(connection, query, one, other);
    return key ? std::optional(PersonId(*key)) : std::nullopt;
}

template <class Each>
void each_row(Connection& connection, FixedSql query, std::int64_t key, Each&& each) {
    const auto run = [&](auto&& rows) {
        rows.bind(0, key);
        while (rows.next())
            each(rows);
    };
    if (connection.backend() == Backend::postgresql)
        run(PostgresStatement(connection, query.text()));
    else
        run(SqliteStatement(connection, query.text()));
}

} // namespace

Packet Packets::of(PersonId person) {
    Packet packet;
    packet.schema = newest_schema();
    packet.kind = connection_.installation().kind;
    packet.installation = installation_mark();
    packet.tables = Writer(connection_, person).tables();
    return packet;
}

std::string Packets::installation_mark() {
    // keyed with the installation's own secret: it tells installations apart and says nothing about either key
    RowText text("installation");
    text.add(domain::to_text(connection_.installation().created_at)); // two demos have the same keys
    return to_hex(keyed_hash(connection_.installation().audit_salt, text)).substr(0, 16);
}

std::vector<domain::PacketOrigin> Packets::origins_of(PersonId person) {
    std::vector<domain::PacketOrigin> origins;
    each_row(connection_, "select digest, installation, code, recorded_at from packet where person = $1 order by n",
             person.value(), [&](const auto& row) {
                 origins.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                                    instant_of(row.text(3))});
             });
    return origins;
}

std::vector<std::string> Packets::numbers_elsewhere(CredentialId credential) {
    std::vector<std::string> numbers;
    each_row(connection_, "select number from packet_number where credential = $1 order by n", credential.value(),
             [&](const auto& row) { numbers.emplace_back(row.text(0)); });
    return numbers;
}

std::optional<std::pair<std::string, std::string>> Packets::signer_elsewhere(EntryId entry) {
    std::optional<std::pair<std::string, std::string>> signer;
    each_row(connection_, "select code, name from packet_signer where entry = $1", entry.value(),
             [&](const auto& row) { signer = std::pair(std::string(row.text(0)), std::string(row.text(1))); });
    return signer;
}

std::optional<PersonId> Packets::came_with(std::string_view digest) {
    return person_by(connection_, "select person from packet where digest = $1 order by person", digest);
}

std::optional<PersonId> Packets::came_as(std::string_view installation, std::string_view code) {
    return person_by(connection_, "select person from packet where installation = $1 and code = $2 order by person",
                     installation, code);
}

} // namespace peercert::storage
