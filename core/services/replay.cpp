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

Replayed Replays::replay(const Actor& actor, domain::DecisionId id) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        auto decision = work.applications.decision(id);
        if (!decision)
            throw Error(ErrorCode::not_found, "there is no decision " + std::to_string(id.value()));
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
        authorize(work, actor, Action::read_person, {person, {}}, house_.today());
        replayed.person = work.people.of(person).code.str();
        if (then.finding.empty() || !then.application) {
            replayed.differs.push_back(Differs::not_kept);
            return replayed;
        }
        const auto program = rulebook_.frozen(work, then.edition_digest);
        const Edition& edition = program->edition();
        replayed.edition = edition.code + " " + edition.edition;
        replayed.engine_now = engine_of(rulebook_, edition);
        const Record record = work.entries.record_before(person, rulebook_.words(), id);
        const Judgement judged = judge_step(*program, verb_asked(replayed.application), replayed.application.level,
                                            record, situation_of_decision(replayed.application, then.decided_on));
        replayed.finding_now = exchange::finding_json(judged.finding).text();
        replayed.same = replayed.finding_now == then.finding;
        const auto [engine_then, plugins_then] = divided(then.engine);
        const auto [engine_now, plugins_now] = divided(replayed.engine_now);
        if (engine_then != engine_now)
            replayed.differs.push_back(Differs::engine);
        if (plugins_then != plugins_now)
            replayed.differs.push_back(Differs::plugins);
        const std::int64_t corrected =
            work.audit.first_since(id, "person.born_corrected", "person " + std::to_string(person.value()));
        if (!replayed.same && corrected != 0 && !work.people.keeps_birthday_of(person, corrected))
            replayed.differs.push_back(Differs::born);
        if (!replayed.same)
            replayed.differs.push_back(Differs::finding);
        return replayed;
    });
}

} // namespace peercert::services
