#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "domain/codes.hpp"
#include "domain/installation.hpp"
#include "domain/instant.hpp"
#include "storage/unit_of_work.hpp"
#include "storage/verification.hpp"

namespace peercert::storage {

struct StoreSettings {
    /// `PATH` or `sqlite:PATH` (a local file), `postgresql://...` or `postgresql:CONNINFO` (libpq's words).
    std::string url{};
    /// Sessions kept open at most; a caller beyond that waits. At least 1.
    std::size_t sessions{8};
    /// How long a writer waits for another one, in milliseconds, before Error{unavailable}.
    int busy_timeout_ms{5000};
};

enum class Backend { sqlite, postgresql };

/// Who writes, and when: the injected clock's instant, the only "now" below the edge.
struct WriteContext {
    std::string actor{}; ///< "cli:ana", "import:cohort.csv"; no personal text
    domain::Instant now{};
};

/// The database. Safe to use from several threads; several processes may have one database open.
///
/// `read` and `write` are the only ways in. `read` sees one consistent state. `write` queues behind other writers (also
/// of other processes) and commits when `fn` returns, rolls back when it throws. `fn` may run again after a
/// serialization failure, so it has no effects outside its unit of work; values that it returns must not point into it.
/// A write unit that changed something without an audit row is refused with Error{internal}.
/// Errors: Error{unavailable} if the database cannot be reached, is busy, full or not writable; Error{conflict} if a
/// statement breaks uniqueness.
class Store {
public:
    /// Opens an existing database of exactly this schema. Throws Error{not_found} if there is none,
    /// Error{unavailable} if its schema is older (says which command to run) or newer.
    explicit Store(StoreSettings settings);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    template <class Fn>
    auto read(Fn&& fn) -> std::invoke_result_t<Fn&, UnitOfWork&> {
        return run(fn, [this](const Body& body) { read_unit(body); });
    }

    /// Up to `most` read units at once, each on a session and a thread of its own, all of the same state of the record:
    /// `fn(work)` runs once on each of them (at least one) and takes its share of the work from a counter or the like.
    /// A failure of any is thrown when all have ended.
    template <class Fn>
    void read_together(std::size_t most, Fn&& fn) {
        read_units(most, Body([&fn](UnitOfWork& work) { fn(work); }));
    }

    template <class Fn>
    auto write(const WriteContext& by, Fn&& fn) -> std::invoke_result_t<Fn&, UnitOfWork&> {
        return run(fn, [this, &by](const Body& body) { write_unit(by, body, true); });
    }

    /// As `write`, but always rolled back: what would happen, with every check of the database. Needs no audit row.
    template <class Fn>
    auto rehearse(const WriteContext& by, Fn&& fn) -> std::invoke_result_t<Fn&, UnitOfWork&> {
        return run(fn, [this, &by](const Body& body) { write_unit(by, body, false); });
    }

    /// The public's question, on the fast path: one statement, no transaction. Hidden holders are returned too (with
    /// `hidden` set); it is the caller who must answer as for an unknown number.
    std::optional<VerificationRecord> verification(domain::CredentialNumber number);

    /// Makes sure that what was deleted is really gone from the database: the file (or on PostgreSQL the table of what
    /// is deleted on schedule) is written anew without it. False where somebody reads just now, so that the file's log
    /// could not be emptied yet; do it again later. Without `anything` deleted just now, only empties the log.
    bool forget_deleted(bool anything);

    const domain::Installation& installation() const; ///< as read on opening
    Backend backend() const;
    /// Where the data is, without passwords: for `doctor` and start-up messages.
    std::string location() const;
    /// What is wrong with the database, one sentence each; empty if nothing is. `thorough` also reads every page.
    std::vector<std::string> problems(bool thorough);
    /// Why the database could not do its work just now, as far as a moment's look can tell; empty when it could. Names
    /// no path and no person.
    std::vector<std::string> not_ready();

private:
    using Body = std::function<void(UnitOfWork&)>;
    void read_unit(const Body& body);
    void read_units(std::size_t most, const Body& body);
    void write_unit(const WriteContext& by, const Body& body, bool commit);

    template <class Fn, class Runner>
    static auto run(Fn& fn, Runner&& runner) -> std::invoke_result_t<Fn&, UnitOfWork&> {
        using Result = std::invoke_result_t<Fn&, UnitOfWork&>;
        if constexpr (std::is_void_v<Result>) {
            runner(Body([&fn](UnitOfWork& work) { fn(work); }));
        } else {
            std::optional<Result> result;
            runner(Body([&](UnitOfWork& work) { result.emplace(fn(work)); }));
            return std::move(*result);
        }
    }

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace peercert::storage
