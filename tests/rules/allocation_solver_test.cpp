#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include "rules/allocation.hpp"
#include "rules/picking.hpp"

/// The same questions put to a solver that others wrote: Boost.Graph's push-relabel maximum flow, another algorithm
/// over another network. Sizes are those of real ledgers, where nobody can try every split.
namespace peercert::rules {
namespace {

using test::pick;

class Network {
public:
    explicit Network(std::size_t nodes) : graph_(nodes) {}

    /// The place of the edge in the list of edges.
    std::size_t join(std::size_t from, std::size_t to, std::int64_t room) {
        const auto there = boost::add_edge(from, to, graph_).first;
        const auto back = boost::add_edge(to, from, graph_).first;
        boost::put(boost::edge_capacity, graph_, there, room);
        boost::put(boost::edge_capacity, graph_, back, 0);
        boost::put(boost::edge_reverse, graph_, there, back);
        boost::put(boost::edge_reverse, graph_, back, there);
        edges_.push_back(there);
        return edges_.size() - 1;
    }
    std::int64_t most(std::size_t from, std::size_t to) { return boost::push_relabel_max_flow(graph_, from, to); }
    std::int64_t flow(std::size_t edge) const {
        return boost::get(boost::edge_capacity, graph_, edges_[edge]) - left(edges_[edge]);
    }
    /// The residual network after `most`, without the edges named.
    Network remaining(const std::vector<std::size_t>& without) const {
        Network rest(boost::num_vertices(graph_));
        for (std::size_t at = 0; at < edges_.size(); ++at) {
            if (std::find(without.begin(), without.end(), at) != without.end())
                continue;
            const auto from = boost::source(edges_[at], graph_), to = boost::target(edges_[at], graph_);
            rest.join(from, to, left(edges_[at]));
            rest.join(to, from, flow(at));
        }
        return rest;
    }

private:
    using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
    using Graph = boost::adjacency_list<
        boost::vecS, boost::vecS, boost::directedS, boost::no_property,
        boost::property<boost::edge_capacity_t, std::int64_t,
                        boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;
    std::int64_t left(Traits::edge_descriptor edge) const {
        return boost::get(boost::edge_residual_capacity, graph_, edge);
    }

    Graph graph_;
    std::vector<Traits::edge_descriptor> edges_;
};

constexpr std::int64_t plenty = 1'000'000'000;

/// The most that can count in the total when bucket b holds at least `least[b]`; nothing when no split does that.
std::optional<std::int64_t> best_total(const std::vector<Bucket>& buckets, const std::vector<Pool>& pools,
                                       const std::vector<std::int64_t>& least) {
    const std::size_t sum = 0, bucket = 1, pool = bucket + buckets.size(), source = pool + pools.size();
    const std::size_t sink = source + 1, demand = sink + 1, supply = demand + 1;
    Network network(supply + 1);
    std::int64_t demanded = 0;
    std::vector<std::size_t> helpers;
    for (std::size_t p = 0; p < pools.size(); ++p) {
        network.join(source, pool + p, pools[p].amount);
        for (std::size_t b = 0; b < buckets.size(); ++b)
            if ((pools[p].mask >> b & 1U) != 0)
                network.join(pool + p, bucket + b, plenty);
        if (pools[p].mask == 0)
            network.join(pool + p, sum, plenty);
    }
    for (std::size_t b = 0; b < buckets.size(); ++b) {
        const std::size_t above = buckets[b].inside < 0 ? sum : bucket + static_cast<std::size_t>(buckets[b].inside);
        const std::int64_t most = std::min(buckets[b].at_most, plenty);
        if (least[b] > most)
            return std::nullopt;
        network.join(bucket + b, above, most - least[b]);
        helpers.push_back(network.join(supply, above, least[b]));
        helpers.push_back(network.join(bucket + b, demand, least[b]));
        demanded += least[b];
    }
    network.join(sum, sink, plenty);
    const std::size_t around = network.join(sink, source, plenty);
    helpers.push_back(around);
    if (network.most(supply, demand) != demanded)
        return std::nullopt;
    return network.flow(around) + network.remaining(helpers).most(source, sink);
}

struct Hard {
    std::vector<Bucket> buckets;
    std::vector<Pool> pools;
};

/// Up to sixteen parts, some inside others, and pools of minutes as real ledgers have them.
Hard some_hard_case() {
    Hard made;
    const auto bucket_count = pick<std::size_t>(1, 17);
    for (std::size_t b = 0; b < bucket_count; ++b) {
        Bucket bucket;
        bucket.at_least = pick<int>(0, 3) == 0 ? 0 : pick<std::int64_t>(0, 900);
        bucket.at_most = pick<int>(0, 2) == 0 ? no_cap : pick<std::int64_t>(0, 1500);
        bucket.inside = pick<int>(0, 3) == 0 ? pick<int>(-1, static_cast<int>(b)) : -1;
        made.buckets.push_back(bucket);
    }
    const auto pool_count = pick<std::size_t>(0, 60);
    for (std::size_t p = 0; p < pool_count; ++p) {
        std::uint32_t mask = 0;
        for (int words = pick<int>(0, 4); words > 0; --words)
            mask |= 1U << pick<std::uint32_t>(0, static_cast<std::uint32_t>(bucket_count));
        made.pools.push_back({mask, pick<std::int64_t>(0, 400)});
    }
    return made;
}

RC_GTEST_PROP(AllocationBesideAnotherSolver, ReachesWhatCanBeReachedAndNoLess, ()) {
    const Hard hard = some_hard_case();
    Allocation allocation;
    allocation.solve(hard.buckets, hard.pools);
    std::vector<std::int64_t> least(hard.buckets.size(), 0);
    for (std::size_t b = 0; b < least.size(); ++b)
        least[b] = hard.buckets[b].at_least;
    const auto best = best_total(hard.buckets, hard.pools, least);
    RC_ASSERT(allocation.minimums_reached() == best.has_value());
    if (best)
        RC_ASSERT(allocation.total() == *best);
}

RC_GTEST_PROP(AllocationBesideAnotherSolver, FillsTheFirstPartsFirstAndEachAsFarAsItGoes, ()) {
    const Hard hard = some_hard_case();
    Allocation allocation;
    allocation.solve(hard.buckets, hard.pools);
    std::vector<std::int64_t> least(hard.buckets.size(), 0);
    for (std::size_t b = 0; b < least.size(); ++b) {
        const std::int64_t wanted = std::min(hard.buckets[b].at_least, hard.buckets[b].at_most);
        least[b] = std::min(allocation.held(b), wanted);
        RC_ASSERT(best_total(hard.buckets, hard.pools, least).has_value()); // such a split exists
        if (least[b] < wanted) {
            std::vector<std::int64_t> more = least;
            ++more[b];
            RC_ASSERT(!best_total(hard.buckets, hard.pools, more).has_value()); // and none that does better
        }
    }
    RC_ASSERT(allocation.total() == best_total(hard.buckets, hard.pools, least).value());
}

} // namespace
} // namespace peercert::rules
