#include "storage/detail/counters.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/numbers.hpp"

namespace peercert::storage {

namespace {

/// Each counts the rows of the table of its name, by their id.
constexpr FixedSql counted[] = {"person", "credential"};

/// Tables whose keys PostgreSQL makes from a sequence of its own. SQLite takes the newest key and one.
constexpr FixedSql with_sequence[] = {"organization", "cohort", "session", "enrolment", "application", "decision"};

std::string stands_behind(std::string_view what, std::int64_t next, std::int64_t newest) {
    return "the counter of " + std::string(what) + " stands at " + std::to_string(next) + ", and " +
           std::to_string(newest) + " was handed out already";
}

template <class Statement>
void look_at_codes(Connection& connection, std::vector<std::string>& problems) {
    for (const FixedSql& table : counted) {
        const std::string name(table.text());
        std::string query = joined_sql(
            "select coalesce(max(id), 0), (select coalesce(max(next), 0) from counter where name = '", table);
        Statement row(connection, query += joined_sql("') from ", table));
        if (!row.next())
            continue;
        if (row.integer(1) == 0)
            problems.push_back("the counter of " + name + " codes is missing; peercert db derive sets it right");
        else if (row.integer(1) <= row.integer(0))
            problems.push_back(stands_behind(name + " codes", row.integer(1), row.integer(0)) +
                               "; peercert db derive sets it right");
    }
}

/// Nothing would be handed out twice, since keys are unique, but nothing more could be recorded either.
void look_at_sequences(Connection& connection, std::vector<std::string>& problems) {
    for (const FixedSql& table : with_sequence) {
        std::string query = joined_sql(
            "select case when is_called then last_value + 1 else last_value end, (select coalesce(max(id), 0) "
            "from ",
            table);
        PostgresStatement row(connection, query += joined_sql(") from ", table, "_id_seq"));
        if (row.next() && row.integer(0) <= row.integer(1))
            problems.push_back(stands_behind(std::string(table.text()) + " keys", row.integer(0), row.integer(1)) +
                               "; set the sequence " + std::string(table.text()) + "_id_seq past it");
    }
}

/// "installation credential 41": the newest number that was confirmed. Older programs wrote no number; then it is not
/// known how far the counter was set.
template <class Statement>
std::optional<std::int64_t> newest_confirmed(Connection& connection) {
    Statement rows(connection, "select object from audit where action = 'issuance.resumed' order by seq");
    std::int64_t newest = 0;
    while (rows.next()) {
        const std::string_view object = rows.text(0);
        if (!object.starts_with(confirmed_up_to))
            return std::nullopt;
        const std::string_view digits = object.substr(confirmed_up_to.size());
        std::int64_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        newest = std::max(newest, number);
    }
    return newest;
}

template <class Statement>
std::vector<std::string> raised(Connection& connection) {
    std::vector<std::string> problems;
    const auto confirmed = newest_confirmed<Statement>(connection);
    for (const FixedSql& table : counted) {
        const std::string name(table.text());
        std::string query = joined_sql("select coalesce(max(id), 0), (select next from counter where name = '", table);
        Statement row(connection, query += joined_sql("') from ", table));
        if (!row.next())
            continue;
        std::int64_t newest = row.integer(0);
        if (name == "credential") {
            if (!confirmed)
                continue;
            newest = std::max(newest, *confirmed);
        }
        if (row.integer(1) > newest + 1)
            problems.push_back("the counter of " + name + " codes stands at " + std::to_string(row.integer(1)) +
                               ", and only " + std::to_string(newest) +
                               " was handed out or confirmed: it was raised past the program");
    }
    return problems;
}

template <class Statement>
void advance(Connection& connection) {
    for (const FixedSql& table : counted) {
        std::string query = joined_sql("insert into counter (name, next) select '", table);
        query += joined_sql("', coalesce(max(id), 0) + 1 from ", table);
        // fixed text: tables from the list above. The condition tells SQLite that ON does not begin a join.
        Statement(connection,
                  query + " where true on conflict (name) do update set next = excluded.next where counter.next < "
                          "excluded.next")
            .run();
    }
}

} // namespace

std::vector<std::string> counter_problems(Connection& connection) {
    std::vector<std::string> problems;
    if (connection.backend() == Backend::postgresql) {
        look_at_codes<PostgresStatement>(connection, problems);
        look_at_sequences(connection, problems);
    } else {
        look_at_codes<SqliteStatement>(connection, problems);
    }
    return problems;
}

std::vector<std::string> raised_counters(Connection& connection) {
    return connection.backend() == Backend::postgresql ? raised<PostgresStatement>(connection)
                                                       : raised<SqliteStatement>(connection);
}

void advance_counters(Connection& connection) {
    if (connection.backend() == Backend::postgresql)
        advance<PostgresStatement>(connection);
    else
        advance<SqliteStatement>(connection);
}

} // namespace peercert::storage
