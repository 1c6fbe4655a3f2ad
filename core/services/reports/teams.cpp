#include "services/reports/teams.hpp"

#include <algorithm>
#include <functional>

namespace peercert::services {

namespace {

/// Whether `sessions` sessions can be led at once (Hall: any set of places finds enough people who fit one of them).
bool enough_for(const Places& places, const LevelCounts& people, int sessions) {
    for (unsigned subset = 1; subset < 1u << places.size(); ++subset) {
        int wanted = 0, there = 0;
        for (std::size_t i = 0; i < places.size(); ++i)
            wanted += static_cast<int>(subset >> i & 1u) * sessions;
        for (const auto& [level, count] : people) {
            const auto fits = [&, &name = level](std::size_t i) {
                return (subset >> i & 1u) != 0 &&
                       std::find(places[i].begin(), places[i].end(), name) != places[i].end();
            };
            bool any = false;
            for (std::size_t i = 0; i < places.size(); ++i)
                any = any || fits(i);
            there += any ? count : 0;
        }
        if (there < wanted)
            return false;
    }
    return true;
}

std::int64_t choose(int from, int picked) {
    std::int64_t ways = 1;
    for (int i = 1; i <= picked; ++i)
        ways = ways * (from - picked + i) / i;
    return ways;
}

/// Calls `visit` with every way to take numbers of each level, at most `most` in all.
void each_choice(const LevelCounts& people, int most, const std::function<void(const LevelCounts&, int)>& visit) {
    LevelCounts chosen;
    const std::function<void(LevelCounts::const_iterator, int)> go = [&](LevelCounts::const_iterator at, int taken) {
        if (at == people.end())
            return visit(chosen, taken);
        for (int i = 0; i <= at->second && taken + i <= most; ++i) {
            chosen[at->first] = i;
            go(std::next(at), taken + i);
        }
    };
    go(people.begin(), 0);
}

std::int64_t number_of_teams(const Places& places, const LevelCounts& people) {
    std::int64_t teams = 0;
    each_choice(people, static_cast<int>(places.size()), [&](const LevelCounts& chosen, int taken) {
        if (taken != static_cast<int>(places.size()) || !enough_for(places, chosen, 1))
            return;
        std::int64_t ways = 1;
        for (const auto& [level, count] : chosen)
            ways *= choose(people.at(level), count);
        teams += ways;
    });
    return teams;
}

} // namespace

TeamArithmetic count_teams(const Places& places, const LevelCounts& people) {
    TeamArithmetic answer;
    if (places.empty())
        return answer;
    int everybody = 0;
    for (const auto& [level, count] : people)
        everybody += count;
    answer.teams = number_of_teams(places, people);
    while (enough_for(places, people, answer.at_once + 1))
        ++answer.at_once;
    int fewest_to_break = everybody + 1;
    each_choice(people, everybody, [&](const LevelCounts& leaving, int gone) {
        if (gone >= fewest_to_break)
            return;
        LevelCounts left = people;
        for (const auto& [level, count] : leaving)
            left[level] -= count;
        if (!enough_for(places, left, 1))
            fewest_to_break = gone;
    });
    answer.may_leave = std::max(0, fewest_to_break - 1);
    for (const auto& [level, count] : people) {
        if (count == 0)
            continue;
        LevelCounts left = people;
        --left[level];
        const std::int64_t teams = number_of_teams(places, left);
        answer.teams_if_one_leaves = std::min(answer.teams_if_one_leaves.value_or(teams), teams);
    }
    return answer;
}

} // namespace peercert::services
