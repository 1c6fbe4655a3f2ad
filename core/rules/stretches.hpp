#pragma once

#include <vector>

#include "rules/judging.hpp"

/// An answer as a step function of the day: what becomes of it if nothing more is recorded. Private.
namespace peercert::rules {

/// The days within (after, until] on which some node of the goal may change its answer. Between two of them an answer
/// changes at most once.
std::vector<Day> breakpoints(Judging&, Day after, Day until);

/// The same question on another day: events that are "now" move with it, recorded ones stay.
Situation on_day(const Situation&, Day);

/// For each node of the goal (from its first on) the first day after `as_of` on which it passes when it does not today,
/// or no longer passes when it does; nothing when that never happens within the horizon.
std::vector<std::optional<Day>> first_changes(const Program&, Goal, const Record&, const Situation&, Workspace&,
                                              const std::vector<Bits>& today);

inline constexpr int horizon_years = 12;

} // namespace peercert::rules
