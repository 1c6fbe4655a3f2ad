#include <algorithm>

#include "rules/reasons.hpp"

/// The requirements that ask whether something is on record: statements, documents, courses, competencies, facts.
namespace peercert::rules {

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
        std::optional<HeldFor> held_for;
        if (node.rule->held_for)
            held_for = HeldFor{to_shift(*node.rule->held_for), node.rule->run, node.rule->leap_day};
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
        open_for(note, why_possible.reason == RefusalReason::day_not_known ? "unknown" : "pending");
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

namespace {

struct Stretch {
    Day first, last;
    bool settled;
    const Row* row;
};

Day moved_from(Day start, const HeldFor& wanted, LeapDay leap_day) {
    return to_day(moved(to_date(start), wanted.length, leap_day));
}

/// In all: stretches laid end to end from the first day on, none counted twice. Sorted by first day.
bool lasted_in_all(const std::vector<Stretch>& stretches, bool with_pending, const HeldFor& wanted, LeapDay leap_day) {
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
    return total > 0 && start + total >= moved_from(start, wanted, leap_day);
}

/// Without a break: stretches that touch or overlap are one. `end`: the day it has to reach.
bool lasted_in_a_row(const std::vector<Stretch>& stretches, bool with_pending, const HeldFor& wanted, LeapDay leap_day,
                     Day end) {
    std::optional<Day> start;
    Day covered = first_day;
    const auto long_enough = [&] {
        return start && (wanted.run == HasEntries::Run::once || covered >= end) &&
               covered + 1 >= moved_from(*start, wanted, leap_day);
    };
    for (const Stretch& one : stretches) {
        if (!one.settled && !with_pending)
            continue;
        if (!start || one.first > covered + 1) {
            if (long_enough())
                return true;
            start = one.first;
            covered = one.last;
        }
        covered = std::max(covered, one.last);
    }
    return long_enough();
}

} // namespace

/// A fact holds on days. Without a length it must hold on the asked day, or on some day of its window.
Bits Judging::fact(Symbol code, const Filter& filter, const std::optional<HeldFor>& held_for, Absence absent,
                   Finding* note) {
    const Days days = window(filter.window);
    const Day end = std::min(days.until, as_of);
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
        Stretch stretch{std::max(row.first, days.from), std::min(row.last, end), seen.take == Look::Take::settled,
                        &row};
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
            refuse(seen.reason);
        stretches.push_back(stretch);
    }
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return a.first != b.first ? a.first < b.first : a.last < b.last;
    });
    const auto held = [&](bool with_pending, LeapDay leap_day) {
        if (!held_for)
            return std::any_of(stretches.begin(), stretches.end(),
                               [&](const Stretch& one) { return one.settled || with_pending; });
        return held_for->run == HasEntries::Run::in_all
                   ? lasted_in_all(stretches, with_pending, *held_for, leap_day)
                   : lasted_in_a_row(stretches, with_pending, *held_for, leap_day, end);
    };
    const bool leap_open = held_for && held_for->leap_day.is_open();
    const LeapDay leap_day = held_for ? held_for->leap_day.value : LeapDay::february_28;
    // Not knowing when 29 February comes round, both have to say so.
    const auto surely = [&](bool with_pending) {
        return leap_open ? held(with_pending, LeapDay::february_28) && held(with_pending, LeapDay::march_1)
                         : held(with_pending, leap_day);
    };
    const auto perhaps = [&](bool with_pending) {
        return leap_open ? held(with_pending, LeapDay::february_28) || held(with_pending, LeapDay::march_1)
                         : held(with_pending, leap_day);
    };
    if (surely(false)) {
        if (note != nullptr)
            for (const Stretch& one : stretches)
                if (one.settled)
                    note->used.push_back({one.row->entry->id, 0, 0, {}});
        return met_bits;
    }
    if (perhaps(true)) {
        if (leap_open && perhaps(false)) {
            open_for(note, not_known(held_for->leap_day.knowing));
            ask(note, NextStep::Kind::decision, text(code));
        } else {
            open_for(note, "pending");
            ask(note, NextStep::Kind::confirm, text(code));
        }
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

} // namespace peercert::rules
