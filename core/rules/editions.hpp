#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include <peercert/edition.hpp>

namespace peercert::rules {

/// Days of recorded events by their word ("applying", "issue", "deadline", "first session", "passing").
using EventDays = std::map<std::string, Date, std::less<>>;

struct Selected {
    const Edition* edition{nullptr};
    std::string event; ///< the word whose day chose it
    Date day{};
};

/// Which of several editions of one code applies. Selectors are recorded events, never something a rule derives.
/// Throws Error{invalid_input} when an event the editions choose by is missing, Error{not_found} when none is in force
/// on that day, Error{conflict} when two are.
Selected select_edition(std::span<const Edition* const> editions, const EventDays& days);

/// Overlaps and gaps between editions of one code that choose by the same event, in sentences. Empty: none.
std::vector<std::string> edition_conflicts(std::span<const Edition* const> editions);

} // namespace peercert::rules
