#include "rules/ladder.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "rules/program.hpp"

namespace peercert::rules {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

/// A rung's last day; the printed one wins over the arithmetic, which only gives the year.
Date rung_end(const Rung& rung, Date last) {
    Date day = rung.until.anchor == Anchor::day ? rung.until.day : last;
    Shift shift;
    for (const Span& span : rung.until.shifts) {
        shift.months += to_shift(span).months;
        shift.days += to_shift(span).days;
    }
    day = moved(day, shift);
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
        if (!open_ended && rung.until.anchor != Anchor::expiry && rung.until.anchor != Anchor::day)
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

std::optional<std::size_t> rung_on(const Program& program, Date last, Date day) {
    for (const RungDays& rung : rungs_after(program.edition(), last))
        if (rung.first <= day && (!rung.last || day <= *rung.last))
            return rung.rung;
    return std::nullopt;
}

namespace {

Stretch in_rung(const Edition& edition, const RungDays& days) {
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
    return stretch;
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
            stretches.push_back(in_rung(program.edition(), rung));
    return stretches;
}

std::vector<Stretch> timeline(const Program& program, const PresentTerm& term, const Record& record) {
    std::vector<Stretch> stretches = timeline(program, term);
    const auto& rules = program.edition().exceptions;
    for (std::size_t number = 0; number < rules.size(); ++number) {
        const Symbol fact = program.compiled().cohort_facts[number];
        if (std::any_of(record.entries.begin(), record.entries.end(),
                        [fact](const Entry& entry) { return entry.kind == EntryKind::fact && entry.code == fact; }))
            lay_over(stretches, rules[number]);
    }
    return stretches;
}

} // namespace peercert::rules
