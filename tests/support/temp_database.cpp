#include "support/temp_database.hpp"

#include <atomic>
#include <cstdlib>

#include <soci/soci.h>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

namespace peercert::testing {

namespace {

std::string server() {
    const char* named = std::getenv("PEERCERT_TEST_PG");
    return named == nullptr ? std::string{} : std::string(named);
}

std::string unique_name() {
    static std::atomic<int> count{0};
    return "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

} // namespace

TempFolder::TempFolder() : path_(std::filesystem::temp_directory_path() / ("peercert " + unique_name())) {
    std::filesystem::create_directory(path_);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

bool postgresql_at_hand() { return !server().empty(); }

TempPlace::TempPlace(storage::Backend backend) : backend_(backend), schema_(unique_name()) {
    if (backend_ != storage::Backend::postgresql)
        return;
    soci::session sql(soci::postgresql, server());
    sql << "create schema " + schema_;
}

TempPlace::~TempPlace() {
    if (backend_ != storage::Backend::postgresql)
        return;
    try {
        soci::session sql(soci::postgresql, server());
        sql << "set client_min_messages = warning";
        sql << "drop schema " + schema_ + " cascade";
    } catch (const std::exception&) {
        // The server went away with the test: nothing is left to drop.
    }
}

storage::StoreSettings TempPlace::settings() const {
    storage::StoreSettings settings;
    settings.url = backend_ == storage::Backend::postgresql
                       ? "postgresql:" + server() + " options='-c search_path=" + schema_ + "'"
                       : file().string();
    settings.sessions = 12;
    return settings;
}

void TempPlace::with_session(const std::function<void(soci::session&)>& fn) const {
    if (backend_ == storage::Backend::postgresql) {
        soci::session sql(soci::postgresql, server());
        sql << "set client_min_messages = warning";
        sql << "set search_path = " + schema_;
        fn(sql);
        return;
    }
    soci::session sql(soci::sqlite3, "db=\"" + file().string() + "\"");
    fn(sql);
}

void TempPlace::tamper(const std::string& statement) const {
    with_session([&](soci::session& sql) {
        if (backend_ == storage::Backend::postgresql) {
            sql << "set session_replication_role = replica"; // no triggers
            sql << statement;
            return;
        }
        soci::rowset<std::string> triggers = (sql.prepare << "select name from sqlite_master where type = 'trigger'");
        const std::vector<std::string> names(triggers.begin(), triggers.end());
        std::vector<std::string> definitions;
        for (const auto& name : names) {
            std::string definition;
            sql << "select sql from sqlite_master where name = :name", soci::use(name), soci::into(definition);
            definitions.push_back(definition);
            sql << "drop trigger " + name;
        }
        sql << statement;
        for (const auto& definition : definitions)
            sql << definition;
    });
}

bool TempPlace::accepts(const std::string& statement) const {
    try {
        with_session([&](soci::session& sql) { sql << statement; });
        return true;
    } catch (const soci::soci_error&) {
        return false;
    }
}

std::string TempPlace::ask(const std::string& query) const {
    std::string answer;
    with_session([&](soci::session& sql) { sql << query, soci::into(answer); });
    return answer;
}

TempDatabase::TempDatabase(storage::Backend backend, domain::InstallationKind kind) : place_(backend) {
    storage::Setup setup;
    setup.kind = kind;
    setup.number_key = domain::CodeBook::Key{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    storage::create_database(place_.settings(), setup, by);
    reopen();
}

void TempDatabase::reopen() {
    store_.reset();
    store_ = std::make_unique<storage::Store>(place_.settings());
}

} // namespace peercert::testing
