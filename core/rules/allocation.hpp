#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// Splitting amounts over parts with minimums and caps, exactly. A maximum flow, found by augmenting paths: no part
/// that could be filled stays short, and no minute that could count is lost.
namespace peercert::rules {

inline constexpr std::int64_t no_cap = std::numeric_limits<std::int64_t>::max() / 4;
inline constexpr std::size_t most_buckets = 32;

struct Bucket {
    std::int64_t at_least{0};
    std::int64_t at_most{no_cap};
    int inside{-1}; ///< bucket this one is nested in; -1: directly in the total. Never a cycle.
};

/// An amount that may be counted in any of the buckets of its mask; mask 0 counts in the total alone.
struct Pool {
    std::uint32_t mask{0};
    std::int64_t amount{0};
};

class Allocation {
public:
    /// Fills minimums in the order of the buckets, each as far as it goes without emptying an earlier one, then raises
    /// the total as far as the caps allow. When every minimum can be reached at once, every one is.
    void solve(std::span<const Bucket> buckets, std::span<const Pool> pools);

    std::int64_t total() const { return total_; }
    /// What bucket `b` holds, with what is nested in it.
    std::int64_t held(std::size_t b) const { return through_[b]; }
    std::int64_t counted(std::size_t pool, std::size_t b) const { return flow_[pool * bucket_count_ + b]; }
    bool minimums_reached() const { return minimums_reached_; }
    /// The buckets that compete for the same amounts as `b`, which is short: together they need more than there is.
    std::uint32_t short_together(std::size_t b) const;

private:
    bool push(std::uint32_t from, std::uint32_t to, bool around, std::int64_t wanted);
    std::uint32_t above(std::size_t b) const;

    std::span<const Bucket> buckets_;
    std::span<const Pool> pools_;
    std::size_t bucket_count_{0};
    std::vector<std::int64_t> used_;    // of each pool
    std::vector<std::int64_t> flow_;    // pool x bucket
    std::vector<std::int64_t> through_; // of each bucket
    std::vector<std::int64_t> secured_; // part of it that may not be taken away again
    std::int64_t total_{0};
    bool minimums_reached_{true};
    std::vector<std::uint32_t> queue_;
    std::vector<std::uint32_t> reached_from_;
};

} // namespace peercert::rules
