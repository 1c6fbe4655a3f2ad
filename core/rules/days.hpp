#pragma once

#include <cstdint>
#include <optional>

#include <peercert/date.hpp>
#include <peercert/requirement.hpp>

/// Days as plain numbers, for the inner loops only.
namespace peercert::rules {

using Day = std::int32_t; ///< civil days since 1970-01-01

inline constexpr Day first_day = -1'000'000; ///< before every day that can be written
inline constexpr Day last_of_days = 10'000'000;

inline Day to_day(Date date) { return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count()); }
inline Date to_date(Day day) { return Date{std::chrono::sys_days{std::chrono::days{day}}}; }

/// A span as months and days: the two never mix.
struct Shift {
    int months{0};
    int days{0};
    bool operator==(const Shift&) const = default;
};

constexpr Shift to_shift(Span span) {
    switch (span.unit) {
    case CalendarUnit::days: return {0, span.count};
    case CalendarUnit::weeks: return {0, 7 * span.count};
    case CalendarUnit::months: return {span.count, 0};
    case CalendarUnit::years: return {12 * span.count, 0};
    }
    return {};
}
constexpr Shift operator-(Shift shift) { return {-shift.months, -shift.days}; }

/// Months first, clamped once, then days.
inline Date moved(Date from, Shift shift, LeapDay leap_day = LeapDay::february_28) {
    const Date there = shift.months == 0 ? from : add_months(from, shift.months, leap_day);
    return shift.days == 0 ? there : add_days(there, shift.days);
}
/// First or last day of the month or year; any other anchor leaves the day as it is.
inline Date snapped(Anchor anchor, Date day) {
    if (anchor == Anchor::month_start)
        return Date{day.year(), day.month(), std::chrono::day{1}};
    if (anchor == Anchor::month_end)
        return Date{day.year() / day.month() / std::chrono::last};
    if (anchor == Anchor::year_start)
        return Date{day.year(), std::chrono::January, std::chrono::day{1}};
    if (anchor == Anchor::year_end)
        return Date{day.year(), std::chrono::December, std::chrono::day{31}};
    return day;
}
inline Day snapped(Anchor anchor, Day day) { return to_day(snapped(anchor, to_date(day))); }

inline Day moved(Day from, Shift shift) {
    return shift.months == 0 ? from + shift.days : to_day(moved(to_date(from), shift));
}

} // namespace peercert::rules
