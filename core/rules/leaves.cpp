#include <algorithm>

#include "rules/closed_days.hpp"
#include "rules/reasons.hpp"

/// The requirements about the person and the step: age, credentials held, decisions, the present term, filing.
namespace peercert::rules {

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
        if (years.at_most && age > *years.at_most) {
            answer = unmet_bits;
            if (note != nullptr) {
                note->need = years.at_most;
                note->need_is_limit = true;
            }
            ask(note, NextStep::Kind::start_again, "an exception by the certifying body");
        }
        return answer;
    };
    if (node.rule->leap_day.is_open()) {
        const Bits answer = static_cast<Bits>(verdict_with(LeapDay::february_28) | verdict_with(LeapDay::march_1));
        if (!settled(answer)) {
            open_for(note, not_known(node.rule->leap_day.knowing));
            if (note != nullptr)
                note->next = {NextStep::Kind::decision,
                              "from which day on an age is reached by who was born on February 29", 0, Unit::none,
                              std::nullopt};
        }
        return answer;
    }
    return verdict_with(node.rule->leap_day.value);
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
    if (!met) {
        ask(note, NextStep::Kind::do_it, text(node.level != Symbol::none ? node.level : node.track));
        return unmet_bits;
    }
    return node.complaint == Symbol::none ? met_bits : no_complaint(node, *on, note);
}

/// In force, and nothing is pending against it. A complaint that somebody still has to confirm leaves it open.
Bits Judging::no_complaint(const HoldsNode& node, Day on, Finding* note) const {
    Bits answer = met_bits;
    for (const Row& row : rows(EntryKind::fact)) {
        if (row.code != node.complaint || row.first > on || row.last < on || row.first > as_of ||
            row.result == EntryResult::refused)
            continue;
        if (note != nullptr)
            note->used.push_back({row.entry->id, 0, 0, {}});
        if (row.result != EntryResult::pending)
            return unmet_bits;
        open_for(note, "pending");
        ask(note, NextStep::Kind::confirm, text(node.complaint));
        answer = open_bits;
    }
    return answer;
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
    const auto hangs_on_closed_days = [&](Day day) {
        open_for(note, "unknown");
        ask(note, NextStep::Kind::decision, "whether " + to_text(to_date(day)) + " was a closed day");
        return open_bits;
    };
    if (node.opens) {
        if (note != nullptr)
            note_day(*node.opens, "opens", *note);
        const auto opens = days_of(*node.opens);
        if (opens && applying < opens->earliest) {
            if (note != nullptr) {
                note->next.kind = NextStep::Kind::wait_until;
                note->next.day = to_date(opens->earliest);
            }
            return unmet_bits;
        }
        if (opens && applying < opens->latest)
            return hangs_on_closed_days(opens->earliest);
    }
    if (node.until) {
        if (note != nullptr)
            note_day(*node.until, "until", *note);
        // Under an emergency extension the term goes on, and so does the time to file.
        const auto until = exceptions == 0 ? days_of(*node.until) : std::nullopt;
        if (!until)
            return met_bits;
        const Day certain = to_day(last_day_in_time(to_date(until->earliest), node.gives_way, node.closed).certain);
        const Day possible = to_day(last_day_in_time(to_date(until->latest), node.gives_way, node.closed).possible);
        if (applying <= certain)
            return met_bits;
        if (applying <= possible)
            return hangs_on_closed_days(until->earliest);
        if (node.late == Knowing::none)
            return unmet_bits;
        open_for(note, node.late == Knowing::unknown ? "unknown" : "nothing said");
        ask(note, NextStep::Kind::decision, "whether filing this late is still accepted");
        return open_bits;
    }
    return met_bits;
}

Bits Judging::still_open(const StillOpenNode& node, Finding* note) {
    if (note != nullptr)
        note_day(node.until, "stays open until", *note);
    const auto until = days_of(node.until);
    if (!until || as_of <= until->earliest)
        return met_bits;
    if (as_of <= until->latest) {
        open_for(note, "unknown");
        ask(note, NextStep::Kind::decision, "whether the application was still open");
        return open_bits;
    }
    const auto& left = node.step->when_closed;
    if (left.is_stated())
        ask(note, NextStep::Kind::do_it, left.value);
    return unmet_bits;
}

} // namespace peercert::rules
