#include "storage/admin.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"
#include "storage/detail/copy.hpp"
#include "storage/detail/derived.hpp"
#include "storage/detail/errors.hpp"
#include "storage/detail/migrations.hpp"
#include "storage/files.hpp"

namespace peercert::storage {

namespace {

template <class Fn>
auto translated(Fn&& fn) {
    try {
        return fn();
    } catch (...) {
        throw current_failure(nullptr).error;
    }
}

void write_installation(Connection& connection, const Setup& setup, const WriteContext& by) {
    if (setup.demo_clock && setup.kind != domain::InstallationKind::demo)
        throw Error(ErrorCode::invalid_input, "only a demo has a clock of its own");
    const std::string kind(to_text(setup.kind));
    const auto key = setup.number_key ? *setup.number_key : random_key();
    const auto salt = setup.number_key ? *setup.number_key : random_key();
    const std::string key_text = to_hex(key.data(), key.size());
    const std::string salt_text = to_hex(salt.data(), salt.size());
    const std::string demo_clock = setup.demo_clock ? domain::to_text(*setup.demo_clock) : std::string{};
    soci::indicator clock_state = setup.demo_clock ? soci::i_ok : soci::i_null;
    connection.begin_write(by);
    connection.changing();
    const std::string& now = connection.now_text();
    soci::session& sql = connection.sql();
    sql << "insert into installation (id, kind, demo_clock, number_key, audit_salt, created_at) values (1, :kind, "
           ":clock, :key, "
           ":salt, :now)",
        soci::use(kind), soci::use(demo_clock, clock_state), soci::use(key_text), soci::use(salt_text), soci::use(now);
    note_new(connection, Unit::installation, 1);
    for (const std::string name : {"credential", "person"})
        sql << "insert into counter (name, next) values (:name, 1)", soci::use(name);
    Audit(connection).append({.action = "database.created", .object = kind});
    connection.commit();
}

bool has_installation(Connection& connection) {
    long long count = 0;
    connection.sql() << "select count(*) from installation", soci::into(count);
    return count != 0;
}

void fill_new_database(Connection& connection, const Setup& setup, const WriteContext& by) {
    const int schema = schema_of(connection);
    if (schema == 0 && !is_empty(connection))
        throw Error(ErrorCode::conflict, "the database holds tables of another program; name an empty one");
    if (schema > newest_schema() || (schema > 0 && has_installation(connection)))
        throw Error(ErrorCode::conflict, "there is a peercert database already; nothing was changed");
    (void)apply_migrations(connection, schema, by);
    write_installation(connection, setup, by);
}

/// One file again, without a write-ahead log beside it.
void fold_log(Connection& connection) {
    connection.forget_statements();
    connection.run("pragma wal_checkpoint(truncate)");
}

} // namespace

void create_database(const StoreSettings& settings, const Setup& setup, const WriteContext& by) {
    translated([&] {
        const Place place = parse_place(settings);
        if (place.backend == Backend::postgresql) {
            Connection connection(place, Opening::existing);
            fill_new_database(connection, setup, by);
            return;
        }
        NewFile file(place.target);
        {
            Connection connection({Backend::sqlite, file.path(), place.busy_timeout_ms}, Opening::create);
            fill_new_database(connection, setup, by);
            fold_log(connection);
        }
        file.publish();
    });
}

MigrationReport migrate_database(const StoreSettings& settings, const WriteContext& by, bool dry_run) {
    return translated([&] {
        const Place place = parse_place(settings);
        Connection connection(place, Opening::existing);
        MigrationReport report;
        report.from = schema_of(connection);
        report.to = newest_schema();
        if (report.from == 0 || report.from > report.to)
            require_schema(connection);
        if (report.from == report.to)
            return report;
        if (dry_run) {
            for (const auto& migration : migrations(place.backend))
                if (migration.number > report.from)
                    report.steps.push_back(std::to_string(migration.number) + " " + migration.name);
            return report;
        }
        if (place.backend == Backend::sqlite) {
            std::string at = domain::to_text(by.now);
            for (char& c : at)
                c = c == ':' ? '-' : c;
            report.backup = place.target + ".schema-" + std::to_string(report.from) + "." + at;
            NewFile file(report.backup);
            copy_sqlite_file(connection, file.path());
            file.publish();
        }
        report.steps = apply_migrations(connection, report.from, by);
        return report;
    });
}

void derive_anew(const StoreSettings& settings, const WriteContext& by) {
    translated([&] {
        Connection connection(parse_place(settings), Opening::existing);
        require_schema(connection);
        connection.begin_write(connection.in_own_time(by));
        connection.changing();
        derive_everything(connection);
        Audit(connection).append({.action = "database.derived", .object = "all"});
        connection.commit();
    });
}

} // namespace peercert::storage
