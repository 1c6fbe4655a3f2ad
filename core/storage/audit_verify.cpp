#include <memory>

#include "storage/audit.hpp"
#include "storage/detail/audit_hash.hpp"
#include "storage/detail/fast_text.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"

/// The walk along the chain, with every row of the record that the chain vouches for beside it. Memory does not grow
/// with the record: each table is read once, in the order of the audit rows that its rows name.
namespace peercert::storage {

namespace {

int columns_of(std::string_view list) {
    int columns = 1;
    for (const char c : list)
        columns += c == ',' ? 1 : 0;
    return columns;
}

/// Rows of one table, one ahead.
template <class Rows>
class Vouched {
public:
    template <class... Argument>
    Vouched(Connection& connection, const VouchedTable& table, Argument... argument)
        : table_(table), columns_(columns_of(table.columns.text())),
          rows_(connection,
                joined_sql("select audit, ", table.columns) + joined_sql(" from ", table.name, " order by audit"),
                argument...) {
        advance();
    }
    std::int64_t audit() const { return audit_; }
    std::string_view table() const { return table_.name.text(); }
    /// Adds every row that names this audit row.
    void collect(std::int64_t seq, const domain::CodeBook::Key& salt, RowsDigest& digest) {
        while (audit_ == seq) {
            RowText row(table_.name.text());
            for (int i = 1; i <= columns_; ++i)
                row.add(rows_.text(i));
            digest.add(salt, row);
            advance();
        }
    }

private:
    void advance() { audit_ = rows_.next() ? rows_.integer(0) : INT64_MAX; }

    const VouchedTable& table_;
    int columns_;
    Rows rows_;
    std::int64_t audit_{INT64_MAX};
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
        for (const auto& table : tables) {
            if (table->audit() < expected)
                return broken(expected,
                              "a row of " + std::string(table->table()) + " names an audit row that there never was");
            table->collect(expected, salt, found);
        }
        if (found.str() != rows_digest)
            return broken(expected,
                          name + " (" + row->action + ", " + row->object + ", " + domain::to_text(row->at) +
                              ") does not fit what is recorded: a row it vouches for was changed, removed or added");
        ++verdict.rows;
        if (progress && verdict.rows % 10000 == 0)
            progress(verdict.rows);
    }
    for (const auto& table : tables)
        if (table->audit() != INT64_MAX)
            return broken(verdict.rows + 1, "audit row " + std::to_string(table->audit()) + ", which a row of " +
                                                std::string(table->table()) + " names, is missing");
    return verdict;
}

} // namespace

AuditVerdict Audit::verify(const std::function<void(std::int64_t)>& progress) {
    constexpr int chunk = 5000;
    return connection_.backend() == Backend::postgresql ? walk<PostgresCursor>(connection_, progress, chunk)
                                                        : walk<SqliteStatement>(connection_, progress);
}

} // namespace peercert::storage
