#include <algorithm>

#include "rules/judging.hpp"

namespace peercert::rules {

namespace {

bool contains(const std::vector<Symbol>& list, Symbol word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr Look refused(RefusalReason reason) { return {Look::Take::refused, reason}; }

/// Whether what was recorded came out well; entries that have no outcome count as they are.
Look outcome(const Row& row) {
    switch (row.result) {
    case EntryResult::passed:
    case EntryResult::shown:
    case EntryResult::approved: return {};
    case EntryResult::none: return row.kind == EntryKind::sign_off ? refused(RefusalReason::not_passed) : Look{};
    case EntryResult::pending: return {Look::Take::possible, RefusalReason::pending};
    case EntryResult::not_yet:
    case EntryResult::no_show:
    case EntryResult::not_observed:
    case EntryResult::refused: return refused(RefusalReason::not_passed);
    }
    return refused(RefusalReason::not_passed);
}

} // namespace

/// Whether the level was in force on every day from first to last, on some of them, or on none.
Judging::Hold Judging::held(Symbol track, Symbol level, Date first, Date last) const {
    bool any = false;
    bool gap = false;
    for (Date day = first; day <= last;) {
        std::optional<Date> good_until; // of the stretch in force that holds `day`
        std::optional<Date> next;       // the next day on which something could begin
        for (const Holding& holding : record.holdings) {
            if (holding.track != track)
                continue;
            const DayRange* away = nullptr;
            for (const DayRange& out : holding.out_of_force)
                if (out.contains(day))
                    away = &out;
            if (away != nullptr) {
                if (away->last && (!next || add_days(*away->last, 1) < *next))
                    next = add_days(*away->last, 1);
                continue;
            }
            for (const HeldTerm& held_term : holding.terms) {
                if (level != Symbol::none && held_term.level != level)
                    continue;
                if (held_term.first > day) {
                    if (!next || held_term.first < *next)
                        next = held_term.first;
                } else if (!held_term.last || day <= *held_term.last) {
                    Date until = held_term.last.value_or(no_end);
                    for (const DayRange& out : holding.out_of_force)
                        if (out.first && *out.first > day && *out.first <= until)
                            until = add_days(*out.first, -1);
                    if (!good_until || *good_until < until)
                        good_until = until;
                }
            }
        }
        if (good_until) {
            any = true;
            if (*good_until >= last)
                break;
            day = add_days(*good_until, 1);
        } else {
            gap = true;
            if (!next || *next > last)
                break;
            day = *next;
        }
    }
    return !any ? Hold::never : gap ? Hold::partly : Hold::always;
}

/// Tests in a fixed order; the first that an entry does not stand is its reason. `splits`: the amount is spread over
/// the entry's days, so that crossing an edge leaves open how much counts.
Look Judging::look(const Filter& filter, const Row& row, bool splits, const Days* instead) {
    Look answer;
    const auto perhaps = [&answer](RefusalReason reason) {
        if (answer.take == Look::Take::settled)
            answer = {Look::Take::possible, reason};
    };
    // A word that nobody has assigned may stand for any of this edition's words.
    const bool undecided = row.words.has_any(program.undecided);
    if (!row.words.has_all(filter.only) || (!filter.any_of.empty() && !row.words.has_any(filter.any_of))) {
        if (!undecided)
            return refused(RefusalReason::wrong_category);
        perhaps(RefusalReason::word_undecided);
    }
    if (!filter.courses.empty() && !contains(filter.courses, row.code))
        return refused(RefusalReason::wrong_category);
    if (!filter.providers.empty() && !contains(filter.providers, row.provider))
        return refused(RefusalReason::wrong_category);
    if (row.kind == EntryKind::attendance && situation.cohort != 0 && row.entry->cohort != situation.cohort)
        return refused(RefusalReason::wrong_category);
    if (!filter.excluded.empty() && row.words.has_any(filter.excluded) && !row.words.has_any(filter.readmitted))
        return refused(RefusalReason::excluded);
    if (!filter.excluded.empty() && undecided)
        perhaps(RefusalReason::word_undecided);
    if (row.last > as_of) {
        if (!splits || row.first > as_of)
            return refused(RefusalReason::after_asked_day);
        perhaps(RefusalReason::spans_edge);
    }
    if (instead != nullptr || filter.window != none) {
        const Days days = instead != nullptr ? *instead : window(filter.window);
        if (days.kind != Days::Kind::there || row.last < days.from)
            return refused(RefusalReason::before_start);
        if ((splits ? row.first : row.last) > days.until)
            return refused(RefusalReason::after_end);
        if (splits && (row.first < days.from || row.last > days.until))
            perhaps(RefusalReason::spans_edge);
        if ((splits ? row.first : row.last) < days.surely_from || row.last > days.surely_until)
            perhaps(RefusalReason::day_not_known);
    }
    const Look came_out = outcome(row);
    if (came_out.take == Look::Take::refused)
        return came_out;
    if (filter.while_level != Symbol::none) {
        switch (held(program.track, filter.while_level, splits ? row.entry->first : row.entry->last, row.entry->last)) {
        case Hold::never: return refused(RefusalReason::not_at_level);
        case Hold::partly: perhaps(RefusalReason::spans_edge); break;
        case Hold::always: break;
        }
    }
    if (filter.authority != Symbol::none) {
        const Entry& entry = *row.entry;
        if (entry.authority != filter.authority)
            return refused(RefusalReason::no_authority);
        if (!entry.authority_held.contains(entry.last)) {
            if (splits && entry.authority_held.contains(entry.first))
                perhaps(RefusalReason::spans_edge);
            else
                return refused(RefusalReason::authority_not_held);
        } else if (splits && !entry.authority_held.contains(entry.first)) {
            perhaps(RefusalReason::spans_edge);
        }
    }
    if (!row.words.has_all(filter.proof))
        return refused(RefusalReason::missing_field);
    if (filter.letter != Symbol::none) {
        switch (letter_of(filter, row)) {
        case Look::Take::refused: return refused(RefusalReason::missing_field);
        case Look::Take::possible: perhaps(RefusalReason::pending); break;
        case Look::Take::settled: break;
        }
    }
    for (const NotUsed& rule : filter.not_used_by) {
        if (is_used(rule, row, true))
            return refused(RefusalReason::used_elsewhere);
        if (undecided && is_used(rule, row, false))
            perhaps(RefusalReason::word_undecided);
    }
    if (came_out.take == Look::Take::possible)
        perhaps(came_out.reason);
    return answer;
}

bool Judging::is_used(const NotUsed& rule, const Row& row, bool words_too) const {
    if (words_too && (!row.words.has_all(rule.only) || (!rule.any_of.empty() && !row.words.has_any(rule.any_of))))
        return false;
    const auto& uses = record.uses;
    auto use = std::lower_bound(uses.begin(), uses.end(), row.entry->id,
                                [](const Use& one, EntryId id) { return one.entry < id; });
    for (; use != uses.end() && use->entry == row.entry->id; ++use)
        if (use->track == rule.track && use->decided <= situation.as_of)
            return true;
    return false;
}

Look::Take Judging::letter_of(const Filter& filter, const Row& row) const {
    Look::Take best = Look::Take::refused;
    if (row.provider == Symbol::none)
        return best;
    for (const Row& letter : rows(EntryKind::document)) {
        if (letter.code != filter.letter || letter.provider != row.provider || letter.last > as_of)
            continue;
        const Look::Take take = outcome(letter).take;
        if (take == Look::Take::settled)
            return take;
        if (take == Look::Take::possible)
            best = take;
    }
    return best;
}

/// The word or day of the rule behind a refusal.
std::string Judging::detail(const Filter& filter, RefusalReason reason) {
    switch (reason) {
    case RefusalReason::before_start:
        if (filter.window != none) {
            const Days days = window(filter.window);
            if (days.kind == Days::Kind::there && days.from != first_day)
                return to_text(to_date(days.from));
        }
        return {};
    case RefusalReason::after_end:
        if (filter.window != none && window(filter.window).until != last_of_days)
            return to_text(to_date(window(filter.window).until));
        return {};
    case RefusalReason::after_asked_day: return to_text(situation.as_of);
    case RefusalReason::not_at_level: return text(filter.while_level);
    case RefusalReason::no_authority:
    case RefusalReason::authority_not_held: return filter.text->vouched_by;
    case RefusalReason::missing_field: {
        std::string missing;
        for (const std::string& word : filter.text->proof)
            missing += (missing.empty() ? "" : ", ") + word;
        if (filter.letter != Symbol::none)
            missing += (missing.empty() ? "" : ", ") + text(filter.letter);
        return missing;
    }
    case RefusalReason::spans_edge:
    case RefusalReason::wrong_category:
    case RefusalReason::excluded:
    case RefusalReason::over_cap:
    case RefusalReason::repeated:
    case RefusalReason::pending:
    case RefusalReason::not_passed:
    case RefusalReason::word_undecided:
    case RefusalReason::not_whole:
    case RefusalReason::too_short:
    case RefusalReason::too_soon:
    case RefusalReason::day_not_known: return {};
    case RefusalReason::used_elsewhere: {
        std::string tracks;
        for (const NotUsed& rule : filter.not_used_by)
            tracks += (tracks.empty() ? "" : ", ") + text(rule.track);
        return tracks;
    }
    }
    return {};
}

} // namespace peercert::rules
