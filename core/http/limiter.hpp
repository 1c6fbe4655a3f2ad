#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "http/address.hpp"

namespace peercert::http {

/// A token bucket for each client: `burst` requests at once, then one more every `interval`. Thread-safe; memory is
/// bounded: when more than `capacity` clients are remembered, newcomers share one bucket until others have been quiet
/// for a while.
class Limiter {
public:
    using Clock = std::chrono::steady_clock;

    Limiter(std::chrono::microseconds interval, int burst, std::size_t capacity = 65'536);

    /// Zero: go on. Otherwise how long to wait, rounded up to whole seconds.
    std::chrono::seconds ask(const Address& client, Clock::time_point now);
    std::size_t remembered() const;

private:
    /// Kept as the instant at which the bucket would be full again: one number a client.
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<Address, Clock::time_point, AddressHash> full_at;
        Clock::time_point shared_full_at{};
        Clock::time_point swept_at{};
    };

    Clock::duration interval_;
    Clock::duration span_;
    std::size_t shard_capacity_;
    std::array<Shard, 16> shards_;
};

} // namespace peercert::http
