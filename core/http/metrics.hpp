#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace peercert::http {

enum class Refused { client_cap, total_cap, rate, malformed, too_slow, not_a_proxy };

/// Counters in Prometheus' text form. Labels are route patterns and fixed words, so nothing personal and nothing
/// unbounded.
class Metrics {
public:
    /// `routes` are the labels by route index; one more row counts requests for no route.
    explicit Metrics(std::vector<std::string> routes);

    void answered(std::size_t route, int status, std::chrono::microseconds took);
    void answered_without_route(int status, std::chrono::microseconds took) {
        answered(rows_.size() - 1, status, took);
    }
    void refused(Refused why) { refused_[static_cast<std::size_t>(why)].fetch_add(1, std::memory_order_relaxed); }
    void connection_opened();
    void connection_closed() { open_.fetch_sub(1, std::memory_order_relaxed); }
    void log_lines_dropped(std::uint64_t total) { log_dropped_.store(total, std::memory_order_relaxed); }

    std::string text() const;

private:
    using Count = std::atomic<std::uint64_t>;
    static constexpr std::array<int, 11> bucket_limits_us{50,    100,    250,    500,     1'000,    2'500,
                                                          5'000, 10'000, 50'000, 250'000, 1'000'000};

    struct Row {
        std::array<Count, 5> by_class{};
        std::array<Count, bucket_limits_us.size() + 1> buckets{};
        Count total_us{};
    };

    std::vector<std::string> names_;
    std::vector<std::unique_ptr<Row>> rows_;
    std::array<Count, 6> refused_{};
    Count connections_{};
    std::atomic<std::int64_t> open_{};
    Count log_dropped_{};
};

} // namespace peercert::http
