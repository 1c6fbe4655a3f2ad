#include <algorithm>

#include "rules/judging.hpp"

/// The requirements that ask whether something is there: age, statements, courses, facts, exams, other credentials,
/// decisions.
namespace peercert::rules {

namespace {

/// The first reason stays: of several open things one is enough to say why.
void open_for(Finding* note, std::string_view why) {
    if (note != nullptr && note->open_because.empty())
        note->open_because = why;
}

void ask(Finding* note, NextStep::Kind kind, std::string what) {
    if (note != nullptr && note->next.kind == NextStep::Kind::nothing) {
        note->next.kind = kind;
        note->next.what = std::move(what);
    }
}

} // namespace

Bits Judging::age(const AgeNode& node, Finding* note) {
    const Bound& years = node.rule->years;
    if (note != nullptr) {
        note->unit = Unit::years;
        note->need = years.at_least ? years.at_least : years.at_most;
        note->need_is_limit = !years.at_least;
        note_day(node.at, "measured at", *note);
    }
    if (!record.born) {
        open_for(note, "missing");
        ask(note, NextStep::Kind::do_it, "date of birth");
        return open_bits;
    }
    const auto at = day_of(node.at);
    if (!at)
        return unmet_bits;
    const auto verdict_with = [&](LeapDay leap_day) {
        const int age = age_on(*record.born, to_date(*at), leap_day);
        if (note != nullptr)
            note->have = note->have_most = age;
        Bits answer = met_bits;
        if (years.at_least && age < *years.at_least)
            answer = unmet_bits;
        if (years.at_most && age > *years.at_most)
            answer = unmet_bits;
        return answer;
    };
    if (node.rule->leap_day.is_open()) {
        const Bits answer = static_cast<Bits>(verdict_with(LeapDay::february_28) | verdict_with(LeapDay::march_1));
        if (!settled(answer))
            open_for(note, node.rule->leap_day.knowing == Knowing::unknown ? "unknown" : "nothing said");
        return answer;
    }
    return verdict_with(node.rule->leap_day.value);
}

Bits Judging::has(const HasNode& node, Finding* note) {
    if (note != nullptr && node.filter.window != none)
        note_window(program.windows[node.filter.window], window(node.filter.window), *note);
    Bits answer = skipped_bits;
    for (const Symbol code : node.codes)
        answer = both(answer, has_one(node, code, note));
    return answer;
}

Bits Judging::has_one(const HasNode& node, Symbol code, Finding* note) {
    if (node.rule->kind == EntryKind::fact) {
        const auto held_for = node.rule->held_for ? std::optional(to_shift(*node.rule->held_for)) : std::nullopt;
        return fact(code, node.filter, held_for, node.rule->absent, note);
    }
    const Row* settled_row = nullptr;
    const Row* possible_row = nullptr;
    Look why_possible;
    bool mentioned = false;
    for (const Row& row : rows(node.rule->kind)) {
        if (row.code != code)
            continue;
        mentioned = mentioned || row.last <= as_of;
        const Look seen = look(node.filter, row, false);
        if (seen.take == Look::Take::settled)
            settled_row = &row;
        else if (seen.take == Look::Take::possible) {
            possible_row = &row;
            why_possible = seen;
        }
        if (note != nullptr && seen.take != Look::Take::settled)
            note->refused.push_back({row.entry->id, row.amount, seen.reason, detail(node.filter, seen.reason)});
    }
    if (settled_row != nullptr) {
        if (note != nullptr)
            note->used.push_back({settled_row->entry->id, settled_row->amount, settled_row->amount, {}});
        return met_bits;
    }
    if (possible_row != nullptr) {
        open_for(note, "pending");
        ask(note, NextStep::Kind::confirm, text(code));
        return open_bits;
    }
    if (!mentioned && node.rule->absent != Absence::unmet) {
        if (node.rule->absent == Absence::met)
            return met_bits;
        open_for(note, "missing");
        ask(note, NextStep::Kind::decision, text(code));
        return open_bits;
    }
    ask(note, NextStep::Kind::do_it, text(code));
    return unmet_bits;
}

/// A fact holds on days. Without a length it must hold on the asked day, or on some day of its window.
Bits Judging::fact(Symbol code, const Filter& filter, const std::optional<Shift>& held_for, Absence absent,
                   Finding* note) {
    const Days days = window(filter.window);
    struct Stretch {
        Day first, last;
        bool settled;
        const Row* row;
    };
    std::vector<Stretch> stretches;
    bool mentioned = false;
    for (const Row& row : rows(EntryKind::fact)) {
        if (row.code != code)
            continue;
        mentioned = mentioned || row.first <= as_of;
        const auto refuse = [&](RefusalReason reason) {
            if (note != nullptr)
                note->refused.push_back({row.entry->id, 0, reason, detail(filter, reason)});
        };
        Filter timeless = filter; // the days are compared here, as stretches
        timeless.window = none;
        Row today = row;
        today.last = std::min(row.last, as_of);
        if (row.first > as_of) {
            refuse(RefusalReason::after_asked_day);
            continue;
        }
        const Look seen = look(timeless, today, false);
        if (seen.take == Look::Take::refused) {
            refuse(seen.reason);
            continue;
        }
        Stretch stretch{std::max(row.first, days.from), std::min({row.last, days.until, as_of}),
                        seen.take == Look::Take::settled, &row};
        if (filter.window == none && !held_for && row.last < as_of) {
            refuse(RefusalReason::after_end);
            continue;
        }
        if (days.kind != Days::Kind::there || stretch.first > stretch.last) {
            refuse(days.kind == Days::Kind::there && row.first > days.until ? RefusalReason::after_end
                                                                            : RefusalReason::before_start);
            continue;
        }
        if (!stretch.settled)
            refuse(RefusalReason::pending);
        stretches.push_back(stretch);
    }
    const auto held = [&](bool with_pending) {
        if (!held_for)
            return std::any_of(stretches.begin(), stretches.end(),
                               [&](const Stretch& one) { return one.settled || with_pending; });
        // In all: stretches laid end to end from the first day on, none counted twice.
        Day total = 0;
        Day start = 0;
        Day covered = first_day;
        for (const Stretch& one : stretches) {
            if (!one.settled && !with_pending)
                continue;
            if (total == 0)
                start = one.first;
            const Day from = std::max(one.first, covered + 1);
            if (from <= one.last) {
                total += one.last - from + 1;
                covered = one.last;
            }
        }
        return total > 0 && start + total >= moved(start, *held_for);
    };
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return a.first != b.first ? a.first < b.first : a.last < b.last;
    });
    if (held(false)) {
        if (note != nullptr)
            for (const Stretch& one : stretches)
                if (one.settled)
                    note->used.push_back({one.row->entry->id, 0, 0, {}});
        return met_bits;
    }
    if (held(true)) {
        open_for(note, "pending");
        ask(note, NextStep::Kind::confirm, text(code));
        return open_bits;
    }
    if (!mentioned && absent != Absence::unmet) {
        if (absent == Absence::met)
            return met_bits;
        open_for(note, "missing");
        ask(note, NextStep::Kind::decision, text(code));
        return open_bits;
    }
    ask(note, NextStep::Kind::do_it, text(code));
    return unmet_bits;
}

EntryResult Judging::result_of(const Row& attempt) const {
    if (attempt.result == EntryResult::no_show || attempt.result == EntryResult::pending ||
        attempt.result == EntryResult::refused || attempt.amount <= 0)
        return attempt.result;
    for (const ExamPart& exam : program.exam_parts)
        if (exam.part == attempt.code && exam.mark)
            return attempt.amount >= *exam.mark ? EntryResult::passed : EntryResult::not_yet;
    return attempt.result;
}

Bits Judging::passed(const PassedNode& node, Finding* note) {
    if (note != nullptr && node.filter.window != none)
        note_window(program.windows[node.filter.window], window(node.filter.window), *note);
    const Stated<Amount>& mark = node.rule->mark;
    Bits answer = skipped_bits;
    for (const Symbol part : node.parts) {
        const Row* pass = nullptr;
        const Row* unclear = nullptr;
        for (const Row& row : rows(EntryKind::exam)) {
            if (row.code != part)
                continue;
            Row marked = row;
            marked.result = result_of(row);
            if (marked.result == EntryResult::none) // a figure, and no mark known to hold it against
                marked.result = mark.is_open() && row.amount > 0 ? EntryResult::pending : EntryResult::not_yet;
            const Look seen = look(node.filter, marked, false);
            if (seen.take == Look::Take::settled && pass == nullptr)
                pass = &row;
            else if (seen.take == Look::Take::possible)
                unclear = &row;
            if (note != nullptr && seen.take != Look::Take::settled)
                note->refused.push_back({row.entry->id, row.amount, seen.reason, detail(node.filter, seen.reason)});
        }
        if (pass != nullptr) {
            if (note != nullptr)
                note->used.push_back({pass->entry->id, pass->amount, pass->amount, text(part)});
        } else if (unclear != nullptr) {
            open_for(note, unclear->result == EntryResult::pending ? "pending"
                           : mark.knowing == Knowing::nothing_said ? "nothing said"
                                                                   : "unknown");
            ask(note, NextStep::Kind::confirm, text(part));
        } else {
            ask(note, NextStep::Kind::do_it, text(part));
        }
        answer = both(answer, pass != nullptr ? met_bits : unclear != nullptr ? open_bits : unmet_bits);
    }
    if (note != nullptr && mark.is_stated()) {
        note->need = mark.value.value;
        note->unit = mark.value.unit;
    }
    return answer;
}

Bits Judging::holds(const HoldsNode& node, Finding* note) {
    if (note != nullptr)
        note_day(node.on, "on", *note);
    const auto on = day_of(node.on);
    bool met = false;
    if (on) {
        const Date day = to_date(*on);
        if (!node.rule->held_for) {
            met = held(node.track, node.level, day, day) == Hold::always;
        } else {
            // In all, up to that day: the days of every term laid end to end.
            Day total = 0;
            std::optional<Day> start;
            Day covered = first_day;
            for (const HeldTerm& held_term : terms_of(record, node.track, node.level)) {
                const Day first = std::max(to_day(held_term.first), covered + 1);
                const Day last = std::min(held_term.last ? to_day(*held_term.last) : last_of_days, *on);
                for (Day at = first; at <= last; ++at)
                    if (held(node.track, node.level, to_date(at), to_date(at)) == Hold::always) {
                        if (!start)
                            start = at;
                        ++total;
                    }
                covered = std::max(covered, last);
            }
            met = start && *start + total >= moved(*start, to_shift(*node.rule->held_for));
        }
    }
    if (met)
        return met_bits;
    ask(note, NextStep::Kind::do_it, text(node.level != Symbol::none ? node.level : node.track));
    return unmet_bits;
}

Bits Judging::decision(const DecisionNode& node, Finding* note) {
    const Row* latest = nullptr;
    for (const Row& row : rows(EntryKind::decision))
        if (row.code == node.clause && row.last <= as_of)
            latest = &row;
    if (latest != nullptr && (latest->result == EntryResult::approved || latest->result == EntryResult::refused)) {
        if (note != nullptr)
            note->used.push_back({latest->entry->id, 0, 0, {}});
        return latest->result == EntryResult::approved ? met_bits : unmet_bits;
    }
    open_for(note, "decision");
    if (note != nullptr)
        ask(note, NextStep::Kind::decision, text(node.clause));
    return open_bits;
}

Bits Judging::present_term(Finding* note) {
    if (term) {
        if (note != nullptr) {
            note->anchors.push_back({"term start", term->first});
            if (term->last)
                note->anchors.push_back({"expiry", *term->last});
        }
        return met_bits;
    }
    if (goal.level != Symbol::none)
        ask(note, NextStep::Kind::do_it, text(goal.level));
    return unmet_bits;
}

Bits Judging::renewals(const RenewalsNode& node, Finding* note) {
    // The first term is no renewal; the one asked for now would be one more.
    const int after_this = term ? term->number : 0;
    if (note != nullptr) {
        note->unit = Unit::count;
        note->have = note->have_most = after_this;
        note->need = node.at_most;
        note->need_is_limit = true;
    }
    return after_this <= node.at_most ? met_bits : unmet_bits;
}

Bits Judging::filing(const FilingNode& node, Finding* note) {
    if (node.opens) {
        if (note != nullptr)
            note_day(*node.opens, "opens", *note);
        if (const auto opens = day_of(*node.opens); opens && applying < *opens) {
            if (note != nullptr) {
                note->next.kind = NextStep::Kind::wait_until;
                note->next.day = to_date(*opens);
            }
            return unmet_bits;
        }
    }
    if (node.until) {
        if (note != nullptr)
            note_day(*node.until, "until", *note);
        // Under an emergency extension the term goes on, and so does the time to file.
        if (const auto until = day_of(*node.until); until && applying > *until && exceptions == 0)
            return unmet_bits;
    }
    return met_bits;
}

} // namespace peercert::rules
