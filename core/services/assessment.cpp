#include "services/assessment.hpp"

#include <algorithm>
#include <iterator>

#include <peercert/error.hpp>

#include "rules/planning.hpp"
#include "services/answer_in_time.hpp"
#include "services/authority_review.hpp"
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

AskedEdition edition_asked_for(const House& house, const Rulebook& rulebook, const Record& record,
                               const AssessRequest& request) {
    if (request.very_edition.empty())
        return asked_edition(house, rulebook, record,
                             {.track = request.track,
                              .verb = request.verb,
                              .level = request.level,
                              .as_of = request.as_of,
                              .received = request.received_on,
                              .edition = request.edition},
                             false);
    const auto program = rulebook.edition_on_file(request.track, request.very_edition);
    const Date today = today_for(house, program->edition());
    const Date as_of = request.as_of.value_or(today);
    return {{program, "named", as_of}, today, as_of};
}

/// One step of one track, as one record or every record is asked about it.
struct AskedStep {
    struct ByEdition {
        Rulebook::ProgramPtr program;
        std::string level;
        rules::Goal goal; ///< while a term lasts; behind it a renewal is a coming back
    };
    std::vector<ByEdition> programs; ///< several: nobody found which applies
    rules::Situation situation;
    std::uint16_t kinds{0};
    storage::RecordParts parts{.uses = false, .places = false, .kinds = {}};
};

AskedStep asked_step(const House& house, const Rulebook& rulebook, const Record& record, const AssessRequest& request) {
    const auto [chosen, today, as_of] = edition_asked_for(house, rulebook, record, request);
    AskedStep asked;
    asked.situation = {.as_of = as_of, .applying = request.received_on, .term_asked = request.term};
    for (const Rulebook::ProgramPtr& one : chosen.undecided.empty() ? std::vector{chosen.program} : chosen.undecided) {
        const std::string level = level_meant(rulebook, one->edition(), request.verb, request.level);
        asked.programs.push_back({one, level, one->step(request.verb, level)});
        asked.kinds |= one->kinds_read(request.verb, level);
        asked.parts.uses = asked.parts.uses || one->reads_uses();
        asked.parts.places = asked.parts.places || one->reads_places();
    }
    return asked;
}

/// That step, whoever is looked at. `for_all`: the same for everybody; nullptr: it depends on the record.
class OneStep {
public:
    OneStep(const House& house, const Rulebook& rulebook, const AssessRequest& request, const AskedStep* for_all)
        : house_(house), rulebook_(rulebook), request_(request), for_all_(for_all) {}
    void begin(PersonId, PersonId) {}
    std::uint16_t kinds(PersonId, const Record&) const { return for_all_ != nullptr ? for_all_->kinds : all_kinds; }
    void see(PersonId, const Record& record) {
        if (for_all_ != nullptr)
            return count(*for_all_, record);
        std::optional<AskedStep> own;
        try {
            own = asked_step(house_, rulebook_, record, request_);
        } catch (const Error& error) { // no edition is known for the day of their own event
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::invalid_input)
                throw;
            ++counted.people;
            ++counted.needing_a_decision;
            return;
        }
        count(*own, record);
    }
    Assessments::Everybody counted;

private:
    static constexpr std::uint16_t all_kinds = 0xffff;

    Verdict answer(const AskedStep::ByEdition& one, const Record& record, const rules::Situation& when) {
        if (request_.verb != Step::Verb::renew)
            return rules::judge(*one.program, one.goal, record, when, room_);
        const auto asked = rules::goal_on(*one.program, request_.verb, one.level, record, when.as_of,
                                          when.applying.value_or(when.as_of));
        return rules::judge(*one.program, asked.goal, record, asked.of(when), room_);
    }

    void count(const AskedStep& asked, const Record& record) {
        std::uint8_t possible = 0;
        for (const AskedStep::ByEdition& one : asked.programs)
            possible |= answer(one, record, asked.situation).bits();
        const Verdict verdict = Verdict::of(possible);
        ++counted.people;
        if (verdict.passes())
            ++counted.passing;
        else
            ++(verdict.is_unmet() ? counted.not_yet : counted.needing_a_decision);
    }

    const House& house_;
    const Rulebook& rulebook_;
    const AssessRequest& request_;
    const AskedStep* for_all_;
    rules::Workspace room_;
};

/// Where nobody found which of two editions applies, the answer is settled only where both give the same.
void by_each(Assessment& assessment, const Rulebook::Chosen& chosen, const AssessRequest& request, const Record& record,
             const rules::Situation& situation) {
    std::uint8_t possible = 0;
    for (const Rulebook::ProgramPtr& one : chosen.undecided) {
        if (one->edition().step(request.verb, assessment.level) == nullptr)
            continue; // it has no such step, and so no answer
        const Verdict verdict =
            one == chosen.program ? assessment.finding.verdict
                                  : judge_step(*one, request.verb, assessment.level, record, situation).finding.verdict;
        possible |= verdict.passes() ? std::uint8_t{Verdict::met_bit} : verdict.bits();
        assessment.by_each_edition.emplace_back(one->edition().edition, verdict);
    }
    const Verdict verdict = Verdict::of(possible);
    if (verdict == assessment.finding.verdict || (verdict.is_met() && assessment.finding.verdict.passes()))
        return;
    assessment.finding.verdict = verdict;
    assessment.finding.open_because = "decision";
    assessment.finding.next = {NextStep::Kind::decision, "which edition applies", 0, Unit::none, std::nullopt};
    OpenClause which;
    which.kind = "edition";
    which.clause = assessment.finding.next.what;
    which.to_decide = true;
    which.next = assessment.finding.next;
    assessment.open.push_back(std::move(which));
}

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

Judgement judge_step(const rules::Program& program, Step::Verb verb, const std::string& level, const Record& record,
                     const rules::Situation& when) {
    Judgement judgement;
    const Date filed = when.applying.value_or(when.as_of);
    const rules::AskedGoal asked = rules::goal_on(program, verb, level, record, when.as_of, filed);
    const rules::Situation situation = asked.of(when);
    if (asked.rung)
        judgement.rung = program.edition().after_expiry[*asked.rung].called_on(filed);
    judgement.finding = rules::explain(program, asked.goal, record, situation);
    judgement.term = following_term(program, verb, level, record, situation, judgement.term_open);
    judgement.fee = rules::fee(program, verb, level, record, situation);
    return judgement;
}

Assessment assess_record(const House& house, const Rulebook& rulebook, const PersonLine& person, const Record& record,
                         const AssessRequest& request) {
    const auto [chosen, today, as_of] = edition_asked_for(house, rulebook, record, request);
    const rules::Program& program = *chosen.program;
    const Edition& edition = program.edition();
    Assessment assessment;
    assessment.as_of = as_of;
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
    if (!chosen.undecided.empty())
        by_each(assessment, chosen, request, record, situation);
    gather_not_counted(assessment.finding, assessment.not_counted);
    gather_waits(assessment.finding, assessment);
    AnswerInTime in_time =
        answer_in_time(program, request.verb, assessment.level, record, situation, assessment.finding);
    assessment.holds_until = in_time.holds_until;
    assessment.met_by_waiting = in_time.met_by_waiting;
    assessment.changes = std::move(in_time.changes);
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
        Assessment assessment = assess_record(house_, rulebook_, person_line(work, person),
                                              work.entries.record(person.id, rulebook_.words()), request);
        for (const domain::LedgerEntry& line : under_review(work, person.id))
            if (std::any_of(assessment.not_counted.begin(), assessment.not_counted.end(),
                            [&](const NotCounted& one) { return one.entry.entry == line.id; }))
                assessment.under_review.push_back({line.id, line.code, line.last_day});
        return assessment;
    });
}

Assessments::Everybody Assessments::assess_everybody(const Actor& actor, const AssessRequest& request,
                                                     std::size_t threads) {
    std::optional<AskedStep> for_all;
    if (!rulebook_.chosen_by_record(request.track))
        for_all = asked_step(house_, rulebook_, {}, request);
    const AskedStep* same = for_all ? &*for_all : nullptr;
    Everybody total;
    each_person(
        house_, rulebook_, actor, threads, same != nullptr ? same->parts : storage::RecordParts{},
        [&](storage::UnitOfWork&) { return OneStep(house_, rulebook_, request, same); },
        [&](const OneStep& worker) {
            total.people += worker.counted.people;
            total.passing += worker.counted.passing;
            total.not_yet += worker.counted.not_yet;
            total.needing_a_decision += worker.counted.needing_a_decision;
        });
    return total;
}

} // namespace peercert::services
