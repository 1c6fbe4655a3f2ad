#include "rules/planning_trials.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::rules {

namespace {

bool takes(const Choice& choice, std::size_t at, bool undecided_too) {
    return choice[at] == In::yes || (undecided_too && choice[at] == In::undecided);
}

} // namespace

Trials::Trials(const Program& made, const Record& person, const PlanQuestion& asked)
    : program(made), record(person), question(asked), offers(asked.offers) {
    if (asked.until < asked.from)
        throw Error(ErrorCode::invalid_input,
                    "the last day " + to_text(asked.until) + " is before the first " + to_text(asked.from));
    std::int64_t number = 0; // below those that an earlier stage has taken
    for (const Entry& entry : person.entries)
        number = std::min(number, entry.id.value());
    for (Offer& offer : offers)
        for (Entry& entry : offer.entries)
            entry.id = EntryId{--number};
}

bool Trials::is_over_by(std::size_t at, Date day) const {
    const Offer& offer = offers[at];
    return offer.on_the_day || std::all_of(offer.entries.begin(), offer.entries.end(), [day](const Entry& entry) {
               return (entry.kind == EntryKind::fact ? entry.first : entry.last) <= day;
           });
}

void Trials::fill(Record& made, const Choice& choice, Date day, bool undecided_too) const {
    made.born = record.born;
    made.uses = record.uses;
    made.entries = record.entries;
    for (std::size_t at = 0; at < offers.size(); ++at)
        if (takes(choice, at, undecided_too) && is_over_by(at, day))
            for (Entry entry : offers[at].entries) {
                if (offers[at].on_the_day)
                    entry.first = entry.last = day;
                made.entries.push_back(entry);
            }
    std::stable_sort(made.entries.begin(), made.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.last != b.last ? a.last < b.last : a.id < b.id; });
}

Situation Trials::situation_on(Date day) const {
    Situation when;
    when.as_of = day;
    when.applying = question.applying.value_or(day);
    when.issue = day;
    when.term_asked = question.term_asked;
    return when;
}

AskedGoal Trials::goal(Date day) const {
    return goal_on(program, question.verb, question.level, record, day, question.applying.value_or(day));
}

bool Trials::yes(const Choice& choice, Date day, bool undecided_too) {
    ++judged_;
    trial_.holdings = record.holdings;
    fill(trial_, choice, day, undecided_too);
    const AskedGoal asked = goal(day);
    const Verdict verdict = judge(program, asked.goal, trial_, asked.of(situation_on(day)), room_);
    return possible_is_enough ? !verdict.is_unmet() : verdict.passes();
}

std::vector<Date> Trials::days_to_try(const Choice& choice) const {
    std::vector<Day> days{to_day(question.from)};
    Record full;
    full.holdings = record.holdings;
    fill(full, choice, question.until, true);
    const Day until = to_day(question.until);
    for (Day first = to_day(question.from); first <= until;) {
        const AskedGoal asked = goal(to_date(first));
        Day last = first;
        for (Day step = until - first + 1; step > 0; step /= 2) // as long as the goal stays the same
            while (last + step <= until && goal(to_date(last + step)).goal == asked.goal)
                last += step;
        days.push_back(first);
        Workspace room;
        const Situation when = asked.of(situation_on(to_date(first)));
        Judging judging(program, asked.goal, full, when, room);
        for (const Day day : breakpoints(judging, first, last))
            days.push_back(day);
        first = last + 1;
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    std::vector<Date> dates;
    for (const Day day : days)
        dates.push_back(to_date(day));
    return dates;
}

std::optional<Date> Trials::first_yes(const Choice& choice, const std::vector<Date>& days,
                                      std::optional<Date> not_after) {
    std::optional<Date> before;
    for (const Date day : days) {
        if (not_after && day > *not_after)
            break;
        if (!yes(choice, day, true)) {
            before = day;
            continue;
        }
        Date good = day;
        if (before)
            for (int gap = days_between(*before, good); gap > 1; gap = days_between(*before, good)) {
                const Date middle = add_days(*before, gap / 2);
                (yes(choice, middle, true) ? good : *before) = middle;
            }
        return good;
    }
    return std::nullopt;
}

} // namespace peercert::rules
