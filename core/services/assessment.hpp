#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/terms.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"

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
};

struct Assessment {
    PersonLine person;
    std::string track;
    std::string edition;
    std::string edition_digest;
    std::string edition_chosen_by; ///< the event whose day chose the edition
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
};

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

/// `situation` says the days; the finding is explained in full.
Judgement judge_step(const rules::Program& program, const Vocabulary& words, Step::Verb verb, const std::string& level,
                     const Record& record, const rules::Situation& situation);

/// The days by which editions are chosen, for something asked on `asked` of an application received on `received`.
rules::EventDays event_days(Date received, Date asked);

/// "to become certified", "to renew certified".
std::string step_text(Step::Verb verb, std::string_view level);
/// The level meant when the caller named none. Throws Error{invalid_input} naming the levels to choose from; for a step
/// that was closed, since when and where to go now.
std::string level_meant(const Rulebook& rulebook, const Edition& edition, Step::Verb verb, const std::string& level);
/// Today in the zone of the edition, or of the installation where it names none.
Date today_for(const House& house, const Edition& edition);

} // namespace peercert::services
