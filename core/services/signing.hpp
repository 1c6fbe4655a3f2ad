#pragma once

#include <string>
#include <vector>

#include "services/competencies.hpp"

namespace peercert::services {

/// A rating of one competency on the scale it belongs to.
struct Rated {
    std::string competency; ///< "framework/code"
    std::string framework;  ///< "code edition" whose scale it is
    std::string rating;     ///< word of the scale
    EntryResult result{EntryResult::shown};
};

/// Everything about a sign-off that does not depend on who is signed off: the occasion, the rule that says who may
/// sign, whether each assessor was entitled on the day observed. Worked out once, for one learner or a whole group.
class Signing {
public:
    /// Reads all of `request` but the person, competencies and rating. Throws Error{invalid_input} for what cannot be
    /// (no day, a day to come, another method, a late entry without a reason), Error{forbidden} without the right.
    Signing(storage::UnitOfWork& work, const Rulebook& rulebook, const Actor& actor, const NewSignOff& request,
            Date today);

    Date observed_on() const { return on_; }
    const Edition& curriculum() const { return program_->edition(); }
    const std::optional<domain::Session>& session() const { return session_; }
    const domain::Cohort& cohort() const { return cohort_; } ///< with a session
    const std::vector<AssessorAnswer>& assessors() const { return answers_; }
    const std::vector<std::string>& reasons() const { return reasons_; } ///< against anybody's sign-off
    bool entitled() const;

    /// Against this learner's: a declared conflict, recorded as not there. Throws Error{forbidden} where somebody signs
    /// for themselves and Error{invalid_input} for one without a place in the cohort.
    std::vector<std::string> reasons_about(const domain::Person& learner) const;

    /// `competency`: "framework/code" or a code of the curriculum's own; an empty rating is "shown" where the scale has
    /// that word. Throws Error{invalid_input} naming the nearest code, or the words of the scale.
    Rated rated(const std::string& competency, const std::string& rating) const;

    /// A line for each competency and each signature, in one act.
    std::vector<SignedLine> sign(PersonId learner, const std::vector<Rated>& ratings);

private:
    void check_late(const SignOffRule& rule, Date today) const;
    void ask_assessors(Date today);
    bool is_actor(PersonId signer) const;

    storage::UnitOfWork& work_;
    const Rulebook& rulebook_;
    const Actor& actor_;
    const NewSignOff& request_;
    std::optional<domain::Session> session_;
    domain::Cohort cohort_;
    Date on_{};
    Rulebook::ProgramPtr program_;
    std::vector<PersonId> signers_;
    std::vector<AuthorityAnswer> authorities_;
    std::vector<AssessorAnswer> answers_;
    std::vector<std::string> reasons_;
    bool relied_on_{false};
};

/// Whoever may sign, and whoever keeps this person's record: what they type waits for the assessor.
void authorize_typing(storage::UnitOfWork& work, const Actor& actor, PersonId learner, Date today);
/// The best that any of the levels a rule accepts gives this person on that day, from an issuer it accepts.
AuthorityAnswer best_authority(storage::UnitOfWork& work, const Rulebook& rulebook, const Edition& curriculum,
                               PersonId assessor, Date on);
/// Whether what the assessor holds in that curriculum was issued by whom its sign-off accepts.
bool is_from_accepted_issuer(storage::UnitOfWork& work, PersonId assessor, const Edition& curriculum);
/// The rating of a word of that edition's scale. Throws Error{invalid_input} naming the words there are.
EntryResult result_of(const Edition& scale_of, const std::string& rating);
/// What the rules see of a rating in that state: only what is signed counts, and what waits can only help.
EntryResult result_in(domain::SignOffState state, EntryResult rated);
/// Of an instrument about organizations: nobody is rated with it. Throws Error{invalid_input}.
void refuse_about_organizations(const Edition& edition);
/// The edition that a competency written "framework/code" is of on that day, and its code there; without a framework it
/// is of `otherwise`. Throws Error{invalid_input} naming the nearest code.
struct KnownCompetency {
    std::string competency;         ///< "framework/code"
    Rulebook::ProgramPtr framework; ///< null: `otherwise`
};
KnownCompetency known_competency(const Rulebook& rulebook, const Edition* otherwise, const std::string& typed, Date on);

} // namespace peercert::services
