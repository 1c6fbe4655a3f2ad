#pragma once

#include <chrono>
#include <mutex>

#include "services/clock.hpp"
#include "storage/store.hpp"

namespace peercert::cli {

/// Stands where `peercert clock set` put it, also when another process moves it: looks again when its last look is more
/// than a second old. Safe from several threads.
class DemoClock final : public services::Clock {
public:
    DemoClock(storage::Store& store, domain::Instant instant);
    domain::Instant now() const override;

private:
    storage::Store& store_;
    mutable std::mutex mutex_;
    mutable domain::Instant instant_;
    mutable std::chrono::steady_clock::time_point looked_at_;
};

} // namespace peercert::cli
