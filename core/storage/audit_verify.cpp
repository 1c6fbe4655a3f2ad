#include <algorithm>
#include <memory>

#include "storage/audit.hpp"
#include "storage/detail/audit_hash.hpp"
#include "storage/detail/counters.hpp"
#include "storage/detail/doctor.hpp"
#include "storage/detail/fast_text.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/suspects.hpp"
#include "storage/detail/units.hpp"

/// The walk along the chain, with every row of the record that the chain vouches for beside it. Memory does not grow
/// with the record: each table is read once, in the order of the audit rows that its rows name.
namespace peercert::storage {

namespace {

int columns_of(std::string_view list) { return static_cast<int>(std::count(list.begin(), list.end(), ',')) + 1; }

/// Rows of one table, one ahead.
template <class Rows>
class Vouched {
public:
    template <class... Argument>
    Vouched(Connection& connection, const VouchedTable& table, Argument... argument)
        : table_(table), columns_(columns_of(table.columns.text())),
          rows_(connection,
                joined_sql("select audit, ", table.marked ? FixedSql("mark") : FixedSql("0")) +
                    joined_sql(", ", table.columns, " from ") + joined_sql(table.name, table.where()) +
                    joined_sql(table.which, " order by audit"),
                argument...) {
        advance();
    }
    std::int64_t audit() const { return audit_; }
    std::string_view table() const { return table_.name.text(); }
    /// Adds every row that names this audit row. False if one of them does not have the mark that it carries.
    bool collect(std::int64_t seq, const domain::CodeBook::Key& salt, RowsDigest& digest) {
        bool marks_fit = true;
        while (audit_ == seq) {
            row_.restart(table_.hashed_as());
            for (int i = 2; i < columns_ + 2; ++i)
                row_.add(rows_.text(i));
            const Hash hash = digest.add(salt, row_);
            if (const std::int64_t mark = rows_.integer(1); mark != 0 && mark != mark_of(hash))
                marks_fit = false;
            advance();
        }
        return marks_fit;
    }

private:
    void advance() { audit_ = rows_.next() ? rows_.integer(0) : INT64_MAX; }

    const VouchedTable& table_;
    int columns_;
    Rows rows_;
    RowText row_{""};
    std::int64_t audit_{INT64_MAX};
};

/// Units of one kind, one ahead: their own rows and those of their other tables side by side.
template <class Rows>
class VouchedUnits {
public:
    template <class... Argument>
    VouchedUnits(Connection& connection, const UnitLayout& layout, Argument... argument) : layout_(layout) {
        for (const UnitPart& part : layout.parts) {
            std::string query = joined_sql("select ", layout.table, ".audit, ");
            query += joined_sql(layout.table, ".id, ", layout.table);
            query += joined_sql(".mark, ", part.columns, " from ");
            query += joined_sql(part.from, " order by ", layout.table);
            query += joined_sql(".audit, ", layout.table, ".id");
            parts_.push_back({&part, std::make_unique<Rows>(connection, query, argument...)});
            parts_.back().more = parts_.back().rows->next();
        }
    }
    std::int64_t audit() const { return parts_.front().more ? parts_.front().rows->integer(0) : INT64_MAX; }
    std::int64_t id() const { return parts_.front().rows->integer(1); }
    std::string_view table() const { return layout_.table.text(); }
    /// Adds every unit that names this audit row; `suspects` are those that do not have the mark that they carry.
    void collect(std::int64_t seq, const domain::CodeBook::Key& salt, RowsDigest& digest, UnitSuspects& suspects) {
        while (audit() == seq) {
            const std::int64_t unit = id();
            const std::int64_t mark = parts_.front().rows->integer(2);
            UnitText text(table(), unit);
            for (Part& part : parts_)
                while (part.more && part.rows->integer(0) == seq && part.rows->integer(1) == unit) {
                    RowText line(part.layout->table.text());
                    for (int i = 0; i < columns_of(part.layout->columns.text()); ++i)
                        line.add(part.rows->text(3 + i));
                    text.add(line);
                    part.more = part.rows->next();
                }
            if (mark_of(digest.add(salt, text.text())) != mark)
                suspects.add(layout_.unit, unit);
        }
    }

private:
    struct Part {
        const UnitPart* layout;
        std::unique_ptr<Rows> rows;
        bool more{false};
    };
    const UnitLayout& layout_;
    std::vector<Part> parts_; // the unit's own table first: it has a row for every unit
};

/// What audit rows vouched for before it was changed in due form, in the order of those rows.
template <class Rows>
class ReplacedStates {
public:
    template <class... Argument>
    explicit ReplacedStates(Connection& connection, Argument... argument)
        : rows_(connection, std::string("select was, digest from replaced_state order by was"), argument...),
          more_(rows_.next()) {}
    void collect(std::int64_t seq, RowsDigest& digest) {
        for (; more_ && rows_.integer(0) <= seq; more_ = rows_.next())
            if (const auto hash = hash_from_hex(rows_.text(1)))
                digest.add(*hash); // text that is none is found with the row that vouches for it
    }

private:
    Rows rows_;
    bool more_;
};

template <class Rows>
std::optional<domain::AuditRow> read_row(Rows& rows, std::string& rows_digest) {
    domain::AuditRow row;
    row.seq = rows.integer(0);
    const auto at = domain::parse_instant(rows.text(1));
    if (!at)
        return std::nullopt;
    row.at = *at;
    row.actor = rows.text(2);
    row.action = rows.text(3);
    row.object = rows.text(4);
    row.before_digest = rows.text(5);
    row.after_digest = rows.text(6);
    rows_digest = rows.text(7);
    row.previous_hash = rows.text(8);
    row.hash = rows.text(9);
    return row;
}

template <class Rows, class... Argument>
AuditVerdict walk(Connection& connection, const std::function<void(std::int64_t)>& progress, Argument... argument) {
    const auto salt = connection.installation().audit_salt;
    std::vector<std::unique_ptr<Vouched<Rows>>> tables;
    for (const auto& table : vouched_tables)
        tables.push_back(std::make_unique<Vouched<Rows>>(connection, table, argument...));
    std::vector<std::unique_ptr<VouchedUnits<Rows>>> units;
    for (const auto& layout : unit_layouts())
        units.push_back(std::make_unique<VouchedUnits<Rows>>(connection, layout, argument...));
    ReplacedStates<Rows> replaced(connection, argument...);
    Rows rows(
        connection,
        std::string(
            "select seq, at, actor, action, object, before_digest, after_digest, rows_digest, previous_hash, hash "
            "from audit order by seq"),
        argument...);
    AuditVerdict verdict;
    const auto broken = [&verdict](std::int64_t seq, const std::string& problem) {
        verdict.broken_at = seq;
        verdict.problem = problem;
        return verdict;
    };
    for (const auto& kind : units)
        if (kind->audit() < 1)
            return broken(1, std::string(kind->table()) + " " + std::to_string(kind->id()) +
                                 " was added past the program: no audit row vouches for it");
    std::string previous;
    while (rows.next()) {
        const std::int64_t expected = verdict.rows + 1;
        const std::string name = "audit row " + std::to_string(expected);
        if (rows.integer(0) != expected)
            return broken(expected, name + " is missing");
        std::string rows_digest;
        const auto row = read_row(rows, rows_digest);
        if (!row || row->previous_hash != previous || audit_hash(*row, rows_digest) != row->hash)
            return broken(expected, name + " was changed: it does not fit the chain");
        previous = row->hash;
        RowsDigest found;
        bool marks_fit = true;
        for (const auto& table : tables) {
            if (table->audit() < expected)
                return broken(expected,
                              "a row of " + std::string(table->table()) + " names an audit row that there never was");
            marks_fit = table->collect(expected, salt, found) && marks_fit;
        }
        UnitSuspects suspects;
        for (const auto& kind : units)
            kind->collect(expected, salt, found, suspects);
        replaced.collect(expected, found);
        if (found.str() != rows_digest || !marks_fit || suspects.count > 0)
            return broken(expected, name + " (" + row->action + ", " + row->object + ", " + domain::to_text(row->at) +
                                        ") does not fit what is recorded: " +
                                        difference(connection, expected, rows_digest, found, suspects));
        ++verdict.rows;
        if (progress && verdict.rows % 10000 == 0)
            progress(verdict.rows);
    }
    for (const auto& table : tables)
        if (table->audit() != INT64_MAX)
            return broken(verdict.rows + 1, "audit row " + std::to_string(table->audit()) + ", which a row of " +
                                                std::string(table->table()) + " names, is missing");
    for (const auto& kind : units)
        if (kind->audit() != INT64_MAX)
            return broken(verdict.rows + 1, "audit row " + std::to_string(kind->audit()) + ", which " +
                                                std::string(kind->table()) + " " + std::to_string(kind->id()) +
                                                " names, is missing");
    return verdict;
}

} // namespace

AuditVerdict Audit::verify(const std::function<void(std::int64_t)>& progress) {
    constexpr int chunk = 5000;
    AuditVerdict verdict = connection_.backend() == Backend::postgresql
                               ? walk<PostgresCursor>(connection_, progress, chunk)
                               : walk<SqliteStatement>(connection_, progress);
    if (!verdict.intact())
        return verdict;
    auto problems = problems_of(connection_, true); // what is derived, and whether the tables themselves are sound
    if (problems.empty())
        problems = raised_counters(connection_);
    verdict.problem = problems.empty() ? groups_problem(connection_) : problems.front();
    return verdict;
}

} // namespace peercert::storage
