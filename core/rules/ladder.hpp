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

/// What beside the days of the question settles how long a term is.
struct TermChoice {
    std::optional<Span> term{};         ///< as the holder chose, where the rules let them
    std::optional<Date> counted_from{}; ///< absent: the term's first day
    std::optional<Date> row_from{};     ///< first day of the unbroken row of terms before; absent: the term's first day
};

/// Last day of a term by the level's clock; nothing when it has no end.
std::optional<Date> last_day(const Program&, std::string_view level, const TermQuestion&, const TermChoice& = {});

/// The days of each rung for a term that ended on `last`; a rung that the one above leaves no day is missing.
struct RungDays {
    std::size_t rung{0};
    Date first{};
    std::optional<Date> last;
};
std::vector<RungDays> rungs_after(const Edition&, Date last);

} // namespace peercert::rules
