#include "rules/planning_bounds.hpp"

#include <algorithm>

namespace peercert::rules {

namespace {

/// One entry held against every node that could mind it.
class Harm {
public:
    Harm(const Compiled& program, Goal goal, const Entry& entry, const std::vector<const Entry*>& others)
        : program_(program), goal_(goal), entry_(entry), others_(others) {}

    bool possible() const {
        for (std::uint32_t at = goal_.first; at <= goal_.root; ++at)
            if (std::visit([this](const auto& node) { return in(node); }, program_.nodes[at].body))
                return true;
        return false;
    }

private:
    static bool among(const std::vector<Symbol>& words, Symbol word) {
        return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
    }

    /// Whether the leaves of a subtree look at such an entry at all.
    bool touches(std::uint32_t root) const {
        for (std::uint32_t at = program_.nodes[root].first; at <= root; ++at)
            if (std::visit([this](const auto& node) { return sees(node); }, program_.nodes[at].body))
                return true;
        return false;
    }
    bool sees(const HasNode& node) const { return node.rule->kind == entry_.kind && among(node.codes, entry_.code); }
    bool sees(const PassedNode& node) const { return entry_.kind == EntryKind::exam && among(node.parts, entry_.code); }
    bool sees(const AttemptsNode& node) const {
        return entry_.kind == EntryKind::exam && among(node.parts, entry_.code);
    }
    bool sees(const MeasureNode& node) const { return node.rule->kind == entry_.kind; }
    bool sees(const DecisionNode&) const { return entry_.kind == EntryKind::decision; }
    bool sees(const GroupNode&) const { return false; }
    bool sees(const InOrderNode&) const { return false; }
    bool sees(const HappenedNode&) const { return false; }
    bool sees(const ChoiceNode&) const { return false; }
    bool sees(const UnlessNode&) const { return false; }
    bool sees(const AgeNode&) const { return false; }
    bool sees(const HoldsNode&) const { return false; }
    bool sees(const AskedOnNode&) const { return false; }
    bool sees(const NotKnownNode&) const { return false; }
    bool sees(const PresentTermNode&) const { return false; }
    bool sees(const RenewalsNode&) const { return false; }
    bool sees(const StillOpenNode&) const { return false; }
    bool sees(const FilingNode&) const { return false; }
    template <class Other>
    bool sees(const Other&) const {
        return true; // plugins, and whatever is added later
    }

    bool moves(const std::optional<DayFormula>& formula) const { return formula && moves(*formula); }
    bool moves(const DayFormula& formula) const {
        switch (formula.anchor) {
        case Anchor::completing:
        case Anchor::starting: return entry_.kind == EntryKind::training && entry_.code == formula.word;
        case Anchor::entry: return entry_.code == formula.word;
        case Anchor::first_attempt: return entry_.kind == EntryKind::exam && entry_.code == formula.word;
        case Anchor::passing: return entry_.kind == EntryKind::exam;
        case Anchor::approval: return entry_.kind == EntryKind::decision || entry_.kind == EntryKind::fact;
        case Anchor::day:
        case Anchor::asked:
        case Anchor::applying:
        case Anchor::issue:
        case Anchor::expiry:
        case Anchor::term_start:
        case Anchor::first_issue:
        case Anchor::birth:
        case Anchor::becoming:
        case Anchor::last_certification:
        case Anchor::last_renewal:
        case Anchor::previous_start:
        case Anchor::previous_end: return false;
        case Anchor::month_start:
        case Anchor::month_end:
        case Anchor::year_start:
        case Anchor::year_end:
        case Anchor::later_of:
        case Anchor::earlier_of:
        case Anchor::quarter_start:
        case Anchor::quarter_end:
        case Anchor::business_after:
        case Anchor::business_before:
            return std::any_of(formula.of.begin(), formula.of.end(),
                               [this](const DayFormula& part) { return moves(part); });
        }
        return true;
    }
    bool moves(std::uint32_t window) const {
        return window != none && (moves(program_.windows[window].from) || moves(program_.windows[window].until));
    }

    bool in(const GroupNode& node) const {
        if (node.op != Group::Op::none)
            return false;
        for (std::uint32_t part = 0; part < node.parts.count; ++part)
            if (touches(program_.children[node.parts.first + part]))
                return true;
        return false;
    }
    bool in(const InOrderNode&) const { return false; } // of a thing done several times any one may be used
    bool in(const HappenedNode& node) const { return moves(node.day); }
    bool in(const ChoiceNode& node) const { return touches(node.condition); }
    bool in(const UnlessNode& node) const { return touches(node.exemption); }
    bool in(const AgeNode& node) const { return moves(node.at); }
    bool in(const HasNode& node) const { return moves(node.filter.window); }
    bool in(const PassedNode& node) const { return moves(node.filter.window); }
    bool in(const HoldsNode& node) const {
        return moves(node.on) ||
               (node.complaint != Symbol::none && entry_.kind == EntryKind::fact && entry_.code == node.complaint);
    }
    bool in(const DecisionNode&) const { return entry_.kind == EntryKind::decision; }
    bool in(const AskedOnNode&) const { return false; }
    bool in(const NotKnownNode&) const { return false; }
    bool in(const PresentTermNode&) const { return false; }
    bool in(const RenewalsNode&) const { return false; }
    bool in(const StillOpenNode& node) const { return moves(node.until); }
    bool in(const FilingNode& node) const { return moves(node.opens) || moves(node.until); }
    bool in(const MeasureNode& node) const {
        if (moves(node.filter.window))
            return true;
        for (const Piece& piece : node.pieces)
            if (moves(piece.filter.window))
                return true;
        for (const Filter& part : node.part_filters)
            if (moves(part.window))
                return true;
        if (node.for_every != none && touches(node.for_every))
            return true; // more of that asks for more of this
        if (node.rule->kind != entry_.kind)
            return false;
        if (node.rule->bound.at_most || node.rule->in_each || node.rule->from_different_providers)
            return true;
        for (const Part& part : node.rule->of_which)
            if (part.share_at_least && part.share_of == Part::ShareOf::claimed)
                return true; // a larger whole asks for a larger part
        return node.filter.repeats != Selection::Repeats::allowed && entry_.code != Symbol::none &&
               std::any_of(others_.begin(), others_.end(), [this](const Entry* other) {
                   return other != &entry_ && other->kind == entry_.kind && other->code == entry_.code;
               });
    }
    template <class Other>
    bool in(const Other& node) const {
        return sees(node);
    }

    const Compiled& program_;
    Goal goal_;
    const Entry& entry_;
    const std::vector<const Entry*>& others_;
};

/// The nodes that every yes needs: the root and, below an "all of" nobody is let off, its parts.
void must_pass(const Compiled& program, std::uint32_t at, std::vector<std::uint32_t>& into) {
    const Node& node = program.nodes[at];
    if (node.waived_by != 0)
        return;
    into.push_back(at);
    if (const auto* group = std::get_if<GroupNode>(&node.body); group != nullptr && group->op == Group::Op::all)
        for (std::uint32_t part = 0; part < group->parts.count; ++part)
            must_pass(program, program.children[group->parts.first + part], into);
}

} // namespace

bool may_harm(const Compiled& program, Goal goal, const Entry& entry, const std::vector<const Entry*>& others) {
    return Harm(program, goal, entry, others).possible();
}

std::vector<Cover> covers(Judging& bare, Judging& full, std::size_t offers,
                          const std::vector<std::pair<EntryId, std::size_t>>& offer_of) {
    std::vector<std::uint32_t> nodes;
    must_pass(full.program, full.goal.root, nodes);
    std::vector<Cover> all;
    for (const std::uint32_t at : nodes) {
        const Node& node = full.program.nodes[at];
        const auto* measure = std::get_if<MeasureNode>(&node.body);
        if (measure == nullptr || measure->rule->counter != Measure::Counter::sum || !measure->rule->bound.at_least ||
            !measure->pieces.empty())
            continue;
        if (measure->rule->carry_over && measure->rule->carry_over->knowing != Knowing::none)
            continue; // what was carried over is no entry
        if (measure->for_every != none || measure->rule->total != Knowing::stated)
            continue; // how much is asked depends on the rest
        Finding finding;
        if (bare.leaf(node, nullptr) != unmet_bits || full.leaf(node, &finding) == skipped_bits || !finding.need ||
            finding.need_is_limit)
            continue;
        const auto cover = [&](std::int64_t need, auto counts) {
            Cover one{need, std::vector<std::int64_t>(offers, 0)};
            for (const Share& share : full.state.shares) {
                if (!counts(share))
                    continue;
                const auto mine = std::find_if(offer_of.begin(), offer_of.end(), [&share](const auto& each) {
                    return each.first == share.row->entry->id;
                });
                if (mine == offer_of.end())
                    one.need -= share.amount;
                else
                    one.gives[mine->second] += share.amount;
            }
            if (one.need > 0)
                all.push_back(std::move(one));
        };
        cover(*finding.need, [](const Share&) { return true; });
        if (finding.need != measure->rule->bound.at_least)
            continue; // scaled for a first term: its parts are too
        for (std::size_t part = 0; part < measure->buckets.size(); ++part)
            if (measure->buckets[part].at_least > 0)
                cover(measure->buckets[part].at_least,
                      [part](const Share& share) { return (share.mask_high >> part & 1U) != 0; });
    }
    return all;
}

} // namespace peercert::rules
