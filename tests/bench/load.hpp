#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace peercert::bench {

struct Load {
    double per_second{0};
    double p50_us{0};
    double p99_us{0};
    std::uint64_t answers{0};
    std::uint64_t wrong{0}; ///< not a 200 with the expected text, or a connection that ended
    int starved{0};         ///< connections that got no answer at all
};

/// Closed loop: each of `connections` sends the next of `requests` as soon as it has its answer, from two threads. An
/// answer counts if it is a 200 whose body holds `expected`.
Load load(std::uint16_t port, const std::vector<std::string>& requests, const std::string& expected, int connections,
          std::chrono::milliseconds time);

} // namespace peercert::bench
