#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include <peercert/plugin.hpp>

#include "rules/days.hpp"
#include "rules/terms.hpp"

/// Private helpers of terms and what follows them.
namespace peercert::rules {

/// "October 31".
std::optional<std::chrono::month_day> parse_month_day(std::string_view text);

/// Last day of a term by the level's clock; nothing when it has no end.
std::optional<Date> last_day(const Program&, std::string_view level, const TermQuestion&);

/// The days of each rung for a term that ended on `last`; a rung that the one above leaves no day is missing.
struct RungDays {
    std::size_t rung{0};
    Date first{};
    std::optional<Date> last;
};
std::vector<RungDays> rungs_after(const Edition&, Date last);

} // namespace peercert::rules
