#include "rules/judging.hpp"

#include <algorithm>
#include <exception>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

#include "rules/reasons.hpp"

namespace peercert::rules {

Workspace::Workspace() : state_(std::make_unique<State>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

namespace {

/// Entries by kind, their words as bits. A counting sort keeps the ledger's order within a kind.
void make_rows(const Compiled& program, const Record& record, Workspace::State& state) {
    state.kind_start.fill(0);
    for (const Entry& entry : record.entries)
        ++state.kind_start[static_cast<std::size_t>(entry.kind) + 1];
    for (std::size_t kind = 1; kind < state.kind_start.size(); ++kind)
        state.kind_start[kind] += state.kind_start[kind - 1];
    auto next = state.kind_start;
    state.rows.resize(record.entries.size());
    for (const Entry& entry : record.entries) {
        Row& row = state.rows[next[static_cast<std::size_t>(entry.kind)]++];
        row.last = to_day(entry.last);
        row.first = entry.first == entry.last ? row.last : to_day(entry.first);
        row.amount = entry.amount;
        row.kind = entry.kind;
        row.result = entry.result;
        row.code = entry.code;
        row.provider = entry.provider;
        row.entry = &entry;
        row.words = Words{};
        for (const Symbol word : entry.tags.words())
            if (const std::uint8_t bit = program.bit(word); bit != 0xff)
                row.words.add(bit);
    }
}

/// The latest term of the level begun by that day; its number counts the terms at the level up to it.
std::optional<PresentTerm> present_term_of(const Record& record, Symbol track, Symbol level, Date as_of) {
    const HeldTerm* latest = nullptr;
    int number = 0;
    for (const Holding& holding : record.holdings) {
        if (holding.track != track)
            continue;
        for (const HeldTerm& term : holding.terms) {
            if (term.first > as_of || (level != Symbol::none && term.level != level))
                continue;
            ++number;
            if (latest == nullptr || latest->first < term.first)
                latest = &term;
        }
    }
    if (latest == nullptr)
        return std::nullopt;
    if (level == Symbol::none) {
        number = 0;
        for (const Holding& holding : record.holdings)
            if (holding.track == track)
                for (const HeldTerm& term : holding.terms)
                    number += term.level == latest->level && term.first <= latest->first ? 1 : 0;
    }
    return PresentTerm{number, latest->first, latest->last};
}

} // namespace

std::vector<HeldTerm> terms_of(const Record& record, Symbol track, Symbol level) {
    std::vector<HeldTerm> terms;
    for (const Holding& holding : record.holdings)
        if (holding.track == track)
            for (const HeldTerm& term : holding.terms)
                if (level == Symbol::none || term.level == level)
                    terms.push_back(term);
    std::stable_sort(terms.begin(), terms.end(),
                     [](const HeldTerm& a, const HeldTerm& b) { return a.first < b.first; });
    return terms;
}

Judging::Judging(const Program& made, Goal asked, const Record& person, const Situation& when, Workspace& room)
    : program(made.compiled()), goal(asked), record(person), situation(when), state(room.state()) {
    as_of = to_day(when.as_of);
    applying = when.applying ? to_day(*when.applying) : as_of;
    issue = when.issue ? to_day(*when.issue) : as_of;
    term = when.term ? when.term : present_term_of(record, program.track, goal.level, when.as_of);
    make_rows(program, record, state);
    state.windows.resize(program.windows.size());
    state.window_known.assign(program.windows.size(), 0);
    state.verdicts.assign(goal.root - goal.first + 1, 0);
    const auto& rules = program.edition->exceptions;
    for (std::size_t number = 0; number < rules.size() && number < 32; ++number) {
        if (!rules[number].dated.contains(when.as_of))
            continue;
        for (const Row& row : rows(EntryKind::fact))
            if (row.code == program.cohort_facts[number] && row.first <= as_of)
                exceptions |= std::uint32_t{1} << number;
    }
}

Bits Judging::leaf(const Node& node, Finding* note) {
    struct Visitor {
        Judging& judging;
        const Node& node;
        Finding* note;
        Bits operator()(const GroupNode& group) const {
            const auto parts = judging.parts(group.parts);
            switch (group.op) {
            case Group::Op::all: {
                Bits answer = skipped_bits;
                for (const std::uint32_t part : parts)
                    answer = both(answer, judging.verdict(part));
                return answer;
            }
            case Group::Op::any: {
                Bits answer = skipped_bits;
                for (const std::uint32_t part : parts)
                    answer = either(answer, judging.verdict(part));
                return answer;
            }
            case Group::Op::at_least: {
                std::vector<Bits> bits;
                bits.reserve(parts.size());
                for (const std::uint32_t part : parts)
                    bits.push_back(judging.verdict(part));
                return at_least(group.needed, bits);
            }
            case Group::Op::none: {
                Bits answer = skipped_bits;
                for (const std::uint32_t part : parts)
                    answer = both(answer, negated(judging.verdict(part)));
                return answer;
            }
            }
            return unmet_bits;
        }
        Bits operator()(const InOrderNode& leaf) const { return judging.in_order(leaf, note); }
        Bits operator()(const HappenedNode& leaf) const { return judging.happened(leaf, note); }
        Bits operator()(const ChoiceNode& choice) const {
            return choose(judging.verdict(choice.condition), judging.verdict(choice.then),
                          choice.otherwise == none ? skipped_bits : judging.verdict(choice.otherwise));
        }
        Bits operator()(const UnlessNode& both_sides) const {
            return unless(judging.verdict(both_sides.clause), judging.verdict(both_sides.exemption));
        }
        Bits operator()(const AgeNode& leaf) const { return judging.age(leaf, note); }
        Bits operator()(const HasNode& leaf) const { return judging.has(leaf, note); }
        Bits operator()(const PassedNode& leaf) const { return judging.passed(leaf, note); }
        Bits operator()(const AttemptsNode& leaf) const { return judging.attempts(leaf, note); }
        Bits operator()(const MeasureNode& leaf) const { return judging.measure(leaf, note); }
        Bits operator()(const HoldsNode& leaf) const { return judging.holds(leaf, note); }
        Bits operator()(const DecisionNode& leaf) const { return judging.decision(leaf, note); }
        Bits operator()(const PluginNode& leaf) const { return judging.plugin(leaf, note); }
        Bits operator()(const AskedOnNode& leaf) const {
            const Date day = leaf.rule->applying ? to_date(judging.applying) : judging.situation.as_of;
            return leaf.rule->days.contains(day) ? met_bits : unmet_bits;
        }
        Bits operator()(const NotKnownNode& leaf) const {
            if (leaf.knowing == Knowing::none)
                return skipped_bits;
            open_for(note, not_known(leaf.knowing));
            return open_bits;
        }
        Bits operator()(const PresentTermNode&) const { return judging.present_term(note); }
        Bits operator()(const RenewalsNode& leaf) const { return judging.renewals(leaf, note); }
        Bits operator()(const FilingNode& leaf) const { return judging.filing(leaf, note); }
        Bits operator()(const StillOpenNode& leaf) const { return judging.still_open(leaf, note); }
        Bits operator()(const MissedNode& leaf) const { return judging.missed(leaf, note); }
        Bits operator()(const UnitNode& leaf) const { return judging.unit(leaf, note); }
    };
    if ((node.waived_by & exceptions) != 0) {
        if (note != nullptr)
            note->note = "waived by an exception";
        return skipped_bits;
    }
    return std::visit(Visitor{*this, node, note}, node.body);
}

Bits Judging::run() {
    for (std::uint32_t at = goal.first; at <= goal.root; ++at)
        state.verdicts[at - goal.first] = leaf(program.nodes[at], nullptr);
    return state.verdicts.back();
}

Bits Judging::plugin(const PluginNode& node, Finding* note) {
    const Record* seen = &record;
    if (situation.cohort != 0) {
        state.own_attendance = record;
        std::erase_if(state.own_attendance.entries, [this](const Entry& entry) {
            return entry.kind == EntryKind::attendance && entry.cohort != situation.cohort;
        });
        seen = &state.own_attendance;
    }
    const auto cannot_judge = [&node](const std::string& why) -> Error {
        return Error(ErrorCode::plugin_failure,
                     "the requirement " + std::string(node.kind->name()) + " could not be judged: " + why);
    };
    Finding finding;
    try {
        finding = node.kind->evaluate(*seen, *node.parameters, JudgingDay{situation.as_of, *program.words});
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        throw cannot_judge(error.what());
    } catch (...) {
        throw cannot_judge("its plugin threw something that is no exception");
    }
    const Bits bits = finding.verdict.bits();
    if (bits == 0 || bits > 7)
        throw cannot_judge("its plugin answered with no verdict");
    if (note != nullptr)
        *note = std::move(finding);
    return bits;
}

Verdict judge(const Program& program, Goal goal, const Record& record, const Situation& situation, Workspace& room) {
    return Verdict::of(Judging(program, goal, record, situation, room).run());
}

Verdict judge(const Program& program, Goal goal, const Record& record, const Situation& situation) {
    Workspace room;
    return judge(program, goal, record, situation, room);
}

} // namespace peercert::rules
