#include "rules/closed_days.hpp"

namespace peercert::rules {

bool gives_way(const Filing& filing) {
    return filing.closed_day.is_stated() && filing.closed_day.value == "next business day";
}

const ClosedDays* calendar_of(const Edition& edition, const Filing& filing) {
    for (const ClosedDays& one : edition.closed_days)
        if (one.name == filing.closed_days)
            return &one;
    return nullptr;
}

Deadline next_open_day(Date day, const ClosedDays* closed) {
    constexpr int longest_closure = 7; // days in a row that an office is shut; beyond it nobody is in time by this rule
    Date open = day;
    for (int days = 0; days < longest_closure; ++days) {
        if (closed == nullptr || !closed->knows(open))
            return {days == 0 ? day : add_days(open, -1), add_days(day, longest_closure)};
        if (!closed->is_closed(open))
            return {open, open};
        open = add_days(open, 1);
    }
    return {open, open};
}

} // namespace peercert::rules
