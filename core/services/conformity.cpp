#include "services/conformity.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "exchange/finding_json.hpp"
#include "services/completion.hpp"
#include "services/gone.hpp"
#include "services/issuing.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

using exchange::Json;

constexpr std::string_view reason_begins = "\"reason\":";

std::string action_about(const domain::Cohort& cohort) {
    return "cohort.complete/" + std::to_string(cohort.id.value());
}

/// How many take part; nothing while nobody has a place.
std::optional<int> people_in(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    const auto places = work.enrolments.of_cohort(cohort.id);
    if (places.empty())
        return std::nullopt;
    return static_cast<int>(std::count_if(places.begin(), places.end(), [](const domain::Enrolment& place) {
        return place.state() != domain::EnrolmentState::moved_on;
    }));
}

Finding too_few(const char* what, Unit unit, std::int64_t have, std::int64_t need) {
    Finding finding;
    finding.clause = finding.kind = what;
    finding.unit = unit;
    finding.have = finding.have_most = have;
    finding.need = need;
    finding.verdict = Verdict::unmet();
    return finding;
}

std::vector<Finding> findings_of_the_whole(const Format& format, const std::vector<SessionConformity>& sessions) {
    std::vector<Finding> findings;
    const auto held = static_cast<std::int64_t>(sessions.size());
    if (format.sessions && held < *format.sessions)
        findings.push_back(too_few("sessions", Unit::count, held, *format.sessions));
    Minutes together{0};
    for (const SessionConformity& one : sessions)
        together += one.session.length;
    if (together < format.held_by_plan())
        findings.push_back(too_few("hours", Unit::minutes, together.count(), format.held_by_plan().count()));
    return findings;
}

/// What of a session is not as asked: without who led it, for a decision is never changed, and is about no person.
Json part_json(const Finding& finding) {
    Json json = Json::object();
    json.set("clause", finding.clause).set("answer", exchange::answer_word(finding.verdict));
    if (finding.have && finding.need)
        json.set("have", *finding.have).set("need", *finding.need).set("unit", exchange::unit_word(finding.unit));
    return json;
}

/// All that is unlike the model, the same bytes for the same state, up to where the reason begins.
std::string frozen(const Conformity& conformity) {
    Json sessions = Json::array();
    for (const SessionConformity& one : conformity.outside()) {
        Json parts = Json::array();
        for (const Finding& part : one.answer.finding.parts)
            if (!part.verdict.passes())
                parts.push(part_json(part));
        sessions.push(Json::object()
                          .set("session", one.session.number)
                          .set("held_on", to_text(one.session.held_on))
                          .set("parts", std::move(parts)));
    }
    Json whole = Json::array();
    for (const Finding& finding : conformity.whole)
        whole.push(part_json(finding));
    std::string text = Json::object().set("sessions", std::move(sessions)).set("whole", std::move(whole)).text();
    text.back() = ','; // the object goes on
    return text + std::string(reason_begins);
}

/// The last member of what was frozen. It was cleaned, so only quotes and backslashes are escaped.
std::string reason_in(const std::string& finding) {
    const std::size_t begin = finding.rfind("," + std::string(reason_begins));
    std::string reason;
    if (begin == std::string::npos)
        return reason;
    for (std::size_t at = begin + 1 + reason_begins.size() + 1; at + 2 < finding.size(); ++at) {
        at += finding[at] == '\\' ? 1U : 0U;
        reason += finding[at];
    }
    return reason;
}

void refuse_concerned(storage::UnitOfWork& work, const domain::Cohort& cohort, PersonId deciding) {
    constexpr const char* what = "decide about a cohort that they lead or take part in";
    for (const domain::Session& session : work.cohorts.sessions(cohort.id))
        for (const domain::SessionLeader& leader : work.cohorts.leaders(session.id))
            refuse_self(work, deciding, leader.person, what);
    for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id))
        refuse_self(work, deciding, place.person, what);
}

} // namespace

std::vector<SessionConformity> Conformity::outside() const {
    std::vector<SessionConformity> found;
    std::copy_if(sessions.begin(), sessions.end(), std::back_inserter(found),
                 [](const SessionConformity& one) { return !one.answer.verdict.passes(); });
    return found;
}

Conformity conformity_of(storage::UnitOfWork& work, const Rulebook& rulebook, const rules::Program& program,
                         const domain::Cohort& cohort) {
    const std::optional<int> people = people_in(work, cohort);
    Conformity conformity;
    for (const domain::Session& session : work.cohorts.sessions(cohort.id)) {
        SessionConformity one;
        one.session = session;
        std::vector<Record> records;
        std::set<PersonId> seen; // two records of one human are one leader
        std::vector<std::optional<Date>> departed;
        for (const domain::SessionLeader& leader : work.cohorts.leaders(session.id)) {
            const domain::Person person = work.people.of(leader.person);
            if (!seen.insert(work.merges.kept(leader.person)).second)
                continue;
            one.leaders.push_back(person.code.str());
            one.names.push_back(work.people.name_used(leader.person));
            records.push_back(work.entries.record(leader.person, rulebook.words()));
            end_with(records.back(), person.departed_on);
            departed.push_back(person.departed_on);
        }
        std::vector<const Record*> leaders;
        for (const Record& record : records)
            leaders.push_back(&record);
        if (!cohort.format.empty())
            one.answer = rules::lead(program, cohort.format, leaders, people, session.held_on);
        for (std::size_t at = 0; at < one.answer.leaders.size(); ++at)
            if (is_gone(departed[at], session.held_on)) {
                one.answer.leaders[at].current = false;
                end_with(one.answer.leaders[at].finding, *departed[at]);
                one.answer.verdict = Verdict::unmet();
            }
        conformity.sessions.push_back(std::move(one));
    }
    conformity.whole = findings_of_the_whole(format_of(program, cohort), conformity.sessions);
    return conformity;
}

std::vector<ModelDecision> model_decisions(storage::UnitOfWork& work, const domain::Cohort& cohort,
                                           const Conformity& conformity) {
    const std::string now = frozen(conformity);
    std::vector<ModelDecision> decisions;
    for (const domain::Decision& decision : work.applications.decisions_to(action_about(cohort)))
        decisions.push_back({decision.id, decision.decided_on, decision.decided_by, reason_in(decision.finding),
                             decision.finding.starts_with(now)});
    return decisions;
}

ModelDecision decide_model(storage::UnitOfWork& work, const Actor& actor, const domain::Cohort& cohort,
                           const Conformity& conformity, const NewModelDecision& asked, const std::string& digest,
                           Date today) {
    if (conformity.conforms())
        throw Error(ErrorCode::invalid_input, "every session was held as the curriculum asks; there is nothing to "
                                              "decide, so leave the reason out");
    const std::string reason = domain::clean_text(asked.reason, {"reason", 300, false});
    const PersonId deciding =
        asked.decided_by.empty() ? actor.person : person_of(work, actor, asked.decided_by, today).id;
    if (!asked.decided_by.empty()) // whoever is named has to be entitled, whoever types
        authorize(work, {"", deciding}, Action::decide, {PersonId{}, cohort.organization}, today);
    refuse_concerned(work, cohort, deciding);
    domain::Decision decision;
    decision.action = action_about(cohort);
    decision.decided_on = today;
    decision.decided_by = asked.decided_by.empty() ? actor.name : "person:" + work.people.of(deciding).code.str();
    decision.finding = frozen(conformity) + Json(reason).text() + "}";
    decision.edition_digest = digest;
    decision.engine = engine_version;
    const domain::DecisionId id = work.applications.decide(decision);
    work.audit.append(
        {.action = "cohort.model_decided",
         .object = "cohort " + std::to_string(cohort.id.value()) + " decision " + std::to_string(id.value()),
         .after = decision.finding});
    return {id, today, decision.decided_by, reason, true};
}

} // namespace peercert::services
