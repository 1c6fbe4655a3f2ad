#include "storage/detail/connection.hpp"

#include <filesystem>

#include <soci/soci.h>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <peercert/error.hpp>

#include "storage/detail/errors.hpp"

namespace peercert::storage {

namespace {

std::string connect_string(const Place& place, Opening opening) {
    if (place.backend == Backend::postgresql)
        return place.target;
    if (place.target.find('"') != std::string::npos)
        throw Error(ErrorCode::invalid_input, "the path of the database holds a quotation mark; choose another one");
    std::error_code ignored;
    if (opening == Opening::existing && !std::filesystem::is_regular_file(place.target, ignored))
        throw Error(ErrorCode::not_found, "there is no database at " + place.target +
                                              "; make one with peercert init, or name another one with --db");
    // Opened, SQLite would make it a database of nothing, and init would no longer take it for the name of one.
    if (opening == Opening::existing && std::filesystem::is_empty(place.target, ignored))
        throw Error(ErrorCode::not_found, "the database holds no peercert tables; make them with peercert init");
    return "db=\"" + place.target + "\"";
}

/// `pragma name = value`, then what the database says it is now.
void insist(soci::session& sql, const std::string& name, const std::string& value, const std::string& expected) {
    std::string found;
    // fixed text: names and values of settings are ours, the one number is a time-out of ours
    sql << "pragma " + name + " = " + value;
    sql << "pragma " + name, soci::into(found); // fixed text: as above
    if (found != expected)
        throw Error(ErrorCode::unavailable, "the database does not accept the setting " + name + " = " + value +
                                                " (it stays " + found + "); a local file system is needed");
}

void set_up_sqlite(soci::session& sql, sqlite_api::sqlite3* raw, int busy_timeout_ms) {
    sqlite_api::sqlite3_extended_result_codes(raw, 1);
    sqlite_api::sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, static_cast<int*>(nullptr));
    const std::string timeout = std::to_string(busy_timeout_ms);
    insist(sql, "busy_timeout", timeout, timeout);
    // For a file that is made now: writing many pages costs a call for each, so few and large ones.
    sql << "pragma page_size = 16384";
    insist(sql, "journal_mode", "wal", "wal");
    insist(sql, "synchronous", "full", "2");
    insist(sql, "foreign_keys", "on", "1");
    insist(sql, "trusted_schema", "off", "0");
    insist(sql, "secure_delete", "on", "1"); // what is deleted is overwritten
    sql << "pragma mmap_size = 2147418112";  // speed only: less is harmless
    sql << "pragma cache_size = -16000";
}

/// SQLite's count of its own memory takes one lock of the whole process at every allocation, and nobody reads it:
/// without it 64 threads look up a fifth faster. Works only before the first session of the process; later it is
/// without effect.
void stop_counting_memory() {
    static const int done = sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)done;
}

/// A session of ours is used by one thread at a time, so SQLite need not lock it again at every column. As above.
void leave_locking_to_us() {
    static const int done = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    (void)done;
}

} // namespace

Place parse_place(const StoreSettings& settings) {
    const std::string& url = settings.url;
    const auto begins = [&](std::string_view with) { return url.compare(0, with.size(), with) == 0; };
    if (url.empty())
        throw Error(ErrorCode::invalid_input, "no database is named; give a file or postgresql://...");
    if (begins("postgresql://") || begins("postgres://"))
        return {Backend::postgresql, url, settings.busy_timeout_ms};
    if (begins("postgresql:"))
        return {Backend::postgresql, url.substr(11), settings.busy_timeout_ms};
    const std::string path = begins("sqlite:") ? url.substr(7) : url;
    if (path.empty() || path == ":memory:" || path.find("://") != std::string::npos)
        throw Error(ErrorCode::invalid_input, "the database must be a file (PATH or sqlite:PATH) or postgresql://...");
    return {Backend::sqlite, path, settings.busy_timeout_ms};
}

struct Connection::Session {
    soci::session sql;
};

Connection::Connection(const Place& place, Opening opening) : place_(place), session_(std::make_unique<Session>()) {
    soci::session& sql = session_->sql;
    try {
        const std::string target = connect_string(place, opening);
        if (place.backend == Backend::sqlite) {
            stop_counting_memory();
            leave_locking_to_us();
            sql.open(soci::sqlite3, target);
            auto* raw = static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
            raw_ = raw;
            set_up_sqlite(sql, raw, place.busy_timeout_ms);
        } else {
            sql.open(soci::postgresql, target);
            raw_ = static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
            sql << "set client_min_messages = warning";
            sql << "set time zone 'UTC'";
            // fixed text: a whole number of ours
            sql << "set lock_timeout = " + std::to_string(place.busy_timeout_ms);
        }
    } catch (const Error&) {
        throw;
    } catch (...) {
        if (place.backend == Backend::postgresql && raw_ == nullptr)
            throw Error(ErrorCode::unavailable,
                        "the database server cannot be reached, or does not let us in; check host, user, "
                        "password and database name");
        throw current_failure(raw_).error;
    }
}

Connection::~Connection() {
    rollback();
    kept_.clear();
}

soci::session& Connection::sql() { return session_->sql; }

void Connection::run(const std::string& statement) {
    if (place_.backend == Backend::postgresql) {
        session_->sql << statement;
        return;
    }
    auto* raw = static_cast<sqlite_api::sqlite3*>(raw_);
    if (sqlite_api::sqlite3_exec(raw, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw SqliteFailure(sqlite_api::sqlite3_extended_errcode(raw));
}

void Connection::begin_read() {
    ++transaction_;
    run(place_.backend == Backend::sqlite ? "begin" : "begin isolation level repeatable read read only");
    in_transaction_ = true;
}

void Connection::begin_write(const WriteContext& by) {
    ++transaction_;
    writer_ = by;
    now_text_ = domain::to_text(by.now);
    changed_ = false;
    unvouched_.clear();
    noted_.clear();
    audit_seq_.reset();
    if (place_.backend == Backend::sqlite) {
        run("begin immediate");
        in_transaction_ = true;
        return;
    }
    run("begin isolation level repeatable read");
    in_transaction_ = true;
    // Writers queue here as they do on SQLite. The snapshot is taken by the first query after the lock, so it holds
    // everything that the writer before us has committed.
    run("lock table installation in share row exclusive mode");
}

void Connection::commit() {
    if (writer_ && (changed_ || unvouched_.count() > 0 || !noted_.empty()))
        throw Error(ErrorCode::internal, "a change without its audit row was not stored");
    run("commit");
    in_transaction_ = false;
    writer_.reset();
}

void Connection::rollback() noexcept {
    writer_.reset();
    installation_.reset(); // it may have been read inside what is undone now
    if (!in_transaction_)
        return;
    in_transaction_ = false;
    try {
        // SQLite has rolled back by itself after a full disk or an I/O error.
        if (place_.backend != Backend::sqlite ||
            sqlite_api::sqlite3_get_autocommit(static_cast<sqlite_api::sqlite3*>(raw_)) == 0)
            run("rollback");
    } catch (...) {
        broken_ = true; // the pool throws it away, and with it the transaction
    }
}

bool Connection::file_moved() const {
    if (place_.backend != Backend::sqlite)
        return false;
    int moved = 0;
    sqlite_api::sqlite3_file_control(static_cast<sqlite_api::sqlite3*>(raw_), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

void Connection::require_own_file() {
    if (place_.backend != Backend::sqlite)
        return;
    const auto now = std::chrono::steady_clock::now();
    if (now - file_asked_ < std::chrono::seconds(1))
        return;
    if (file_moved()) // not remembered: the next one to ask is told at once
        throw Error(ErrorCode::unavailable, "the " + std::string(file_was_moved));
    file_asked_ = now;
}

const domain::Installation& Connection::installation() {
    if (installation_)
        return *installation_;
    std::string kind;
    std::string demo_clock;
    std::string number_key;
    std::string audit_salt;
    std::string created_at;
    long long paused = 0;
    sql() << "select kind, coalesce(demo_clock, ''), number_key, audit_salt, created_at, issuing_paused from "
             "installation",
        soci::into(kind), soci::into(demo_clock), soci::into(number_key), soci::into(audit_salt),
        soci::into(created_at), soci::into(paused);
    const auto parsed = domain::parse_installation_kind(kind);
    const auto created = domain::parse_instant(created_at);
    if (!sql().got_data() || !parsed || !created)
        throw Error(ErrorCode::unavailable, "the database holds no installation row; it was not made by peercert init");
    domain::Installation found;
    found.kind = *parsed;
    found.demo_clock = domain::parse_instant(demo_clock);
    found.number_key = key_from_hex(number_key);
    found.audit_salt = key_from_hex(audit_salt);
    found.created_at = *created;
    found.issuing_paused = paused != 0;
    return installation_.emplace(found);
}

void Connection::changing() {
    if (!writer_)
        throw Error(ErrorCode::internal, "a read unit was asked to change the record");
    changed_ = true;
}

Hash Connection::added(const RowText& row) {
    changing();
    return unvouched_.add(installation().audit_salt, row);
}

void Connection::added(const RowsDigest& rows) {
    changing();
    unvouched_.add(rows);
}

void Connection::load_audit_head() {
    long long seq = 0;
    std::string hash;
    sql() << "select seq, hash from audit order by seq desc limit 1", soci::into(seq), soci::into(hash);
    audit_seq_ = sql().got_data() ? seq : 0;
    audit_hash_ = sql().got_data() ? hash : std::string{};
}

std::int64_t Connection::next_audit() {
    if (!audit_seq_)
        load_audit_head();
    return *audit_seq_ + 1;
}

const std::string& Connection::last_audit_hash() {
    if (!audit_seq_)
        load_audit_head();
    return audit_hash_;
}

void Connection::audited(std::int64_t seq, std::string hash) {
    audit_seq_ = seq;
    audit_hash_ = std::move(hash);
    changed_ = false;
    unvouched_.clear();
}

WriteContext Connection::in_own_time(WriteContext by) {
    std::string clock;
    sql() << "select coalesce(demo_clock, '') from installation", soci::into(clock);
    if (sql().got_data())
        if (const auto now = domain::parse_instant(clock))
            by.now = *now;
    return by;
}

domain::Instant Connection::now() const {
    if (!writer_)
        throw Error(ErrorCode::internal, "a read unit has no time of its own");
    return writer_->now;
}

const std::string& Connection::actor() const {
    if (!writer_)
        throw Error(ErrorCode::internal, "a read unit has no actor");
    return writer_->actor;
}

} // namespace peercert::storage
