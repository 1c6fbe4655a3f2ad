#include <algorithm>

#include "rules/reasons.hpp"

/// Examinations: each part by itself, or all of them together.
namespace peercert::rules {

EntryResult Judging::result_of(const Row& attempt) const {
    if (attempt.result == EntryResult::no_show || attempt.result == EntryResult::pending ||
        attempt.result == EntryResult::refused || attempt.amount <= 0)
        return attempt.result;
    for (const ExamPart& exam : program.exam_parts)
        if (exam.part == attempt.code && exam.mark)
            return attempt.amount >= *exam.mark ? EntryResult::passed : EntryResult::not_yet;
    return attempt.result;
}

/// How an attempt came out by the clause's own mark, whatever others ask of the same part.
EntryResult Judging::marked_by(const Row& attempt, const Passed& rule) const {
    const bool open = attempt.result == EntryResult::none || attempt.result == EntryResult::passed ||
                      attempt.result == EntryResult::not_yet;
    if (rule.mark.is_stated() && attempt.amount > 0 && open)
        return attempt.amount >= rule.mark.value.value ? EntryResult::passed : EntryResult::not_yet;
    const EntryResult result = result_of(attempt);
    if (result != EntryResult::none)
        return result;
    // A figure, and no mark known to hold it against.
    return rule.mark.is_open() && attempt.amount > 0 ? EntryResult::pending : EntryResult::not_yet;
}

bool reach_together(const Passed& rule, std::span<const std::int64_t> scores) {
    const std::int64_t mark = *rule.together;
    if (!rule.weights.is_stated()) // with whatever weights
        return std::all_of(scores.begin(), scores.end(), [mark](std::int64_t score) { return score >= mark; });
    std::int64_t sum = 0;
    std::int64_t weights = 0;
    for (std::size_t part = 0; part < scores.size(); ++part) {
        sum += scores[part] * rule.weights.value[part];
        weights += rule.weights.value[part];
    }
    return sum >= mark * weights;
}

namespace {

/// More than any mark, yet far from overflow: a pass without a figure may have been anything.
constexpr std::int64_t any_score = 1'000'000'000;

bool may_reach_together(const Passed& rule, std::span<const std::int64_t> scores) {
    if (rule.weights.is_stated())
        return reach_together(rule, scores);
    const std::int64_t mark = *rule.together;
    return std::any_of(scores.begin(), scores.end(), [mark](std::int64_t score) { return score >= mark; });
}

} // namespace

/// The best score of each part that counts; parts nobody sat yet make it unmet.
Bits Judging::passed_together(const PassedNode& node, Finding* note) {
    const Passed& rule = *node.rule;
    std::vector<std::int64_t> surely;
    std::vector<std::int64_t> perhaps;
    bool sat_all = true;
    bool figure_missing = false;
    for (const Symbol part : node.parts) {
        std::int64_t best = -1;
        std::int64_t best_with_possible = -1;
        const Row* best_row = nullptr;
        for (const Row& row : rows(EntryKind::exam)) {
            if (row.code != part)
                continue;
            Row scored = row; // a figure needs no word beside it; "not yet" with a figure is one below the mark
            if (row.amount > 0 && (row.result == EntryResult::not_yet || row.result == EntryResult::none))
                scored.result = EntryResult::passed;
            Look seen = look(node.filter, scored, false);
            if (row.amount <= 0 && row.result == EntryResult::none)
                seen = {Look::Take::refused, RefusalReason::missing_field};
            if (seen.take == Look::Take::settled && row.amount <= 0) {
                figure_missing = true;
                seen = {Look::Take::possible, RefusalReason::missing_field};
            }
            if (seen.take == Look::Take::settled && row.amount > best) {
                best = row.amount;
                best_row = &row;
            }
            if (seen.take != Look::Take::refused)
                best_with_possible = std::max(best_with_possible, row.amount > 0 ? row.amount : any_score);
            if (note != nullptr && seen.take != Look::Take::settled)
                note->refused.push_back({row.entry->id, row.amount, seen.reason, detail(node.filter, seen.reason)});
        }
        if (note != nullptr && best_row != nullptr)
            note->used.push_back({best_row->entry->id, best, best, text(part)});
        if (best_with_possible < 0) {
            sat_all = false;
            ask(note, NextStep::Kind::do_it, text(part));
        }
        surely.push_back(best);
        perhaps.push_back(best_with_possible);
    }
    if (note != nullptr) {
        note->need = *rule.together;
        note->unit = Unit::hundredths;
    }
    if (!sat_all)
        return unmet_bits;
    const bool settled_all = std::all_of(surely.begin(), surely.end(), [](std::int64_t one) { return one >= 0; });
    if (settled_all && reach_together(rule, surely))
        return met_bits;
    if (!may_reach_together(rule, perhaps)) {
        ask(note, NextStep::Kind::do_it, text(node.parts.front()));
        return unmet_bits;
    }
    const bool hangs_on_weights = settled_all && !rule.weights.is_stated() && may_reach_together(rule, surely);
    open_for(note, hangs_on_weights ? not_known(rule.weights.knowing) : figure_missing ? "missing" : "pending");
    if (note != nullptr)
        ask(note, hangs_on_weights ? NextStep::Kind::decision : NextStep::Kind::confirm, note->clause);
    return open_bits;
}

Bits Judging::passed(const PassedNode& node, Finding* note) {
    if (note != nullptr && node.filter.window != none)
        note_window(program.windows[node.filter.window], window(node.filter.window), *note);
    if (node.rule->together)
        return passed_together(node, note);
    const Stated<Amount>& mark = node.rule->mark;
    Bits answer = skipped_bits;
    for (const Symbol part : node.parts) {
        const Row* pass = nullptr;
        const Row* unclear = nullptr;
        for (const Row& row : rows(EntryKind::exam)) {
            if (row.code != part)
                continue;
            Row marked = row;
            marked.result = marked_by(row, *node.rule);
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

} // namespace peercert::rules
