#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/allocation.hpp"
#include "rules/picking.hpp"

namespace peercert::rules {
namespace {

using test::pick;

/// Every way of splitting small whole amounts, by trying them all.
class BruteForce {
public:
    BruteForce(std::vector<Bucket> buckets, std::vector<Pool> pools) : buckets_(std::move(buckets)) {
        for (const Pool& pool : pools)
            for (std::int64_t unit = 0; unit < pool.amount; ++unit)
                units_.push_back(pool.mask);
        held_.assign(buckets_.size(), 0);
        place(0, 0);
    }
    bool minimums_reached{false};
    std::int64_t best_total{-1};          ///< with every minimum reached
    std::int64_t best_any_total{-1};      ///< whatever the minimums
    std::vector<std::int64_t> best_first; ///< minimums filled, most important first

private:
    void place(std::size_t unit, std::int64_t total) {
        if (unit == units_.size()) {
            bool reached = true;
            std::vector<std::int64_t> filled;
            for (std::size_t b = 0; b < buckets_.size(); ++b) {
                reached = reached && held_[b] >= buckets_[b].at_least;
                filled.push_back(std::min(held_[b], std::min(buckets_[b].at_least, buckets_[b].at_most)));
            }
            best_first = std::max(best_first, filled);
            best_any_total = std::max(best_any_total, total);
            if (reached) {
                minimums_reached = true;
                best_total = std::max(best_total, total);
            }
            return;
        }
        if (units_[unit] == 0)
            return place(unit + 1, total + 1);
        place(unit + 1, total); // not counted
        for (std::size_t b = 0; b < buckets_.size(); ++b)
            if ((units_[unit] >> b & 1U) != 0 && add(b, 1)) {
                place(unit + 1, total + 1);
                add(b, -1);
            }
    }
    bool add(std::size_t b, int amount) {
        bool fits = true;
        for (int at = static_cast<int>(b); at >= 0; at = buckets_[static_cast<std::size_t>(at)].inside) {
            held_[static_cast<std::size_t>(at)] += amount;
            fits = fits && held_[static_cast<std::size_t>(at)] <= buckets_[static_cast<std::size_t>(at)].at_most;
        }
        if (!fits && amount > 0)
            add(b, -amount);
        return fits;
    }

    std::vector<Bucket> buckets_;
    std::vector<std::uint32_t> units_;
    std::vector<std::int64_t> held_;
};

RC_GTEST_PROP(Allocation, AgreesWithTryingEverySplit, ()) {
    const auto bucket_count = pick<std::size_t>(1, 5);
    std::vector<Bucket> buckets;
    for (std::size_t b = 0; b < bucket_count; ++b) {
        Bucket bucket;
        bucket.at_least = pick<std::int64_t>(0, 4);
        bucket.at_most = *rc::gen::elementOf(std::vector<std::int64_t>{no_cap, 1, 2, 3, 4});
        bucket.inside = pick<int>(-1, static_cast<int>(b));
        buckets.push_back(bucket);
    }
    std::vector<Pool> pools;
    std::int64_t units = 0;
    const auto pool_count = pick<std::size_t>(0, 5);
    for (std::size_t p = 0; p < pool_count; ++p) {
        Pool pool{pick<std::uint32_t>(0, 1U << bucket_count), pick<std::int64_t>(0, 4)};
        pool.amount = std::min<std::int64_t>(pool.amount, 7 - units);
        units += pool.amount;
        pools.push_back(pool);
    }
    const BruteForce truth(buckets, pools);
    Allocation allocation;
    allocation.solve(buckets, pools);

    RC_ASSERT(allocation.minimums_reached() == truth.minimums_reached);
    if (truth.minimums_reached)
        RC_ASSERT(allocation.total() == truth.best_total);
    std::vector<std::int64_t> filled;
    for (std::size_t b = 0; b < bucket_count; ++b)
        filled.push_back(std::min(allocation.held(b), std::min(buckets[b].at_least, buckets[b].at_most)));
    RC_ASSERT(filled == truth.best_first);

    // The split itself is one that exists.
    std::vector<std::int64_t> through(bucket_count, 0);
    std::int64_t total = 0;
    for (std::size_t p = 0; p < pools.size(); ++p) {
        std::int64_t used = 0;
        for (std::size_t b = 0; b < bucket_count; ++b) {
            const std::int64_t counted = allocation.counted(p, b);
            RC_ASSERT(counted >= 0);
            RC_ASSERT(counted == 0 || (pools[p].mask >> b & 1U) != 0);
            used += counted;
            for (int at = static_cast<int>(b); at >= 0; at = buckets[static_cast<std::size_t>(at)].inside)
                through[static_cast<std::size_t>(at)] += counted;
        }
        RC_ASSERT(used <= pools[p].amount);
        total += pools[p].mask == 0 ? pools[p].amount : used;
    }
    RC_ASSERT(total == allocation.total());
    for (std::size_t b = 0; b < bucket_count; ++b) {
        RC_ASSERT(through[b] == allocation.held(b));
        RC_ASSERT(through[b] <= buckets[b].at_most);
    }
}

RC_GTEST_PROP(Allocation, MoreHoursNeverTakeAnythingAway, ()) {
    const auto bucket_count = pick<std::size_t>(1, 9);
    std::vector<Bucket> buckets;
    for (std::size_t b = 0; b < bucket_count; ++b)
        buckets.push_back(
            {pick<std::int64_t>(0, 600), *rc::gen::elementOf(std::vector<std::int64_t>{no_cap, 300, 900}), -1});
    std::vector<Pool> pools;
    for (int p = 0; p < 8; ++p)
        pools.push_back({pick<std::uint32_t>(0, 1U << bucket_count), pick<std::int64_t>(0, 700)});
    Allocation before;
    before.solve(buckets, pools);
    const bool reached = before.minimums_reached();
    const std::int64_t total = before.total();
    const auto which = pick<std::size_t>(0, pools.size());
    pools[which].amount += pick<std::int64_t>(1, 300);
    Allocation after;
    after.solve(buckets, pools);
    RC_ASSERT(!reached || after.minimums_reached());
    if (reached)
        RC_ASSERT(after.total() >= total);
}

TEST(Allocation, PartsThatWantTheSameHoursAreShortTogether) {
    // 8 hours that could be peer or ethics; together the two need 16; law has its own.
    const std::vector<Bucket> buckets{{10, no_cap, -1}, {6, no_cap, -1}, {2, no_cap, -1}};
    const std::vector<Pool> pools{{0b011, 12}, {0b100, 2}};
    Allocation allocation;
    allocation.solve(buckets, pools);
    EXPECT_FALSE(allocation.minimums_reached());
    EXPECT_EQ(allocation.held(0), 10);
    EXPECT_EQ(allocation.held(1), 2);
    EXPECT_EQ(allocation.short_together(1), 0b011U);
}

} // namespace
} // namespace peercert::rules
