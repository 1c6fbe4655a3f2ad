#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <utility>

#include "domain/installation.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/units.hpp"
#include "storage/store.hpp"

namespace soci {
class session;
}

namespace peercert::storage {

/// Where a database is, taken apart from StoreSettings::url.
struct Place {
    Backend backend{Backend::sqlite};
    std::string target{}; ///< path of the file, or libpq's conninfo or URL
    int busy_timeout_ms{5000};
};
/// Throws Error{invalid_input} for a url of another kind.
Place parse_place(const StoreSettings& settings);

enum class Opening { existing, create };

/// What is said of it, everywhere.
inline constexpr std::string_view file_was_moved =
    "database file was moved, removed or replaced since it was opened; start the program again";

/// A statement prepared once and kept with its session; its variables are its members.
class KeptStatement {
public:
    KeptStatement() = default;
    KeptStatement(const KeptStatement&) = delete;
    KeptStatement& operator=(const KeptStatement&) = delete;
    virtual ~KeptStatement() = default;
};

/// One session with one database: opened with every setting the house asks for, read back; a transaction with what the
/// unit in it has changed so far. Used by one thread at a time. No header of a database library is needed to use it.
class Connection {
public:
    Connection(const Place& place, Opening opening);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Backend backend() const noexcept { return place_.backend; }
    const Place& place() const noexcept { return place_; }
    soci::session& sql();
    /// `sqlite3*` or `PGconn*`, for the few paths that are worth going without SOCI.
    void* raw() const noexcept { return raw_; }

    /// A name for a prepared statement or cursor that no other of this session has.
    std::string new_name() { return "peercert_" + std::to_string(++names_); }

    /// Runs a statement without values and without rows.
    void run(const std::string& statement);
    void begin_read();
    void begin_write(const WriteContext& by);
    /// Commits; for a write unit that changed something without an audit row throws Error{internal}.
    void commit();
    void rollback() noexcept;
    bool in_transaction() const noexcept { return in_transaction_; }
    /// Counts transactions: what was read in another one may be out of date.
    unsigned transaction() const noexcept { return transaction_; }
    /// After a failure that leaves the session useless (server gone).
    void mark_broken() noexcept { broken_ = true; }
    bool broken() const noexcept { return broken_; }

    /// Whether the SQLite file is no longer the one that was opened: removed, or another put in its place. What such a
    /// session reads is nobody's record any more. Never for PostgreSQL.
    bool file_moved() const;
    /// Throws Error{unavailable} if it was moved. Asks the file system at most once a second.
    void require_own_file();

    /// The installation row; read once. Throws Error{unavailable} if there is none.
    const domain::Installation& installation();
    void forget_installation() noexcept { installation_.reset(); }

    /// To be called before anything is changed. Throws Error{internal} in a read unit.
    void changing();
    /// A row added to an append-only table, or a unit in its new state; the next audit row vouches for it.
    Hash added(const RowText& row);
    /// As many rows as the digest counts.
    void added(const RowsDigest& rows);
    /// What a unit was before this transaction changed it.
    struct FormerState {
        std::int64_t audit{0};
        Hash digest{};
    };
    /// Units changed since the last audit row (see units.hpp).
    std::map<std::pair<Unit, std::int64_t>, std::optional<FormerState>>& noted() noexcept { return noted_; }
    /// The number the next audit row of this unit will have.
    std::int64_t next_audit();
    const std::string& last_audit_hash();
    const RowsDigest& unvouched() const noexcept { return unvouched_; }
    void audited(std::int64_t seq, std::string hash);

    /// `by`, at the time of the demo where this is one: a restored or migrated demo is not recorded ahead of its own
    /// clock.
    WriteContext in_own_time(WriteContext by);

    domain::Instant now() const;
    const std::string& now_text() const { return now_text_; }
    const std::string& actor() const;

    /// The session's own copy of a kept statement, made from this connection on first use.
    template <class Statement>
    Statement& kept() {
        auto& slot = kept_[std::type_index(typeid(Statement))];
        if (!slot)
            slot = std::make_unique<Statement>(*this);
        return static_cast<Statement&>(*slot);
    }
    void forget_statements() { kept_.clear(); }

private:
    void load_audit_head();

    Place place_;
    struct Session;
    std::unique_ptr<Session> session_;
    void* raw_{nullptr};
    std::unordered_map<std::type_index, std::unique_ptr<KeptStatement>> kept_; // dies before the session
    std::optional<domain::Installation> installation_;

    unsigned names_{0};
    std::chrono::steady_clock::time_point file_asked_{}; ///< when file_moved was asked last
    bool in_transaction_{false};
    unsigned transaction_{0};
    bool broken_{false};
    std::optional<WriteContext> writer_;
    std::string now_text_;
    bool changed_{false}; ///< since the last audit row
    RowsDigest unvouched_;
    std::map<std::pair<Unit, std::int64_t>, std::optional<FormerState>> noted_;
    std::optional<std::int64_t> audit_seq_; ///< newest, as this unit sees it
    std::string audit_hash_;
};

} // namespace peercert::storage
