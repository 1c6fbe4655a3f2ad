#include "rules/allocation.hpp"

#include <algorithm>
#include <bit>

namespace peercert::rules {

namespace {

// Nodes of the network: where amounts come from, the total, the buckets, the pools.
constexpr std::uint32_t supply = 0;
constexpr std::uint32_t sum = 1;
constexpr std::uint32_t first_bucket = 2;
constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

} // namespace

std::uint32_t Allocation::above(std::size_t b) const {
    return buckets_[b].inside < 0 ? sum : first_bucket + static_cast<std::uint32_t>(buckets_[b].inside);
}

void Allocation::solve(std::span<const Bucket> buckets, std::span<const Pool> pools) {
    buckets_ = buckets;
    pools_ = pools;
    bucket_count_ = buckets.size();
    used_.assign(pools.size(), 0);
    flow_.assign(pools.size() * bucket_count_, 0);
    through_.assign(bucket_count_, 0);
    secured_.assign(bucket_count_, 0);
    minimums_reached_ = true;
    std::int64_t free = 0;
    for (const Pool& pool : pools)
        if (pool.mask == 0)
            free += pool.amount;

    for (std::size_t b = 0; b < bucket_count_; ++b) {
        const std::int64_t wanted = std::min(buckets[b].at_least, buckets[b].at_most);
        // A path from above the bucket round to it, closed by the bucket's own edge.
        do
            secured_[b] = through_[b]; // else the path could run backwards along the bucket's own edge, for nothing
        while (through_[b] < wanted &&
               push(above(b), first_bucket + static_cast<std::uint32_t>(b), true, wanted - through_[b]));
        secured_[b] = std::min(through_[b], wanted);
        minimums_reached_ = minimums_reached_ && through_[b] >= buckets[b].at_least;
    }
    while (push(supply, sum, false, no_cap))
        ;
    total_ = free;
    for (std::size_t b = 0; b < bucket_count_; ++b)
        if (buckets[b].inside < 0)
            total_ += through_[b];
}

/// Breadth first through what is left of the network; moves as much as the found path bears. With `around`, the path
/// may run from the total back to the supply, and ends by raising the edge from `to` up to `from`.
bool Allocation::push(std::uint32_t from, std::uint32_t to, bool around, std::int64_t wanted) {
    const std::uint32_t first_pool = first_bucket + static_cast<std::uint32_t>(bucket_count_);
    const std::size_t nodes = first_pool + pools_.size();
    reached_from_.assign(nodes, nowhere);
    queue_.clear();
    queue_.push_back(from);
    reached_from_[from] = from;
    const auto visit = [&](std::uint32_t node, std::uint32_t by) {
        if (reached_from_[node] != nowhere)
            return;
        reached_from_[node] = by;
        queue_.push_back(node);
    };
    for (std::size_t head = 0; head < queue_.size() && reached_from_[to] == nowhere; ++head) {
        const std::uint32_t node = queue_[head];
        if (node == supply) {
            for (std::size_t p = 0; p < pools_.size(); ++p)
                if (pools_[p].mask != 0 && used_[p] < pools_[p].amount)
                    visit(first_pool + static_cast<std::uint32_t>(p), node);
            continue;
        }
        if (node >= first_pool) {
            const std::size_t p = node - first_pool;
            for (std::uint32_t left = pools_[p].mask; left != 0; left &= left - 1)
                visit(first_bucket + static_cast<std::uint32_t>(std::countr_zero(left)), node);
            if (used_[p] > 0)
                visit(supply, node);
            continue;
        }
        if (node == sum) {
            if (around)
                visit(supply, node);
        } else {
            const std::size_t b = node - first_bucket;
            if (through_[b] < buckets_[b].at_most)
                visit(above(b), node);
            for (std::size_t p = 0; p < pools_.size(); ++p)
                if (flow_[p * bucket_count_ + b] > 0)
                    visit(first_pool + static_cast<std::uint32_t>(p), node);
        }
        for (std::size_t b = 0; b < bucket_count_; ++b) // take back what an inner bucket passes up
            if (above(b) == node && through_[b] > secured_[b])
                visit(first_bucket + static_cast<std::uint32_t>(b), node);
    }
    if (reached_from_[to] == nowhere)
        return false;

    const auto room = [&](std::uint32_t a, std::uint32_t b) -> std::int64_t {
        if (a == supply)
            return pools_[b - first_pool].amount - used_[b - first_pool];
        if (b == supply)
            return a == sum ? no_cap : used_[a - first_pool];
        if (a >= first_pool)
            return no_cap;
        if (b >= first_pool)
            return flow_[(b - first_pool) * bucket_count_ + (a - first_bucket)];
        if (a != sum && above(a - first_bucket) == b)
            return buckets_[a - first_bucket].at_most - through_[a - first_bucket];
        return through_[b - first_bucket] - secured_[b - first_bucket];
    };
    std::int64_t amount = wanted;
    for (std::uint32_t node = to; node != from; node = reached_from_[node])
        amount = std::min(amount, room(reached_from_[node], node));
    const auto move = [&](std::uint32_t a, std::uint32_t b) {
        if (a == supply)
            used_[b - first_pool] += amount;
        else if (b == supply) {
            if (a != sum)
                used_[a - first_pool] -= amount;
        } else if (a >= first_pool)
            flow_[(a - first_pool) * bucket_count_ + (b - first_bucket)] += amount;
        else if (b >= first_pool)
            flow_[(b - first_pool) * bucket_count_ + (a - first_bucket)] -= amount;
        else if (a != sum && above(a - first_bucket) == b)
            through_[a - first_bucket] += amount;
        else
            through_[b - first_bucket] -= amount;
    };
    for (std::uint32_t node = to; node != from; node = reached_from_[node])
        move(reached_from_[node], node);
    if (around)
        through_[to - first_bucket] += amount;
    return true;
}

std::uint32_t Allocation::short_together(std::size_t b) const {
    std::uint32_t set = std::uint32_t{1} << b;
    for (bool grew = true; grew;) {
        grew = false;
        for (std::size_t p = 0; p < pools_.size(); ++p) {
            if ((pools_[p].mask & set) == 0)
                continue;
            for (std::size_t other = 0; other < bucket_count_; ++other) {
                const std::uint32_t bit = std::uint32_t{1} << other;
                if ((set & bit) == 0 && flow_[p * bucket_count_ + other] > 0) {
                    set |= bit;
                    grew = true;
                }
            }
        }
    }
    return set;
}

} // namespace peercert::rules
