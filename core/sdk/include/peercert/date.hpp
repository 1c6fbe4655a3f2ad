#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <peercert/export.hpp>

/// Civil days. No zone, no clock: a `Date` is what stands on a certificate. Days become instants only at the edge.
namespace peercert {

using Date = std::chrono::year_month_day;
using Minutes = std::chrono::minutes;

/// Years outside 1900..9999 are refused when read: they are typing errors, and four digits keep text order = day order.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 9999;

/// What becomes of 29 February in a year that has none.
enum class LeapDay {
    february_28, ///< the last day of the same month
    march_1      ///< the day after it
};

/// Adds whole months (may be negative). A day that does not exist becomes the last of its month, or, with
/// LeapDay::march_1 and a start on 29 February, 1 March. Always clamp from the original day, never from a clamped one.
PEERCERT_EXPORT Date add_months(Date from, int count, LeapDay leap_day = LeapDay::february_28);
PEERCERT_EXPORT Date add_years(Date from, int count, LeapDay leap_day = LeapDay::february_28);
PEERCERT_EXPORT Date add_days(Date from, int count);

/// Days from `from` to `to`: 0 for the same day, negative when `to` is earlier.
PEERCERT_EXPORT int days_between(Date from, Date to);

/// Whole years of age on `on`; the birthday itself counts. `leap_day` says when someone born on 29 February turns.
PEERCERT_EXPORT int age_on(Date born, Date on, LeapDay leap_day);

/// Strictly `YYYY-MM-DD`, a day that exists, year within first_year..last_year. Nothing otherwise.
PEERCERT_EXPORT std::optional<Date> parse_date(std::string_view text);

/// `YYYY-MM-DD`.
PEERCERT_EXPORT std::string to_text(Date date);

/// Both ends inclusive; an absent end is open.
struct DayRange {
    std::optional<Date> first;
    std::optional<Date> last;
    bool contains(Date day) const { return (!first || *first <= day) && (!last || day <= *last); }
    bool operator==(const DayRange&) const = default;
};

} // namespace peercert
