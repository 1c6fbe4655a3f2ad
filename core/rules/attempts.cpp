#include <algorithm>

#include "rules/reasons.hpp"

namespace peercert::rules {

namespace {

bool is_of(const Row& attempt, std::span<const Symbol> parts) {
    return parts.empty() || std::find(parts.begin(), parts.end(), attempt.code) != parts.end();
}

} // namespace

/// The period of the calendar that holds the first pass, or else the asked day. Between two periods no try is possible
/// and none is used up: the limit has not begun. A calendar that does not reach so far leaves it open.
std::optional<Days> Judging::period_of(const AttemptsNode& node, std::span<const Symbol> tried, Finding* note) const {
    Day about = as_of;
    for (const Row& row : rows(EntryKind::exam))
        if (row.last <= as_of && result_of(row) == EntryResult::passed && is_of(row, tried)) {
            about = row.last;
            break;
        }
    const auto& periods = node.calendar->periods;
    if (node.calendar->knowing != Knowing::stated)
        return Days{};
    for (const DayRange& one : periods)
        if (one.contains(to_date(about))) {
            if (note != nullptr) {
                note->anchors.push_back({"from", *one.first});
                note->anchors.push_back({"until", *one.last});
            }
            return Days{Days::Kind::there, to_day(*one.first), to_day(*one.last)};
        }
    if (!periods.empty() && to_day(*periods.front().first) < about && about < to_day(*periods.back().last))
        return Days{Days::Kind::not_begun, first_day, last_of_days};
    open_for(note, "unknown");
    ask(note, NextStep::Kind::decision, node.calendar->name);
    return std::nullopt;
}

/// After so many tries a decision, made since the last of them, opens the way to the next one.
Bits Judging::hurdles(const AttemptsNode& node, std::span<const Symbol> tried, Finding* note) const {
    Bits answer = skipped_bits;
    for (std::size_t number = 0; number < node.hurdles.size(); ++number) {
        int tries = 0;
        int tries_at_most = 0;
        bool surely = false;
        std::optional<Day> reached;
        for (const Row& row : rows(EntryKind::exam)) {
            if (row.last > as_of || row.result == EntryResult::refused || !is_of(row, tried))
                continue;
            const bool no_show = row.result == EntryResult::no_show;
            const Stated<bool>& counts = node.rule->no_show_counts;
            tries += no_show && !(counts.is_stated() && counts.value) ? 0 : 1;
            tries_at_most += no_show && counts.is_stated() && !counts.value ? 0 : 1;
            surely = tries >= node.rule->after[number].tries;
            if (tries_at_most == node.rule->after[number].tries && !reached)
                reached = row.last;
        }
        if (!reached)
            continue;
        const Row* latest = nullptr;
        for (const Row& row : rows(EntryKind::decision))
            if (row.code == node.hurdles[number] && row.last <= as_of && row.last >= *reached)
                latest = &row;
        if (latest != nullptr && latest->result == EntryResult::approved) {
            if (note != nullptr)
                note->used.push_back({latest->entry->id, 0, 0, {}});
            continue;
        }
        if (surely && latest != nullptr && latest->result == EntryResult::refused)
            return unmet_bits;
        open_for(note, surely ? "decision" : not_known(node.rule->no_show_counts.knowing));
        ask(note, NextStep::Kind::decision, text(node.hurdles[number]));
        answer = open_bits;
    }
    return answer;
}

/// Met: passed within the limit, or another try is allowed on the asked day. A limit whose window has not begun does
/// not bite: it still permits the first try.
Bits Judging::attempts(const AttemptsNode& node, Finding* note) {
    if (!node.rule->each_part)
        return attempts_at(node, node.parts, note);
    Bits answer = skipped_bits;
    for (const Symbol& part : node.parts) {
        Finding finding;
        finding.clause = text(part);
        finding.kind = "part";
        const Bits bits = attempts_at(node, {&part, 1}, note == nullptr ? nullptr : &finding);
        answer = both(answer, bits);
        if (note == nullptr)
            continue;
        finding.verdict = Verdict::of(bits);
        if (!passes(bits)) {
            open_for(note, finding.open_because);
            if (note->next.kind == NextStep::Kind::nothing)
                note->next = finding.next;
        }
        note->parts.push_back(std::move(finding));
    }
    return answer;
}

/// The tries at these parts together (none named: at any).
Bits Judging::attempts_at(const AttemptsNode& node, std::span<const Symbol> tried, Finding* note) {
    const Attempts& rule = *node.rule;
    if (note != nullptr) {
        note->unit = Unit::count;
        note->need_is_limit = true;
        if (rule.at_most.is_stated())
            note->need = rule.at_most.value;
        note->have = note->have_most = 0;
        if (node.window != none)
            note_window(program.windows[node.window], window(node.window), *note);
    }
    Days days = window(node.window);
    if (node.calendar != nullptr) {
        const auto period = period_of(node, tried, note);
        if (!period)
            return open_bits;
        days = *period;
    }
    if (days.kind == Days::Kind::not_begun)
        return skipped_bits;

    int least = 0;
    int most = 0;
    bool has_passed = false;
    bool result_open = false;
    bool passed_too_soon = false; // and not again since
    std::optional<Day> last_try;
    for (const Row& row : rows(EntryKind::exam)) {
        if (!is_of(row, tried))
            continue;
        const auto refuse = [&](RefusalReason reason) {
            if (note != nullptr)
                note->refused.push_back({row.entry->id, 1, reason, {}});
        };
        if (row.last > as_of) {
            refuse(RefusalReason::after_asked_day);
            continue;
        }
        if (days.kind != Days::Kind::there || row.last < days.from || row.last > days.until) {
            refuse(row.last > days.until ? RefusalReason::after_end : RefusalReason::before_start);
            continue;
        }
        const EntryResult result = result_of(row);
        const bool no_show = result == EntryResult::no_show;
        if (result == EntryResult::refused ||
            (no_show && rule.no_show_counts.is_stated() && !rule.no_show_counts.value)) {
            refuse(RefusalReason::excluded);
            continue;
        }
        if (has_passed)
            continue; // what came after the pass was not needed
        ++most;
        least += no_show && !rule.no_show_counts.is_stated() ? 0 : 1;
        const auto before = last_try;
        if (!no_show)
            last_try = row.last;
        const bool too_soon =
            result == EntryResult::passed && before && rule.pause && row.last < moved(*before, to_shift(*rule.pause));
        if (too_soon)
            refuse(RefusalReason::too_soon);
        passed_too_soon = passed_too_soon || too_soon;
        has_passed = result == EntryResult::passed && !too_soon;
        result_open = result == EntryResult::pending;
        if (note != nullptr && !too_soon)
            note->used.push_back({row.entry->id, 1, 1, {}});
    }
    if (note != nullptr) {
        note->have = least;
        note->have_most = most;
    }

    Bits answer = met_bits;
    if (rule.at_most.is_stated()) {
        const int limit = rule.at_most.value;
        answer = has_passed ? stays_within(least, most, limit) : stays_within(least + 1, most + 1, limit);
        if (result_open && answer == unmet_bits && least <= limit)
            answer = open_bits;
        if (!settled(answer)) {
            open_for(note, result_open ? "pending" : not_known(rule.no_show_counts.knowing));
            if (!result_open)
                ask(note, NextStep::Kind::decision, "whether a try to which somebody did not come counts");
        }
    } else if (rule.at_most.is_open() && most > (has_passed ? 1 : 0)) {
        answer = open_bits;
        open_for(note, not_known(rule.at_most.knowing));
        ask(note, NextStep::Kind::decision, "how many tries there are");
    }
    if (node.calendar != nullptr && node.calendar->knowing != Knowing::stated && answer == unmet_bits) {
        answer = open_bits; // they may lie in different periods
        open_for(note, not_known(node.calendar->knowing));
        ask(note, NextStep::Kind::decision, node.calendar->name);
    }
    if (note != nullptr && answer == unmet_bits) {
        note->next.kind = NextStep::Kind::start_again;
        note->next.what = rule.when_used_up;
    }
    if (!has_passed && answer != unmet_bits)
        answer = both(answer, hurdles(node, tried, note));
    if (!has_passed && !result_open && last_try && rule.pause && answer != unmet_bits) {
        const Day again = moved(*last_try, to_shift(*rule.pause));
        if (as_of < again) {
            if (note != nullptr) {
                note->next.kind = NextStep::Kind::wait_until;
                note->next.day = to_date(again);
            }
            return unmet_bits;
        }
    }
    if (passed_too_soon && !has_passed) {
        ask(note, NextStep::Kind::do_it, tried.empty() ? std::string() : text(tried.front()));
        return unmet_bits;
    }
    return answer;
}

} // namespace peercert::rules
