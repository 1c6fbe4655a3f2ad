#include "rules/planning.hpp"

#include <algorithm>
#include <bit>

#include <peercert/error.hpp>

#include "rules/editions.hpp"
#include "rules/ladder.hpp"
#include "rules/planning_day.hpp"

/// A search over what to do, with the judgement as its only oracle. Offers that can only help are searched by branch
/// and bound (with everything undecided taken in, the answer must be yes; amounts that every yes needs bound the cost);
/// offers that might do harm are tried in every combination.
namespace peercert::rules {

AskedGoal goal_on(const Program& program, Step::Verb verb, std::string_view level, const Record& record, Date as_of,
                  Date filed) {
    AskedGoal asked{program.step(verb, level), std::nullopt};
    if (verb != Step::Verb::renew)
        return asked;
    asked.held = term_held(record, program.compiled().track, asked.goal.level, as_of);
    asked.ahead = term_granted_ahead(record, program.compiled().track, asked.goal.level, as_of);
    if (asked.ahead)
        return asked;
    const std::optional<Date> last = asked.held ? asked.held->last : std::nullopt;
    if (!last || filed <= *last)
        return asked; // no rung begins before the day after
    if (!in_time_by_closed_day(program, level, *last, filed))
        asked.rung = rung_on(program, *last, filed, record);
    if (asked.rung)
        asked.goal = program.coming_back(level, *asked.rung);
    return asked;
}

namespace {

constexpr std::size_t most_harmful = 10;
constexpr std::size_t most_assumed = 14;

class Planner {
public:
    Planner(const Program& program, const Record& record, const PlanQuestion& question)
        : trials_(program, record, question), program_(program), record_(record), question_(question),
          offers_(trials_.offers), day_search_(trials_, best_) {}

    Plan answer() {
        std::vector<std::size_t> assumed;
        Choice start(offers_.size(), In::undecided);
        for (std::size_t at = 0; at < offers_.size(); ++at)
            if (offers_[at].assumed) {
                assumed.push_back(at);
                start[at] = In::no;
            }
        for (const bool decisions : {false, true}) {
            trials_.possible_is_enough = decisions;
            if (search(start))
                return finished(decisions);
            Choice everything = start;
            for (const std::size_t at : assumed)
                everything[at] = In::yes;
            if (!assumed.empty() && with_fewest(start, std::move(everything), assumed))
                return finished(decisions);
        }
        return not_reached(start);
    }

private:
    // --- the search

    /// Which offers might do harm, given what is excluded already.
    std::vector<std::size_t> harmful(const Choice& start) const {
        std::vector<const Entry*> others;
        for (const Entry& entry : record_.entries)
            others.push_back(&entry);
        for (std::size_t at = 0; at < offers_.size(); ++at)
            if (start[at] != In::no)
                for (const Entry& entry : offers_[at].entries)
                    others.push_back(&entry);
        std::vector<Goal> goals;
        for (Date day = question_.from;; day = question_.until) {
            goals.push_back(trials_.goal(day).goal);
            if (day == question_.until)
                break;
        }
        for (std::size_t rung = 0; rung < program_.edition().after_expiry.size(); ++rung)
            if (question_.verb == Step::Verb::renew)
                goals.push_back(program_.coming_back(question_.level, rung));
        std::vector<std::size_t> found;
        for (std::size_t at = 0; at < offers_.size(); ++at)
            if (start[at] == In::undecided &&
                std::any_of(offers_[at].entries.begin(), offers_[at].entries.end(), [&](const Entry& entry) {
                    return std::any_of(goals.begin(), goals.end(),
                                       [&](Goal one) { return may_harm(program_.compiled(), one, entry, others); });
                }))
                found.push_back(at);
        return found;
    }

    bool search(const Choice& start) {
        best_.reset();
        std::vector<std::size_t> risky = harmful(start);
        proof_ = Plan::Proof::best;
        if (risky.size() > most_harmful) {
            risky.clear();
            proof_ = Plan::Proof::too_entangled;
        }
        const std::vector<Date> days = trials_.days_to_try(start);
        const bool earliest = question_.order == PlanOrder::earliest;
        std::optional<Date> first;
        for (std::size_t which = 0; which < (std::size_t{1} << risky.size()); ++which) {
            Choice choice = start;
            for (std::size_t bit = 0; bit < risky.size(); ++bit)
                choice[risky[bit]] = (which >> bit & 1U) != 0 ? In::yes : In::no;
            if (earliest) {
                const auto day = trials_.first_yes(choice, days, first);
                if (!day)
                    continue;
                if (!first || *day < *first)
                    best_.reset();
                first = day;
                day_search_.on(choice, *day);
            } else {
                std::vector<Date> all = days;
                if (const auto day = trials_.first_yes(choice, days);
                    day && !std::binary_search(all.begin(), all.end(), *day))
                    all.insert(std::lower_bound(all.begin(), all.end(), *day), *day);
                for (const Date day : all)
                    if (trials_.yes(choice, day, true))
                        day_search_.on(choice, day);
            }
            if (trials_.spent())
                break;
        }
        if (!best_)
            return false;
        if (trials_.spent() && proof_ == Plan::Proof::best)
            proof_ = Plan::Proof::effort_spent;
        leave_out_what_is_not_needed();
        return true;
    }

    /// Steps of one's own that nothing hangs on go, those to be done at once before those on the day; then anything
    /// else that a search cut short has left in.
    void leave_out_what_is_not_needed() {
        Choice& choice = best_->choice;
        for (const bool on_the_day : {false, true})
            for (std::size_t at = 0; at < offers_.size(); ++at)
                if (choice[at] == In::yes && offers_[at].own_step && offers_[at].on_the_day == on_the_day)
                    drop(choice, at);
        if (proof_ != Plan::Proof::best)
            for (std::size_t at = offers_.size(); at-- > 0;)
                if (choice[at] == In::yes && !offers_[at].assumed)
                    drop(choice, at);
    }
    void drop(Choice& choice, std::size_t at) {
        choice[at] = In::no;
        if (!trials_.yes(choice, best_->day, false))
            choice[at] = In::yes;
    }

    /// As few as possible of the things nobody offers: by their number, then by the better plan.
    bool with_fewest(const Choice& start, Choice all, const std::vector<std::size_t>& assumed) {
        const std::vector<Date> days = trials_.days_to_try(all);
        if (!trials_.first_yes(all, days))
            return false;
        Choice on_the_day = all;
        for (const std::size_t at : assumed)
            if (!offers_[at].on_the_day && offers_[at].entries.front().kind != EntryKind::fact)
                on_the_day[at] = In::no;
        if (trials_.first_yes(on_the_day, days)) // nothing has to be there earlier than the rest
            all = on_the_day;
        // What no way does without is settled; of the rest the smallest sets come first.
        Choice needed = start;
        std::vector<std::size_t> optional;
        for (const std::size_t at : assumed) {
            if (all[at] == In::no)
                continue;
            all[at] = In::no;
            if (trials_.first_yes(all, days))
                optional.push_back(at);
            else
                needed[at] = In::yes;
            all[at] = In::yes;
        }
        std::optional<BestChoice> best;
        Plan::Proof proof = Plan::Proof::best;
        const auto try_set = [&](const Choice& choice) {
            if (!trials_.first_yes(choice, days) || !search(choice))
                return;
            if (!best || best_->weight < best->weight) {
                best = best_;
                proof = proof_;
            }
        };
        const std::size_t most = optional.size() <= most_assumed ? optional.size() : 0;
        for (std::size_t size = 0; size <= most && !best && !trials_.spent(); ++size)
            for (std::size_t which = 0; which < (std::size_t{1} << most) && !trials_.spent(); ++which) {
                if (static_cast<std::size_t>(std::popcount(which)) != size)
                    continue;
                Choice choice = needed;
                for (std::size_t bit = 0; bit < most; ++bit)
                    if ((which >> bit & 1U) != 0)
                        choice[optional[bit]] = In::yes;
                try_set(choice);
            }
        if (!best) { // too many to try: leave out one after the other
            for (const std::size_t at : optional) {
                all[at] = In::no;
                if (!trials_.first_yes(all, days))
                    all[at] = In::yes;
            }
            try_set(all);
            proof = proof == Plan::Proof::best ? Plan::Proof::effort_spent : proof;
        }
        if (!best)
            return false;
        best_ = best;
        proof_ = proof;
        return true;
    }

    // --- answers

    Plan finished(bool decisions) {
        Plan made;
        made.outcome = decisions ? Plan::Outcome::to_decide : Plan::Outcome::found;
        made.proof = proof_;
        fill_in(made, best_->choice, best_->day);
        return made;
    }
    Plan not_reached(const Choice& start) {
        Plan made;
        made.proof = Plan::Proof::best;
        Choice all = start;
        for (std::size_t at = 0; at < offers_.size(); ++at)
            if (!offers_[at].assumed && trials_.is_over_by(at, question_.until))
                all[at] = In::yes;
        fill_in(made, all, question_.until);
        return made;
    }
    void fill_in(Plan& made, const Choice& choice, Date day) {
        made.day = day;
        for (std::size_t at = 0; at < offers_.size(); ++at)
            if (choice[at] == In::yes) {
                made.chosen.push_back(at);
                made.cents += offers_[at].cents;
                made.minutes += offers_[at].minutes;
            }
        const auto when = [&](std::size_t at) {
            return offers_[at].on_the_day || offers_[at].entries.empty() ? day : offers_[at].entries.front().first;
        };
        std::stable_sort(made.chosen.begin(), made.chosen.end(),
                         [&](std::size_t a, std::size_t b) { return when(a) < when(b); });
        const AskedGoal asked = trials_.goal(day);
        made.goal = asked.goal;
        made.rung = asked.rung;
        made.record.holdings = record_.holdings;
        trials_.fill(made.record, choice, day, false);
        made.situation = asked.of(trials_.situation_on(day));
        made.judged = trials_.judged();
    }

    Trials trials_;
    const Program& program_;
    const Record& record_;
    const PlanQuestion& question_;
    const std::vector<Offer>& offers_;
    std::optional<BestChoice> best_;
    DaySearch day_search_;
    Plan::Proof proof_{Plan::Proof::best};
};

} // namespace

Plan plan(const Program& program, const Record& record, const PlanQuestion& question) {
    return Planner(program, record, question).answer();
}

} // namespace peercert::rules
