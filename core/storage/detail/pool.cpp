#include "storage/detail/pool.hpp"

#include <algorithm>
#include <chrono>

#include <peercert/error.hpp>

namespace peercert::storage {

Pool::Pool(Place place, std::size_t most) : place_(std::move(place)), most_(std::max<std::size_t>(most, 1)) {
    idle_.reserve(most_); // so that giving back cannot fail for want of memory
}

Pool::Lease Pool::lease() {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(lock, std::chrono::milliseconds(place_.busy_timeout_ms),
                                         [this] { return !idle_.empty() || open_ < most_; });
    if (!free)
        throw Error(ErrorCode::unavailable, "all sessions with the database are in use; try again in a moment");
    return {*this, take(lock)};
}

std::unique_ptr<Pool::Lease> Pool::lease_if_free() {
    std::unique_lock lock(mutex_);
    if (idle_.empty() && open_ >= most_)
        return nullptr;
    return std::make_unique<Lease>(*this, take(lock));
}

/// One that is idle, or a new one; there is room for it.
std::unique_ptr<Connection> Pool::take(std::unique_lock<std::mutex>& lock) {
    if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }
    ++open_;
    lock.unlock();
    try {
        return std::make_unique<Connection>(place_, Opening::existing);
    } catch (...) {
        lock.lock();
        --open_;
        returned_.notify_one();
        throw;
    }
}

void Pool::forget_idle() noexcept {
    const std::lock_guard lock(mutex_);
    open_ -= idle_.size();
    idle_.clear(); // keeps its room
    returned_.notify_all();
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
    connection->rollback();
    {
        const std::lock_guard lock(mutex_);
        if (connection->broken())
            --open_;
        else
            idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

} // namespace peercert::storage
