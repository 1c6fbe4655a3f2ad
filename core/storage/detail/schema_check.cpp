#include "storage/detail/schema_check.hpp"

#include <filesystem>
#include <map>
#include <set>

#include <unistd.h>

#include "storage/detail/migrations.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/scratch_schema.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

namespace {

/// Tables, indexes and triggers by name, with the statement that made each.
struct Made {
    std::string type;
    std::string by;
};
using Catalogue = std::map<std::string, Made, std::less<>>;

constexpr const char* catalogue_query = "select name, type, coalesce(sql, '') from sqlite_master where name not like "
                                        "'sqlite\\_%' escape '\\'";

struct Expected {
    Catalogue sqlite;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> columns; ///< of each table
    std::set<std::string, std::less<>> postgresql_triggers;
};

/// The word after `lead` in a statement that begins with it.
std::string word_after(const std::string& statement, std::string_view lead) {
    if (statement.compare(0, lead.size(), lead) != 0)
        return {};
    return statement.substr(lead.size(), statement.find_first_of(" \n", lead.size()) - lead.size());
}

/// What the migrations make, found by letting them make it in memory.
Expected make_expected() {
    Expected expected;
    with_scratch_schema([&](sqlite3* scratch) {
        rows_of(scratch, catalogue_query, [&](sqlite3_stmt* row) {
            expected.sqlite[text_of(row, 0)] = {text_of(row, 1), text_of(row, 2)};
        });
        rows_of(scratch,
                "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
                [&](sqlite3_stmt* row) { expected.columns[text_of(row, 0)].insert(text_of(row, 1)); });
    });
    for (const Migration& migration : migrations(Backend::postgresql))
        for (const std::string& statement : migration.statements) {
            if (auto name = word_after(statement, "CREATE TRIGGER "); !name.empty())
                expected.postgresql_triggers.insert(std::move(name));
            if (const auto name = word_after(statement, "DROP TRIGGER "); !name.empty())
                expected.postgresql_triggers.erase(name);
        }
    return expected;
}

const Expected& expected() {
    static const Expected once = make_expected();
    return once;
}

std::string missing(const std::string& type, const std::string& name) {
    return "the " + type + " " + name + " is missing";
}

std::vector<std::string> compared(Connection& connection) {
    Catalogue found;
    SqliteStatement rows(connection, catalogue_query);
    while (rows.next())
        found[std::string(rows.text(0))] = {std::string(rows.text(1)), std::string(rows.text(2))};
    std::vector<std::string> problems;
    for (const auto& [name, made] : expected().sqlite) {
        const auto there = found.find(name);
        if (there == found.end() || there->second.type != made.type)
            problems.push_back(missing(made.type, name));
        else if (there->second.by != made.by)
            problems.push_back("the " + made.type + " " + name + " is not as peercert made it");
    }
    for (const auto& [name, made] : found) // a trigger changes rows unasked; a further table or index does no harm
        if (made.type == "trigger" && expected().sqlite.find(name) == expected().sqlite.end())
            problems.push_back("the trigger " + name + " is not peercert's");
    return problems;
}

/// Whether the list of migrations is the one that this program's migrations leave.
template <class Statement>
std::vector<std::string> listed(Connection& connection) {
    std::vector<std::string> problems;
    static const std::vector<Migration> wanted = migrations(connection.backend()); // of this kind of statement
    Statement rows(connection, "select number, name, digest from schema_migration order by number");
    auto next = wanted.begin();
    while (rows.next()) {
        const std::string number = std::to_string(rows.integer(0));
        for (; next != wanted.end() && next->number < rows.integer(0); ++next)
            problems.push_back("migration " + std::to_string(next->number) + " is missing from the list of migrations");
        if (next == wanted.end() || next->number != rows.integer(0))
            problems.push_back("the list of migrations names " + number + ", which there never was");
        else if (next->name != rows.text(1) || next->digest != rows.text(2))
            problems.push_back("migration " + number + " is not listed as it was applied");
        if (next != wanted.end() && next->number == rows.integer(0))
            ++next;
    }
    for (; next != wanted.end(); ++next)
        problems.push_back("migration " + std::to_string(next->number) + " is missing from the list of migrations");
    return problems;
}

std::vector<std::string> compared_on_server(Connection& connection) {
    std::vector<std::string> problems;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> columns;
    PostgresStatement all(connection, "select table_name, column_name from information_schema.columns where "
                                      "table_schema = current_schema()");
    while (all.next())
        columns[std::string(all.text(0))].emplace(all.text(1));
    for (const auto& [table, names] : expected().columns) {
        const auto there = columns.find(table);
        if (there == columns.end()) {
            problems.push_back(missing("table", table));
            continue;
        }
        for (const std::string& name : names)
            if (there->second.find(name) == there->second.end())
                problems.push_back(missing("column", table + "." + name));
    }
    std::set<std::string, std::less<>> indexes;
    PostgresStatement index_rows(connection, "select indexname from pg_indexes where schemaname = current_schema()");
    while (index_rows.next())
        indexes.emplace(index_rows.text(0));
    for (const auto& [name, made] : expected().sqlite)
        if (made.type == "index" && indexes.find(name) == indexes.end())
            problems.push_back(missing("index", name));
    std::set<std::string, std::less<>> triggers;
    PostgresStatement trigger_rows(
        connection, "select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on "
                    "n.oid = c.relnamespace where n.nspname = current_schema() and not t.tgisinternal and t.tgenabled "
                    "in ('O', 'A')");
    while (trigger_rows.next())
        triggers.emplace(trigger_rows.text(0));
    for (const std::string& name : expected().postgresql_triggers)
        if (triggers.find(name) == triggers.end())
            problems.push_back(missing("trigger", name));
    return problems;
}

} // namespace

std::vector<std::string> schema_problems(Connection& connection) {
    const bool on_server = connection.backend() == Backend::postgresql;
    std::vector<std::string> problems = on_server ? compared_on_server(connection) : compared(connection);
    if (problems.empty())
        problems = on_server ? listed<PostgresStatement>(connection) : listed<SqliteStatement>(connection);
    return problems;
}

std::vector<std::string> writing_problems(Connection& connection) {
    if (connection.backend() == Backend::postgresql) {
        PostgresStatement asked(connection,
                                "select case when pg_is_in_recovery() then 'standby' when current_setting("
                                "'default_transaction_read_only') = 'on' then 'read only' when not "
                                "has_table_privilege('entry', 'insert') or not has_table_privilege('audit', 'insert') "
                                "then 'no right' else 'fine' end");
        if (!asked.next() || asked.text(0) == "read only")
            return {"the database takes no changes: it is set to read only"};
        if (asked.text(0) == "no right")
            return {"the database takes no changes from this user: the right to add rows is missing"};
        return {};
    }
    auto* database = static_cast<sqlite3*>(connection.raw());
    const std::filesystem::path file = connection.place().target;
    if (connection.file_moved() || ::access(file.c_str(), F_OK) != 0)
        return {"the " + std::string(file_was_moved)};
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (sqlite3_db_readonly(database, "main") == 1 || ::access(file.c_str(), W_OK) != 0)
        return {"the database file is read only; nothing can be recorded"};
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return {"the folder of the database is read only; nothing can be recorded"};
    return {};
}

} // namespace peercert::storage
