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

/// The days that one may be; one and the same where all that it hangs on is known.
struct DaySpan {
    Day earliest{0};
    Day latest{0};
    bool operator==(const DaySpan&) const = default;
};

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
/// First day of the calendar quarter.
inline Date quarter_start(Date day) {
    const unsigned month = (unsigned{day.month()} - 1) / 3 * 3 + 1;
    return Date{day.year(), std::chrono::month{month}, std::chrono::day{1}};
}
/// First or last day of the month, quarter or year; any other anchor leaves the day as it is.
inline Date snapped(Anchor anchor, Date day) {
    if (anchor == Anchor::month_start)
        return Date{day.year(), day.month(), std::chrono::day{1}};
    if (anchor == Anchor::month_end)
        return Date{day.year() / day.month() / std::chrono::last};
    if (anchor == Anchor::quarter_start)
        return quarter_start(day);
    if (anchor == Anchor::quarter_end)
        return add_days(moved(quarter_start(day), Shift{3, 0}), -1);
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
