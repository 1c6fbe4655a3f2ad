#include "services/assessment.hpp"

#include <algorithm>
#include <iterator>

#include <peercert/error.hpp>

#include "rules/planning.hpp"
#include "services/closed_steps.hpp"
#include "services/each_person.hpp"

namespace peercert::services {

namespace {

std::string_view verb_word(Step::Verb verb) {
    switch (verb) {
    case Step::Verb::become: return "become";
    case Step::Verb::renew: return "renew";
    case Step::Verb::extend: return "extend";
    case Step::Verb::add: return "add";
    case Step::Verb::transfer: return "transfer";
    }
    return "become";
}

/// The term that would follow, or nothing where a clock lacks a day that is not on record yet.
std::optional<rules::PresentTerm> following_term(const rules::Program& program, Step::Verb verb,
                                                 const std::string& level, const Record& record,
                                                 const rules::Situation& situation, std::string& why_not) {
    try {
        const bool follows = verb == Step::Verb::renew || verb == Step::Verb::extend;
        return follows ? rules::next_term(program, level, record, situation)
                       : rules::first_term(program, level, record, situation);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_input)
            throw;
        why_not = error.what();
        return std::nullopt;
    }
}

bool is_a_list(const Finding& finding) { return finding.kind == "needs" || finding.kind == "all of"; }

/// The clauses behind a no: below lists the parts, below a choice the choice itself.
void gather_open(const Finding& finding, std::vector<OpenClause>& open) {
    if (finding.verdict.passes())
        return;
    if (is_a_list(finding) && !finding.parts.empty()) {
        for (const Finding& part : finding.parts)
            gather_open(part, open);
        return;
    }
    const std::string name = finding.clause.empty() ? finding.kind : finding.clause;
    OpenClause one;
    one.clause = name;
    one.kind = finding.kind;
    one.to_decide = !finding.verdict.is_unmet();
    one.unit = finding.unit;
    one.own_unit = finding.own_unit;
    one.own_unit_size = finding.own_unit_size;
    one.next = finding.next;
    if (finding.have && finding.need && !finding.need_is_limit && *finding.need > *finding.have)
        one.missing = *finding.need - *finding.have;
    // Parts of a total that are short say more than the total, unless it needs more than they do together.
    std::vector<OpenClause> short_parts;
    std::int64_t in_parts = 0;
    if (finding.have)
        for (const Finding& part : finding.parts)
            if (part.have && part.need && !part.need_is_limit && *part.need > *part.have) {
                in_parts += *part.need - *part.have;
                short_parts.push_back({name + ": " + part.clause, part.kind, false, *part.need - *part.have, part.unit,
                                       part.own_unit, part.own_unit_size, part.next});
            }
    if (short_parts.empty() || one.missing.value_or(0) > in_parts)
        open.push_back(std::move(one));
    std::move(short_parts.begin(), short_parts.end(), std::back_inserter(open));
}

void gather_not_counted(const Finding& finding, std::vector<NotCounted>& not_counted) {
    for (const RefusedEntry& entry : finding.refused)
        not_counted.push_back({finding.clause.empty() ? finding.kind : finding.clause, entry, finding.unit});
    for (const Finding& part : finding.parts)
        gather_not_counted(part, not_counted);
}

/// Clauses that nothing but time can meet, where every yes needs them.
void gather_waits(const Finding& finding, Assessment& assessment) {
    if (finding.verdict.passes())
        return;
    if (is_a_list(finding))
        for (const Finding& part : finding.parts)
            gather_waits(part, assessment);
    const bool only_time = finding.kind == "age" || finding.kind == "filing" || finding.kind == "attempts";
    if (only_time && finding.next.kind == NextStep::Kind::wait_until && finding.next.day &&
        (!assessment.not_before || *assessment.not_before < *finding.next.day)) {
        assessment.not_before = finding.next.day;
        assessment.not_before_because = finding.clause;
    }
}

/// Where an earlier edition had the step, the answer is more than that there is none.
void refuse_closed(const Rulebook& rulebook, const Edition& edition, Step::Verb verb, const std::string& level) {
    if (const std::string text = closed_step_text(rulebook.catalogue(), edition, verb, level); !text.empty())
        throw Error(ErrorCode::invalid_input, text);
}

/// One step of one track, whoever is looked at.
class OneStep {
public:
    OneStep(const Rulebook::ProgramPtr& program, rules::Goal goal, const rules::Situation& situation)
        : program_(program), goal_(goal), situation_(situation), kinds_(program->kinds_read(goal)) {}
    void begin(PersonId, PersonId) {}
    std::uint16_t kinds(PersonId, const Record&) const { return kinds_; }
    void see(PersonId, const Record& record) {
        ++counted.people;
        const Verdict verdict = rules::judge(*program_, goal_, record, situation_, room_);
        if (verdict.passes())
            ++counted.passing;
        else
            ++(verdict.is_unmet() ? counted.not_yet : counted.needing_a_decision);
    }
    Assessments::Everybody counted;

private:
    Rulebook::ProgramPtr program_;
    rules::Goal goal_;
    rules::Situation situation_;
    std::uint16_t kinds_;
    rules::Workspace room_;
};

} // namespace

std::string step_text(Step::Verb verb, std::string_view level) {
    return "to " + std::string(verb_word(verb)) + " " + std::string(level);
}

std::string level_meant(const Rulebook& rulebook, const Edition& edition, Step::Verb verb, const std::string& level) {
    if (!level.empty()) {
        if (edition.step(verb, level) == nullptr)
            refuse_closed(rulebook, edition, verb, level);
        return level;
    }
    std::string only, all;
    int count = 0;
    for (const Step& step : edition.steps)
        if (step.verb == verb) {
            only = step.level;
            all += (count++ == 0 ? "" : ", ") + step.level;
        }
    if (count == 1)
        return only;
    if (count == 0)
        refuse_closed(rulebook, edition, verb, level);
    throw Error(ErrorCode::invalid_input, count == 0 ? edition.code + " has no step " + step_text(verb, "a level")
                                                     : "which level? " + edition.code + " has these to " +
                                                           std::string(verb_word(verb)) + ": " + all);
}

Date today_for(const House& house, const Edition& edition) {
    return day_in_zone(house.clock.now(), edition.zone.empty() ? house.zone : edition.zone);
}

rules::EventDays event_days(Date received, Date asked) {
    return {{"applying", received}, {"deadline", asked}, {"issue", asked},        {"asked", asked},
            {"attempt", asked},     {"observed", asked}, {"first session", asked}};
}

Judgement judge_step(const rules::Program& program, Step::Verb verb, const std::string& level, const Record& record,
                     const rules::Situation& situation) {
    Judgement judgement;
    const Date filed = situation.applying.value_or(situation.as_of);
    const rules::AskedGoal asked = rules::goal_on(program, verb, level, record, situation.as_of, filed);
    if (asked.rung)
        judgement.rung = program.edition().after_expiry[*asked.rung].called_on(filed);
    judgement.finding = rules::explain(program, asked.goal, record, situation);
    judgement.term = following_term(program, verb, level, record, situation, judgement.term_open);
    judgement.fee = rules::fee(program, verb, level, record, situation);
    return judgement;
}

std::vector<OpenClause> open_clauses(const Finding& finding) {
    std::vector<OpenClause> open;
    gather_open(finding, open);
    return open;
}

Assessment assess_record(const House& house, const Rulebook& rulebook, const PersonLine& person, const Record& record,
                         const AssessRequest& request) {
    const Date asked = request.as_of.value_or(house.today());
    const auto chosen =
        request.very_edition.empty()
            ? rulebook.choose(request.track, event_days(request.received_on.value_or(asked), asked), request.edition)
            : Rulebook::Chosen{rulebook.edition_on_file(request.track, request.very_edition), "named", asked};
    const rules::Program& program = *chosen.program;
    const Edition& edition = program.edition();
    const Date today = today_for(house, edition);
    Assessment assessment;
    assessment.as_of = request.as_of.value_or(today);
    assessment.person = person;
    assessment.track = edition.code;
    assessment.edition = edition.edition;
    assessment.edition_digest = edition.digest;
    assessment.edition_chosen_by = chosen.event;
    assessment.edition_day = chosen.day;
    assessment.edition_published = edition.origin == curricula::published_origin;
    assessment.edition_in_force = {edition.in_force_from.is_stated() ? std::optional(edition.in_force_from.value)
                                                                     : std::nullopt,
                                   edition.in_force_until};
    assessment.title = edition.title_on(assessment.as_of);
    assessment.level = level_meant(rulebook, edition, request.verb, request.level);
    assessment.step = step_text(request.verb, assessment.level);
    assessment.projection = assessment.as_of > today;
    const rules::Situation situation{
        .as_of = assessment.as_of, .applying = request.received_on, .term_asked = request.term};
    Judgement judged = judge_step(program, request.verb, assessment.level, record, situation);
    assessment.finding = std::move(judged.finding);
    assessment.rung = judged.rung;
    assessment.term = judged.term;
    assessment.term_open = judged.term_open;
    assessment.fee = judged.fee;
    assessment.open = open_clauses(assessment.finding);
    gather_not_counted(assessment.finding, assessment.not_counted);
    gather_waits(assessment.finding, assessment);
    if (assessment.finding.verdict.passes())
        assessment.holds_until = assessment.finding.holds_until;
    else if (assessment.finding.next.kind == NextStep::Kind::wait_until)
        assessment.met_by_waiting = assessment.finding.next.day;
    for (const Entry& entry : record.entries)
        assessment.entry_days.emplace(entry.id, entry.kind == EntryKind::fact ? entry.first : entry.last);
    assessment.held = term_standing(program, rulebook.words(), record, assessment.level, assessment.as_of);
    return assessment;
}

PersonLine person_line(storage::UnitOfWork& work, const domain::Person& person) {
    return {person.code, work.people.name_used(person.id), person.born, person.merged};
}

Assessment Assessments::assess(const Actor& actor, const AssessRequest& request) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, request.person, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        return assess_record(house_, rulebook_, person_line(work, person),
                             work.entries.record(person.id, rulebook_.words()), request);
    });
}

Assessments::Everybody Assessments::assess_everybody(const Actor& actor, const AssessRequest& request,
                                                     std::size_t threads) {
    const Date asked = request.as_of.value_or(house_.today());
    const auto chosen =
        rulebook_.choose(request.track, event_days(request.received_on.value_or(asked), asked), request.edition);
    const rules::Program& program = *chosen.program;
    const rules::Goal goal =
        program.step(request.verb, level_meant(rulebook_, program.edition(), request.verb, request.level));
    const rules::Situation situation{.as_of = asked, .applying = request.received_on, .term_asked = request.term};
    Everybody total;
    each_person(
        house_, rulebook_, actor, threads, {.uses = program.reads_uses(), .places = program.reads_places()},
        [&](storage::UnitOfWork&) { return OneStep(chosen.program, goal, situation); },
        [&](const OneStep& worker) {
            total.people += worker.counted.people;
            total.passing += worker.counted.passing;
            total.not_yet += worker.counted.not_yet;
            total.needing_a_decision += worker.counted.needing_a_decision;
        });
    return total;
}

} // namespace peercert::services
