#include "storage/applications.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <tuple>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Application;
using domain::Decision;
using domain::DecisionId;

template <class... Bound>
std::vector<Application> applications_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    Application application;
    long long id = 0;
    long long person = 0;
    std::string received_on;
    long long credential = 0;
    std::string recorded_at;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(person));
    statement.exchange(soci::into(application.track));
    statement.exchange(soci::into(application.edition));
    statement.exchange(soci::into(application.step));
    statement.exchange(soci::into(application.level));
    statement.exchange(soci::into(received_on));
    statement.exchange(soci::into(application.choice));
    statement.exchange(soci::into(credential));
    statement.exchange(soci::into(recorded_at));
    statement.alloc();
    statement.prepare(
        joined_sql("select id, person, track, edition, step, level, received_on, choice, coalesce(credential, 0), "
                   "recorded_at from application ",
                   rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<Application> found;
    while (statement.fetch()) {
        application.id = ApplicationId(id);
        application.person = PersonId(person);
        application.received_on = day_of(received_on);
        application.credential = CredentialId(credential);
        application.recorded_at = instant_of(recorded_at);
        found.push_back(application);
    }
    return found;
}

std::string join(const std::vector<EntryId>& ids) {
    std::string text;
    for (const EntryId id : ids)
        text += (text.empty() ? "" : " ") + std::to_string(id.value());
    return text;
}

std::vector<EntryId> split(std::string_view text) {
    std::vector<EntryId> ids;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::int64_t id = 0;
        const auto [stop, problem] = std::from_chars(at, end, id);
        if (problem != std::errc{})
            damaged("list of evidence");
        ids.emplace_back(id);
        at = stop + 1;
    }
    return ids;
}

template <class Key>
std::vector<Decision> decisions_where(Connection& connection, FixedSql rest, const Key& key) {
    Decision decision;
    long long id = 0;
    long long application = 0;
    long long credential = 0;
    std::string outcome;
    std::string decided_on;
    std::string evidence;
    std::string recorded_at;
    soci::statement statement =
        (connection.sql().prepare << joined_sql(
             "select id, coalesce(application, 0), coalesce(credential, 0), outcome, action, decided_on, "
             "decided_by, finding, evidence, edition_digest, engine, recorded_at from decision ",
             rest),
         soci::use(key), soci::into(id), soci::into(application), soci::into(credential), soci::into(outcome),
         soci::into(decision.action), soci::into(decided_on), soci::into(decision.decided_by),
         soci::into(decision.finding), soci::into(evidence), soci::into(decision.edition_digest),
         soci::into(decision.engine), soci::into(recorded_at));
    statement.execute();
    std::vector<Decision> found;
    while (statement.fetch()) {
        decision.id = DecisionId(id);
        decision.application = ApplicationId(application);
        decision.credential = CredentialId(credential);
        decision.outcome = word_of(domain::parse_outcome(outcome));
        decision.decided_on = day_of(decided_on);
        decision.evidence = split(evidence);
        decision.recorded_at = instant_of(recorded_at);
        found.push_back(decision);
    }
    return found;
}

std::string clean(std::string_view text, std::string_view what, bool may_be_empty) {
    return domain::clean_text(text, {what, 120, may_be_empty});
}

} // namespace

ApplicationId Applications::add(const Application& application) {
    connection_.changing();
    const long long person = application.person.value();
    const std::string track = domain::clean_code(application.track, "track");
    const std::string edition = domain::clean_code(application.edition, "edition");
    const std::string step = clean(application.step, "step", false);
    const std::string level = clean(application.level, "level", true);
    const std::string received_on = to_text(application.received_on);
    const std::string choice = clean(application.choice, "choice", true);
    const OptionalKey credential(application.credential);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long id = 0;
    connection_.sql()
        << "insert into application (person, track, edition, step, level, received_on, choice, credential, "
           "recorded_at, audit) values (:person, :track, :edition, :step, :level, :received, :choice, "
           ":credential, :now, :audit) returning id",
        soci::use(person), soci::use(track), soci::use(edition), soci::use(step), soci::use(level),
        soci::use(received_on), soci::use(choice), soci::use(credential.value, credential.state), soci::use(now),
        soci::use(audit), soci::into(id);
    RowText row("application");
    row.add(id).add(person).add(track).add(edition).add(step).add(level).add(received_on).add(choice);
    row.add_key(credential.value).add(now);
    connection_.added(row);
    return ApplicationId(id);
}

std::optional<Application> Applications::find(ApplicationId id) {
    const long long key = id.value();
    auto found = applications_where(connection_, "where id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Application Applications::of(ApplicationId id) {
    if (auto found = find(id))
        return *found;
    throw Error(ErrorCode::not_found, "no such application");
}

std::vector<Application> Applications::of_person(PersonId person) {
    std::vector<Application> all;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = applications_where(connection_, "where person = :person order by id", key);
        std::move(own.begin(), own.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const Application& a, const Application& b) { return a.id < b.id; });
    return all;
}

std::vector<Application> Applications::open() {
    return applications_where(
        connection_,
        "where not exists (select 1 from decision where decision.application = application.id) order by id");
}

std::vector<Application> Applications::open_of(PersonId after, PersonId last) {
    const long long from = after.value();
    const long long until = last.value();
    auto open = applications_where(connection_,
                                   "where person > :after and person <= :last and not exists (select 1 from decision "
                                   "where decision.application = application.id) order by person, id",
                                   from, until);
    const auto groups = groups_between(connection_, after, last);
    if (groups.empty())
        return open;
    // Those of merged people belong to whoever was kept of them, wherever that one stands.
    for (const Group& group : groups) {
        const auto of_group = [&](const Application& one) {
            return std::find(group.begin(), group.end(), one.person) != group.end();
        };
        open.erase(std::remove_if(open.begin(), open.end(), of_group), open.end());
        if (group.front() <= after || group.front() > last)
            continue;
        for (const PersonId member : group) {
            const long long key = member.value();
            for (Application& one :
                 applications_where(connection_,
                                    "where person = :person and not exists (select 1 from decision where "
                                    "decision.application = application.id) order by id",
                                    key)) {
                one.person = group.front();
                open.push_back(std::move(one));
            }
        }
    }
    std::sort(open.begin(), open.end(), [](const Application& a, const Application& b) {
        return std::tie(a.person, a.id) < std::tie(b.person, b.id);
    });
    return open;
}

DecisionId Applications::decide(const Decision& decision) {
    connection_.changing();
    const OptionalKey application(decision.application);
    const OptionalKey credential(decision.credential);
    const std::string outcome(to_text(decision.outcome));
    const std::string action = domain::clean_code(decision.action, "action");
    const std::string decided_on = to_text(decision.decided_on);
    const std::string decided_by = clean(decision.decided_by, "name of who decides", false);
    const std::string evidence = join(decision.evidence);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    if (decision.finding.find('\0') != std::string::npos)
        throw Error(ErrorCode::internal, "a finding holds a NUL");
    long long id = 0;
    connection_.sql()
        << "insert into decision (application, credential, outcome, action, decided_on, decided_by, finding, "
           "evidence, edition_digest, engine, recorded_at, audit) values (:application, :credential, :outcome, "
           ":action, :decided_on, :decided_by, :finding, :evidence, :digest, :engine, :now, :audit) returning id",
        soci::use(application.value, application.state), soci::use(credential.value, credential.state),
        soci::use(outcome), soci::use(action), soci::use(decided_on), soci::use(decided_by),
        soci::use(decision.finding), soci::use(evidence), soci::use(decision.edition_digest),
        soci::use(decision.engine), soci::use(now), soci::use(audit), soci::into(id);
    RowText row("decision");
    row.add(id)
        .add_key(application.value)
        .add_key(credential.value)
        .add(outcome)
        .add(action)
        .add(decided_on)
        .add(decided_by);
    row.add(decision.finding).add(evidence).add(decision.edition_digest).add(decision.engine).add(now);
    connection_.added(row);
    return DecisionId(id);
}

std::optional<Decision> Applications::decision(DecisionId id) {
    const long long key = id.value();
    auto found = decisions_where(connection_, "where id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Decision> Applications::decisions_on(ApplicationId application) {
    const long long key = application.value();
    return decisions_where(connection_, "where application = :key order by id", key);
}

std::vector<Decision> Applications::decisions_to(std::string_view action) {
    const std::string wanted(action);
    return decisions_where(connection_,
                           "where application is null and credential is null and action = :key order by id", wanted);
}

std::vector<Decision> Applications::decisions_about(CredentialId credential) {
    const long long key = credential.value();
    return decisions_where(connection_, "where credential = :key order by id", key);
}

} // namespace peercert::storage
