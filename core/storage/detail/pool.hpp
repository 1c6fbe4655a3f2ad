#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/detail/connection.hpp"

namespace peercert::storage {

/// Sessions for many threads: opened when first needed, at most as many as the settings say, lent to one thread at a
/// time.
class Pool {
public:
    Pool(Place place, std::size_t most);

    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(pool), connection_(std::move(connection)) {}
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

    private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// Waits for a session; throws Error{unavailable} after the busy timeout, or if none can be opened.
    Lease lease();
    /// Only if that takes no waiting.
    std::unique_ptr<Lease> lease_if_free();
    /// Closes the sessions that nobody uses now: when one was found dead, the others are likely to be.
    void forget_idle() noexcept;
    const Place& place() const { return place_; }

private:
    std::unique_ptr<Connection> take(std::unique_lock<std::mutex>& lock);
    /// Whoever borrows a session next inherits no transaction and no dead server.
    void give_back(std::unique_ptr<Connection> connection) noexcept;

    Place place_;
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t open_{0};
};

} // namespace peercert::storage
