#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "rules/planning.hpp"
#include "rules/stretches.hpp"

/// What a search for a plan stands on: one choice of the offers, judged on one day, and counted. Private.
namespace peercert::rules {

enum class In : std::uint8_t { undecided, yes, no };
using Choice = std::vector<In>; ///< by offer

class Trials {
public:
    /// Throws Error{invalid_input} for a range the wrong way round. All three outlive it.
    Trials(const Program& program, const Record& record, const PlanQuestion& question);

    const Program& program;
    const Record& record;
    const PlanQuestion& question;
    std::vector<Offer> offers;      ///< with numbers of their own for their entries
    bool possible_is_enough{false}; ///< a yes that waits for decisions is one

    /// Whether all of the offer has happened by that day.
    bool is_over_by(std::size_t at, Date day) const;
    /// Puts the chosen offers beside the record; all but what is held.
    void fill(Record& made, const Choice& choice, Date day, bool undecided_too) const;
    Situation situation_on(Date day) const;
    AskedGoal goal(Date day) const;
    bool yes(const Choice& choice, Date day, bool undecided_too);
    bool spent() const { return judged_ >= question.effort; }
    std::size_t judged() const { return judged_; }

    /// Days on which the answer may change while a choice stands, each goal's own.
    std::vector<Date> days_to_try(const Choice& choice) const;
    /// The first day on which it is a yes with everything undecided taken in.
    std::optional<Date> first_yes(const Choice& choice, const std::vector<Date>& days,
                                  std::optional<Date> not_after = std::nullopt);

private:
    Workspace room_;
    Record trial_;
    std::size_t judged_{0};
};

} // namespace peercert::rules
