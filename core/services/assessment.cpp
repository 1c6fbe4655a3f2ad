#include "services/assessment.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <peercert/error.hpp>

#include "services/closed_steps.hpp"

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

/// Last day of the term in question: the newest one of that level in the record.
std::optional<Date> last_day_held(const Record& record, Symbol track, Symbol level, Date as_of) {
    std::optional<Date> last;
    for (const Holding& holding : record.holdings)
        if (holding.track == track)
            for (const HeldTerm& term : holding.terms)
                if (term.level == level && term.first <= as_of)
                    last = term.last;
    return last;
}

/// Where an earlier edition had the step, the answer is more than that there is none.
void refuse_closed(const Rulebook& rulebook, const Edition& edition, Step::Verb verb, const std::string& level) {
    if (const std::string text = closed_step_text(rulebook.catalogue(), edition, verb, level); !text.empty())
        throw Error(ErrorCode::invalid_input, text);
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

Date today_for(const House& house, const Edition& edition) {
    return day_in_zone(house.clock.now(), edition.zone.empty() ? house.zone : edition.zone);
}

rules::EventDays event_days(Date received, Date asked) {
    return {{"applying", received}, {"deadline", asked}, {"issue", asked},        {"asked", asked},
            {"attempt", asked},     {"observed", asked}, {"first session", asked}};
}

Judgement judge_step(const rules::Program& program, const Vocabulary& words, Step::Verb verb, const std::string& level,
                     const Record& record, const rules::Situation& situation) {
    Judgement judgement;
    rules::Goal goal = program.step(verb, level);
    if (verb == Step::Verb::renew) {
        const Date filed = situation.applying.value_or(situation.as_of);
        if (const auto last = last_day_held(record, words.find(program.edition().code), goal.level, situation.as_of))
            if (const auto rung = rules::in_time_by_closed_day(program, level, *last, filed)
                                      ? std::nullopt
                                      : rules::rung_on(program, *last, filed, record)) {
                goal = program.coming_back(level, *rung);
                judgement.rung = program.edition().after_expiry[*rung].called_on(filed);
            }
    }
    judgement.finding = rules::explain(program, goal, record, situation);
    judgement.term = following_term(program, verb, level, record, situation, judgement.term_open);
    judgement.fee = rules::fee(program, verb, level, record, situation);
    return judgement;
}

Assessment Assessments::assess(const Actor& actor, const AssessRequest& request) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, request.person);
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        const Date asked = request.as_of.value_or(house_.today());
        const auto chosen =
            rulebook_.choose(request.track, event_days(request.received_on.value_or(asked), asked), request.edition);
        const Edition& edition = chosen.program->edition();
        const Date today = today_for(house_, edition);
        Assessment assessment;
        assessment.as_of = request.as_of.value_or(today);
        assessment.person = {person.code, work.people.name_used(person.id), person.born};
        assessment.track = edition.code;
        assessment.edition = edition.edition;
        assessment.edition_digest = edition.digest;
        assessment.edition_chosen_by = chosen.event;
        assessment.title = edition.title_on(assessment.as_of);
        assessment.level = level_meant(rulebook_, edition, request.verb, request.level);
        assessment.step = step_text(request.verb, assessment.level);
        assessment.projection = assessment.as_of > today;
        const Record record = work.entries.record(person.id, rulebook_.words());
        const rules::Situation situation{
            .as_of = assessment.as_of, .applying = request.received_on, .term_asked = request.term};
        Judgement judged =
            judge_step(*chosen.program, rulebook_.words(), request.verb, assessment.level, record, situation);
        assessment.finding = std::move(judged.finding);
        assessment.rung = judged.rung;
        assessment.term = judged.term;
        assessment.term_open = judged.term_open;
        assessment.fee = judged.fee;
        return assessment;
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
    if (threads == 0)
        threads = std::max(1U, std::thread::hardware_concurrency());
    Everybody total;
    std::mutex adding;
    std::atomic<std::int64_t> next{0};
    house_.store.read_together(threads, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::report, {}, house_.today());
        constexpr std::int64_t some = storage::Entries::people_at_once;
        const std::int64_t last = work.people.last().value();
        rules::Workspace room;
        Everybody mine;
        Record with_uses;
        const auto judge = [&](PersonId person, const Record& read) {
            ++mine.people;
            const Record* record = &read;
            if (program.reads_uses()) {
                with_uses = read;
                with_uses.uses = work.entries.uses(person, rulebook_.words());
                record = &with_uses;
            }
            const Verdict verdict = rules::judge(program, goal, *record, situation, room);
            if (verdict.passes())
                ++mine.passing;
            else
                ++(verdict.is_unmet() ? mine.not_yet : mine.needing_a_decision);
        };
        for (std::int64_t after = next.fetch_add(some); after < last; after = next.fetch_add(some))
            work.entries.each_record(rulebook_.words(), PersonId(after), PersonId(after + some), judge);
        const std::lock_guard lock(adding);
        total.people += mine.people;
        total.passing += mine.passing;
        total.not_yet += mine.not_yet;
        total.needing_a_decision += mine.needing_a_decision;
    });
    return total;
}

} // namespace peercert::services
