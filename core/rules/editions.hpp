#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>

namespace peercert::rules {

/// Days of recorded events by their word ("applying", "issue", "deadline", "first session", "passing").
using EventDays = std::map<std::string, Date, std::less<>>;

struct Selected {
    const Edition* edition{nullptr};
    std::string event; ///< the word whose day chose it
    Date day{};
    bool by_choice{false}; ///< an applicant in flight asked for the older one
    /// Two that changed places on a day that nobody found; then `edition` is one of them and nothing is selected.
    std::vector<const Edition*> undecided{};
};

/// Which of several editions of one code applies. Selectors are recorded events, never something a rule derives.
/// Throws Error{invalid_input} when an event the editions choose by is missing, Error{not_found} when none is in force
/// on that day, Error{conflict} when two are.
Selected select_edition(std::span<const Edition* const> editions, const EventDays& days);

/// The same, but for the edition named `wanted` (empty: none was): the older of two may be asked for while the newer
/// one says so, and where nobody found when they changed places somebody has to say which. Throws Error{conflict} when
/// the wanted one cannot be chosen on that day, Error{invalid_input} when a choice is needed and none was made.
Selected choose_edition(std::span<const Edition* const> editions, const EventDays& days, std::string_view wanted);

/// Overlaps and gaps between editions of one code that choose by the same event, in sentences. Empty: none.
std::vector<std::string> edition_conflicts(std::span<const Edition* const> editions);

} // namespace peercert::rules
