#include <algorithm>

#include "rules/judging.hpp"

/// What somebody missed of a group: hours of the whole, and units one has to be at from beginning to end.
namespace peercert::rules {

namespace {

/// Minutes that count for certain, and with what is still pending or undecided.
struct Present {
    std::int64_t low{0};
    std::int64_t high{0};
};

/// Nobody is longer at a session than it lasts.
std::int64_t within_session(const Row& row, const Situation& situation, const Format& format) {
    for (const HeldSession& session : situation.sessions)
        if (session.id == row.entry->session && session.id != 0)
            return std::min(row.amount, static_cast<std::int64_t>(session.length.count()));
    const auto length = static_cast<std::int64_t>(format.session_length.count());
    return length > 0 ? std::min(row.amount, length) : row.amount;
}

} // namespace

Bits Judging::missed(const MissedNode& node, Finding* note) {
    const Format& format = *node.format;
    std::int64_t held_minutes = format.held_by_plan().count();
    if (!situation.sessions.empty()) {
        held_minutes = 0;
        for (const HeldSession& session : situation.sessions)
            held_minutes += session.length.count();
    }
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
    const std::int64_t most = format.missed_at_most->count();
    const std::int64_t missed_low = std::max<std::int64_t>(0, held_minutes - present.high);
    const std::int64_t missed_high = std::max<std::int64_t>(0, held_minutes - present.low);
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
    std::int64_t length = node.format->session_length.count();
    if (!situation.sessions.empty()) {
        length = 0;
        for (const HeldSession& session : situation.sessions)
            if (session.unit == node.unit)
                length += session.length.count();
    }
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
    const std::int64_t wanted = std::max<std::int64_t>(length, 1);
    if (note != nullptr) {
        note->unit = Unit::minutes;
        note->have = present.low;
        note->have_most = present.high;
        note->need = length;
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
