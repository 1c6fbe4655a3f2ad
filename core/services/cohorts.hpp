#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"
#include "services/actor.hpp"
#include "services/cohort_plan.hpp"
#include "services/completion.hpp"
#include "services/conformity.hpp"
#include "services/house.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

struct NewCohort {
    std::string code; ///< given by people: "wrap-2026-spring"
    std::string curriculum;
    std::string format;       ///< empty: the only one
    std::string organization; ///< code
    std::string title;        ///< empty: the curriculum's
    std::string county;
    std::vector<Date> held_on;        ///< one session a day, in order; empty: as `meetings` says
    std::vector<std::string> leaders; ///< person codes, for every session
    Meetings meetings;
    /// Opened though a session that is still to come has not the leaders its curriculum asks for, current on its day.
    bool with_gaps{false};
};

struct CohortView {
    domain::Cohort cohort;
    std::string organization;
    std::string curriculum_title;
    bool keeps_no_register{false};
    std::optional<Bound> size; ///< how many people the format is for
    Conformity conformity;
    std::vector<ModelDecision> decisions; ///< that it counts though it was not held as the curriculum asks
    std::vector<Progress> people;
};

/// What completing did: training entries made, and who is not there yet. Where the cohort was not held as its
/// curriculum asks and nobody has decided that it counts all the same, nothing was made and `waiting` are those whose
/// attendance is enough.
struct Completed {
    std::vector<Progress> completed;
    std::vector<Progress> waiting;
    std::vector<Progress> not_yet;
    std::vector<SessionConformity> outside; ///< sessions unlike the model
    std::vector<Finding> whole;             ///< Conformity::whole
    std::optional<ModelDecision> decision;  ///< the one that covers them
    bool needs_decision() const { return !waiting.empty(); }
};

/// What was accepted, and by which decision.
struct Accepted {
    ModelDecision decision;
    std::vector<SessionConformity> outside;
    std::vector<Finding> whole;
};

/// What recording attendance did.
struct Attended {
    bool changed{false};                    ///< another figure than before, or the first
    std::optional<CompletionReview> review; ///< of a completion that was recorded already
};

/// How long somebody was at a session, said in one way; in none: from beginning to end.
struct Presence {
    std::optional<Minutes> minutes;
    Minutes late{0};                ///< came so much after the beginning
    Minutes left_early{0};          ///< left so much before the end
    std::optional<Minutes> arrived; ///< minutes of the day, with `left`
    std::optional<Minutes> left;
    /// Throws Error{invalid_input} where it is said in two ways, or the length of the session is not known.
    Minutes at(const domain::Session& session) const;
};

struct MakeUp {
    Minutes minutes{0};
    Date on{}; ///< after the session, not later than today
};

class Cohorts {
public:
    Cohorts(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Opens the cohort with its sessions and leaders in one step. Every gap among the leaders is named: for sessions
    /// to come it stops the opening (Error{conflict}) unless `with_gaps`; what was held already is a fact, and the view
    /// that comes back says how it stands.
    CohortView open(const Actor& actor, const NewCohort& cohort, Mode mode = Mode::commit);
    /// The same as a part of a unit that does more.
    CohortView open_within(storage::UnitOfWork& work, const Actor& actor, const NewCohort& cohort) const;
    CohortView show(const Actor& actor, std::string_view cohort);
    std::vector<domain::Cohort> list(const Actor& actor);

    void set_leader(const Actor& actor, std::string_view cohort, int session, std::string_view person, bool leads,
                    Mode mode = Mode::commit);
    /// Throws Error{forbidden} where the curriculum keeps no register.
    void enrol(const Actor& actor, std::string_view cohort, std::string_view person, std::optional<Date> day,
               Mode mode = Mode::commit);
    /// Paused, returned, moved on: a day, and never a reason.
    void change_place(const Actor& actor, std::string_view cohort, std::string_view person,
                      domain::EnrolmentState state, std::optional<Date> day, Mode mode = Mode::commit);
    /// Minutes present at a session; 0 is "not there". The same again changes nothing; another figure is a correction,
    /// and a completion that rested on the first is judged again. Throws Error{forbidden} where the curriculum keeps no
    /// register.
    Attended attend(const Actor& actor, std::string_view cohort, int session, std::string_view person, Minutes present,
                    Mode mode = Mode::commit);
    Attended attend(const Actor& actor, std::string_view cohort, int session, std::string_view person,
                    const Presence& presence, Mode mode = Mode::commit);
    /// Decides that the cohort counts though sessions were not held as the curriculum asks: see decide_model.
    Accepted accept(const Actor& actor, std::string_view cohort, const NewModelDecision& decision,
                    Mode mode = Mode::commit);
    /// What somebody missed of that session, made up on a later day (in the next round, at a make-up session): counted
    /// for that session, and for this cohort, as its rule says. Throws Error{invalid_input} where the rule lets nothing
    /// be made up, or not this session, or it is more than was missed. Where the rule does not say, completing waits
    /// for people to decide.
    Attended make_up(const Actor& actor, std::string_view cohort, int session, std::string_view person,
                     const MakeUp& made_up, Mode mode = Mode::commit);
    /// Everybody whose attendance completes the curriculum gets its training entry, once.
    Completed complete(const Actor& actor, std::string_view cohort, Mode mode = Mode::commit);

private:
    CohortView view(storage::UnitOfWork& work, const domain::Cohort& cohort) const;
    House& house_;
    const Rulebook& rulebook_;
};

/// The cohort with that code, for an actor who may do this in its organization. Throws Error{not_found}, in the same
/// words for a cohort of an organization in which the actor has no role, and Error{forbidden}.
domain::Cohort cohort_of(storage::UnitOfWork& work, const Actor& actor, Action action, std::string_view code,
                         Date today);
/// Throws Error{not_found} naming how many sessions there are.
domain::Session session_of(storage::UnitOfWork& work, const domain::Cohort& cohort, int number);
/// The word by which presence at the session is known: its unit, else "session 3".
std::string unit_of(const domain::Session& session);
bool leads(storage::UnitOfWork& work, const domain::Session& session, PersonId person);

/// Records or corrects minutes at a session; says whether anything changed. Shared with the import of attendance.
bool record_attendance(storage::UnitOfWork& work, const domain::Cohort& cohort, const domain::Session& session,
                       PersonId person, Minutes present);
/// Nobody records their own presence, and nobody is there after they are gone. Throws Error{forbidden},
/// Error{conflict}.
void check_presence(storage::UnitOfWork& work, const Actor& actor, PersonId person, const domain::Session& session);
/// Checks and records presence, with its audit row and the review of a completion that rested on the figure before.
Attended attend_and_review(storage::UnitOfWork& work, const Rulebook& rulebook, const Actor& actor,
                           const domain::Cohort& cohort, const domain::Session& session, PersonId person,
                           Minutes present, Date today);
/// The refusal of a curriculum that keeps no register. Throws Error{forbidden} in the curriculum's own words.
void refuse_register(const Edition& edition, const Format& format);

} // namespace peercert::services
