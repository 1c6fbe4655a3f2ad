#include "services/place_order.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "domain/lot.hpp"

namespace peercert::services {

std::vector<int> fair_order(domain::GivenBy given_by, std::vector<Asking> standings, std::string_view seed) {
    const auto by_arrival = [](const Asking& a, const Asking& b) { return a.number < b.number; };
    std::sort(standings.begin(), standings.end(), by_arrival);
    std::vector<int> order;
    switch (given_by) {
    case domain::GivenBy::arrival: break;
    case domain::GivenBy::score:
        std::stable_sort(standings.begin(), standings.end(), [](const Asking& a, const Asking& b) {
            // points over reviews, without dividing; nobody without a review comes here, or last
            const auto left = std::int64_t{a.points} * std::max(b.reviews, 1);
            const auto right = std::int64_t{b.points} * std::max(a.reviews, 1);
            return left > right;
        });
        break;
    case domain::GivenBy::lot: {
        std::vector<std::pair<std::string, int>> lots;
        for (const Asking& one : standings)
            lots.emplace_back(domain::lot_of(seed, one.number), one.number);
        std::sort(lots.begin(), lots.end());
        for (const auto& [lot, number] : lots)
            order.push_back(number);
        return order;
    }
    }
    for (const Asking& one : standings)
        order.push_back(one.number);
    return order;
}

std::string_view order_in_words(domain::GivenBy given_by) {
    switch (given_by) {
    case domain::GivenBy::arrival: return "first come, first served, by the time the record gave each request";
    case domain::GivenBy::score:
        return "by the mean of the reviewers' points, the highest first; of equals, who asked first";
    case domain::GivenBy::lot:
        return "by lot: the smallest SHA-256 of \"SEED:NUMBER\" first; the seed was made before anybody asked";
    }
    return "";
}

} // namespace peercert::services
