#include "domain/activity.hpp"

#include <algorithm>
#include <array>

namespace peercert::domain {

namespace {

constexpr std::array all{Activity{"one-to-one support"},
                         Activity{"group or circle"},
                         Activity{"structured curriculum"},
                         Activity{"planning together"},
                         Activity{"linking and going along"},
                         Activity{"skills and wellness"},
                         Activity{"presence in crisis"},
                         Activity{"advocacy together"},
                         Activity{"community building"},
                         Activity{"team meeting"},
                         Activity{"co-reflection"},
                         Activity{"learning"},
                         Activity{"documentation"},
                         Activity{"case management", false},
                         Activity{"medication prompting", false},
                         Activity{"transport alone", false},
                         Activity{"reception and clerical", false},
                         Activity{"watching or guarding", false},
                         Activity{"eligibility paperwork", false},
                         Activity{"clinical task", false}};

constexpr std::array<std::string_view, 9> places{
    "community", "peer-run centre", "clinic",         "hospital",          "home",
    "shelter",   "school",          "jail or prison", "telephone or video"};

constexpr std::array<std::string_view, 3> ways{"chosen", "agreed", "assigned"};

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

} // namespace

std::span<const Activity> activities() { return all; }

const Activity* activity(std::string_view word) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Activity& one) { return one.word == word; });
    return found == all.end() ? nullptr : &*found;
}

std::span<const std::string_view> settings_of_work() { return places; }
std::span<const std::string_view> ways_of_work() { return ways; }

bool is_activity_word(std::string_view tag) {
    return activity(tag) != nullptr || holds(places, tag) || holds(ways, tag);
}

} // namespace peercert::domain
