#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/admin.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/copy.hpp"
#include "storage/detail/counters.hpp"
#include "storage/detail/derived.hpp"
#include "storage/detail/errors.hpp"
#include "storage/detail/migrations.hpp"
#include "storage/files.hpp"

namespace peercert::storage {

namespace {

std::int64_t audit_rows_of(Connection& connection) {
    long long rows = 0;
    connection.sql() << "select count(*) from audit", soci::into(rows);
    return rows;
}

Connection sqlite_at(const std::filesystem::path& file, Opening opening) {
    constexpr int timeout_ms = 5000;
    return Connection({Backend::sqlite, file, timeout_ms}, opening);
}

/// A file with a log of its own would be no backup: one file is.
void leave_one_file(Connection& connection) {
    connection.forget_statements();
    std::string mode;
    connection.sql() << "pragma journal_mode = delete", soci::into(mode);
    if (mode != "delete")
        throw Error(ErrorCode::unavailable, "the copy could not be folded into one file");
}

void require_intact(Connection& connection, const std::string& what) {
    const auto verdict = Audit(connection).verify();
    if (verdict.broken_at != 0) // what is derived can be derived anew
        throw Error(ErrorCode::conflict, what + " does not hold together: " + verdict.problem);
}

/// In a transaction of its own, the last before the database is in use. What is derived is made anew where it does not
/// follow from the record.
std::int64_t note_restored(Connection& connection, const WriteContext& by) {
    connection.forget_installation();
    connection.begin_write(connection.in_own_time(by));
    Numbers(connection).pause_issuing();
    if (!derived_problems(connection).empty())
        derive_everything(connection);
    advance_counters(connection);
    const std::int64_t seq = connection.next_audit();
    Audit(connection).append({.action = "database.restored", .object = "all"});
    connection.commit();
    return seq;
}

void copy_postgresql(const Place& place, const std::filesystem::path& file, const WriteContext& by) {
    Connection source(place, Opening::existing);
    require_schema(source);
    Connection copy = sqlite_at(file, Opening::create);
    (void)apply_migrations(copy, 0, by);
    source.begin_read();
    copy.run("begin");
    (void)copy_rows(source, copy);
    derive_everything(copy);
    copy.run("commit");
    source.commit();
}

template <class Fn>
auto translated(Fn&& fn) {
    try {
        return fn();
    } catch (...) {
        throw current_failure(nullptr).error;
    }
}

} // namespace

CopyReport back_up(const StoreSettings& settings, const std::filesystem::path& target) {
    return translated([&] {
        const Place place = parse_place(settings);
        CopyReport report;
        NewFile file(target);
        if (place.backend == Backend::sqlite) {
            Connection source(place, Opening::existing);
            require_schema(source);
            copy_sqlite_file(source, file.path());
        } else {
            // Migrations are stamped with the time of the installation: a backup changes no clock.
            Connection source(place, Opening::existing);
            const WriteContext by{"backup", source.installation().created_at};
            copy_postgresql(place, file.path(), by);
        }
        require_sound(file.path());
        {
            Connection copy = sqlite_at(file.path(), Opening::existing);
            require_intact(copy, "the backup");
            report.rows = count_rows(copy);
            report.audit_rows = audit_rows_of(copy);
            leave_one_file(copy);
        }
        report.digest = digest_of_file(file.path());
        file.publish();
        return report;
    });
}

CopyReport restore(const std::filesystem::path& backup, const StoreSettings& settings, const WriteContext& by) {
    return translated([&] {
        const Place place = parse_place(settings);
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(backup, ignored))
            throw Error(ErrorCode::not_found, "there is no backup at " + backup.string());
        require_sound(backup);
        CopyReport report;
        report.digest = digest_of_file(backup);

        // The backup itself is never touched: a copy of it is brought up to date and checked.
        const std::filesystem::path beside = place.backend == Backend::sqlite
                                                 ? std::filesystem::path(place.target)
                                                 : std::filesystem::path(backup.string() + ".restoring");
        NewFile file(beside);
        std::filesystem::copy_file(backup, file.path(), std::filesystem::copy_options::overwrite_existing);
        std::filesystem::permissions(file.path(),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        {
            Connection copy = sqlite_at(file.path(), Opening::existing);
            const int schema = schema_of(copy);
            if (schema == 0 || schema > newest_schema())
                require_schema(copy);
            (void)apply_migrations(copy, schema, by);
            require_intact(copy, "the backup");
            report.rows = count_rows(copy);
            report.audit_rows = audit_rows_of(copy);
            if (place.backend == Backend::sqlite)
                report.recorded_as = note_restored(copy, by);
            leave_one_file(copy);
        }
        if (place.backend == Backend::sqlite) {
            file.publish();
            return report;
        }
        Connection target(place, Opening::existing);
        const int schema = schema_of(target);
        if (schema == 0 && !is_empty(target))
            throw Error(ErrorCode::conflict, "the database holds tables of another program; name an empty one");
        (void)apply_migrations(target, schema, by);
        Connection copy = sqlite_at(file.path(), Opening::existing);
        copy.run("begin");
        target.run("begin");
        if (audit_rows_of(target) != 0)
            throw Error(ErrorCode::conflict, "the database is not empty; a backup is put into an empty one only");
        if (copy_rows(copy, target) != report.rows)
            throw Error(ErrorCode::internal, "not every row of the backup arrived");
        derive_everything(target);
        target.run("commit");
        copy.run("rollback");
        report.recorded_as = note_restored(target, by);
        return report;
    });
}

} // namespace peercert::storage
