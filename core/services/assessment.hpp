#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/terms.hpp"
#include "services/actor.hpp"
#include "services/answer_in_time.hpp"
#include "services/asked_edition.hpp"
#include "services/house.hpp"
#include "services/open_clauses.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"
#include "services/standing.hpp"

namespace peercert::services {

/// "Would this person, on that day, ...": the same judgement that decides an application.
struct AssessRequest {
    std::string person; ///< code
    std::string track;
    Step::Verb verb{Step::Verb::become};
    std::string level;               ///< empty: the only level with such a step, else Error{invalid_input} names them
    std::optional<Date> as_of;       ///< absent: today in the track's zone
    std::optional<Date> received_on; ///< absent: as_of
    std::optional<Span> term;        ///< how long a term would be asked for, where the holder chooses
    std::string edition;             ///< asked for by name, where there is a choice
    std::string very_edition;        ///< that very edition, whether it applies or not; empty: the one that applies
};

/// One entry that did not count in one clause.
struct NotCounted {
    std::string clause;
    RefusedEntry entry;
    Unit unit{Unit::none};
};

struct Assessment {
    PersonLine person;
    std::string track;
    std::string edition;
    std::string edition_digest;
    std::string edition_chosen_by; ///< the event whose day chose the edition
    Date edition_day{};            ///< that day
    DayRange edition_in_force;
    /// Nobody found which of these applies, the older first: `finding` is by the newer, and its answer is open where
    /// theirs differ. Empty: one applies.
    std::vector<std::pair<std::string, Verdict>> by_each_edition;
    bool edition_published{false}; ///< two people approved its text; else it is a file of this installation
    std::string title;
    std::string step; ///< "to become certified"
    std::string level;
    Date as_of{};
    bool projection{false}; ///< as_of is later than today: true only if nothing changes
    std::string rung;       ///< for a renewal after the last day: what that stretch is called
    Finding finding;
    std::optional<rules::PresentTerm> term; ///< the term that would follow; absent when it cannot be told
    std::string term_open;                  ///< why it cannot be told; empty otherwise
    rules::FeeAnswer fee;
    std::vector<OpenClause> open;        ///< what is missing, clause by clause, in the order of the rule
    std::vector<NotCounted> not_counted; ///< every entry refused, with its reason
    std::optional<Date> holds_until;   ///< it is a yes: last day on which it still is one, if nothing more is recorded
    std::vector<AnswerChange> changes; ///< of a yes: days up to then from which it is another one (late, say)
    std::optional<Date>
        met_by_waiting;             ///< it is no yet: the first day on which it is a yes, if nothing more is recorded
    std::optional<Date> not_before; ///< earliest day possible, whatever is recorded: some clauses only time can meet
    std::string not_before_because; ///< the clause that decides `not_before`
    /// Of what did not count: sign-offs whose assessor's authority is in question. A person decides about each.
    struct UnderReview {
        EntryId entry;
        std::string competency;
        Date seen_on{};
    };
    std::vector<UnderReview> under_review;
    std::map<EntryId, Date> entry_days; ///< the last day of each entry (of a fact the first), to call it by
    std::optional<TermStanding> held; ///< the term at this level as it stands on that day: true expiry, practise until
};

/// The same judgement of any record: of one that is supposed as well as of the real one. No reading, no rights.
Assessment assess_record(const House& house, const Rulebook& rulebook, const PersonLine& person, const Record& record,
                         const AssessRequest& request);

class Assessments {
public:
    Assessments(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    Assessment assess(const Actor& actor, const AssessRequest& request);

    struct Everybody {
        std::int64_t people{0};
        std::int64_t passing{0};
        std::int64_t not_yet{0};
        std::int64_t needing_a_decision{0};
    };
    /// The same judgement for everybody in the record, answers only: how a whole state stands at one moment. One pass
    /// over the ledger, shared by `threads` (0: as many as the machine has cores); the answer does not depend on them.
    Everybody assess_everybody(const Actor& actor, const AssessRequest& request, std::size_t threads = 0);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// A step judged for one record: what Assessments shows and Certification acts on.
struct Judgement {
    Finding finding;
    std::string rung;
    std::optional<rules::PresentTerm> term;
    std::string term_open;
    rules::FeeAnswer fee;
};

/// `when` says the days; the finding is explained in full.
Judgement judge_step(const rules::Program& program, Step::Verb verb, const std::string& level, const Record& record,
                     const rules::Situation& when);

/// "to become certified", "to renew certified".
std::string step_text(Step::Verb verb, std::string_view level);
/// The level meant when the caller named none. Throws Error{invalid_input} naming the levels to choose from; for a step
/// that was closed, since when and where to go now.
std::string level_meant(const Rulebook& rulebook, const Edition& edition, Step::Verb verb, const std::string& level);
/// The person as answers name them.
PersonLine person_line(storage::UnitOfWork& work, const domain::Person& person);

} // namespace peercert::services
