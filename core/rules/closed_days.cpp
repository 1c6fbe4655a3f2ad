#include "rules/closed_days.hpp"

#include <algorithm>

namespace peercert::rules {

namespace {

constexpr int longest_closure = 7; // days in a row that an office is shut; beyond it nobody is in time by this rule
constexpr int most_closed_in_a_week = 2; // holidays that a list to come may name among the five days of a week

bool is_closed_every_week(const ClosedDays& closed, Date day) {
    const unsigned weekday = std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding();
    return std::find(closed.weekdays.begin(), closed.weekdays.end(), weekday) != closed.weekdays.end();
}

/// Walks over open days, as far as they are known. `met_unknown`: some day's year is not listed.
Day walked(Day from, int count, int step, const ClosedDays* closed, bool& met_unknown) {
    const auto is_open = [&](Day day) {
        const Date date = to_date(day);
        if (closed != nullptr && closed->knows(date))
            return !closed->is_closed(date);
        met_unknown = true;
        return closed == nullptr || !is_closed_every_week(*closed, date);
    };
    Day at = from;
    if (count == 0)
        for (int shut = 0; shut < longest_closure && !is_open(at); ++shut)
            at += step;
    // No calendar closes every day: the reader refuses one. The bound holds for those that code makes.
    for (int left = count, steps = 0; left > 0 && steps < longest_closure * (count + 1); ++steps) {
        at += step;
        left -= is_open(at) ? 1 : 0;
    }
    return at;
}

} // namespace

GivesWay gives_way(const Filing& filing) {
    if (!filing.closed_day.is_stated())
        return GivesWay::no;
    return filing.closed_day.value == "next business day"       ? GivesWay::to_the_next
           : filing.closed_day.value == "previous business day" ? GivesWay::to_the_one_before
                                                                : GivesWay::no;
}

const ClosedDays* calendar_of(const Edition& edition, std::string_view name) {
    for (const ClosedDays& one : edition.closed_days)
        if (one.name == name)
            return &one;
    return nullptr;
}

Deadline last_day_in_time(Date day, GivesWay way, const ClosedDays* closed) {
    if (way == GivesWay::no)
        return {day, day};
    const int step = way == GivesWay::to_the_next ? 1 : -1;
    Date open = day;
    for (int days = 0; days < longest_closure; ++days) {
        if (closed == nullptr || !closed->knows(open)) {
            const Date far = add_days(day, step * longest_closure);
            if (step < 0)
                return {far, open};
            return {days == 0 ? day : add_days(open, -1), far};
        }
        if (!closed->is_closed(open))
            return {open, open};
        open = add_days(open, step);
    }
    return {open, open};
}

DaySpan business_day(Day from, int count, bool back, const ClosedDays* closed) {
    const int step = back ? -1 : 1;
    bool met_unknown = false;
    const Day near = walked(from, count, step, closed, met_unknown);
    if (!met_unknown)
        return {near, near};
    // Two weeks are begun at the least, and one more for each three days that stay open.
    const int more = most_closed_in_a_week * (2 + count / (5 - most_closed_in_a_week));
    const Day far = walked(from, count + more, step, closed, met_unknown);
    return {std::min(near, far), std::max(near, far)};
}

} // namespace peercert::rules
