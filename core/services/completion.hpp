#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"

/// A completion is a line of the ledger that rests on attendance. When attendance is corrected, it is judged again:
/// nothing silently stays, and nothing that was certified is changed by itself.
namespace peercert::services {

/// The word of presence that makes up for what was missed of a session.
inline constexpr std::string_view make_up_word = "make-up";

/// How the completion itself stands in the ledger.
enum class CompletionState { none, complete, under_review, withdrawn };
/// "none", "complete", "under_review", "withdrawn".
std::string_view word_of(CompletionState state);

/// One person's way through a cohort.
struct Progress {
    PersonLine person;
    domain::EnrolmentState state{domain::EnrolmentState::enrolled};
    Minutes present{0}; ///< with what was made up
    Minutes made_up{0};
    int sessions{0};
    Finding completion;  ///< the curriculum's own rule; not applicable where it asks nothing
    std::string outcome; ///< where the curriculum grades outcomes: how it stands today; empty: open, or no grades
    CompletionState stands{CompletionState::none};
    EntryId entry{}; ///< the newest line of the ledger about it; 0 for none
};

/// A credential that was granted on lines of the ledger that have changed since.
struct Relying {
    std::string number;
    std::string track;
    int term{0};
    Date decided_on{};
    std::vector<EntryId> entries; ///< those it counted, as they were then
};

/// What a correction of attendance did to the completion that rested on it.
struct CompletionReview {
    enum class Outcome {
        stands,       ///< still enough
        corrected,    ///< still enough; the line now says the corrected time
        under_review, ///< the rule leaves it to a person: the line waits for `complete`
        withdrawn     ///< no longer enough: the line no longer counts
    };
    Outcome outcome{Outcome::stands};
    std::string cohort; ///< code
    Progress now;       ///< how far the person is, by the corrected attendance
    EntryId before{};   ///< the line that rested on the attendance before
    std::vector<Relying> relying;
};
/// "stands", "corrected", "under_review", "withdrawn".
std::string_view word_of(CompletionReview::Outcome outcome);

const Format& format_of(const rules::Program& program, const domain::Cohort& cohort);
Progress progress_of(storage::UnitOfWork& work, const Rulebook& rulebook, const rules::Program& program,
                     const domain::Cohort& cohort, const domain::Enrolment& place, Date today);

/// To be called after attendance of somebody in the cohort was corrected, in the same unit of work. Nothing where no
/// completion counts. Writes its own audit row where it changes something.
std::optional<CompletionReview> review_completion(storage::UnitOfWork& work, const Rulebook& rulebook,
                                                  const domain::Cohort& cohort, PersonId person, Date today);
/// To be called after the completion itself was withdrawn by hand: the person is back in the cohort.
void reopen_place(storage::UnitOfWork& work, CohortId cohort, PersonId person, Date today);

/// Terms of this person's credentials whose decision counted one of these lines, or what they replaced.
std::vector<Relying> relying_on(storage::UnitOfWork& work, PersonId person, const std::set<EntryId>& entries);

} // namespace peercert::services
