#include <algorithm>
#include <optional>
#include <span>

#include "rules/judging.hpp"

/// What somebody missed of a group: hours of the whole, and units one has to be at from beginning to end.
namespace peercert::rules {

namespace {

/// Minutes that count for certain, and with what is still pending or undecided.
struct Present {
    std::int64_t low{0};
    std::int64_t high{0};
};

/// Nobody is longer at a session than it lasts, where that is known.
std::int64_t within_session(const Row& row, const Situation& situation, const Format& format) {
    auto length = static_cast<std::int64_t>(format.session_length.count());
    for (const HeldSession& session : situation.sessions)
        if (session.id == row.entry->session && session.id != 0)
            length = session.length.count();
    return length > 0 ? std::min(row.amount, length) : row.amount;
}

/// How long the sessions were that a cohort held, of one unit or of all; nothing when a length is not known, or there
/// was none.
std::optional<std::int64_t> lengths_of(std::span<const HeldSession> sessions, Symbol unit = Symbol::none) {
    std::int64_t minutes = 0;
    for (const HeldSession& session : sessions) {
        if (unit != Symbol::none && session.unit != unit)
            continue;
        if (session.length.count() == 0)
            return std::nullopt;
        minutes += session.length.count();
    }
    return minutes > 0 ? std::optional(minutes) : std::nullopt;
}

std::optional<std::int64_t> planned(Minutes length) {
    return length.count() > 0 ? std::optional<std::int64_t>(length.count()) : std::nullopt;
}

/// Somebody was there, and whether for the whole of it nobody can tell: how long it lasts is not known. Who was not
/// there at all missed it, however long it was.
Bits of_unknown_length(const Present& present, const std::string& what, Finding* note) {
    if (note != nullptr) {
        note->unit = Unit::minutes;
        note->have = present.low;
        note->have_most = present.high;
        note->next = {present.high > 0 ? NextStep::Kind::decision : NextStep::Kind::do_it, what, 0, Unit::none,
                      std::nullopt};
        if (present.high > 0)
            note->open_because = "length";
    }
    return present.high > 0 ? open_bits : unmet_bits;
}

} // namespace

Bits Judging::missed(const MissedNode& node, Finding* note) {
    const Format& format = *node.format;
    const std::optional<std::int64_t> whole =
        situation.sessions.empty() ? planned(format.held_by_plan()) : lengths_of(situation.sessions);
    Present present;
    bool undecided = false;
    for (const Row& row : rows(EntryKind::attendance)) {
        const auto tell = [&](RefusalReason reason) {
            if (note != nullptr)
                note->refused.push_back({row.entry->id, row.amount, reason, {}});
        };
        if (row.last > as_of) {
            tell(RefusalReason::after_asked_day);
            continue;
        }
        const bool makes_up = row.entry->tags.has(program.makeup);
        if (!makes_up && situation.cohort != 0 && row.entry->cohort != situation.cohort)
            continue; // another round: says nothing about this one
        if (row.result == EntryResult::no_show || row.result == EntryResult::refused ||
            (makes_up && format.made_up_by.knowing == Knowing::none)) {
            tell(makes_up ? RefusalReason::excluded : RefusalReason::not_passed);
            continue;
        }
        const std::int64_t minutes = within_session(row, situation, format);
        const bool pending = row.result == EntryResult::pending;
        const bool not_said = makes_up && format.made_up_by.is_open();
        present.high += minutes;
        if (pending || not_said) {
            undecided = undecided || not_said;
            if (pending)
                tell(RefusalReason::pending);
            continue;
        }
        present.low += minutes;
        if (note != nullptr)
            note->used.push_back({row.entry->id, minutes, row.amount, {}});
    }
    if (!whole)
        return of_unknown_length(present, "attendance", note);
    const std::int64_t most = format.missed_at_most->count();
    const std::int64_t missed_low = std::max<std::int64_t>(0, *whole - present.high);
    const std::int64_t missed_high = std::max<std::int64_t>(0, *whole - present.low);
    if (note != nullptr) {
        note->unit = Unit::minutes;
        note->have = missed_low;
        note->have_most = missed_high;
        note->need = most;
        note->need_is_limit = true;
    }
    if (missed_high <= most)
        return met_bits;
    if (note != nullptr) {
        note->next = {NextStep::Kind::add_amount, "attendance", missed_high - most, Unit::minutes, std::nullopt};
        if (missed_low <= most)
            note->open_because = !undecided                                      ? "pending"
                                 : format.made_up_by.knowing == Knowing::unknown ? "unknown"
                                                                                 : "nothing said";
    }
    return missed_low <= most ? open_bits : unmet_bits;
}

Bits Judging::unit(const UnitNode& node, Finding* note) {
    const std::optional<std::int64_t> length =
        situation.sessions.empty() ? planned(node.format->session_length) : lengths_of(situation.sessions, node.unit);
    Present present;
    for (const Row& row : rows(EntryKind::attendance)) {
        if (row.code != node.unit || row.last > as_of || row.entry->tags.has(program.makeup) ||
            (situation.cohort != 0 && row.entry->cohort != situation.cohort) || row.result == EntryResult::no_show ||
            row.result == EntryResult::refused)
            continue;
        present.high += row.amount;
        if (row.result == EntryResult::pending) {
            if (note != nullptr)
                note->refused.push_back({row.entry->id, row.amount, RefusalReason::pending, {}});
            continue;
        }
        present.low += row.amount;
        if (note != nullptr)
            note->used.push_back({row.entry->id, row.amount, row.amount, {}});
    }
    if (!length) { // those who held it say so: a decision that names the unit
        const Bits there = of_unknown_length(present, text(node.unit), note);
        const Bits said = there == open_bits ? decision(DecisionNode{node.unit}, nullptr) : there;
        if (said == open_bits || said == there || note == nullptr)
            return said;
        note->open_because.clear();
        note->next = {};
        return decision(DecisionNode{node.unit}, note); // with the entry it rests on
    }
    const std::int64_t wanted = *length;
    if (note != nullptr) {
        note->unit = Unit::minutes;
        note->have = present.low;
        note->have_most = present.high;
        note->need = wanted;
        if (present.low < wanted)
            note->next = {NextStep::Kind::add_amount, text(node.unit), wanted - present.low, Unit::minutes,
                          std::nullopt};
        if (present.low < wanted && present.high >= wanted)
            note->open_because = "pending";
    }
    return present.low >= wanted ? met_bits : present.high >= wanted ? open_bits : unmet_bits;
}

OutcomeAnswer outcome(const Program& program, std::string_view format_name, const Record& record,
                      const Situation& situation) {
    OutcomeAnswer answer;
    (void)program.completion(format_name); // an unknown group is told with the nearest name
    const auto& outcomes = program.edition().format(format_name)->outcomes;
    for (std::size_t which = 0; which < outcomes.size(); ++which) {
        Finding finding = explain(program, program.outcome(format_name, which), record, situation);
        const bool last_resort = which + 1 == outcomes.size() && !outcomes[which].needs;
        if (!last_resort && finding.verdict.is_unmet()) {
            if (which == 0)
                answer.finding = std::move(finding); // what the best of them still asks
            continue;
        }
        answer.verdict = last_resort || finding.verdict.passes() ? Verdict::met() : Verdict::open();
        if (answer.verdict.is_met())
            answer.called = outcomes[which].called;
        if (!last_resort || which == 0)
            answer.finding = std::move(finding);
        return answer;
    }
    return answer;
}

} // namespace peercert::rules
