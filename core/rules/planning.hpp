#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/terms.hpp"

/// The shortest way to a step, found by asking the judgement itself: what would be recorded is put beside what is, and
/// judged. Pure, like all judging; entries that do not exist have negative numbers.
namespace peercert::rules {

/// Something that could happen: a course on offer, a statement that can be signed, a document that could be brought.
struct Offer {
    std::vector<Entry> entries; ///< what it would put on record; of an offer on the day, its days are filled in
    std::int64_t cents{0};
    std::int64_t minutes{0}; ///< of the person's time
    bool on_the_day{false};  ///< it happens on the day the step is asked for, whichever that is
    bool assumed{false};     ///< nobody offers it: a plan has as few of these as it can
    bool own_step{false};    ///< something the person does, at no cost
    std::string what;        ///< the word of the rule it answers to; for own and assumed ones
};

/// What "shortest" means. Ties are decided by the next of day, cost, time; then by the number of things to do.
enum class PlanOrder : std::uint8_t { earliest, cheapest, least_time };

struct PlanQuestion {
    Step::Verb verb{Step::Verb::become};
    std::string level;
    Date from{};                    ///< first day on which the step may be asked for
    Date until{};                   ///< last one
    std::optional<Date> applying{}; ///< filed already on this day; absent: filed on the day the plan ends
    std::optional<Span> term_asked; ///< how long a term is asked for, where the holder chooses
    PlanOrder order{PlanOrder::earliest};
    std::vector<Offer> offers;
    std::size_t effort{60'000}; ///< judgements at most; beyond it the best so far is answered, and said to be that
};

struct Plan {
    enum class Outcome : std::uint8_t {
        found,      ///< with what is planned the step passes
        to_decide,  ///< what can be done is planned; what is left only people can decide
        not_reached ///< everything that is offered, taken together, is not enough
    } outcome{Outcome::not_reached};
    enum class Proof : std::uint8_t {
        best,         ///< no other choice of the offers is better in the order asked for
        effort_spent, ///< a way that works and from which nothing can be left out; whether it is the best was not
                      ///< settled
        too_entangled ///< the same, because too many of the offers can also do harm under this rule
    } proof{Proof::best};
    Date day{};                      ///< on which the step passes; for not_reached the last day asked
    std::vector<std::size_t> chosen; ///< places in `offers`, by day
    std::int64_t cents{0};           ///< of what is chosen
    std::int64_t minutes{0};
    Goal goal;                       ///< the goal judged: behind the last day of a term, that of coming back
    std::optional<std::size_t> rung; ///< of coming back
    Record record;                   ///< with what is chosen; judging it on `day` gives the outcome
    Situation situation;
    std::size_t judged{0};
};

/// Throws Error{not_found} when the edition has no such step, Error{invalid_input} for a range the wrong way round.
Plan plan(const Program&, const Record&, const PlanQuestion&);

/// The goal of a step asked for on a day: after the last day of the present term a renewal is a coming back.
struct AskedGoal {
    Goal goal;
    std::optional<std::size_t> rung;
    std::optional<HeldTerm> held{};     ///< of a renewal: the term that is held, or was held last
    std::optional<PresentTerm> ahead{}; ///< the present term is renewed already: the one that a renewal is about then
    /// The days of the question, about that term.
    Situation of(Situation when) const {
        if (!when.term)
            when.term = ahead;
        return when;
    }
};
AskedGoal goal_on(const Program&, Step::Verb, std::string_view level, const Record&, Date as_of, Date filed);

/// What a person could do for this step without anybody's offer: statements (own steps, at no cost), and whatever else
/// the rule wants on record by name (assumed: documents, courses, exam parts, competencies, facts).
std::vector<Offer> unoffered_steps(const Program&, Step::Verb, std::string_view level, Date from);

} // namespace peercert::rules
