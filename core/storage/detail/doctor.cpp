#include "storage/detail/doctor.hpp"

#include <libpq-fe.h>

#include "storage/detail/counters.hpp"
#include "storage/detail/derived.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/schema_check.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

std::string location_of(Connection& connection) {
    if (connection.backend() == Backend::sqlite)
        return "sqlite:" + connection.place().target;
    auto* server = static_cast<PGconn*>(connection.raw());
    const auto text = [](const char* value) { return value == nullptr ? std::string{} : std::string(value); };
    return "postgresql: database " + text(PQdb(server)) + " at " + text(PQhost(server)) + " as " + text(PQuser(server));
}

namespace {

void look_at_derived(Connection& connection, std::vector<std::string>& problems) {
    for (std::string& problem : derived_problems(connection))
        problems.push_back(std::move(problem));
}

} // namespace

std::vector<std::string> problems_of(Connection& connection, bool thorough) {
    std::vector<std::string> problems = schema_problems(connection);
    if (problems.empty()) // else a table may be missing
        problems = counter_problems(connection);
    if (connection.backend() == Backend::postgresql) {
        PostgresStatement encoding(connection, "select pg_encoding_to_char(encoding) from pg_database where datname = "
                                               "current_database()");
        if (encoding.next() && encoding.text(0) != "UTF8")
            problems.push_back("the database is not encoded in UTF8; names would be damaged");
        if (thorough && problems.empty())
            look_at_derived(connection, problems);
        return problems;
    }
    SqliteStatement check(connection, thorough ? "pragma integrity_check(20)" : "pragma quick_check(20)");
    while (check.next())
        if (check.text(0) != "ok")
            problems.push_back("the database file is damaged: " + std::string(check.text(0)));
    if (thorough) {
        SqliteStatement references(connection, "pragma foreign_key_check");
        while (references.next() && problems.size() < 20)
            problems.push_back("a row of " + std::string(references.text(0)) + " refers to a missing row of " +
                               std::string(references.text(2)));
        if (problems.empty())
            look_at_derived(connection, problems);
    }
    return problems;
}

} // namespace peercert::storage
