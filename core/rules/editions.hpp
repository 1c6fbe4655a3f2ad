#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/record.hpp>

#include "rules/rules.hpp"

namespace peercert::rules {

/// Days of recorded events by their word, one for each word that "chosen by" knows (and those of the record that it may
/// come to know: "training completed", "exam passed").
using EventDays = std::map<std::string, Date, std::less<>>;

/// What is asked of somebody, as far as it chooses the edition.
struct EventQuestion {
    std::optional<Step::Verb> verb{}; ///< absent: how somebody stands; then as of what is held
    std::string level{};              ///< empty: the latest held of the track
    Situation when{};
};

/// The one answer to "on which day was that?", for everything that chooses an edition for a person. From the record
/// where it has the event:
/// - deadline: the last day of the term that is renewed or held; of what is asked for first, the day of applying;
/// - issue: the day the present term was decided (else its first); of what is asked for first, `when.issue`;
/// - attempt: the latest try at an exam of these editions; exam passed: the latest that was passed;
/// - training completed: the latest completion of a course of these editions; first session: the day that one began;
/// - observed: the latest sign-off of one of these editions' competencies.
/// An event that the record does not have yet happens on the asked day at the earliest, and is taken to. Entries and
/// terms later than the asked day are not seen.
EventDays event_days(const Record& record, const Vocabulary& words, std::span<const Edition* const> editions,
                     const EventQuestion& question);

/// The event to tell beside the day that chose: where the record does not have `event` yet, the one whose day stood in
/// for it ("applying", "asked").
std::string event_that_chose(const std::string& event, const Record& record, const Vocabulary& words,
                             std::span<const Edition* const> editions, const EventQuestion& question);

/// For what is no question about one person's record: an observation, a session, a report. All of it is on that day.
EventDays event_days_on(Date day);

/// The term that is held, as somebody's renewal on that day means it: the latest begun by then of the track (at the
/// level, if one is named).
std::optional<HeldTerm> term_held(const Record& record, Symbol track, Symbol level, Date day);

/// Which term at its level that is, counted from 1 by first days.
int term_number(const Record& record, Symbol track, const HeldTerm& term);

/// The last term that was granted by that day and has not begun: what a renewal asked for then is about. Nothing where
/// the term held is the last.
std::optional<PresentTerm> term_granted_ahead(const Record& record, Symbol track, Symbol level, Date day);

struct Selected {
    const Edition* edition{nullptr};
    std::string event; ///< the word whose day chose it
    Date day{};
    bool by_choice{false}; ///< an applicant in flight asked for the older one
    /// Two that changed places on a day that nobody found, the older first; then `edition` is one of them and nothing
    /// is selected.
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
