#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <peercert/edition.hpp>
#include <peercert/plugin.hpp>

#include "rules/days.hpp"

/// What the built-in clocks share. Private.
namespace peercert::rules {

[[noreturn]] void refuse_clock(const std::string& place, const std::string& what);

/// A parameter of a clock as written, or `otherwise`.
std::string clock_word(const Lasts&, std::string_view name, const std::string& otherwise);
/// The same, checked against what it takes; "nothing said" and "unknown" are always taken.
std::string clock_choice(const Lasts&, std::string_view name, const std::string& otherwise,
                         std::initializer_list<std::string_view> allowed);
bool is_open_word(std::string_view word);

/// "90 days", "2 years".
std::optional<Shift> parse_shift(std::string_view text);

/// One question about the last day of a term, with how long the term is.
struct ClockQuestion {
    const Lasts& lasts;
    const TermQuestion& asked;
    Shift term;
    Date counted_from{}; ///< where a first term counts from: its first day, or the latest certification it follows
    Date row_from{};     ///< first day of the unbroken row of terms before this one

    /// The term follows the one before without a gap.
    bool goes_on() const { return asked.previous_last && asked.issued <= add_days(*asked.previous_last, 1); }
};

/// Clocks whose terms end on a day of the calendar. Each throws Error{invalid_input} when the rules leave open what the
/// day hangs on.
Date birthday(const ClockQuestion&);
Date month_end(const ClockQuestion&);
Date month_start(const ClockQuestion&);
Date fixed_day(const ClockQuestion&);
Date calendar_year(const ClockQuestion&);
Date regime(const ClockQuestion&);

/// Refuse parameters that do not fit, with the place.
void check_birthday(const Lasts&);
void check_month_start(const Lasts&);
void check_fixed_day(const Lasts&);
void check_calendar_year(const Lasts&);
void check_regime(const Lasts&);

} // namespace peercert::rules
