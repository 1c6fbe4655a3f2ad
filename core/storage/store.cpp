#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"
#include "storage/detail/doctor.hpp"
#include "storage/detail/errors.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/migrations.hpp"
#include "storage/detail/pool.hpp"
#include "storage/detail/schema_check.hpp"
#include "storage/detail/write_anew.hpp"

namespace peercert::storage {

namespace {

void* sqlite_of(Connection& connection) { return connection.backend() == Backend::sqlite ? connection.raw() : nullptr; }

/// Our own writing threads queue here and not in the database's busy loop. (Not a timed_mutex: the thread sanitizer of
/// g++ 12 does not know how that one is locked.)
class WriterGate {
public:
    /// The turn of one writer, as long as it lives.
    class Turn {
    public:
        Turn(WriterGate& gate, int patience_ms) : gate_(gate) {
            std::unique_lock lock(gate_.mutex_);
            if (!gate_.left_.wait_for(lock, std::chrono::milliseconds(patience_ms), [this] { return !gate_.taken_; }))
                throw Error(ErrorCode::unavailable, "the database is busy with other writers; try again in a moment");
            gate_.taken_ = true;
        }
        ~Turn() {
            {
                const std::lock_guard lock(gate_.mutex_);
                gate_.taken_ = false;
            }
            gate_.left_.notify_one();
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        WriterGate& gate_;
    };

private:
    std::mutex mutex_;
    std::condition_variable left_;
    bool taken_{false};
};

} // namespace

struct Store::Parts {
    explicit Parts(const StoreSettings& settings) : pool(parse_place(settings), settings.sessions) {}
    Pool pool;
    domain::Installation installation;
    WriterGate gate;
    std::atomic<bool> no_more_writing{false};
};

// NOLINTNEXTLINE(performance-unnecessary-value-param): opened once; the copy costs nothing that anybody could measure
Store::Store(StoreSettings settings) : parts_(std::make_unique<Parts>(settings)) {
    const auto connection = parts_->pool.lease();
    try {
        require_schema(*connection);
        parts_->installation = connection->installation();
    } catch (...) {
        throw current_failure(sqlite_of(*connection)).error;
    }
}

Store::~Store() = default;

namespace {

/// One reading on a session of its own. A server that was started again leaves dead sessions behind, which show only
/// when they are used: then it is read once more, on a new one. `may_begin_again` is asked before that.
template <class Read, class MayBeginAgain>
void read_from(Pool& pool, const Read& read, const MayBeginAgain& may_begin_again) {
    for (bool again = false;; again = true) {
        const auto connection = pool.lease();
        try {
            connection->require_own_file();
            read(*connection);
            return;
        } catch (...) {
            const Failure failure = current_failure(sqlite_of(*connection));
            if (!failure.broken)
                throw failure.error;
            connection->mark_broken();
            pool.forget_idle();
            if (again || !may_begin_again())
                throw failure.error;
        }
    }
}

} // namespace

void Store::read_unit(const Body& body) {
    bool begun = false; // the body may have told somebody something already
    read_from(
        parts_->pool,
        [&](Connection& connection) {
            connection.begin_read();
            begun = true;
            UnitOfWork work(connection);
            body(work);
            connection.commit();
        },
        [&] { return !begun; });
}

namespace {

std::int64_t newest_change(Connection& connection) {
    UnitOfWork work(connection);
    const auto newest = work.audit.newest();
    return newest ? newest->seq : 0;
}

/// Begins to read on each. Every change of the record writes an audit row in its own transaction, so sessions that see
/// the same newest one see the same record; if a writer came between, all begin again.
bool begin_together(const std::vector<std::unique_ptr<Pool::Lease>>& leases) {
    constexpr int most_attempts = 20;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        std::int64_t newest = 0;
        bool same = true;
        for (const auto& lease : leases) {
            (*lease)->begin_read();
            const std::int64_t seen = newest_change(**lease);
            same = same && (lease == leases.front() || seen == newest);
            newest = seen;
        }
        if (same)
            return true;
        for (const auto& lease : leases)
            (*lease)->rollback();
    }
    return false;
}

} // namespace

void Store::read_units(std::size_t most, const Body& body) {
    std::vector<std::unique_ptr<Pool::Lease>> leases;
    leases.emplace_back(new Pool::Lease(parts_->pool.lease())); // not make_unique: a lease is not moved
    while (leases.size() < most) {
        auto further = parts_->pool.lease_if_free();
        if (!further)
            break;
        leases.push_back(std::move(further));
    }
    (*leases.front())->require_own_file();
    std::vector<std::exception_ptr> failures(leases.size());
    const auto read_one = [&](std::size_t at) {
        Connection& connection = **leases[at];
        try {
            UnitOfWork work(connection);
            body(work);
            connection.commit();
        } catch (...) {
            try {
                const Failure failure = current_failure(sqlite_of(connection));
                if (failure.broken)
                    connection.mark_broken();
                failures[at] = std::make_exception_ptr(failure.error);
            } catch (...) {
                failures[at] = std::current_exception();
            }
        }
    };
    if (leases.size() > 1 && !begin_together(leases))
        leases.resize(1); // writers follow each other too closely; one session has one state anyway
    if (!(*leases.front())->in_transaction())
        (*leases.front())->begin_read();
    std::vector<std::thread> threads;
    try {
        for (std::size_t at = 1; at < leases.size(); ++at)
            threads.emplace_back(read_one, at);
    } catch (const std::system_error&) { // no further thread to be had: those that run share the work
    }
    read_one(0);
    for (auto& thread : threads)
        thread.join();
    for (const auto& failure : failures)
        if (failure)
            std::rethrow_exception(failure);
}

void Store::write_unit(const WriteContext& by, const Body& body, bool commit) {
    if (parts_->no_more_writing)
        throw failure_of_sqlite(10 | (4 << 8)).error;
    const WriterGate::Turn turn(parts_->gate, parts_->pool.place().busy_timeout_ms);
    const auto connection = parts_->pool.lease();
    constexpr int most_attempts = 5;
    for (int attempt = 1;; ++attempt) {
        try {
            connection->begin_write(by);
            if (connection->file_moved()) // it would be recorded where nobody looks
                throw Error(ErrorCode::unavailable, "the " + std::string(file_was_moved));
            UnitOfWork work(*connection);
            body(work);
            if (commit)
                connection->commit();
            else
                connection->rollback();
            return;
        } catch (...) {
            const Failure failure = current_failure(sqlite_of(*connection));
            if (failure.broken)
                connection->mark_broken();
            connection->rollback();
            if (failure.no_more_writing)
                parts_->no_more_writing = true;
            if (!failure.retry || attempt == most_attempts)
                throw failure.error;
        }
    }
}

std::optional<VerificationRecord> Store::verification(domain::CredentialNumber number) {
    std::optional<VerificationRecord> found;
    read_from(
        parts_->pool, [&](Connection& connection) { found = kept_answer(connection, parts_->installation, number); },
        [] { return true; });
    return found;
}

bool Store::forget_deleted(bool anything) {
    const WriterGate::Turn turn(parts_->gate, parts_->pool.place().busy_timeout_ms);
    const auto connection = parts_->pool.lease();
    try {
        connection->require_own_file();
        return anything ? write_anew(*connection) : empty_log(*connection);
    } catch (...) {
        throw current_failure(sqlite_of(*connection)).error;
    }
}

const domain::Installation& Store::installation() const { return parts_->installation; }

Backend Store::backend() const { return parts_->pool.place().backend; }

std::string Store::location() const {
    const auto connection = parts_->pool.lease();
    return location_of(*connection);
}

std::vector<std::string> Store::problems(bool thorough) {
    const auto connection = parts_->pool.lease();
    try {
        connection->begin_read();
        auto problems = problems_of(*connection, thorough);
        connection->commit();
        return problems;
    } catch (...) {
        throw current_failure(sqlite_of(*connection)).error;
    }
}

std::vector<std::string> Store::not_ready() {
    const auto connection = parts_->pool.lease();
    try {
        std::vector<std::string> reasons = writing_problems(*connection);
        for (std::string& problem : schema_problems(*connection))
            reasons.push_back(std::move(problem));
        return reasons;
    } catch (...) {
        const Failure failure = current_failure(sqlite_of(*connection));
        if (failure.broken)
            connection->mark_broken();
        throw failure.error;
    }
}

} // namespace peercert::storage
