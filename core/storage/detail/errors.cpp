#include "storage/detail/errors.hpp"

#include <soci/soci.h>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace peercert::storage {

namespace {

constexpr int primary(int extended) { return extended & 0xff; }

constexpr int fsync_not_confirmed = 10 | (4 << 8);     // SQLITE_IOERR_FSYNC
constexpr int dir_fsync_not_confirmed = 10 | (5 << 8); // SQLITE_IOERR_DIR_FSYNC

} // namespace

Failure failure_of_sqlite(int code) {
    const auto unavailable = [](const char* message) { return Failure{Error(ErrorCode::unavailable, message)}; };
    switch (primary(code)) {
    case 5: // busy
    case 6: // locked
        return unavailable("the database is busy with other writers; try again in a moment");
    case 8: // read-only
        return unavailable("the database may not be written to; check the rights of its file and folder");
    case 10: // input or output
        if (code == fsync_not_confirmed || code == dir_fsync_not_confirmed)
            return {.error =
                        Error(ErrorCode::unavailable, "the disk did not confirm a write; nothing more is written until "
                                                      "the program is started again, after the disk has been checked"),
                    .no_more_writing = true};
        return unavailable("the disk reports an error; nothing was changed");
    case 11: // corrupt
    case 26: // not a database
        return unavailable("the database file is damaged or no database; run peercert doctor, then restore a backup");
    case 13: // full
        return unavailable("the disk is full; nothing was changed");
    case 14: // cannot open
        return unavailable("the database file cannot be opened; check that it is there and may be read and written");
    case 19:                         // constraint
        if (code == (19 | (7 << 8))) // raised by a trigger of ours
            return {Error(ErrorCode::internal, "the record only grows: a row was to be changed or removed")};
        if (code == (19 | (3 << 8))) // foreign key
            return {Error(ErrorCode::invalid_input, "it refers to something that is not recorded")};
        if (code == (19 | (8 << 8)) || code == (19 | (6 << 8))) // unique, primary key
            return {Error(ErrorCode::conflict, "it is recorded already")};
        return {Error(ErrorCode::internal, "a value does not fit the record (" + std::to_string(code) + ")")};
    default:
        return {Error(ErrorCode::internal, "the database refused a statement (SQLite " + std::to_string(code) + ")")};
    }
}

Failure failure_of_postgresql(const std::string& sqlstate) {
    const auto begins = [&](std::string_view with) {
        return std::string_view(sqlstate).substr(0, with.size()) == with;
    };
    const auto unavailable = [](const char* message) { return Failure{Error(ErrorCode::unavailable, message)}; };
    if (sqlstate.size() != 5 || sqlstate == "     " || begins("08") || begins("57P")) {
        auto failure = unavailable("the database server cannot be reached or is shutting down");
        failure.broken = true;
        return failure;
    }
    if (sqlstate == "40001" || sqlstate == "40P01") {
        auto failure = unavailable("the database is busy with other writers; try again in a moment");
        failure.retry = true;
        return failure;
    }
    if (sqlstate == "55P03" || sqlstate == "57014")
        return unavailable("the database is busy with other writers; try again in a moment");
    if (begins("53"))
        return unavailable("the database server is out of disk, memory or connections; nothing was changed");
    if (begins("28") || begins("3D"))
        return unavailable("the database server does not let us in; check user, password and database name");
    if (sqlstate == "42501" || sqlstate == "25006")
        return unavailable("the database may not be written to by this user");
    if (sqlstate == "23505")
        return {Error(ErrorCode::conflict, "it is recorded already")};
    if (sqlstate == "23503")
        return {Error(ErrorCode::invalid_input, "it refers to something that is not recorded")};
    if (sqlstate == "23000")
        return {Error(ErrorCode::internal, "the record only grows: a row was to be changed or removed")};
    if (begins("23"))
        return {Error(ErrorCode::internal, "a value does not fit the record (" + sqlstate + ")")};
    if (sqlstate == "42P01")
        return unavailable("the database holds no peercert tables; run peercert init or peercert db migrate");
    return {Error(ErrorCode::internal, "the database refused a statement (PostgreSQL " + sqlstate + ")")};
}

Failure current_failure(void* sqlite) {
    try {
        throw;
    } catch (const SqliteFailure& failure) {
        return failure_of_sqlite(failure.code());
    } catch (const PostgresFailure& failure) {
        return failure_of_postgresql(failure.sqlstate());
    } catch (const soci::sqlite3_soci_error& error) {
        // SOCI keeps the primary code; the connection knows more, if it still speaks of the same failure.
        const int extended =
            sqlite == nullptr ? 0 : sqlite_api::sqlite3_extended_errcode(static_cast<sqlite_api::sqlite3*>(sqlite));
        return failure_of_sqlite(primary(extended) == primary(error.result()) ? extended : error.result());
    } catch (const soci::postgresql_soci_error& error) {
        return failure_of_postgresql(error.sqlstate());
    } catch (const soci::soci_error& error) {
        if (sqlite == nullptr && error.get_error_category() == soci::soci_error::connection_error)
            return failure_of_postgresql({});
        return {Error(ErrorCode::internal, "the database layer refused a statement")};
    }
}

} // namespace peercert::storage
