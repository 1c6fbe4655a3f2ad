#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "rules/planning.hpp"
#include "services/assessment.hpp"
#include "services/offers.hpp"

namespace peercert::services {

struct PlanRequest {
    std::string person;
    std::string track;
    Step::Verb verb{Step::Verb::become};
    std::string level;            ///< empty: the only one with such a step
    std::optional<Date> on;       ///< first day anything can be done; absent: today in the track's zone
    std::optional<Date> by;       ///< last one; absent: the last day of the term that is renewed, else five years on
    std::optional<Span> term;     ///< how long a term would be asked for, where the holder chooses
    std::optional<Date> filed_on; ///< the application has been filed on that day already
    std::string edition;          ///< asked for by name, where there is a choice
    rules::PlanOrder order{rules::PlanOrder::earliest};
    std::istream* offers{nullptr}; ///< a file of offers
    std::string offers_name;
    bool cohorts{true}; ///< cohorts of the record are offers too
};

/// One thing to do.
struct PlanItem {
    enum class How {
        offered,  ///< on offer, on these days
        own_step, ///< the person does it: signs, states
        assumed   ///< the rule asks for it, and nobody offers it
    } how{How::offered};
    std::string what;
    std::string source; ///< of an offer
    EntryKind kind{EntryKind::ce};
    std::string code;
    std::vector<std::string> topics;
    std::string provider;
    std::string vouched_as;
    Date first_day{};
    Date last_day{};
    std::int64_t minutes{0};
    std::int64_t cents{0};
    bool price_known{true};
    bool dated{true}; ///< false: no day can be given; nobody offers it, or it goes with an application that has no day
    /// Of a statement where others would do as well: those. Which of them is true, only the person can know.
    std::vector<std::string> or_else{};
};

/// One step on the way, with what is done before it is asked for.
struct PlanStage {
    std::string step; ///< "to become trainee"
    std::string level;
    std::string edition;
    std::string edition_chosen_by;
    std::string rung; ///< of a renewal after the last day: what that stretch is called
    rules::Plan::Outcome outcome{rules::Plan::Outcome::not_reached};
    rules::Plan::Proof proof{rules::Plan::Proof::best};
    Date day{};          ///< on which it can be asked for and passes; with `assumes`: not before it
    bool assumes{false}; ///< something that nobody offers is taken as there: then no day is promised
    std::vector<std::string> out_of_reach{}; ///< clauses whose upper limit (an age) is passed
    /// Nobody found which of these two editions applies, the older first; planned by the newer. Empty: one does.
    std::vector<std::string> undecided{};
    std::vector<PlanItem> items;       ///< by day
    std::vector<OpenClause> to_decide; ///< what only people can decide
    std::vector<OpenClause> missing;   ///< for not_reached: what is still open with everything offered
    rules::FeeAnswer fee;
    std::optional<rules::PresentTerm> term; ///< that would follow
    Finding finding;                        ///< with the plan carried out
    std::int64_t cents{0};                  ///< of what is offered and chosen, without the fee
    std::int64_t minutes{0};
    bool prices_known{true};
};

struct PlanAnswer {
    PersonLine person;
    std::string track;
    std::string title;
    std::string step;
    Date on{};
    Date by{};
    rules::PlanOrder order{rules::PlanOrder::earliest};
    std::vector<PlanStage> stages;      ///< the last one is the step asked for
    std::size_t offers{0};              ///< that were looked at
    std::vector<std::string> too_early; ///< names of offers that begin before `on`
    std::vector<Date> same_day;         ///< days on which two chosen offers fall: check the hours
    bool reached() const { return stages.back().outcome == rules::Plan::Outcome::found; }
};

class Planner {
public:
    Planner(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{invalid_input} for a file of offers with mistakes, a range the wrong way round, or a level that has
    /// to be named.
    PlanAnswer plan(const Actor& actor, const PlanRequest& request);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
