#pragma once

#include <string_view>
#include <vector>

#include "domain/place.hpp"

namespace peercert::services {

/// What the order is made from: nothing else about a person plays a part.
struct Asking {
    int number{0};  ///< of arrival
    int points{0};  ///< of all reviewers together
    int reviews{0}; ///< how many reviewers that is
};

/// Numbers of arrival in the order in which places are offered. By score it is the mean of the reviewers' points,
/// compared exactly; of equals who came first is first.
std::vector<int> fair_order(domain::GivenBy given_by, std::vector<Asking> standings, std::string_view seed);

/// The order in words, the same for everyone.
std::string_view order_in_words(domain::GivenBy given_by);

} // namespace peercert::services
