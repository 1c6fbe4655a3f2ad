#include <algorithm>

#include "rules/stretches.hpp"

/// The same judgement with its reasons: a finding for each node, children folded into their parents.
namespace peercert::rules {

namespace {

std::string confidence_word(Confidence confidence) {
    switch (confidence) {
    case Confidence::verified: return "verified";
    case Confidence::verified_old: return "verified but old";
    case Confidence::secondary: return "secondary";
    case Confidence::recalled: return "recalled";
    case Confidence::our_reading: return "our reading";
    case Confidence::not_found: return "not found";
    }
    return "recalled";
}

std::optional<SourceNote> source_of(const Edition& edition, const std::string& mark) {
    if (mark.empty())
        return std::nullopt;
    for (const Source& source : edition.sources)
        if (source.mark == mark)
            return SourceNote{mark, source.what, source.as_of, confidence_word(source.confidence)};
    return SourceNote{mark, {}, {}, mark}; // "our reading", "recalled", "not found" say themselves what they are
}

int rank(const Finding& part) { return part.verdict.is_unmet() ? 0 : !part.verdict.is_settled() ? 1 : 2; }

class Explaining {
public:
    Explaining(const Program& program, Goal goal, const Record& record, const Situation& situation, Workspace& room)
        : program_(program.compiled()), goal_(goal) {
        Judging(program, goal, record, situation, room).run();
        const std::vector<Bits> today = room.state().verdicts;
        changes_ = first_changes(program, goal, record, situation, room, today);
        Judging judging(program, goal, record, situation, room);
        findings_.resize(goal.root - goal.first + 1);
        for (std::uint32_t at = goal.first; at <= goal.root; ++at) {
            const Node& node = program_.nodes[at];
            Finding& finding = findings_[at - goal.first];
            finding.clause = node.clause->name;
            finding.kind = node.clause->word;
            const Bits bits = judging.leaf(node, &finding);
            judging.state.verdicts[at - goal.first] = bits;
            finish(at, node, bits);
        }
    }

    Finding root() { return std::move(findings_.back()); }

private:
    Finding& of(std::uint32_t node) { return findings_[node - goal_.first]; }

    void finish(std::uint32_t at, const Node& node, Bits bits) {
        Finding& finding = of(at);
        const bool waived = !finding.note.empty() && bits == skipped_bits;
        if (const auto* unless_node = std::get_if<UnlessNode>(&node.body)) {
            Finding exemption = std::move(of(unless_node->exemption));
            finding = std::move(of(unless_node->clause));
            if ((exemption.verdict.bits() & met_bits) != 0)
                finding.parts.insert(finding.parts.begin(), std::move(exemption));
            if (bits == skipped_bits)
                finding.next = {};
        } else if (const auto* group = std::get_if<GroupNode>(&node.body)) {
            if (!waived)
                fold(*group, finding, bits);
        } else if (const auto* order = std::get_if<InOrderNode>(&node.body)) {
            if (!waived)
                for (const std::uint32_t part : parts_of(order->parts))
                    finding.parts.push_back(std::move(of(part)));
        } else if (const auto* choice = std::get_if<ChoiceNode>(&node.body)) {
            if (!waived)
                fold(*choice, finding);
        }
        finding.clause = node.clause->name;
        finding.kind = node.clause->word;
        finding.verdict = Verdict::of(bits);
        if (!finding.source)
            finding.source = source_of(*program_.edition, node.clause->see);
        if (finding.note.empty())
            finding.note = node.clause->note;
        if (settled(bits))
            finding.open_because.clear();
        if (passes(bits)) {
            finding.next = {};
        }
        if (const auto change = changes_[at - goal_.first]) {
            if (passes(bits)) {
                finding.holds_until = to_date(*change - 1);
            } else if (bits == unmet_bits) {
                finding.next.kind = NextStep::Kind::wait_until;
                finding.next.day = to_date(*change);
            }
        } else if (passes(bits)) {
            finding.holds_until.reset();
        }
    }

    std::span<const std::uint32_t> parts_of(Children which) const {
        return {program_.children.data() + which.first, which.count};
    }

    /// Of what must not be, whatever is or may be stands in the way; what is not there is nobody's next step.
    void fold_none(const GroupNode& group, Finding& finding) {
        for (const std::uint32_t part : parts_of(group.parts)) {
            Finding& child = of(part);
            if (child.verdict.is_unmet())
                child.next = {};
            else if (!child.verdict.is_settled() && finding.next.kind == NextStep::Kind::nothing) {
                finding.next = child.next;
                finding.open_because = child.open_because;
            }
            finding.parts.push_back(std::move(child));
        }
        std::stable_sort(finding.parts.begin(), finding.parts.end(),
                         [](const Finding& a, const Finding& b) { return none_rank(a) < none_rank(b); });
    }
    static int none_rank(const Finding& part) { return part.verdict.is_met() ? 0 : !part.verdict.is_settled() ? 1 : 2; }

    /// Parts that decide come first; of alternatives, when one is met, it alone is told.
    void fold(const GroupNode& group, Finding& finding, Bits bits) {
        if (group.op == Group::Op::none) {
            fold_none(group, finding);
            return;
        }
        for (const std::uint32_t part : parts_of(group.parts)) {
            Finding& child = of(part);
            if (group.op != Group::Op::all && bits == met_bits) {
                if (!child.verdict.is_met() || (group.op == Group::Op::any && !finding.parts.empty()))
                    continue;
            }
            if (group.op == Group::Op::all && is_plain_list(program_.nodes[part])) {
                std::move(child.parts.begin(), child.parts.end(), std::back_inserter(finding.parts));
                continue;
            }
            finding.parts.push_back(std::move(child));
        }
        std::stable_sort(finding.parts.begin(), finding.parts.end(),
                         [](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
        take_next(finding);
    }

    /// "needs: [a, b]" adds nothing to its parts.
    static bool is_plain_list(const Node& node) {
        const auto* group = std::get_if<GroupNode>(&node.body);
        return group != nullptr && group->op == Group::Op::all && node.waived_by == 0 && node.clause->unless.empty() &&
               std::holds_alternative<Group>(node.clause->body) &&
               (node.clause->name.empty() || node.clause->name == "needs" || node.clause->name == "all of");
    }

    void fold(const ChoiceNode& choice, Finding& finding) {
        Finding condition = std::move(of(choice.condition));
        const Bits bits = condition.verdict.bits();
        finding.parts.push_back(std::move(condition));
        if ((bits & met_bits) != 0)
            finding.parts.push_back(std::move(of(choice.then)));
        if ((bits & unmet_bits) != 0 && choice.otherwise != none)
            finding.parts.push_back(std::move(of(choice.otherwise)));
        for (auto part = finding.parts.begin() + 1; part != finding.parts.end(); ++part)
            if (part->next.kind != NextStep::Kind::nothing && part->next.kind != NextStep::Kind::wait_until) {
                finding.next = part->next;
                finding.open_because = part->open_because;
                return;
            }
        if (!settled(bits)) {
            finding.next = finding.parts.front().next;
            finding.open_because = finding.parts.front().open_because;
        }
    }

    /// That one part is met by waiting says nothing about the whole: whether time alone brings that is found by itself.
    static void take_next(Finding& finding) {
        for (const Finding& part : finding.parts)
            if (!part.verdict.passes()) {
                if (finding.next.kind == NextStep::Kind::nothing && part.next.kind != NextStep::Kind::wait_until)
                    finding.next = part.next;
                if (finding.open_because.empty())
                    finding.open_because = part.open_because;
            }
    }

    const Compiled& program_;
    Goal goal_;
    std::vector<std::optional<Day>> changes_;
    std::vector<Finding> findings_;
};

} // namespace

Finding explain(const Program& program, Goal goal, const Record& record, const Situation& situation, Workspace& room) {
    return Explaining(program, goal, record, situation, room).root();
}

Finding explain(const Program& program, Goal goal, const Record& record, const Situation& situation) {
    Workspace room;
    return explain(program, goal, record, situation, room);
}

} // namespace peercert::rules
