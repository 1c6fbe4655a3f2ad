#include "rules/ladder.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "rules/closed_days.hpp"
#include "rules/program.hpp"

namespace peercert::rules {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

/// A day that hangs on a term's last day, on literal days, or on both.
Date day_after(const DayExpression& day, Date last) {
    Date there = day.anchor == Anchor::day ? day.day : last;
    bool first = true;
    for (const DayExpression& one : day.of) {
        const Date other = day_after(one, last);
        there = first ? other : day.anchor == Anchor::earlier_of ? std::min(there, other) : std::max(there, other);
        first = false;
    }
    there = snapped(day.anchor, there);
    Shift shift;
    for (const Span& span : day.shifts) {
        shift.months += to_shift(span).months;
        shift.days += to_shift(span).days;
    }
    return moved(there, shift);
}

bool hangs_on_expiry_only(const DayExpression& day) {
    return day.of.empty() ? day.anchor == Anchor::expiry || day.anchor == Anchor::day
                          : std::all_of(day.of.begin(), day.of.end(), hangs_on_expiry_only);
}

/// A rung's last day; the printed one wins over the arithmetic, which only gives the year.
Date rung_end(const Rung& rung, Date last) {
    const Date day = day_after(rung.until, last);
    if (rung.until_kind != Rung::Until::printed)
        return day;
    const auto printed = parse_month_day(rung.printed);
    const Date as_printed = day.year() / printed->month() / printed->day();
    return as_printed.ok() ? as_printed : Date{day.year() / printed->month() / std::chrono::last};
}

} // namespace

void check_ladder(const Edition& edition) {
    const auto& rungs = edition.after_expiry;
    for (std::size_t at = 0; at < rungs.size(); ++at) {
        const Rung& rung = rungs[at];
        const bool open_ended = rung.until_kind == Rung::Until::no_limit || rung.until_kind == Rung::Until::unknown;
        const std::string name = edition.code + " " + edition.edition + ", after expiry, \"" + rung.called + "\": ";
        if (open_ended != (at + 1 == rungs.size()))
            refuse(name +
                   (open_ended ? "only the last rung may be without limit" : "the last rung says no limit or unknown"));
        if (!open_ended && !hangs_on_expiry_only(rung.until))
            refuse(name + "\"up to\" hangs on expiry or on a day, such as \"6 months after expiry\"");
        if (rung.until_kind == Rung::Until::printed && !parse_month_day(rung.printed))
            refuse(name + "\"" + rung.printed + "\" is no month and day such as August 31");
    }
}

std::vector<RungDays> rungs_after(const Edition& edition, Date last) {
    std::vector<RungDays> days;
    Date first = add_days(last, 1);
    for (std::size_t at = 0; at < edition.after_expiry.size(); ++at) {
        const Rung& rung = edition.after_expiry[at];
        if (rung.until_kind == Rung::Until::no_limit || rung.until_kind == Rung::Until::unknown) {
            days.push_back({at, first, std::nullopt});
            break;
        }
        const Date end = rung_end(rung, last);
        if (end < first)
            continue;
        days.push_back({at, first, end});
        first = add_days(end, 1);
    }
    return days;
}

std::optional<Date> shown_until(const Program& program, std::string_view level, const PresentTerm& term) {
    const Level* found = program.edition().level(level);
    if (found == nullptr || !found->lasts || !found->lasts->shown_until || !term.last)
        return std::nullopt;
    return day_after(*found->lasts->shown_until, *term.last);
}

bool in_time_by_closed_day(const Program& program, std::string_view level, Date last, Date filed) {
    const Step* step = program.edition().step(Step::Verb::renew, level);
    if (step == nullptr || !step->filing || !step->filing->until.is_stated() ||
        gives_way(*step->filing) != GivesWay::to_the_next || !hangs_on_expiry_only(step->filing->until.value))
        return false;
    const Date until = day_after(step->filing->until.value, last);
    const ClosedDays* closed = calendar_of(program.edition(), step->filing->closed_days);
    return until < filed && filed <= last_day_in_time(until, GivesWay::to_the_next, closed).certain;
}

std::optional<std::size_t> rung_on(const Program& program, Date last, Date day) {
    for (const RungDays& rung : rungs_after(program.edition(), last))
        if (rung.first <= day && (!rung.last || day <= *rung.last))
            return rung.rung;
    return std::nullopt;
}

namespace {

void add_rung(const Edition& edition, const RungDays& days, std::vector<Stretch>& stretches) {
    const Rung& rung = edition.after_expiry[days.rung];
    Stretch stretch;
    stretch.first = days.first;
    stretch.last = days.last;
    stretch.last_unknown = rung.until_kind == Rung::Until::unknown;
    stretch.called = rung.called;
    stretch.holder_may = rung.holder_may;
    stretch.decides = rung.decides;
    stretch.rung = static_cast<int>(days.rung);
    stretch.see = rung.see.empty() ? edition.after_expiry_see : rung.see;
    if (rung.called_by_day.empty()) {
        stretches.push_back(std::move(stretch));
        return;
    }
    // The word itself changes on a day: one stretch a word.
    for (const Titled& word : rung.called_by_day) {
        Stretch part = stretch;
        part.called = word.called;
        if (word.dated.first)
            part.first = std::max(part.first, *word.dated.first);
        const bool word_ends = word.dated.last && (!part.last || *word.dated.last < *part.last);
        if (word_ends) {
            part.last = word.dated.last;
            part.last_unknown = false;
        }
        if (!part.last || part.first <= *part.last)
            stretches.push_back(std::move(part));
    }
}

/// Lays days in force over what the ladder says of them.
void lay_over(std::vector<Stretch>& stretches, const ExceptionRule& rule) {
    if (!rule.dated.first || !rule.dated.last)
        return;
    const Date from = *rule.dated.first;
    const Date until = *rule.dated.last;
    std::vector<Stretch> laid;
    for (const Stretch& one : stretches) {
        const bool touches = !one.in_force && one.first <= until && (!one.last || from <= *one.last);
        if (!touches) {
            laid.push_back(one);
            continue;
        }
        if (one.first < from) {
            laid.push_back(one);
            laid.back().last = add_days(from, -1);
        }
        if (laid.empty() || laid.back().see != rule.see || laid.back().called != rule.name) {
            Stretch covered;
            covered.first = std::max(from, one.first);
            covered.in_force = true;
            covered.called = rule.name;
            covered.see = rule.see;
            laid.push_back(covered);
        }
        laid.back().last = one.last ? std::min(until, *one.last) : until;
        if (!one.last || until < *one.last) {
            laid.push_back(one);
            laid.back().first = add_days(until, 1);
        }
    }
    stretches = std::move(laid);
}

} // namespace

std::vector<Stretch> timeline(const Program& program, const PresentTerm& term) {
    Stretch in_force;
    in_force.first = term.first;
    in_force.last = term.last;
    in_force.in_force = true;
    in_force.called = "in force";
    std::vector<Stretch> stretches{in_force};
    if (term.last)
        for (const RungDays& rung : rungs_after(program.edition(), *term.last))
            add_rung(program.edition(), rung, stretches);
    return stretches;
}

namespace {

bool is_for(const Program& program, std::size_t exception, const Record& record) {
    const Symbol fact = program.compiled().cohort_facts[exception];
    return std::any_of(record.entries.begin(), record.entries.end(),
                       [fact](const Entry& entry) { return entry.kind == EntryKind::fact && entry.code == fact; });
}

/// Whether the days after a term that ended on `last` are counted from the end of the exception.
bool begins_anew(const ExceptionRule& rule, Date last) {
    return rule.ladder == ExceptionRule::Ladder::begins_after && rule.dated.last && last < *rule.dated.last;
}

/// The days after the exception follow the ladder from its end on; or nobody found whether they do.
void count_from_the_end(const Edition& edition, const ExceptionRule& rule, std::vector<Stretch>& stretches) {
    const Date end = *rule.dated.last;
    std::erase_if(stretches, [end](const Stretch& one) { return one.first > end; });
    if (rule.ladder == ExceptionRule::Ladder::begins_after) {
        for (const RungDays& rung : rungs_after(edition, end))
            add_rung(edition, rung, stretches);
        return;
    }
    Stretch open;
    open.first = add_days(end, 1);
    open.last_unknown = true;
    open.called = "after " + rule.name;
    open.holder_may.knowing = Knowing::nothing_said;
    open.decides = "whether the days after expiry are counted from the end of " + rule.name;
    open.see = rule.see;
    stretches.push_back(std::move(open));
}

} // namespace

std::vector<Stretch> timeline(const Program& program, const PresentTerm& term, const Record& record) {
    std::vector<Stretch> stretches = timeline(program, term);
    const auto& rules = program.edition().exceptions;
    for (std::size_t number = 0; number < rules.size(); ++number) {
        if (!is_for(program, number, record))
            continue;
        const ExceptionRule& rule = rules[number];
        lay_over(stretches, rule);
        const bool touches_ladder = term.last && rule.dated.last && *term.last < *rule.dated.last;
        if (touches_ladder && rule.ladder != ExceptionRule::Ladder::goes_on)
            count_from_the_end(program.edition(), rule, stretches);
    }
    return stretches;
}

std::optional<std::size_t> rung_on(const Program& program, Date last, Date day, const Record& record) {
    const auto& rules = program.edition().exceptions;
    for (std::size_t number = 0; number < rules.size(); ++number)
        if (begins_anew(rules[number], last) && *rules[number].dated.last < day && is_for(program, number, record))
            last = *rules[number].dated.last;
    return rung_on(program, last, day);
}

} // namespace peercert::rules
