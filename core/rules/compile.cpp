#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "rules/compiler.hpp"

namespace peercert::rules {

void Compiler::refuse(const std::string& place, const std::string& what) {
    throw Error(ErrorCode::invalid_input, place.empty() ? what : place + ": " + what);
}

Compiler::Compiler(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words) {
    out_.edition = std::move(edition);
    out_.kinds = &kinds;
    out_.words = &words;
    out_.track = word(out_.edition->code);
    out_.makeup = word("make-up");
    out_.approval = word(approval_code(out_.edition->code));
}

Compiled Compiler::take() {
    goals();
    own_words();
    return std::move(out_);
}

Compiled compile(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words) {
    check_terms(*edition, kinds);
    check_ladder(*edition);
    return Compiler(std::move(edition), kinds, words).take();
}

std::uint32_t Compiler::add(NodeBody body, const Requirement& clause, std::uint32_t first) {
    out_.nodes.push_back({std::move(body), &clause, first, 0});
    return static_cast<std::uint32_t>(out_.nodes.size() - 1);
}

std::uint32_t Compiler::group(Group::Op op, int needed, const std::vector<std::uint32_t>& parts,
                              const Requirement& clause, std::uint32_t first) {
    const Children children{static_cast<std::uint32_t>(out_.children.size()), static_cast<std::uint32_t>(parts.size())};
    out_.children.insert(out_.children.end(), parts.begin(), parts.end());
    return add(GroupNode{op, needed, children}, clause, first);
}

std::uint32_t Compiler::requirement(const Requirement& clause) {
    const auto first = static_cast<std::uint32_t>(out_.nodes.size());
    struct Visitor {
        Compiler& compiler;
        const Requirement& clause;
        std::uint32_t first;

        std::uint32_t operator()(const Group& group) const {
            if (group.op == Group::Op::at_least &&
                (group.needed < 1 || static_cast<std::size_t>(group.needed) > group.parts.size()))
                refuse(clause.place, "\"at least " + std::to_string(group.needed) + " of\" needs a number from 1 to " +
                                         std::to_string(group.parts.size()));
            std::vector<std::uint32_t> parts;
            for (const Requirement& part : group.parts)
                parts.push_back(compiler.requirement(part));
            return compiler.group(group.op, group.needed, parts, clause, first);
        }
        std::uint32_t operator()(const InOrder& order) const { return compiler.in_order(order, clause, first); }
        std::uint32_t operator()(const Happened& rule) const {
            return compiler.add(HappenedNode{compiler.day(rule.day, clause.place)}, clause, first);
        }
        std::uint32_t operator()(const Conditional& choice) const {
            if (choice.parts.size() != 2 && choice.parts.size() != 3)
                refuse(clause.place, "\"if\" takes a condition, \"then\" and perhaps \"otherwise\"");
            ChoiceNode node;
            node.condition = compiler.requirement(choice.parts[0]);
            node.then = compiler.requirement(choice.parts[1]);
            if (choice.parts.size() == 3)
                node.otherwise = compiler.requirement(choice.parts[2]);
            return compiler.add(node, clause, first);
        }
        std::uint32_t operator()(const AgeRule& rule) const {
            return compiler.add(AgeNode{&rule, compiler.day(rule.measured_at, clause.place)}, clause, first);
        }
        std::uint32_t operator()(const HasEntries& rule) const {
            if (rule.codes.empty())
                refuse(clause.place, "\"" + clause.word + "\" names nothing that should be on record");
            return compiler.add(
                HasNode{&rule, compiler.symbols(rule.codes), compiler.filter(rule.selection, clause.place)}, clause,
                first);
        }
        std::uint32_t operator()(const Passed& rule) const {
            return compiler.add(compiler.passed(rule, clause), clause, first);
        }
        std::uint32_t operator()(const Attempts& rule) const {
            return compiler.add(compiler.attempts(rule, clause), clause, first);
        }
        std::uint32_t operator()(const Measure& rule) const {
            return compiler.add(compiler.measure(rule, clause), clause, first);
        }
        std::uint32_t operator()(const HoldsCredential& rule) const {
            const bool ours = rule.track.empty() || rule.track == compiler.out_.edition->code;
            HoldsNode node{&rule, ours ? compiler.out_.track : compiler.word(rule.track), Symbol::none,
                           compiler.day(rule.on, clause.place),
                           rule.good_standing ? compiler.word("complaint pending") : Symbol::none};
            if (!rule.level.empty())
                node.level = ours ? compiler.known_level(rule.level, clause.place) : compiler.word(rule.level);
            return compiler.add(node, clause, first);
        }
        std::uint32_t operator()(const BodyDecides&) const {
            return compiler.add(DecisionNode{compiler.word(clause.name)}, clause, first);
        }
        std::uint32_t operator()(const UseMeaning& use) const { return compiler.meaning(use, clause); }
        std::uint32_t operator()(const PluginRule& rule) const {
            return compiler.add(compiler.plugin(rule, clause), clause, first);
        }
        std::uint32_t operator()(const AskedOn& rule) const { return compiler.add(AskedOnNode{&rule}, clause, first); }
        std::uint32_t operator()(const NotKnown& rule) const {
            return compiler.add(NotKnownNode{rule.knowing}, clause, first);
        }
    };
    std::uint32_t node = std::visit(Visitor{*this, clause, first}, clause.body);
    if (!clause.unless.empty())
        node = add(UnlessNode{node, requirement(clause.unless.front())}, clause, first);
    const auto& exceptions = out_.edition->exceptions;
    for (std::size_t number = 0; number < exceptions.size() && number < 32; ++number)
        for (const std::string& waived : exceptions[number].clauses_waived)
            if (!clause.name.empty() && clause.name == waived)
                out_.nodes[node].waived_by |= std::uint32_t{1} << number;
    return node;
}

NodeBody Compiler::passed(const Passed& rule, const Requirement& clause) {
    if (rule.parts.empty())
        refuse(clause.place, "an exam needs at least one part");
    if (rule.together && rule.weights.is_stated()) {
        if (rule.weights.value.size() != rule.parts.size())
            refuse(clause.place, "each part of an exam has one weight");
        for (const int weight : rule.weights.value)
            if (weight < 1)
                refuse(clause.place, "a weight is a whole number from 1 on");
    }
    return PassedNode{&rule, symbols(rule.parts), filter(rule.selection, clause.place)};
}

NodeBody Compiler::attempts(const Attempts& rule, const Requirement& clause) {
    AttemptsNode node;
    node.rule = &rule;
    node.parts = symbols(rule.parts);
    if (rule.counted)
        node.window = window(*rule.counted, clause.place);
    if (!rule.counted_in.empty()) {
        node.calendar = out_.edition->calendar(rule.counted_in);
        if (node.calendar == nullptr) {
            std::vector<std::string_view> known;
            for (const Calendar& one : out_.edition->calendars)
                known.push_back(one.name);
            const std::string near = nearest(rule.counted_in, known);
            refuse(clause.place, "no calendar is called \"" + rule.counted_in + "\" here" +
                                     (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
        }
        if (rule.counted)
            refuse(clause.place, "attempts are counted in a window or in the periods of a calendar, not in both");
    }
    for (const Attempts::Hurdle& hurdle : rule.after)
        node.hurdles.push_back(word(hurdle.question));
    return node;
}

/// Parts that have a day of their own, or alternatives of such.
std::uint32_t Compiler::in_order(const InOrder& order, const Requirement& clause, std::uint32_t first) {
    if (order.parts.size() < 2)
        refuse(clause.place, "an order has two parts or more");
    const auto has_day = [](const Requirement& part) {
        if (const auto* entries = std::get_if<HasEntries>(&part.body))
            return entries->kind != EntryKind::fact;
        return std::holds_alternative<Passed>(part.body) || std::holds_alternative<BodyDecides>(part.body) ||
               std::holds_alternative<Happened>(part.body);
    };
    InOrderNode node{&order, {}};
    std::vector<std::uint32_t> parts;
    for (const Requirement& part : order.parts) {
        const auto* group = std::get_if<Group>(&part.body);
        const bool is_any = group != nullptr && group->op == Group::Op::any;
        if (!part.unless.empty() ||
            (is_any ? !std::all_of(group->parts.begin(), group->parts.end(), has_day) : !has_day(part)))
            refuse(part.place.empty() ? clause.place : part.place,
                   "a part of an order is a statement, document, training, competency, exam or decision, an \"any of\" "
                   "these, or applying");
        parts.push_back(requirement(part));
    }
    node.parts = {static_cast<std::uint32_t>(out_.children.size()), static_cast<std::uint32_t>(parts.size())};
    out_.children.insert(out_.children.end(), parts.begin(), parts.end());
    return add(node, clause, first);
}

/// Words of earlier editions count as the bits of today's; units that are refused have a bit by which they are known.
void Compiler::own_words() {
    for (const OlderWord& one : out_.edition->older_words) {
        const auto old = static_cast<std::size_t>(word(one.old));
        const std::uint8_t meant = one.now.empty() ? bit(word("(undecided)")) : out_.bit(word(one.now));
        if (out_.bit_of.size() <= old)
            out_.bit_of.resize(old + 1, 0xff);
        if (out_.bit_of[old] == 0xff)
            out_.bit_of[old] = meant;
        if (one.now.empty())
            out_.undecided.add(meant);
    }
    for (const OwnUnit& unit : out_.edition->units)
        if (!unit.minutes)
            out_.refused_units.add(bit(word(unit.name)));
}

/// The meaning's own nodes, once more: a goal's nodes must lie together.
std::uint32_t Compiler::meaning(const UseMeaning& use, const Requirement& clause) {
    if (std::find(open_meanings_.begin(), open_meanings_.end(), use.name) != open_meanings_.end())
        refuse(clause.place, "the meaning \"" + use.name + "\" uses itself");
    for (const Requirement& one : out_.edition->meanings)
        if (one.name == use.name) {
            const auto first = static_cast<std::uint32_t>(out_.nodes.size());
            open_meanings_.push_back(one.name);
            const std::uint32_t inner = requirement(one);
            open_meanings_.pop_back();
            return group(Group::Op::all, 0, {inner}, clause, first);
        }
    std::vector<std::string_view> known;
    for (const Requirement& one : out_.edition->meanings)
        known.push_back(one.name);
    const std::string near = nearest(use.name, known);
    refuse(clause.place,
           "no meaning is called \"" + use.name + "\" here" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

NodeBody Compiler::plugin(const PluginRule& rule, const Requirement& clause) {
    const RequirementKind* kind = out_.kinds->kind(rule.kind);
    if (kind == nullptr) {
        const auto colon = rule.kind.find(':');
        refuse(clause.place, "no plugin brings the requirement \"" + rule.kind + "\"; is the plugin \"" +
                                 rule.kind.substr(0, colon) + "\" trusted and loaded?");
    }
    kind->check(rule.parameters);
    out_.reads_uses = out_.reads_places = true; // it may look at anything
    return PluginNode{kind, &rule.parameters};
}

NodeBody Compiler::measure(const Measure& rule, const Requirement& clause) {
    MeasureNode node;
    node.rule = &rule;
    node.filter = filter(rule.selection, clause.place);
    if (!rule.adds_up_from.empty() && !rule.of_which.empty())
        refuse(clause.place, "\"adds up from\" and \"of which\" cannot stand in one clause; make two clauses of it");
    if (rule.own_clock && rule.selection.dated)
        refuse(clause.place, "a clause with its own clock has no \"dated\": the clock says which days count");
    if (!rule.of_which.empty() && rule.counter == Measure::Counter::distinct_codes)
        refuse(clause.place, "different courses cannot be split over parts");
    if (rule.from_different_providers && rule.counter != Measure::Counter::entries)
        refuse(clause.place, "only what is counted in pieces can come from different providers");
    if (rule.from_different_providers && !rule.adds_up_from.empty())
        refuse(clause.place, "\"from different providers\" and \"adds up from\" cannot stand in one clause");
    if ((rule.for_every || rule.for_each_year) && (!rule.bound.at_least || rule.bound.at_most))
        refuse(clause.place, "only a plain \"at least\" can be multiplied");
    if (rule.for_each_year && rule.carry_over && rule.carry_over->knowing != Knowing::none)
        refuse(clause.place, "what is carried over is not judged beside \"for each year of the term\"; say none");
    if (rule.for_every && rule.for_every->amount < 1)
        refuse(clause.place, "\"for every\" takes an amount above nothing");
    if (rule.whole && (*rule.whole < 1 || rule.counter != Measure::Counter::sum))
        refuse(clause.place, "\"whole\" takes an amount above nothing, and only sums have one");
    for (const Part& part : rule.of_which)
        if ((part.share_at_least || part.share_at_most) && part.share_of == Part::ShareOf::required &&
            !rule.bound.at_least)
            refuse(clause.place, "a share of what is required needs an \"at least\" to be a share of");
    for (const Part& part : rule.adds_up_from) {
        Piece piece;
        piece.filter = filter(part.selection, clause.place);
        piece.at_most = part.bound.at_most.value_or(no_cap);
        if (part.bound.at_least)
            refuse(clause.place, "a piece of \"adds up from\" has no minimum; \"of which\" asks for minimums");
        piece.weight = part.weight;
        if (part.weight && (!part.fact.empty() || rule.counter != Measure::Counter::sum || *part.weight < 1))
            refuse(clause.place, "what an hour is worth is a share above nothing, of pieces that are hours");
        if (part.fact.empty() != !part.worth)
            refuse(clause.place, "a piece that is a fact says what it is worth, and only such a piece does");
        if (!part.fact.empty()) {
            piece.fact = word(part.fact);
            piece.worth = *part.worth;
            if (part.held_for)
                piece.held_for = HeldFor{to_shift(*part.held_for)};
        }
        node.pieces.push_back(std::move(piece));
    }
    node.buckets = buckets(rule, clause);
    for (const Part& part : rule.of_which)
        node.part_filters.push_back(filter(part.selection, clause.place));
    if (!rule.no_gap_when.empty())
        node.excuse = word(rule.no_gap_when);
    return node;
}

std::vector<Bucket> Compiler::buckets(const Measure& rule, const Requirement& clause) {
    std::vector<Bucket> made;
    constexpr std::size_t most_parts = most_buckets - 1; // one more is for what lies outside of them
    if (rule.of_which.size() > most_parts)
        refuse(clause.place, "a total has at most " + std::to_string(most_parts) + " parts");
    for (const Part& part : rule.of_which) {
        Bucket bucket;
        bucket.at_least = part.bound.at_least.value_or(0);
        bucket.at_most = part.bound.at_most.value_or(no_cap);
        if (!part.inside.empty()) {
            for (std::size_t outer = 0; outer < rule.of_which.size(); ++outer)
                if (rule.of_which[outer].name == part.inside)
                    bucket.inside = static_cast<int>(outer);
            if (bucket.inside < 0)
                refuse(clause.place, "the part \"" + part.name + "\" lies inside \"" + part.inside +
                                         "\", which is no part of this clause");
        }
        made.push_back(bucket);
    }
    for (std::size_t part = 0; part < made.size(); ++part) {
        std::size_t steps = 0;
        for (int outer = made[part].inside; outer >= 0; outer = made[static_cast<std::size_t>(outer)].inside)
            if (++steps > made.size())
                refuse(clause.place, "the part \"" + rule.of_which[part].name + "\" lies inside itself");
    }
    return made;
}

} // namespace peercert::rules
