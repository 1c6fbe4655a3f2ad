#include "services/replay.hpp"

#include <peercert/error.hpp>

#include "exchange/finding_json.hpp"
#include "services/assessment.hpp"
#include "services/issuing.hpp"

namespace peercert::services {

namespace {

/// "peercert-rules 1" and the builds of plugins behind it.
std::pair<std::string, std::string> divided(const std::string& engine) {
    const auto end = engine.find("; ");
    return end == std::string::npos ? std::pair(engine, std::string{})
                                    : std::pair(engine.substr(0, end), engine.substr(end + 2));
}

} // namespace

Finding Replays::judged_again(storage::UnitOfWork& work, const rules::Program& program,
                              const domain::Application& application, const domain::Decision& then,
                              const Record& record) const {
    const Step::Verb verb = verb_asked(application);
    const rules::Situation situation = situation_of_decision(application, then.decided_on);
    Finding finding = judge_step(program, verb, application.level, record, situation).finding;
    if (then.outcome == domain::Outcome::granted && verb != Step::Verb::add) {
        const rules::PresentTerm days = term_asked_for({application, program, record, situation, {}});
        explain_moved(finding, moved_by(work, rulebook_, application.person, record, program, application.level, days,
                                        then.decided_on));
    }
    return finding;
}

Finding Replays::taken_over_again(storage::UnitOfWork& work, const rules::Program& program, PersonId person,
                                  const domain::Decision& then, const Record& record) const {
    Finding finding = finding_of_take_over();
    for (const domain::Term& term : work.credentials.of(then.credential).terms)
        if (term.decision == then.id)
            explain_moved(finding, moved_by(work, rulebook_, person, record, program, term.level,
                                            {term.n, term.first_day, term.last_day}, term.first_day));
    return finding;
}

Replayed Replays::replay(const Actor& actor, domain::DecisionId id) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        auto decision = work.applications.decision(id);
        const Error missing(ErrorCode::not_found, "there is no decision " + std::to_string(id.value()));
        if (!decision)
            throw Error(missing);
        Replayed replayed;
        replayed.decision = std::move(*decision);
        const domain::Decision& then = replayed.decision;
        PersonId person;
        if (then.application) {
            replayed.application = work.applications.of(then.application);
            person = replayed.application.person;
        } else if (then.credential) {
            person = work.credentials.of(then.credential).credential.person;
        }
        authorize(work, actor, Action::read_person, {person, {}}, house_.today(), missing);
        if (!person)
            throw Error(ErrorCode::invalid_input,
                        "decision " + std::to_string(id.value()) +
                            " lets a cohort count; `peercert cohort show` tells it, and there "
                            "is no assessment to judge again");
        replayed.person = work.people.of(person).code.str();
        if (then.finding.empty() || (!then.application && then.action != "take_over")) {
            replayed.differs.push_back(Differs::not_kept);
            return replayed;
        }
        const auto program = rulebook_.frozen(work, then.edition_digest);
        const Edition& edition = program->edition();
        replayed.edition = edition.code + " " + edition.edition;
        replayed.engine_now = engine_of(rulebook_, edition);
        const Record record = work.entries.record_before(person, rulebook_.words(), id);
        replayed.finding_now =
            exchange::finding_json(then.application ? judged_again(work, *program, replayed.application, then, record)
                                                    : taken_over_again(work, *program, person, then, record))
                .text();
        replayed.same = replayed.finding_now == then.finding;
        const auto [engine_then, plugins_then] = divided(then.engine);
        const auto [engine_now, plugins_now] = divided(replayed.engine_now);
        if (engine_then != engine_now)
            replayed.differs.push_back(Differs::engine);
        if (plugins_then != plugins_now)
            replayed.differs.push_back(Differs::plugins);
        for (const PersonId one : work.merges.group(person)) {
            const std::int64_t corrected =
                work.audit.first_since(id, "person.born_corrected", "person " + std::to_string(one.value()));
            if (!replayed.same && corrected != 0 && !work.people.keeps_birthday_of(one, corrected)) {
                replayed.differs.push_back(Differs::born);
                break;
            }
        }
        if (!replayed.same)
            replayed.differs.push_back(Differs::finding);
        return replayed;
    });
}

} // namespace peercert::services
