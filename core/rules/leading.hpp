#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.hpp"

namespace peercert::rules {

/// One of the people named as leading a session.
struct LeaderAnswer {
    std::optional<std::size_t> slot; ///< the leader's place among Format::led_by that they fill; absent: none
    std::string level;               ///< level they lead with, or the highest one they hold
    bool current{false};             ///< that level's upkeep (a refresher) is met on the day
    std::string why_not;             ///< the edition's kind sentence when this level may not lead; may be empty
    Finding finding;                 ///< upkeep of that level, or an unmet finding when no level is held
};

/// Whether a session conforms to its curriculum: a finding about the session, never about a person.
struct LeadingAnswer {
    Verdict verdict{Verdict::unmet()};
    std::vector<LeaderAnswer> leaders;              ///< in the order given
    std::vector<std::vector<std::string>> unfilled; ///< slots nobody fills, as levels any of which would do
    Finding finding;                                ///< "leaders" and "size" as parts
};

/// Leaders are records of people; `people` is how many take part, if known. Throws Error{not_found} for an unknown
/// format.
LeadingAnswer lead(const Program&, std::string_view format, std::span<const Record* const> leaders,
                   std::optional<int> people, Date day);

} // namespace peercert::rules
