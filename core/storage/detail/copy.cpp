#include "storage/detail/copy.hpp"

#include <memory>
#include <string>
#include <vector>

#include <peercert/error.hpp>

#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"

namespace peercert::storage {

namespace {

/// Every table of the record, those that are referred to before those that refer. What is derived is made anew
/// (detail/derived.hpp). Essays and notes of interviews (place_paper) are not among them: they are deleted on their
/// day, and a copy would outlive it.
constexpr std::string_view tables[] = {"installation",
                                       "counter",
                                       "audit",
                                       "person",
                                       "person_name",
                                       "person_contact",
                                       "organization",
                                       "membership",
                                       "edition",
                                       "cohort",
                                       "session",
                                       "session_leader",
                                       "enrolment",
                                       "enrolment_event",
                                       "entry",
                                       "application",
                                       "credential",
                                       "decision",
                                       "term",
                                       "credential_event",
                                       "replaced_state",
                                       "organization_score",
                                       "edition_proposal",
                                       "edition_event",
                                       "former_birthday",
                                       "person_merge",
                                       "person_distinct",
                                       "person_consent",
                                       "sign_off",
                                       "sign_off_response",
                                       "self_rating",
                                       "declared_conflict",
                                       "ce_approval",
                                       "confirmation",
                                       "confirmation_event",
                                       "place_call",
                                       "place_request",
                                       "place_event",
                                       "seat_pool",
                                       "seat_use",
                                       "place_score",
                                       "bundle",
                                       "bundle_withdrawn",
                                       "bundle_line",
                                       "bundle_settled",
                                       "packet",
                                       "packet_number",
                                       "packet_signer",
                                       "former_departure",
                                       "import_mapping"};
constexpr std::string_view with_generated_keys[] = {"organization", "cohort",      "session",
                                                    "enrolment",    "application", "decision"};

struct CloseSqlite {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Sqlite = std::unique_ptr<sqlite3, CloseSqlite>;

Sqlite open(const std::filesystem::path& file, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    Sqlite database(raw);
    if (code != SQLITE_OK)
        throw SqliteFailure(code);
    return database;
}

void run(sqlite3* database, const char* statement) {
    if (sqlite3_exec(database, statement, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw SqliteFailure(sqlite3_extended_errcode(database));
}

std::vector<std::string> columns_of(Connection& sqlite, std::string_view table) {
    std::vector<std::string> columns;
    SqliteStatement statement(sqlite, "select name from pragma_table_info($1) order by cid");
    statement.bind(0, table);
    while (statement.next())
        columns.emplace_back(statement.text(0));
    return columns;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string select_of(std::string_view table, const std::vector<std::string>& columns) {
    // fixed text: tables from the list above, columns from our own schema
    return "select " + joined(columns) + " from " + std::string(table);
}

std::string insert_of(std::string_view table, const std::vector<std::string>& columns) {
    std::vector<std::string> places;
    for (std::size_t i = 1; i <= columns.size(); ++i)
        places.push_back("$" + std::to_string(i));
    // fixed text: tables from the list above, columns from our own schema, places by number
    return "insert into " + std::string(table) + " (" + joined(columns) + ") values (" + joined(places) + ")";
}

template <class From, class To>
std::int64_t copy(From& from, To& to, std::size_t columns) {
    std::int64_t rows = 0;
    while (from.next()) {
        for (int i = 0; i < static_cast<int>(columns); ++i) {
            if (from.is_null(i))
                to.bind_null(i);
            else
                to.bind(i, from.text(i));
        }
        to.run();
        ++rows;
    }
    return rows;
}

bool has_papers(sqlite3* database) {
    sqlite3_stmt* statement = nullptr;
    const bool found = sqlite3_prepare_v2(database, "select 1 from place_paper limit 1", -1, &statement, nullptr) ==
                           SQLITE_OK && // else it is older than they are
                       sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_finalize(statement);
    return found;
}

/// A copy outlives the day on which essays are deleted, so it holds none, in no page.
void leave_papers_out(sqlite3* database) {
    if (!has_papers(database))
        return;
    run(database, "delete from place_paper");
    run(database, "vacuum");
}

} // namespace

void copy_sqlite_file(Connection& from, const std::filesystem::path& to) {
    const Sqlite target = open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    auto* source = static_cast<sqlite3*>(from.raw());
    sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source, "main");
    if (backup == nullptr)
        throw SqliteFailure(sqlite3_extended_errcode(target.get()));
    // All pages in one step: writers go on meanwhile, and the copy is of one moment.
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        throw SqliteFailure(code);
    run(target.get(), "pragma journal_mode = delete");
    leave_papers_out(target.get());
}

void require_sound(const std::filesystem::path& file) {
    const Sqlite database = open(file, SQLITE_OPEN_READONLY);
    sqlite3_stmt* statement = nullptr;
    bool sound =
        sqlite3_prepare_v2(database.get(), "pragma integrity_check(1)", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    if (sound) {
        const auto* answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        sound = answer != nullptr && std::string_view(answer) == "ok";
    }
    sqlite3_finalize(statement);
    if (!sound)
        throw Error(ErrorCode::unavailable, file.string() + " is damaged or no backup of peercert");
}

std::int64_t count_rows(Connection& sqlite) {
    std::int64_t rows = 0;
    for (const auto table : tables) {
        // fixed text: tables from the list above
        SqliteStatement count(sqlite, "select count(*) from " + std::string(table));
        rows += count.next() ? count.integer(0) : 0;
    }
    return rows;
}

std::int64_t copy_rows(Connection& from, Connection& to) {
    std::int64_t rows = 0;
    const bool to_sqlite = to.backend() == Backend::sqlite;
    for (const auto table : tables) {
        const auto columns = columns_of(to_sqlite ? to : from, table);
        if (columns.empty())
            throw Error(ErrorCode::unavailable, "the backup has no table " + std::string(table));
        if (to_sqlite) {
            constexpr int chunk = 5000;
            PostgresCursor source(from, select_of(table, columns), chunk);
            SqliteStatement target(to, insert_of(table, columns));
            rows += copy(source, target, columns.size());
        } else {
            SqliteStatement source(from, select_of(table, columns));
            PostgresStatement target(to, insert_of(table, columns));
            rows += copy(source, target, columns.size());
        }
    }
    if (!to_sqlite)
        for (const auto table : with_generated_keys) {
            const std::string name(table);
            // fixed text: tables from the list above
            PostgresStatement(to, "select setval(pg_get_serial_sequence('" + name +
                                      "', 'id'), (select coalesce(max(id), 0) + 1 from " + name + "), false)")
                .run();
        }
    return rows;
}

} // namespace peercert::storage
