#pragma once

#include <peercert/edition.hpp>

#include "rules/program.hpp"

/// Business days, and last days that fall on a closed day. Private.
namespace peercert::rules {

/// Up to `certain` somebody is in time; up to `possible` they may be, where the calendar does not know the days.
struct Deadline {
    Date certain{};
    Date possible{};
};

GivesWay gives_way(const Filing&);
/// The calendar of that name; nullptr when there is none.
const ClosedDays* calendar_of(const Edition&, std::string_view name);
/// `day` itself when it is open, else the open day that it gives way to.
Deadline last_day_in_time(Date day, GivesWay, const ClosedDays* closed);

/// So many business days after `from` (`back`: before it), `from` itself not counted; none: `from` itself when it is
/// open, else the nearest open day that way. Where the calendar lists no closed days of a year that is walked through,
/// the days are those between which it lies: with every day open that is not closed every week, and with two more
/// closed days in each week.
DaySpan business_day(Day from, int count, bool back, const ClosedDays* closed);

} // namespace peercert::rules
