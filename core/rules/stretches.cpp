#include "rules/stretches.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "rules/closed_days.hpp"

namespace peercert::rules {

namespace {

bool moves_with_asked(const DayFormula& formula) {
    return formula.anchor == Anchor::asked || formula.anchor == Anchor::applying || formula.anchor == Anchor::issue ||
           std::any_of(formula.of.begin(), formula.of.end(), moves_with_asked);
}

/// Gathers candidate days. Too many cost a little time, a missing one costs a wrong answer.
class Candidates {
public:
    Candidates(Judging& judging, Day after, Day until) : judging_(judging), after_(after), until_(until) {}

    std::vector<Day> all() {
        for (const Row& row : judging_.state.rows)
            edges(row.first, row.last);
        for (const Holding& holding : judging_.record.holdings) {
            for (const HeldTerm& term : holding.terms)
                edges(to_day(term.first), term.last ? to_day(*term.last) : last_of_days);
            for (const DayRange& out : holding.out_of_force)
                edges(out.first ? to_day(*out.first) : first_day, out.last ? to_day(*out.last) : last_of_days);
        }
        for (const Use& use : judging_.record.uses)
            add(to_day(use.decided));
        for (const ExceptionRule& rule : judging_.program.edition->exceptions)
            edges(rule.dated.first ? to_day(*rule.dated.first) : first_day,
                  rule.dated.last ? to_day(*rule.dated.last) : last_of_days);
        for (std::uint32_t at = judging_.goal.first; at <= judging_.goal.root; ++at)
            std::visit([this](const auto& node) { of(node); }, judging_.program.nodes[at].body);
        add(until_); // lengths that grow day by day are found by halving between two candidates
        std::sort(days_.begin(), days_.end());
        days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
        return std::move(days_);
    }

private:
    void add(Day day) {
        if (day > after_ && day <= until_)
            days_.push_back(day);
    }
    void edges(Day first, Day last) {
        add(first);
        add(last);
        add(last + 1);
    }
    void around(Day day) {
        for (Day near = day - 3; near <= day + 4; ++near)
            add(near);
    }

    /// When the bound moves with the asked day, `day` is crossed where the asked day lies as far off again.
    void crossing(const DayFormula& formula, Day day) {
        if (!moves_with_asked(formula))
            return;
        if (!formula.of.empty()) {
            made_of_days(formula, day);
        } else if (formula.shift.months == 0) {
            add(day - formula.shift.days);
            add(day - formula.shift.days + 1);
        } else {
            around(moved(day - formula.shift.days, Shift{-formula.shift.months, 0}));
        }
    }
    /// The same for a bound made of other days. One that lies on a month's or year's edge jumps when the day inside it
    /// crosses such an edge; which entry it crosses then plays no part, so each such jump is a candidate, once.
    void made_of_days(const DayFormula& formula, Day day) {
        if (formula.anchor == Anchor::later_of || formula.anchor == Anchor::earlier_of) {
            for (const DayFormula& one : formula.of)
                for (Day near = day - formula.shift.days - 3; near <= day - formula.shift.days + 3; ++near)
                    crossing(one, moved(near, Shift{-formula.shift.months, 0}));
            return;
        }
        if (formula.anchor == Anchor::business_after || formula.anchor == Anchor::business_before) {
            // As many business days back, and a week around it: closed days lie differently on the way there.
            const Day there = moved(day - formula.shift.days, Shift{-formula.shift.months, 0});
            const DaySpan from =
                business_day(there, formula.business_days, formula.anchor == Anchor::business_after, formula.closed);
            for (Day near = from.earliest - 7; near <= from.latest + 7; ++near)
                crossing(formula.of.front(), near);
            return;
        }
        if (std::find(jumps_.begin(), jumps_.end(), &formula) != jumps_.end())
            return;
        jumps_.push_back(&formula);
        const bool years = formula.anchor == Anchor::year_start || formula.anchor == Anchor::year_end;
        const bool quarters = formula.anchor == Anchor::quarter_start || formula.anchor == Anchor::quarter_end;
        const Anchor edge = years ? Anchor::year_start : quarters ? Anchor::quarter_start : Anchor::month_start;
        const int months = years ? 12 : quarters ? 3 : 1;
        constexpr int widest = 12 * 60; // what an inner shift can add, beyond any rule seen
        const Day last = moved(until_, Shift{widest, 0});
        for (Day at = snapped(edge, moved(after_, Shift{-widest, 0})); at <= last; at = moved(at, {months, 0}))
            crossing(formula.of.front(), at);
    }
    void bound(const std::optional<DayFormula>& formula) {
        if (!formula)
            return;
        if (const auto days = judging_.days_of(*formula))
            for (const Day day : {days->earliest, days->latest})
                for (Day near = day - 1; near <= day + 2; ++near)
                    add(near);
    }
    void window(std::uint32_t number, EntryKind kind) {
        if (number == none)
            return;
        const WindowFormula& formula = judging_.program.windows[number];
        bound(formula.from);
        bound(formula.until);
        for (const Row& row : judging_.rows(kind))
            for (const auto* one : {&formula.from, &formula.until})
                if (*one) {
                    crossing(**one, row.first);
                    crossing(**one, row.last);
                    crossing(**one, row.last + 1);
                }
        // A bound that hangs on an entry of any kind appears with it.
    }
    void after_span(Day day, const std::optional<Span>& span) {
        if (span)
            around(moved(day, to_shift(*span)));
    }

    void of(const AskedOnNode& node) {
        edges(node.rule->days.first ? to_day(*node.rule->days.first) : first_day,
              node.rule->days.last ? to_day(*node.rule->days.last) : last_of_days);
    }
    void of(const GroupNode&) {}
    void of(const ChoiceNode&) {}
    void of(const UnlessNode&) {}
    void of(const DecisionNode&) {}
    void of(const InOrderNode&) {}
    void of(const HappenedNode& node) {
        bound(node.day);
        for (const Row& row : judging_.state.rows)
            crossing(node.day, row.last);
    }
    void of(const NotKnownNode&) {}
    void of(const PresentTermNode&) {}
    void of(const RenewalsNode&) {}
    void of(const AgeNode& node) {
        if (!judging_.record.born)
            return;
        const Day born = to_day(*judging_.record.born);
        for (const auto& years : {node.rule->years.at_least, node.rule->years.at_most})
            if (years)
                for (const int extra : {0, 1}) {
                    const Day birthday = moved(born, Shift{12 * (static_cast<int>(*years) + extra), 0});
                    crossing(node.at, birthday);
                    crossing(node.at, birthday + 1);
                    add(birthday);
                    add(birthday + 1);
                }
    }
    void of(const HasNode& node) {
        window(node.filter.window, node.rule->kind);
        for (const Row& row : judging_.rows(node.rule->kind))
            after_span(row.first, node.rule->held_for);
    }
    void of(const PassedNode& node) { window(node.filter.window, EntryKind::exam); }
    void of(const AttemptsNode& node) {
        window(node.window, EntryKind::exam);
        for (const Row& row : judging_.rows(EntryKind::exam))
            after_span(row.last, node.rule->pause);
        if (node.calendar != nullptr)
            for (const DayRange& one : node.calendar->periods)
                edges(to_day(*one.first), to_day(*one.last));
    }
    void of(const MeasureNode& node) {
        window(node.filter.window, node.rule->kind);
        for (const Piece& piece : node.pieces)
            window(piece.filter.window, piece.fact == Symbol::none ? node.rule->kind : EntryKind::fact);
        for (const Filter& part : node.part_filters)
            window(part.window, node.rule->kind);
        if (judging_.term && judging_.term->last)
            edges(to_day(judging_.term->first), to_day(*judging_.term->last));
        for (const Row& row : judging_.rows(node.rule->kind)) {
            after_span(row.last, node.rule->own_clock);
            after_span(row.last + 1, node.rule->every);
        }
        for (const Row& row : judging_.rows(EntryKind::fact))
            after_span(row.last + 1, node.rule->every);
        if (node.rule->in_each)
            pieces(node);
        if (node.rule->every) {
            if (node.filter.while_level != Symbol::none)
                for (const HeldTerm& term : terms_of(judging_.record, judging_.program.track, node.filter.while_level))
                    after_span(to_day(term.first), node.rule->every);
            if (node.filter.window != none)
                after_span(judging_.window(node.filter.window).from, node.rule->every);
        }
    }
    /// A week or month is asked of from its last day on, and until a moving window leaves its first day behind.
    void pieces(const MeasureNode& node) {
        const bool by_month = node.rule->in_each->piece != InEach::Piece::week; // a quarter begins with a month
        Day earliest = after_;
        for (const Row& row : judging_.rows(node.rule->kind))
            earliest = std::min(earliest, row.first);
        const Date start = to_date(earliest);
        Day at = to_day(start.year() / start.month() / std::chrono::day{1});
        if (!by_month)
            at -= ((at % 7) + 7) % 7; // a Thursday: from there the Sundays and Mondays are three and four days on
        while (at <= until_) {
            for (const Day edge : {by_month ? at : at + 3, by_month ? at : at + 4}) {
                add(edge - 1);
                add(edge);
            }
            if (node.filter.window != none) {
                const WindowFormula& formula = judging_.program.windows[node.filter.window];
                for (const auto* one : {&formula.from, &formula.until})
                    for (const Day edge : {by_month ? at : at + 3, by_month ? at : at + 4})
                        if (*one) {
                            crossing(**one, edge);
                            crossing(**one, edge - 1);
                        }
            }
            at = by_month ? moved(at, Shift{1, 0}) : at + 7;
        }
    }
    void of(const HoldsNode& node) {
        for (const HeldTerm& term : terms_of(judging_.record, node.track, node.level)) {
            crossing(node.on, to_day(term.first));
            if (term.last)
                crossing(node.on, to_day(*term.last) + 1);
            after_span(to_day(term.first), node.rule->held_for);
        }
        if (node.complaint != Symbol::none)
            for (const Row& row : judging_.rows(EntryKind::fact)) {
                crossing(node.on, row.first);
                crossing(node.on, row.last + 1);
            }
        for (const Holding& holding : judging_.record.holdings)
            for (const DayRange& out : holding.out_of_force) {
                if (out.first)
                    crossing(node.on, to_day(*out.first));
                if (out.last)
                    crossing(node.on, to_day(*out.last) + 1);
            }
    }
    void of(const PluginNode& node) {
        // A kind of a plugin is a closed box: what it says itself about later days is all there is.
        Finding told;
        judging_.plugin(node, &told);
        if (told.holds_until)
            add(to_day(*told.holds_until) + 1);
        if (told.next.day)
            add(to_day(*told.next.day));
    }
    void of(const MissedNode&) {}
    void of(const UnitNode&) {}
    void of(const StillOpenNode& node) { bound(node.until); }
    void of(const FilingNode& node) {
        bound(node.opens);
        bound(node.until);
        if (const auto until =
                node.until && node.gives_way != GivesWay::no ? judging_.days_of(*node.until) : std::nullopt)
            for (Day near = until->earliest - 9; near <= until->latest + 9; ++near)
                add(near);
    }

    Judging& judging_;
    Day after_;
    Day until_;
    std::vector<Day> days_;
    std::vector<const DayFormula*> jumps_; ///< those on the edge of a month or year that were gathered already
};

/// Judges one question on many days.
class Walk {
public:
    Walk(const Program& program, Goal goal, const Record& record, const Situation& situation, Workspace& room)
        : program_(program), goal_(goal), record_(record), situation_(situation), room_(room) {}

    const std::vector<Bits>& on(Day day) {
        if (day != day_) {
            Judging(program_, goal_, record_, on_day(situation_, day), room_).run();
            day_ = day;
        }
        return room_.state().verdicts;
    }

    /// The first day within (before, day] on which the node's passing differs from `was`, given that it does on `day`.
    Day first_change(std::size_t node, bool was, Day before, Day day) {
        if (day - before > 1 && passes(on(day - 1)[node]) == was)
            return day;
        Day same = before;
        Day other = day;
        while (other - same > 1) {
            const Day middle = same + (other - same) / 2;
            (passes(on(middle)[node]) == was ? same : other) = middle;
        }
        return other;
    }

private:
    const Program& program_;
    Goal goal_;
    const Record& record_;
    const Situation& situation_;
    Workspace& room_;
    Day day_{last_of_days};
};

} // namespace

std::vector<Day> breakpoints(Judging& judging, Day after, Day until) { return Candidates(judging, after, until).all(); }

Situation on_day(const Situation& situation, Day day) {
    Situation moved_situation = situation;
    moved_situation.as_of = to_date(day);
    if (situation.applying == situation.as_of)
        moved_situation.applying.reset();
    if (situation.issue == situation.as_of)
        moved_situation.issue.reset();
    return moved_situation;
}

std::vector<std::optional<Day>> first_changes(const Program& program, Goal goal, const Record& record,
                                              const Situation& situation, Workspace& room,
                                              const std::vector<Bits>& today) {
    std::vector<std::optional<Day>> changes(today.size());
    const Day as_of = to_day(situation.as_of);
    std::vector<Day> days;
    {
        const Situation now = on_day(situation, as_of);
        Judging judging(program, goal, record, now, room);
        days = breakpoints(judging, as_of, moved(as_of, Shift{12 * horizon_years, 0}));
    }
    Walk walk(program, goal, record, situation, room);
    std::size_t unchanged = today.size();
    std::vector<std::size_t> changed;
    for (Day before = as_of; const Day day : days) {
        changed.clear();
        const std::vector<Bits>& then = walk.on(day);
        for (std::size_t node = 0; node < today.size(); ++node)
            if (!changes[node] && passes(then[node]) != passes(today[node]))
                changed.push_back(node);
        for (const std::size_t node : changed)
            changes[node] = walk.first_change(node, passes(today[node]), before, day);
        unchanged -= changed.size();
        if (unchanged == 0)
            break;
        before = day;
    }
    return changes;
}

std::vector<DayRange> days_met(const Program& program, Goal goal, const Record& record, const Situation& situation,
                               Date from, Date until) {
    std::vector<DayRange> stretches;
    if (until < from)
        return stretches;
    Workspace room;
    const Day start = to_day(from);
    const Day end = to_day(until);
    // The asked day itself plays no part here: every day is asked in turn.
    Situation first = on_day(situation, start);
    std::vector<Day> days;
    {
        Judging judging(program, goal, record, first, room);
        days = breakpoints(judging, start, end);
    }
    if (days.empty() || days.back() != end)
        days.push_back(end);
    Walk walk(program, goal, record, situation, room);
    const std::size_t root = goal.root - goal.first;
    bool met = passes(walk.on(start)[root]);
    Day begun = start;
    for (Day before = start; const Day day : days) {
        if (day == start)
            continue;
        const bool now = passes(walk.on(day)[root]);
        if (now != met) {
            const Day change = walk.first_change(root, met, before, day);
            if (met)
                stretches.push_back({to_date(begun), to_date(change - 1)});
            begun = change;
            met = now;
        }
        before = day;
    }
    if (met)
        stretches.push_back({to_date(begun), until});
    return stretches;
}

} // namespace peercert::rules
