#include "rules/planning_day.hpp"

#include <algorithm>

namespace peercert::rules {

Weight DaySearch::weight(std::int64_t cents, std::int64_t minutes, std::int64_t count, Date day) const {
    const std::int64_t when = to_day(day);
    switch (question_.order) {
    case PlanOrder::earliest: return {when, cents, minutes, count};
    case PlanOrder::cheapest: return {cents, when, minutes, count};
    case PlanOrder::least_time: return {minutes, when, cents, count};
    }
    return {when, cents, minutes, count};
}

std::int64_t DaySearch::fee_on(Date day) const {
    return rules::fee(program_, question_.verb, question_.level, record_,
                      trials_.goal(day).of(trials_.situation_on(day)))
        .cents;
}

void DaySearch::on(Choice choice, Date day) {
    day_ = day;
    fee_ = fee_on(day);
    open_.clear();
    Sums sums;
    for (std::size_t at = 0; at < offers_.size(); ++at) {
        if (!trials_.is_over_by(at, day))
            choice[at] = In::no;
        if (choice[at] == In::undecided && offers_[at].own_step)
            choice[at] = In::yes;
        if (choice[at] == In::undecided)
            open_.push_back(at);
        else if (choice[at] == In::yes && !offers_[at].own_step)
            sums.add(offers_[at]);
    }
    // The dearest first: what can be left out early saves most.
    std::stable_sort(open_.begin(), open_.end(), [this](std::size_t a, std::size_t b) {
        return std::tuple(offers_[a].cents, offers_[a].minutes) > std::tuple(offers_[b].cents, offers_[b].minutes);
    });
    make_covers(choice, day);
    greedy(choice, sums);
    branch(choice, 0, sums, true);
}

void DaySearch::make_covers(const Choice& choice, Date day) {
    Choice none_open = choice;
    for (const std::size_t at : open_)
        none_open[at] = In::no;
    Record bare, full;
    bare.holdings = full.holdings = record_.holdings;
    trials_.fill(bare, none_open, day, false);
    trials_.fill(full, choice, day, true);
    std::vector<std::pair<EntryId, std::size_t>> offer_of;
    for (const std::size_t at : open_)
        for (const Entry& entry : offers_[at].entries)
            offer_of.emplace_back(entry.id, at);
    const AskedGoal to_ask = trials_.goal(day);
    const Situation when = to_ask.of(trials_.situation_on(day));
    const Goal asked = to_ask.goal;
    Workspace bare_room, full_room;
    Judging on_bare(program_, asked, bare, when, bare_room);
    Judging on_full(program_, asked, full, when, full_room);
    on_bare.run();
    on_full.run();
    covers_ = trials_.possible_is_enough ? std::vector<Cover>{} : covers(on_bare, on_full, offers_.size(), offer_of);
    by_price_.clear();
    for (const Cover& cover : covers_) {
        std::vector<std::size_t> order;
        for (const std::size_t at : open_)
            if (cover.gives[at] > 0)
                order.push_back(at);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return offers_[a].cents * cover.gives[b] < offers_[b].cents * cover.gives[a];
        });
        by_price_.push_back(std::move(order));
    }
}

std::optional<DaySearch::Sums> DaySearch::still_to_come(const Choice& choice) const {
    Sums least;
    for (std::size_t number = 0; number < covers_.size(); ++number) {
        const Cover& cover = covers_[number];
        std::int64_t need = cover.need;
        std::int64_t reach = 0;
        for (const std::size_t at : by_price_[number]) {
            if (choice[at] == In::yes)
                need -= cover.gives[at];
            else if (choice[at] == In::undecided)
                reach += cover.gives[at];
        }
        if (need <= 0)
            continue;
        if (reach < need)
            return std::nullopt;
        Sums mine;
        for (const std::size_t at : by_price_[number]) {
            if (choice[at] != In::undecided)
                continue;
            const std::int64_t gives = cover.gives[at];
            if (gives >= need) {
                mine.cents += offers_[at].cents * need / gives; // rounded down: a bound, not a price
                break;
            }
            mine.cents += offers_[at].cents;
            need -= gives;
        }
        least.cents = std::max(least.cents, mine.cents);
        least.count = std::max<std::int64_t>(least.count, 1);
    }
    return least;
}

void DaySearch::offer_best(const Choice& choice, const Sums& sums) {
    const Weight mine = weight(sums.cents + fee_, sums.minutes, sums.count, day_);
    if (!best_ || mine < best_->weight)
        best_ = BestChoice{choice, day_, mine};
}

void DaySearch::greedy(const Choice& start, Sums sums) {
    Choice choice = start;
    for (const std::size_t at : open_) {
        choice[at] = In::no;
        if (!trials_.yes(choice, day_, true))
            choice[at] = In::yes;
    }
    for (const std::size_t at : open_)
        if (choice[at] == In::yes)
            sums.add(offers_[at]);
    if (trials_.yes(choice, day_, false))
        offer_best(choice, sums);
}

void DaySearch::branch(Choice& choice, std::size_t next, const Sums& sums, bool known) {
    if (trials_.spent())
        return;
    const auto least = still_to_come(choice);
    if (!least)
        return;
    if (best_ && weight(sums.cents + fee_ + least->cents, sums.minutes + least->minutes, sums.count + least->count,
                        day_) >= best_->weight)
        return;
    if (!known && !trials_.yes(choice, day_, true))
        return;
    if (next == open_.size()) {
        offer_best(choice, sums);
        return;
    }
    if (covers_met(choice) && trials_.yes(choice, day_, false)) {
        Choice chosen = choice;
        for (std::size_t at = next; at < open_.size(); ++at)
            chosen[open_[at]] = In::no;
        offer_best(chosen, sums);
        return;
    }
    const std::size_t at = open_[next];
    choice[at] = In::no;
    branch(choice, next + 1, sums, false);
    choice[at] = In::yes;
    Sums with = sums;
    with.add(offers_[at]);
    branch(choice, next + 1, with, true);
    choice[at] = In::undecided;
}

bool DaySearch::covers_met(const Choice& choice) const {
    for (const Cover& cover : covers_) {
        std::int64_t need = cover.need;
        for (std::size_t at = 0; at < choice.size(); ++at)
            need -= choice[at] == In::yes ? cover.gives[at] : 0;
        if (need > 0)
            return false;
    }
    return true;
}

} // namespace peercert::rules
