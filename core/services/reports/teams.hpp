#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace peercert::services {

/// Places to fill for one session: each takes somebody of any of these levels.
using Places = std::vector<std::vector<std::string>>;
/// How many people there are of each level.
using LevelCounts = std::map<std::string, int>;

/// What a number of leaders is good for. Only levels matter, so everything is counted exactly, however many people.
struct TeamArithmetic {
    std::int64_t teams{0};                           ///< different sets of people that fill the places
    int at_once{0};                                  ///< sessions that can meet at the same time, nobody in two
    int may_leave{0};                                ///< so many may leave, whoever it is, and one team remains
    std::optional<std::int64_t> teams_if_one_leaves; ///< fewest teams left when one leaves; absent when nobody is there
};

TeamArithmetic count_teams(const Places& places, const LevelCounts& people);

} // namespace peercert::services
