#pragma once

#include <peercert/edition.hpp>

#include "rules/days.hpp"

/// A last day that falls on a closed day. Private.
namespace peercert::rules {

/// Up to `certain` somebody is in time; up to `possible` they may be, where the calendar does not know the days.
struct Deadline {
    Date certain{};
    Date possible{};
};

bool gives_way(const Filing&);
/// The calendar that the filing names; nullptr when it names none.
const ClosedDays* calendar_of(const Edition&, const Filing&);
/// `day` itself when it is open, else the next open day.
Deadline next_open_day(Date day, const ClosedDays* closed);

} // namespace peercert::rules
