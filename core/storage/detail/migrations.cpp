#include "storage/detail/migrations.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/audit.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/likeness.hpp"

namespace peercert::storage {

namespace embedded {
extern const std::string_view record;
extern const std::string_view append_only_sqlite;
extern const std::string_view append_only_postgresql;
extern const std::string_view people_inline;
extern const std::string_view verification_row;
extern const std::string_view vouched_sqlite;
extern const std::string_view vouched_postgresql;
extern const std::string_view organization_score_sqlite;
extern const std::string_view organization_score_postgresql;
extern const std::string_view proposals;
extern const std::string_view term_rules;
extern const std::string_view entry_mark;
extern const std::string_view incomplete_people;
extern const std::string_view birthday_and_reading;
extern const std::string_view one_human;
extern const std::string_view competencies;
extern const std::string_view continuing_education;
extern const std::string_view confirmations;
extern const std::string_view places;
extern const std::string_view bundles;
extern const std::string_view packets;
extern const std::string_view former_departure;
extern const std::string_view import_mappings;
} // namespace embedded

namespace {

struct Source {
    int number;
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgresql;
    /// What SQL alone cannot do, after it and in the same transaction.
    void (*then)(Connection&){nullptr};
};

/// What people are recognised by, and what verification answers, as it is worked out since migration 12.
void derive_what_changed(Connection& connection) {
    recognise_everybody(connection);
    keep_all_answers(connection);
}

/// By hand and in order, so that the reader sees all there is. An old one is never edited.
std::vector<Source> sources() {
    return {{1, "record", embedded::record, embedded::record},
            {2, "append_only", embedded::append_only_sqlite, embedded::append_only_postgresql},
            {3, "people_inline", embedded::people_inline, embedded::people_inline},
            {4, "verification_row", embedded::verification_row, embedded::verification_row}, // filled by 12
            {5, "vouched", embedded::vouched_sqlite, embedded::vouched_postgresql},
            {6, "organization_score", embedded::organization_score_sqlite, embedded::organization_score_postgresql},
            {7, "proposals", embedded::proposals, embedded::proposals},
            {8, "term_rules", embedded::term_rules, embedded::term_rules},
            {9, "entry_mark", embedded::entry_mark, embedded::entry_mark},
            {10, "incomplete_people", embedded::incomplete_people, embedded::incomplete_people},
            {11, "birthday_and_reading", embedded::birthday_and_reading, embedded::birthday_and_reading},
            {12, "one_human", embedded::one_human, embedded::one_human, derive_what_changed},
            {13, "competencies", embedded::competencies, embedded::competencies},
            {14, "continuing_education", embedded::continuing_education, embedded::continuing_education},
            {15, "places", embedded::places, embedded::places},
            {16, "bundles", embedded::bundles, embedded::bundles},
            {17, "confirmations", embedded::confirmations, embedded::confirmations},
            {18, "packets", embedded::packets, embedded::packets},
            {19, "former_departure", embedded::former_departure, embedded::former_departure},
            {20, "import_mappings", embedded::import_mappings, embedded::import_mappings}};
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

std::string without_comments(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        if (line.substr(0, 2) != "--") {
            out += line;
            out += '\n';
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

/// The triggers behind a line "{append_only} TABLE".
std::string append_only_triggers(const std::string& table, bool sqlite) {
    // fixed text: the table is named in a migration of ours
    if (!sqlite)
        return "CREATE TRIGGER " + table + "_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON " + table +
               "\n  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()";
    const auto refusing = [&table](const std::string& done, const std::string& doing) {
        // fixed text: as above, and the words are those below
        return "CREATE TRIGGER " + table + "_is_never_" + done + " BEFORE " + doing + " ON " + table +
               "\nBEGIN\n  SELECT RAISE(ABORT, 'rows of " + table + " are never " + done + "');\nEND";
    };
    return refusing("changed", "UPDATE") + ";\n\n" + refusing("removed", "DELETE");
}

void write_append_only_triggers(std::string& text, bool sqlite) {
    constexpr std::string_view word = "{append_only} ";
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        const std::size_t name = at + word.size();
        const std::size_t end = text.find(';', name);
        text.replace(at, end - at, append_only_triggers(text.substr(name, end - name), sqlite));
    }
}

/// SOCI on SQLite runs only the first of several statements, so each goes alone.
std::vector<std::string> statements_of(std::string_view source, Backend backend) {
    const bool sqlite = backend == Backend::sqlite;
    std::string text = without_comments(source);
    replace_all(text, "{int}", sqlite ? "INTEGER" : "BIGINT");
    replace_all(text, "{key}", sqlite ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    replace_all(text, "{text}", sqlite ? "TEXT" : "TEXT COLLATE \"C\""); // one order of words on both
    replace_all(text, "{bytes}", sqlite ? "BLOB" : "BYTEA");
    replace_all(text, "{rows}", sqlite ? "STRICT" : "");
    replace_all(text, "{clustered}", sqlite ? "STRICT, WITHOUT ROWID" : "");
    write_append_only_triggers(text, sqlite);
    text += '\n';
    std::vector<std::string> statements;
    for (std::size_t from = 0;;) {
        const auto end = text.find(";\n\n", from);
        if (end == std::string::npos)
            break;
        const auto first = text.find_first_not_of('\n', from);
        statements.push_back(text.substr(first, end - first));
        from = end + 3;
    }
    return statements;
}

std::string digest_of(const std::vector<std::string>& statements) {
    Hasher hasher;
    for (const auto& statement : statements) {
        hasher.add(statement);
        hasher.add(";");
    }
    return to_hex(hasher.finish());
}

long long count_of(Connection& connection, const std::string& query) {
    long long count = 0;
    connection.sql() << query, soci::into(count);
    return count;
}

constexpr const char* list_of_migrations_sqlite = "create table schema_migration (number INTEGER primary key, name "
                                                  "TEXT not null, digest TEXT not null, applied_at TEXT not "
                                                  "null) strict";
constexpr const char* list_of_migrations_postgresql = "create table schema_migration (number BIGINT primary key, name "
                                                      "TEXT not null, digest TEXT not null, applied_at TEXT not "
                                                      "null)";

/// Rows that may change stand in the audit chain since migration 5. What an older program recorded is taken as it is
/// found, when every table that a unit is made of is there; from now on a change past the program is noticed.
void vouch_for_what_is_there(Connection& connection) {
    if (count_of(connection, "select count(*) from installation") == 0)
        return; // a new database
    connection.forget_installation();
    note_all_unvouched(connection, [&](std::int64_t units) {
        Audit(connection).append({.action = "record.vouched", .object = std::to_string(units) + " rows"});
    });
}

} // namespace

std::vector<Migration> migrations(Backend backend) {
    std::vector<Migration> known;
    for (const auto& source : sources()) {
        Migration migration{source.number, std::string(source.name),
                            statements_of(backend == Backend::sqlite ? source.sqlite : source.postgresql, backend)};
        migration.digest = digest_of(migration.statements);
        migration.then = source.then;
        known.push_back(std::move(migration));
    }
    return known;
}

int newest_schema() { return sources().back().number; }

bool is_empty(Connection& connection) {
    return count_of(connection, connection.backend() == Backend::sqlite
                                    ? "select count(*) from sqlite_master"
                                    : "select count(*) from pg_tables where schemaname = current_schema()") == 0;
}

int schema_of(Connection& connection) {
    const bool ours =
        count_of(connection,
                 connection.backend() == Backend::sqlite
                     ? "select count(*) from sqlite_master where type = 'table' and name = 'schema_migration'"
                     : "select count(*) from pg_tables where schemaname = current_schema() and tablename = "
                       "'schema_migration'") != 0;
    if (!ours)
        return 0;
    const auto known = migrations(connection.backend());
    long long number = 0;
    std::string digest;
    int newest = 0;
    soci::statement statement =
        (connection.sql().prepare << "select number, digest from schema_migration order by number", soci::into(number),
         soci::into(digest));
    statement.execute();
    while (statement.fetch()) {
        newest = static_cast<int>(number);
        for (const auto& migration : known)
            if (migration.number == newest && migration.digest != digest)
                throw Error(ErrorCode::conflict, "migration " + std::to_string(newest) +
                                                     " of the database is not the one this "
                                                     "program knows; it was made by a changed program");
    }
    return newest;
}

void require_schema(Connection& connection) {
    const int found = schema_of(connection);
    const int wanted = newest_schema();
    if (found == wanted)
        return;
    if (found == 0)
        throw Error(ErrorCode::not_found, "the database holds no peercert tables; make them with peercert init");
    if (found > wanted)
        throw Error(ErrorCode::unavailable, "the database has schema " + std::to_string(found) +
                                                ", this program knows " + std::to_string(wanted) +
                                                " at most; use the newer peercert that made it");
    throw Error(ErrorCode::unavailable, "the database has schema " + std::to_string(found) + ", this program needs " +
                                            std::to_string(wanted) + "; run peercert db migrate");
}

std::vector<std::string> apply_migrations(Connection& connection, int from, const WriteContext& by) {
    std::vector<std::string> applied;
    soci::session& sql = connection.sql();
    const std::string at = domain::to_text(by.now);
    for (const auto& migration : migrations(connection.backend())) {
        if (migration.number <= from)
            continue;
        const bool first = migration.number == 1;
        if (first)
            connection.run(connection.backend() == Backend::sqlite ? "begin immediate" : "begin");
        else
            connection.begin_write(connection.in_own_time(by));
        try {
            if (first)
                connection.run(connection.backend() == Backend::sqlite ? list_of_migrations_sqlite
                                                                       : list_of_migrations_postgresql);
            for (const auto& statement : migration.statements)
                connection.run(statement);
            if (migration.then != nullptr)
                migration.then(connection);
            const long long number = migration.number;
            sql << "insert into schema_migration (number, name, digest, applied_at) values (:number, :name, :digest, "
                   ":at)",
                soci::use(number), soci::use(migration.name), soci::use(migration.digest), soci::use(at);
            if (migration.number == newest_schema())
                vouch_for_what_is_there(connection);
            if (first)
                connection.run("commit");
            else
                connection.commit();
        } catch (...) {
            if (first)
                connection.run("rollback");
            else
                connection.rollback();
            throw;
        }
        applied.push_back(std::to_string(migration.number) + " " + migration.name);
    }
    return applied;
}

} // namespace peercert::storage
