#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <peercert/edition.hpp>

#include "domain/cohort.hpp"
#include "rules/leading.hpp"

/// The sessions of a cohort that is still to be opened, made from the curriculum's format and from when it meets.
namespace peercert::services {

/// When a cohort meets: on days named one by one, or week after week until there are sessions enough.
struct Meetings {
    std::vector<Date> held_on;                  ///< named one by one, in their order; then nothing below but `length`
    std::optional<Date> from;                   ///< the first day on which it may meet
    std::vector<std::chrono::weekday> weekdays; ///< empty: the weekday of `from`
    int every_weeks{1};                         ///< 1..12: every week, every second week ...
    std::vector<Date> except;                   ///< days on which it does not meet
    int sessions{0};                            ///< 0: as many as the format asks, or has units
    Minutes length{0};                          ///< of each session; 0: as the format says
};

/// The sessions numbered from 1, with the units of the format in their order. Throws Error{invalid_input} where days
/// are not in order or neither the format nor `meetings` says how many or how long.
std::vector<domain::Session> planned_sessions(const Format& format, const Meetings& meetings);

/// What is missing for that session to be led as the curriculum asks, in words: the levels nobody fills, and who of the
/// leaders is not current that day. Empty where nothing is.
std::string leading_gap_text(const domain::Session& session, const std::vector<std::string>& names,
                             const rules::LeadingAnswer& answer);

} // namespace peercert::services
