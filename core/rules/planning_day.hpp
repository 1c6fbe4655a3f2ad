#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "rules/planning_bounds.hpp"
#include "rules/planning_trials.hpp"

/// The best choice of offers for asking on one day. Private.
namespace peercert::rules {

/// Cost of a way, in the order asked for; the smaller the better.
using Weight = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

struct BestChoice {
    Choice choice;
    Date day{};
    Weight weight;
};

/// Branch and bound over the offers that can only help. `best` is shared with whoever searches several days.
class DaySearch {
public:
    DaySearch(Trials& trials, std::optional<BestChoice>& best)
        : trials_(trials), program_(trials.program), record_(trials.record), question_(trials.question),
          offers_(trials.offers), best_(best) {}

    /// `choice` says what is settled. Free steps of one's own are all taken, and thinned out by the caller.
    void on(Choice choice, Date day);

private:
    struct Sums {
        std::int64_t cents{0}, minutes{0}, count{0};
        void add(const Offer& offer) {
            cents += offer.cents;
            minutes += offer.minutes;
            ++count;
        }
    };

    Weight weight(std::int64_t cents, std::int64_t minutes, std::int64_t count, Date day) const;
    std::int64_t fee_on(Date day) const;
    void make_covers(const Choice& choice, Date day);
    /// What at least must still be paid and spent for the amounts every yes needs; nothing when they are out of reach.
    std::optional<Sums> still_to_come(const Choice& choice) const;
    void offer_best(const Choice& choice, const Sums& sums);
    /// Leaves out one after the other, the dearest first: a way to begin with.
    void greedy(const Choice& start, Sums sums);
    /// `known`: with everything undecided taken in it is known to be a yes.
    void branch(Choice& choice, std::size_t next, const Sums& sums, bool known);
    bool covers_met(const Choice& choice) const;

    Trials& trials_;
    const Program& program_;
    const Record& record_;
    const PlanQuestion& question_;
    const std::vector<Offer>& offers_;
    std::optional<BestChoice>& best_;
    Date day_{};
    std::int64_t fee_{0};
    std::vector<std::size_t> open_; ///< undecided offers, the dearest first
    std::vector<Cover> covers_;
    std::vector<std::vector<std::size_t>> by_price_; ///< of each cover: who gives to it, the cheapest first
};

} // namespace peercert::rules
