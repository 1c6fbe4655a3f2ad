#include <algorithm>

#include "rules/judging.hpp"
#include "rules/ladder.hpp"

/// What a step costs: whose fee it is, on which rung, and what is not asked of everybody or not once.
namespace peercert::rules {

namespace {

/// Months since a day that is in none of them: those that are over, and whether one has begun and is not.
struct Months {
    int over{0};
    bool begun{false};
};
Months months_after(Day from, Day until) {
    Months months;
    while (moved(from, Shift{months.over + 1, 0}) <= until)
        ++months.over;
    months.begun = moved(from, Shift{months.over, 0}) < until;
    return months;
}

/// The fees that are asked of this person on this day, each with what it comes to; one of which nobody can say whether
/// it is asked, or how often, is open.
std::vector<Fee> asked_fees(const Program& program, Symbol level, const Record& record, const Situation& situation,
                            const Judging& judging, std::vector<Fee> lines) {
    std::vector<Fee> asked;
    for (Fee& line : lines) {
        const auto& goals = program.compiled().fees;
        const auto goal = std::find_if(goals.begin(), goals.end(),
                                       [&](const FeeGoal& one) { return one.level == level && *one.fee == line; });
        if (goal == goals.end()) {
            asked.push_back(std::move(line));
            continue;
        }
        const auto answer = [&](const std::optional<Goal>& clause, Verdict otherwise) {
            return clause ? judge(program, *clause, record, situation) : otherwise;
        };
        const Verdict wanted = answer(goal->asked_when, Verdict::met());
        const Verdict waived = answer(goal->waived_when, Verdict::unmet());
        if (wanted.is_unmet() || waived.passes())
            continue;
        bool open = !wanted.passes() || !waived.is_unmet();
        if (goal->each_month_after && line.cents.is_stated()) {
            const auto from = judging.day_of(*goal->each_month_after);
            const Months months = from ? months_after(*from, judging.applying) : Months{};
            const bool counts = line.a_part_counts.is_stated() && line.a_part_counts.value;
            open = open || (months.begun && line.a_part_counts.is_open());
            line.cents.value *= months.over + (months.begun && counts ? 1 : 0);
            if (line.cents.value == 0 && !open)
                continue;
        }
        if (open)
            line.cents = {Knowing::unknown, 0};
        asked.push_back(std::move(line));
    }
    return asked;
}

} // namespace

FeeAnswer fee(const Program& program, Step::Verb verb, std::string_view level, const Record& record,
              const Situation& situation) {
    Workspace room;
    const Symbol word = level_word(program, level);
    const Judging judging(program, Goal{0, 0, word}, record, situation, room);
    const Edition& edition = program.edition();
    const Step* step = edition.step(verb, level);
    if (step == nullptr)
        (void)program.step(verb, level); // throws, naming what there is
    FeeAnswer answer;
    answer.lines = step->fees;
    const auto& rules = edition.exceptions;
    bool excepted = false;
    for (std::size_t number = 0; number < rules.size() && number < 32; ++number)
        if ((judging.exceptions >> number & 1U) != 0) {
            excepted = true;
            answer.waivable = answer.waivable || rules[number].fee_waivable;
        }
    const bool about_own_term = verb == Step::Verb::renew || verb == Step::Verb::extend;
    if (about_own_term && !excepted && judging.term && judging.term->last &&
        !in_time_by_closed_day(program, level, *judging.term->last, to_date(judging.applying)))
        if (const auto rung = rung_on(program, *judging.term->last, to_date(judging.applying), record)) {
            answer.lines = edition.after_expiry[*rung].fees;
            answer.called = edition.after_expiry[*rung].called_on(to_date(judging.applying));
        }
    answer.lines = asked_fees(program, word, record, situation, judging, std::move(answer.lines));
    for (const Fee& line : answer.lines) {
        answer.is_open = answer.is_open || line.cents.is_open();
        answer.cents += line.cents.is_stated() ? line.cents.value : 0;
    }
    return answer;
}

} // namespace peercert::rules
