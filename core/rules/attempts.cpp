#include <algorithm>

#include "rules/judging.hpp"

namespace peercert::rules {

/// Met: passed within the limit, or another try is allowed on the asked day. A limit whose window has not begun does
/// not bite: it still permits the first try.
Bits Judging::attempts(const AttemptsNode& node, Finding* note) {
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
    const Days days = window(node.window);
    if (days.kind == Days::Kind::not_begun)
        return skipped_bits;

    int least = 0;
    int most = 0;
    bool has_passed = false;
    bool result_open = false;
    std::optional<Day> last_try;
    for (const Row& row : rows(EntryKind::exam)) {
        if (!node.parts.empty() && std::find(node.parts.begin(), node.parts.end(), row.code) == node.parts.end())
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
        if (!no_show)
            last_try = row.last;
        has_passed = result == EntryResult::passed;
        result_open = result == EntryResult::pending;
        if (note != nullptr)
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
        if (!settled(answer) && note != nullptr)
            note->open_because = result_open ? "pending" : "nothing said";
    } else if (rule.at_most.is_open() && most > (has_passed ? 1 : 0)) {
        answer = open_bits;
        if (note != nullptr)
            note->open_because = rule.at_most.knowing == Knowing::unknown ? "unknown" : "nothing said";
    }
    if (note != nullptr && answer == unmet_bits) {
        note->next.kind = NextStep::Kind::start_again;
        note->next.what = rule.when_used_up;
    }
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
    return answer;
}

} // namespace peercert::rules
