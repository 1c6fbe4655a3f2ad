#include "cli/demo_clock.hpp"

namespace peercert::cli {

DemoClock::DemoClock(storage::Store& store, domain::Instant instant)
    : store_(store), instant_(instant), looked_at_(std::chrono::steady_clock::now()) {}

domain::Instant DemoClock::now() const {
    const std::lock_guard lock(mutex_);
    const auto moment = std::chrono::steady_clock::now();
    if (moment - looked_at_ > std::chrono::seconds(1)) {
        instant_ = store_.read([](storage::UnitOfWork& work) { return work.installation.get(); })
                       .demo_clock.value_or(instant_);
        looked_at_ = moment;
    }
    return instant_;
}

} // namespace peercert::cli
