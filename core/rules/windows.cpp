#include <algorithm>

#include "rules/closed_days.hpp"
#include "rules/judging.hpp"

namespace peercert::rules {

std::string_view anchor_name(Anchor anchor) {
    switch (anchor) {
    case Anchor::day: return "day";
    case Anchor::asked: return "asked";
    case Anchor::applying: return "applying";
    case Anchor::issue: return "issue";
    case Anchor::expiry: return "expiry";
    case Anchor::term_start: return "term start";
    case Anchor::first_issue: return "first issue";
    case Anchor::passing: return "passing";
    case Anchor::birth: return "birth";
    case Anchor::completing: return "completing";
    case Anchor::becoming: return "becoming";
    case Anchor::first_attempt: return "first attempt";
    case Anchor::entry: return "entry";
    case Anchor::starting: return "starting";
    case Anchor::last_certification: return "last certification";
    case Anchor::approval: return "approval";
    case Anchor::last_renewal: return "last renewal";
    case Anchor::previous_start: return "start of the term before";
    case Anchor::previous_end: return "end of the term before";
    case Anchor::month_start: return "the first day of the month";
    case Anchor::month_end: return "the last day of the month";
    case Anchor::year_start: return "the first day of the year";
    case Anchor::year_end: return "the last day of the year";
    case Anchor::later_of: return "the later day";
    case Anchor::earlier_of: return "the earlier day";
    case Anchor::quarter_start: return "the first day of the quarter";
    case Anchor::quarter_end: return "the last day of the quarter";
    case Anchor::business_after:
    case Anchor::business_before: return "the business day";
    }
    return "day";
}

/// The day on which the scores of a rule that looks at all parts together first reached its mark.
std::optional<Day> Judging::together_day(const Passed& rule) const {
    std::vector<std::int64_t> best(rule.parts.size(), -1);
    for (const Row& row : rows(EntryKind::exam)) {
        if (row.last > as_of || row.result == EntryResult::refused || row.result == EntryResult::pending ||
            row.result == EntryResult::no_show)
            continue;
        for (std::size_t part = 0; part < best.size(); ++part)
            if (text(row.code) == rule.parts[part])
                best[part] = std::max(best[part], row.amount);
        if (std::all_of(best.begin(), best.end(), [](std::int64_t one) { return one > 0; }) &&
            reach_together(rule, best))
            return row.last;
    }
    return std::nullopt;
}

/// The day on which the last of the edition's exam parts was passed for the first time.
std::optional<Day> Judging::passing_day() const {
    if (situation.passing)
        return to_day(*situation.passing);
    if (program.exam_parts.empty())
        return std::nullopt;
    Day latest = first_day;
    for (const ExamPart& exam : program.exam_parts) {
        if (exam.together != nullptr) {
            const auto day = together_day(*exam.together);
            if (!day)
                return std::nullopt;
            latest = std::max(latest, *day);
            continue;
        }
        const Row* pass = nullptr;
        for (const Row& row : rows(EntryKind::exam))
            if (row.code == exam.part && row.last <= as_of && result_of(row) == EntryResult::passed) {
                pass = &row;
                break;
            }
        if (pass == nullptr)
            return std::nullopt;
        latest = std::max(latest, pass->last);
    }
    return latest;
}

/// The last approval of the application in hand: one before the day of applying belongs to an earlier application.
std::optional<Day> Judging::approval_day() const {
    if (situation.approval)
        return to_day(*situation.approval);
    std::optional<Day> latest;
    for (const Row& row : rows(EntryKind::decision))
        if (row.code == program.approval && row.last <= as_of && row.result != EntryResult::refused &&
            row.result != EntryResult::pending && (!situation.applying || applying <= row.last))
            latest = row.last;
    return latest;
}

/// The term before the present one, at any level of the track.
std::optional<HeldTerm> Judging::previous_term() const {
    if (!term)
        return std::nullopt;
    std::optional<HeldTerm> previous;
    for (const HeldTerm& one : terms_of(record, program.track, goal.level))
        if (one.first < term->first)
            previous = one;
    return previous;
}

std::optional<DaySpan> Judging::days_made_of(const DayFormula& formula) const {
    std::optional<DaySpan> made;
    for (const DayFormula& one : formula.of) {
        const auto days = days_of(one);
        if (!days)
            return std::nullopt;
        if (!made)
            made = days;
        else if (formula.anchor == Anchor::earlier_of)
            made = DaySpan{std::min(made->earliest, days->earliest), std::min(made->latest, days->latest)};
        else
            made = DaySpan{std::max(made->earliest, days->earliest), std::max(made->latest, days->latest)};
    }
    if (!made)
        return std::nullopt;
    if (formula.anchor != Anchor::business_after && formula.anchor != Anchor::business_before)
        return DaySpan{snapped(formula.anchor, made->earliest), snapped(formula.anchor, made->latest)};
    const auto open_day = [&](Day from) {
        return business_day(from, formula.business_days, formula.anchor == Anchor::business_before, formula.closed);
    };
    return DaySpan{open_day(made->earliest).earliest, open_day(made->latest).latest};
}

std::optional<Day> Judging::anchor_day(const DayFormula& formula) const {
    const auto first_entry = [&](EntryKind kind) -> std::optional<Day> {
        for (const Row& row : rows(kind))
            if (row.code == formula.word && row.last <= as_of)
                return row.last;
        return std::nullopt;
    };
    switch (formula.anchor) {
    case Anchor::day: return formula.day;
    case Anchor::asked: return as_of;
    case Anchor::applying: return applying;
    case Anchor::issue: return issue;
    case Anchor::expiry:
        if (term && term->last)
            return to_day(*term->last);
        return std::nullopt;
    case Anchor::term_start:
        if (term)
            return to_day(term->first);
        return std::nullopt;
    case Anchor::first_issue: {
        std::optional<Day> earliest;
        for (const Holding& holding : record.holdings)
            if (holding.track == program.track)
                for (const HeldTerm& held_term : holding.terms)
                    if ((goal.level == Symbol::none || held_term.level == goal.level) &&
                        (!earliest || to_day(held_term.first) < *earliest))
                        earliest = to_day(held_term.first);
        if (!earliest && term && term->number == 1)
            earliest = to_day(term->first);
        return earliest;
    }
    case Anchor::passing: return passing_day();
    case Anchor::birth:
        if (record.born)
            return to_day(*record.born);
        return std::nullopt;
    case Anchor::starting: {
        std::optional<Day> latest;
        for (const Row& row : rows(EntryKind::training))
            if (row.code == formula.word && row.first <= as_of)
                latest = row.first;
        return latest;
    }
    case Anchor::last_certification:
        if (!term)
            return std::nullopt;
        for (const HeldTerm& one : terms_of(record, program.track, goal.level))
            if (one.first == term->first && one.decided)
                return to_day(*one.decided);
        return to_day(term->first);
    case Anchor::completing: {
        std::optional<Day> latest;
        for (const Row& row : rows(EntryKind::training))
            if (row.code == formula.word && row.last <= as_of && row.result != EntryResult::pending &&
                row.result != EntryResult::refused && row.result != EntryResult::not_yet)
                latest = row.last;
        return latest;
    }
    case Anchor::becoming: {
        std::optional<Day> earliest;
        for (const Holding& holding : record.holdings)
            if (holding.track == program.track)
                for (const HeldTerm& held_term : holding.terms)
                    if (held_term.level == formula.word && held_term.first <= situation.as_of &&
                        (!earliest || to_day(held_term.first) < *earliest))
                        earliest = to_day(held_term.first);
        return earliest;
    }
    case Anchor::first_attempt: return first_entry(EntryKind::exam);
    case Anchor::entry: {
        std::optional<Day> earliest;
        for (const Row& row : state.rows)
            if (row.code == formula.word && row.last <= as_of && (!earliest || row.last < *earliest))
                earliest = row.last;
        return earliest;
    }
    case Anchor::approval: return approval_day();
    case Anchor::last_renewal:
        if (term && term->number > 1)
            return to_day(term->first);
        return std::nullopt;
    case Anchor::previous_start:
        if (const auto before = previous_term())
            return to_day(before->first);
        return std::nullopt;
    case Anchor::previous_end:
        if (const auto before = previous_term(); before && before->last)
            return to_day(*before->last);
        return std::nullopt;
    case Anchor::month_start:
    case Anchor::month_end:
    case Anchor::year_start:
    case Anchor::year_end:
    case Anchor::later_of:
    case Anchor::earlier_of:
    case Anchor::quarter_start:
    case Anchor::quarter_end:
    case Anchor::business_after:
    case Anchor::business_before:
        if (const auto days = days_made_of(formula))
            return days->earliest;
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Day> Judging::day_of(const DayFormula& formula) const {
    const auto base = anchor_day(formula);
    if (!base)
        return std::nullopt;
    return moved(*base, formula.shift);
}

std::optional<DaySpan> Judging::days_of(const DayFormula& formula) const {
    if (!formula.of.empty()) {
        const auto made = days_made_of(formula);
        if (!made)
            return std::nullopt;
        return DaySpan{moved(made->earliest, formula.shift), moved(made->latest, formula.shift)};
    }
    const auto day = day_of(formula);
    return day ? std::optional(DaySpan{*day, *day}) : std::nullopt;
}

Days Judging::resolve(const WindowFormula& formula) const {
    Days days;
    const auto missing = [&days, &formula] {
        if (formula.absent == WhenAbsent::not_begun)
            days.kind = Days::Kind::not_begun;
        else if (formula.absent != WhenAbsent::open)
            days.kind = Days::Kind::empty;
    };
    if (formula.from) {
        if (const auto from = days_of(*formula.from)) {
            days.from = from->earliest + (formula.from_excluded ? 1 : 0);
            days.surely_from = from->latest + (formula.from_excluded ? 1 : 0);
        } else
            missing();
    }
    if (formula.until) {
        if (const auto until = days_of(*formula.until)) {
            days.until = until->latest - (formula.until_excluded ? 1 : 0);
            days.surely_until = until->earliest - (formula.until_excluded ? 1 : 0);
        } else
            missing();
    }
    if (days.kind == Days::Kind::there && days.from > days.until)
        days.kind = Days::Kind::empty;
    return days;
}

Days Judging::window(std::uint32_t number) {
    if (number == none)
        return {};
    if (state.window_known[number] == 0) {
        state.windows[number] = resolve(program.windows[number]);
        state.window_known[number] = 1;
    }
    return state.windows[number];
}

void Judging::note_day(const DayFormula& formula, std::string_view name, Finding& note) const {
    const auto base = anchor_day(formula);
    if (!base)
        return;
    const bool is_edge = formula.anchor == Anchor::month_start || formula.anchor == Anchor::month_end ||
                         formula.anchor == Anchor::year_start || formula.anchor == Anchor::year_end;
    for (const DayFormula& one : formula.of) // where the days it is made of come from
        note_day(one, anchor_name(is_edge ? one.anchor : formula.anchor), note);
    const auto add = [&note](std::string text, Day day) {
        AnchorDay anchor{std::move(text), to_date(day)};
        if (std::find(note.anchors.begin(), note.anchors.end(), anchor) == note.anchors.end())
            note.anchors.push_back(std::move(anchor));
    };
    if (formula.anchor != Anchor::day && (formula.of.empty() || is_edge)) {
        std::string text(anchor_name(formula.anchor));
        if (formula.word != Symbol::none)
            text += " " + this->text(formula.word);
        add(std::move(text), *base);
    }
    add(std::string(name), moved(*base, formula.shift));
}

void Judging::note_window(const WindowFormula& formula, const Days&, Finding& note) const {
    if (formula.from)
        note_day(*formula.from, formula.from_excluded ? "after" : "from", note);
    if (formula.until)
        note_day(*formula.until, formula.until_excluded ? "before" : "until", note);
}

} // namespace peercert::rules
