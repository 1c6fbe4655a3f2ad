#include "http/limiter.hpp"

#include <algorithm>

namespace peercert::http {

Limiter::Limiter(std::chrono::microseconds interval, int burst, std::size_t capacity)
    : interval_(interval), span_(interval * burst),
      shard_capacity_(std::max<std::size_t>(1, capacity / shards_.size())) {}

std::chrono::seconds Limiter::ask(const Address& client, Clock::time_point now) {
    Shard& shard = shards_[AddressHash{}(client) % shards_.size()];
    const std::lock_guard lock(shard.mutex);
    auto found = shard.full_at.find(client);
    if (found == shard.full_at.end()) {
        if (shard.full_at.size() >= shard_capacity_ && now - shard.swept_at >= std::chrono::seconds(1)) {
            std::erase_if(shard.full_at, [&](const auto& entry) { return entry.second <= now; });
            shard.swept_at = now;
        }
        if (shard.full_at.size() < shard_capacity_)
            found = shard.full_at.emplace(client, now).first;
    }
    Clock::time_point& full_at = found == shard.full_at.end() ? shard.shared_full_at : found->second;
    const Clock::time_point next = std::max(full_at, now) + interval_;
    if (next - now > span_)
        return std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(next - now - span_));
    full_at = next;
    return std::chrono::seconds(0);
}

std::size_t Limiter::remembered() const {
    std::size_t count = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        count += shard.full_at.size();
    }
    return count;
}

} // namespace peercert::http
