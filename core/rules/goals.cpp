#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/closed_days.hpp"
#include "rules/compiler.hpp"

namespace peercert::rules {

namespace {

constexpr std::string_view verb_word(Step::Verb verb) {
    switch (verb) {
    case Step::Verb::become: return "to become ";
    case Step::Verb::renew: return "to renew ";
    case Step::Verb::extend: return "to extend ";
    case Step::Verb::add: return "to add ";
    case Step::Verb::transfer: return "to transfer ";
    }
    return "to ";
}

Goal find(const std::vector<NamedGoal>& goals, std::string_view name, std::string_view what, const Edition& edition) {
    std::vector<std::string_view> known;
    for (const NamedGoal& one : goals) {
        if (one.name == name)
            return one.goal;
        known.push_back(one.name);
    }
    const std::string near = nearest(name, known);
    throw Error(ErrorCode::not_found, edition.code + " " + edition.edition + " has no " + std::string(what) + " \"" +
                                          std::string(name) + "\"" +
                                          (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
}

} // namespace

const Requirement& Compiler::made(std::string name, std::string word, std::string see, RequirementBody body) {
    Requirement clause;
    clause.name = std::move(name);
    clause.word = std::move(word);
    clause.see = std::move(see);
    clause.body = std::move(body);
    return out_.made.emplace_back(std::move(clause));
}

Goal Compiler::finish(std::uint32_t first, const std::vector<std::uint32_t>& parts, std::string name, Symbol level) {
    const Goal goal{first, group(Group::Op::all, 0, parts, made(std::move(name), "all of", {}), first), level};
    link_totals(goal);
    link_multiples(goal);
    return goal;
}

/// Tells each total which topics beside it do not certainly lie inside it.
void Compiler::link_totals(Goal goal) {
    for (std::uint32_t at = goal.first; at <= goal.root; ++at) {
        auto* total = std::get_if<MeasureNode>(&out_.nodes[at].body);
        if (total == nullptr || total->rule->counts_in_total || total->rule->own_clock || !total->rule->bound.at_least)
            continue;
        for (std::uint32_t other = goal.first; other <= goal.root; ++other) {
            const auto* topic = std::get_if<MeasureNode>(&out_.nodes[other].body);
            if (topic == nullptr || topic->rule->kind != total->rule->kind || !topic->rule->counts_in_total ||
                !topic->rule->bound.at_least ||
                (topic->rule->counts_in_total->is_stated() && topic->rule->counts_in_total->value))
                continue;
            if (topic->rule->counts_in_total->is_stated() && !total->rule->of_which.empty())
                refuse(out_.nodes[other].clause->place,
                       "hours on top of a total that has parts are not judged yet; make the topic a part of its own");
            OnTop link{other, none};
            for (std::uint32_t up = goal.root; up > other; --up)
                if (const auto* choice = std::get_if<ChoiceNode>(&out_.nodes[up].body))
                    if (out_.nodes[choice->then].first <= other && other <= choice->then)
                        link.condition = choice->condition;
            total->on_top.push_back(link);
        }
    }
}

/// Finds the clause whose amount multiplies another's bound: of the same step, measured in the same unit.
void Compiler::link_multiples(Goal goal) {
    for (std::uint32_t at = goal.first; at <= goal.root; ++at) {
        auto* measure = std::get_if<MeasureNode>(&out_.nodes[at].body);
        if (measure == nullptr || !measure->rule->for_every)
            continue;
        const Requirement& clause = *out_.nodes[at].clause;
        const std::string& name = measure->rule->for_every->clause;
        std::vector<std::string_view> known;
        for (std::uint32_t other = goal.first; other <= goal.root && measure->for_every == none; ++other) {
            const auto* counted = std::get_if<MeasureNode>(&out_.nodes[other].body);
            if (counted == nullptr || other == at)
                continue;
            known.push_back(out_.nodes[other].clause->name);
            if (known.back() != name)
                continue;
            if (counted->rule->for_every)
                refuse(clause.place, "\"" + name + "\" is multiplied itself; one multiple cannot hang on another");
            if (counted->rule->bound.unit != measure->rule->for_every->unit)
                refuse(clause.place, "\"" + name + "\" is counted in another unit than \"for every\" says");
            measure->for_every = other;
        }
        if (measure->for_every == none) {
            const std::string near = nearest(name, known);
            refuse(clause.place, "no amount of this step is called \"" + name + "\"" +
                                     (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
        }
    }
}

/// What every step asks before its own needs: where one comes from, when one files, a term to renew and a renewal left.
void Compiler::before_needs(const Step& step, bool asks_filing, std::vector<std::uint32_t>& parts) {
    if (!step.coming_from.empty()) {
        Group any{Group::Op::any, 0, {}};
        for (const std::string& level : step.coming_from) {
            Requirement holds;
            holds.name = level;
            holds.word = "level";
            holds.place = step.place;
            holds.body = HoldsCredential{{}, level, {}, std::nullopt};
            any.parts.push_back(std::move(holds));
        }
        parts.push_back(requirement(made("coming from", "coming from", {}, std::move(any))));
    }
    if (asks_filing && step.filing) {
        FilingNode node;
        if (step.filing->opens.is_stated())
            node.opens = day(step.filing->opens.value, step.place);
        if (step.filing->until.is_stated())
            node.until = day(step.filing->until.value, step.place);
        node.late = step.filing->filed_late;
        node.gives_way = gives_way(*step.filing);
        node.closed = calendar_of(*out_.edition, step.filing->closed_days);
        if (node.opens || node.until)
            parts.push_back(
                add(node, made("filing", "filing", step.filing->see), static_cast<std::uint32_t>(out_.nodes.size())));
    }
    if (step.stays_open)
        parts.push_back(add(StillOpenNode{day(*step.stays_open, step.place), &step},
                            made("application", "stays open", step.needs.see),
                            static_cast<std::uint32_t>(out_.nodes.size())));
    if (step.verb != Step::Verb::renew && step.verb != Step::Verb::extend)
        return;
    parts.push_back(add(PresentTermNode{}, made("present term", "present term", {}),
                        static_cast<std::uint32_t>(out_.nodes.size())));
    const Level* level = out_.edition->level(step.level);
    if (level->lasts && level->lasts->renewals_at_most)
        parts.push_back(add(RenewalsNode{*level->lasts->renewals_at_most},
                            made("number of renewals", "number of renewals", level->lasts->see),
                            static_cast<std::uint32_t>(out_.nodes.size())));
}

Goal Compiler::step(const Step& step) {
    const auto first = static_cast<std::uint32_t>(out_.nodes.size());
    std::vector<std::uint32_t> parts;
    const Symbol level = known_level(step.level, step.place);
    before_needs(step, true, parts);
    parts.push_back(requirement(step.needs));
    const bool about_own_term = step.verb == Step::Verb::renew || step.verb == Step::Verb::extend;
    return finish(first, parts, std::string(verb_word(step.verb)) + step.level, about_own_term ? level : Symbol::none);
}

Goal Compiler::coming_back(const Step& step, const Rung& rung) {
    const auto first = static_cast<std::uint32_t>(out_.nodes.size());
    std::vector<std::uint32_t> parts;
    before_needs(step, false, parts);
    if (!rung.to_come_back || !rung.only_to_come_back)
        parts.push_back(requirement(step.needs));
    if (rung.to_come_back)
        parts.push_back(requirement(*rung.to_come_back));
    if (!rung.decides.empty())
        parts.push_back(requirement(made(rung.decides, "body decides", rung.see, BodyDecides{rung.decides})));
    return finish(first, parts, "to come back as " + step.level, word(step.level));
}

void Compiler::gather_exams(const Requirement& clause) {
    if (const auto* exam = std::get_if<Passed>(&clause.body))
        for (const std::string& part : exam->parts) {
            const Symbol symbol = word(part);
            if (std::none_of(out_.exam_parts.begin(), out_.exam_parts.end(),
                             [symbol](const ExamPart& known) { return known.part == symbol; }))
                out_.exam_parts.push_back(
                    {symbol,
                     exam->mark.is_stated() && !exam->together ? std::optional(exam->mark.value.value) : std::nullopt,
                     exam->together ? exam : nullptr});
        }
    for (const Requirement& part : parts_of(clause))
        gather_exams(part);
}

void Compiler::completion(const Format& format) {
    const auto asked = [&] {
        std::vector<std::uint32_t> parts;
        const auto leaf = [&](NodeBody body, std::string name, std::string kind) {
            parts.push_back(add(std::move(body), made(std::move(name), std::move(kind), format.see),
                                static_cast<std::uint32_t>(out_.nodes.size())));
        };
        if (format.completion)
            parts.push_back(requirement(*format.completion));
        if (format.missed_at_most)
            leaf(MissedNode{&format}, "missed", "missed at most");
        for (const std::string& unit : format.never_missed)
            leaf(UnitNode{&format, word(unit)}, unit, "never missed");
        return parts;
    };
    auto first = static_cast<std::uint32_t>(out_.nodes.size());
    out_.completions.push_back({format.name, 0, finish(first, asked(), "completion of " + format.name, Symbol::none)});
    for (std::size_t which = 0; which < format.outcomes.size(); ++which) {
        const Format::Outcome& outcome = format.outcomes[which];
        first = static_cast<std::uint32_t>(out_.nodes.size());
        const bool last_resort = which + 1 == format.outcomes.size() && !outcome.needs;
        std::vector<std::uint32_t> parts = last_resort ? std::vector<std::uint32_t>{} : asked();
        if (outcome.needs)
            parts.push_back(requirement(*outcome.needs));
        out_.outcomes.push_back({format.name, which, finish(first, parts, outcome.called, Symbol::none)});
    }
}

void Compiler::fees(const std::vector<Fee>& fees, const Step& step) {
    const bool about_own_term = step.verb == Step::Verb::renew || step.verb == Step::Verb::extend;
    const Symbol level = known_level(step.level, step.place);
    const auto goal = [&](const std::vector<Requirement>& clause, const char* name) -> std::optional<Goal> {
        if (clause.empty())
            return std::nullopt;
        const auto first = static_cast<std::uint32_t>(out_.nodes.size());
        return finish(first, {requirement(clause.front())}, name, about_own_term ? level : Symbol::none);
    };
    for (const Fee& fee : fees) {
        if (fee.asked_when.empty() && fee.waived_when.empty() && !fee.each_month_after)
            continue;
        FeeGoal made{&fee, level, goal(fee.asked_when, "fee asked"), goal(fee.waived_when, "fee waived"), std::nullopt};
        if (fee.each_month_after)
            made.each_month_after = day(*fee.each_month_after, step.place);
        out_.fees.push_back(std::move(made));
    }
}

void Compiler::goals() {
    const Edition& edition = *out_.edition;
    for (const ExceptionRule& rule : edition.exceptions)
        out_.cohort_facts.push_back(word(rule.cohort_fact));
    for (const Step& one : edition.steps)
        gather_exams(one.needs);
    for (const Step& one : edition.steps) {
        out_.steps.push_back({one.verb, one.level, step(one)});
        fees(one.fees, one);
        if (one.verb == Step::Verb::renew || one.verb == Step::Verb::extend)
            for (const Rung& rung : edition.after_expiry)
                fees(rung.fees, one);
        if (one.verb == Step::Verb::renew)
            for (std::size_t rung = 0; rung < edition.after_expiry.size(); ++rung)
                out_.returns.push_back({one.level, rung, coming_back(one, edition.after_expiry[rung])});
    }
    for (const Requirement& one : edition.meanings) {
        const auto first = static_cast<std::uint32_t>(out_.nodes.size());
        open_meanings_.push_back(one.name);
        const std::uint32_t root = requirement(one);
        open_meanings_.pop_back();
        const Goal goal{first, root, Symbol::none};
        link_multiples(goal);
        out_.meanings.push_back({one.name, 0, goal});
    }
    for (const Level& level : edition.levels) {
        const auto first = static_cast<std::uint32_t>(out_.nodes.size());
        HoldsCredential holds;
        holds.level = level.name;
        std::vector<std::uint32_t> parts{requirement(made(level.name, "level", level.see, std::move(holds)))};
        if (level.stays_current)
            parts.push_back(requirement(*level.stays_current));
        if (level.eligible_while && level.when_no_longer_eligible == Level::NoLonger::ends)
            parts.push_back(requirement(*level.eligible_while));
        out_.levels.push_back({level.name, 0, finish(first, parts, level.name, word(level.name))});
    }
    for (const Level& level : edition.levels)
        if (level.eligible_while) {
            const auto first = static_cast<std::uint32_t>(out_.nodes.size());
            out_.eligibilities.push_back(
                {level.name, 0,
                 finish(first, {requirement(*level.eligible_while)}, "eligible for " + level.name, word(level.name))});
        }
    for (const Format& format : edition.formats)
        completion(format);
}

Program::Program(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words)
    : compiled_(std::make_unique<const Compiled>(compile(std::move(edition), kinds, words))) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

const Edition& Program::edition() const noexcept { return *compiled_->edition; }
bool Program::reads_uses() const noexcept { return compiled_->reads_uses; }
bool Program::reads_places() const noexcept { return compiled_->reads_places; }

Goal Program::step(Step::Verb verb, std::string_view level) const {
    for (const StepGoal& one : compiled_->steps)
        if (one.verb == verb && one.level == level)
            return one.goal;
    std::vector<std::string> names;
    for (const StepGoal& one : compiled_->steps)
        names.push_back(std::string(verb_word(one.verb)) + one.level);
    const std::string asked = std::string(verb_word(verb)) + std::string(level);
    const std::string near = nearest(asked, {names.begin(), names.end()});
    throw Error(ErrorCode::not_found, edition().code + " " + edition().edition + " has no step \"" + asked + "\"" +
                                          (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
}

std::uint16_t Program::kinds_read(Goal goal) const {
    constexpr auto bit = [](EntryKind kind) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind)); };
    if (compiled_->reads_any_entry)
        return 0xffff;
    // Days and conditions of many rules hang on these, and nobody has many of them.
    std::uint16_t kinds = bit(EntryKind::fact) | bit(EntryKind::decision) | bit(EntryKind::exam) |
                          bit(EntryKind::training) | bit(EntryKind::document) | bit(EntryKind::attestation);
    for (std::uint32_t at = goal.first; at <= goal.root; ++at) {
        const NodeBody& body = compiled_->nodes[at].body;
        if (std::holds_alternative<PluginNode>(body))
            return 0xffff;
        if (const auto* has = std::get_if<HasNode>(&body))
            kinds |= bit(has->rule->kind);
        else if (const auto* measure = std::get_if<MeasureNode>(&body))
            kinds |= bit(measure->rule->kind);
        else if (std::holds_alternative<MissedNode>(body) || std::holds_alternative<UnitNode>(body))
            kinds |= bit(EntryKind::attendance);
    }
    return kinds;
}

std::uint16_t Program::kinds_read(Step::Verb verb, std::string_view level) const {
    std::uint16_t kinds = kinds_read(step(verb, level));
    if (verb == Step::Verb::renew)
        for (const NamedGoal& one : compiled_->returns)
            if (one.name == level)
                kinds |= kinds_read(one.goal);
    for (const FeeGoal& one : compiled_->fees)
        for (const auto& goal : {one.asked_when, one.waived_when})
            kinds |= goal ? kinds_read(*goal) : std::uint16_t{0};
    return kinds;
}

Goal Program::coming_back(std::string_view level, std::size_t rung) const {
    for (const NamedGoal& one : compiled_->returns)
        if (one.name == level && one.rung == rung)
            return one.goal;
    throw Error(ErrorCode::not_found, edition().code + " " + edition().edition +
                                          " says nothing about coming back as \"" + std::string(level) +
                                          "\" that late");
}

Goal Program::meaning(std::string_view name) const { return find(compiled_->meanings, name, "meaning", edition()); }
Goal Program::level(std::string_view name) const { return find(compiled_->levels, name, "level", edition()); }
std::optional<Goal> Program::eligibility(std::string_view level) const {
    for (const NamedGoal& one : compiled_->eligibilities)
        if (one.name == level)
            return one.goal;
    return std::nullopt;
}
Goal Program::outcome(std::string_view format, std::size_t which) const {
    for (const NamedGoal& one : compiled_->outcomes)
        if (one.name == format && one.rung == which)
            return one.goal;
    throw Error(ErrorCode::not_found, edition().code + " " + edition().edition + " grades nothing in \"" +
                                          std::string(format) + "\" that far");
}
Goal Program::completion(std::string_view format) const {
    return find(compiled_->completions, format, "group", edition());
}

} // namespace peercert::rules
