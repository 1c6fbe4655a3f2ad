#include "storage/cohorts.hpp"

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Cohort;
using domain::Session;
using domain::SessionLeader;

template <class... Bound>
std::vector<Cohort> cohorts_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    long long id = 0;
    long long organization = 0;
    Cohort cohort;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(cohort.code));
    statement.exchange(soci::into(cohort.curriculum));
    statement.exchange(soci::into(cohort.edition));
    statement.exchange(soci::into(cohort.course));
    statement.exchange(soci::into(cohort.format));
    statement.exchange(soci::into(organization));
    statement.exchange(soci::into(cohort.title));
    statement.exchange(soci::into(cohort.county));
    statement.alloc();
    statement.prepare(joined_sql(
        "select id, code, curriculum, edition, course, format, coalesce(organization, 0), title, county from "
        "cohort ",
        rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<Cohort> found;
    while (statement.fetch()) {
        cohort.id = CohortId(id);
        cohort.organization = OrganizationId(organization);
        found.push_back(cohort);
    }
    return found;
}

template <class Key>
std::vector<Session> sessions_where(Connection& connection, FixedSql rest, const Key& key) {
    long long id = 0;
    long long cohort = 0;
    long long number = 0;
    std::string held_on;
    long long minutes = 0;
    std::string unit;
    soci::statement statement = (connection.sql().prepare << joined_sql(
                                     "select id, cohort, number, held_on, minutes, unit from session ", rest),
                                 soci::use(key), soci::into(id), soci::into(cohort), soci::into(number),
                                 soci::into(held_on), soci::into(minutes), soci::into(unit));
    statement.execute();
    std::vector<Session> found;
    while (statement.fetch())
        found.push_back(
            {SessionId(id), CohortId(cohort), static_cast<int>(number), day_of(held_on), Minutes(minutes), unit});
    return found;
}

template <class Key>
std::vector<SessionLeader> leaders_where(Connection& connection, FixedSql rest, const Key& key) {
    long long session = 0;
    long long person = 0;
    std::string role;
    soci::statement statement =
        (connection.sql().prepare << joined_sql("select session_leader.session, session_leader.person, "
                                                "session_leader.role from session_leader join session on "
                                                "session.id = session_leader.session ",
                                                rest, " order by session.number, session_leader.person"),
         soci::use(key), soci::into(session), soci::into(person), soci::into(role));
    statement.execute();
    std::vector<SessionLeader> found;
    while (statement.fetch())
        found.push_back({SessionId(session), PersonId(person), role});
    return found;
}

void check(const Session& session) {
    if (session.number < 1)
        throw Error(ErrorCode::invalid_input, "sessions are numbered from 1");
    if (session.length < Minutes(1) || session.length > Minutes(24 * 60))
        throw Error(ErrorCode::invalid_input, "a session lasts 1 minute to 24 hours");
}

} // namespace

CohortId Cohorts::add(const Cohort& cohort) {
    connection_.changing();
    const std::string code = domain::clean_code(cohort.code, "cohort code");
    const std::string curriculum = domain::clean_code(cohort.curriculum, "curriculum code");
    const std::string edition = domain::clean_code(cohort.edition, "edition");
    const std::string course = cohort.course.empty() ? std::string{} : domain::clean_word(cohort.course, "course");
    const std::string format = cohort.format.empty() ? std::string{} : domain::clean_word(cohort.format, "format");
    const std::string title = domain::clean_text(cohort.title, {"cohort title", 200, true});
    const std::string county = domain::clean_text(cohort.county, {"county", 100, true});
    const OptionalKey organization(cohort.organization);
    if (find(code))
        throw Error(ErrorCode::conflict, "there is a cohort " + code + " already");
    long long id = 0;
    connection_.sql()
        << "insert into cohort (code, curriculum, edition, course, format, organization, title, county) values "
           "(:code, :curriculum, :edition, :course, :format, :organization, :title, :county) returning id",
        soci::use(code), soci::use(curriculum), soci::use(edition), soci::use(course), soci::use(format),
        soci::use(organization.value, organization.state), soci::use(title), soci::use(county), soci::into(id);
    note_new(connection_, Unit::cohort, id);
    return CohortId(id);
}

std::optional<Cohort> Cohorts::find(CohortId id) {
    const long long key = id.value();
    auto found = cohorts_where(connection_, "where id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Cohort> Cohorts::find(std::string_view code) {
    const std::string key(code);
    auto found = cohorts_where(connection_, "where code = :code", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Cohort Cohorts::of(CohortId id) {
    if (auto found = find(id))
        return *found;
    throw Error(ErrorCode::not_found, "no such cohort");
}

std::vector<Cohort> Cohorts::list() { return cohorts_where(connection_, "order by code"); }

SessionId Cohorts::add_session(const Session& session) {
    connection_.changing();
    check(session);
    const long long cohort = session.cohort.value();
    const long long number = session.number;
    const std::string held_on = to_text(session.held_on);
    const long long minutes = session.length.count();
    const std::string unit = session.unit.empty() ? std::string{} : domain::clean_word(session.unit, "unit");
    long long there = 0;
    connection_.sql() << "select count(*) from session where cohort = :cohort and number = :number", soci::use(cohort),
        soci::use(number), soci::into(there);
    if (there != 0)
        throw Error(ErrorCode::conflict, "the cohort has a session " + std::to_string(number) + " already");
    long long id = 0;
    connection_.sql()
        << "insert into session (cohort, number, held_on, minutes, unit) values (:cohort, :number, :held, "
           ":minutes, :unit) returning id",
        soci::use(cohort), soci::use(number), soci::use(held_on), soci::use(minutes), soci::use(unit), soci::into(id);
    note_new(connection_, Unit::session, id);
    return SessionId(id);
}

std::optional<Session> Cohorts::session(SessionId id) {
    const long long key = id.value();
    auto found = sessions_where(connection_, "where id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Session> Cohorts::sessions(CohortId cohort) {
    const long long key = cohort.value();
    return sessions_where(connection_, "where cohort = :cohort order by number", key);
}

void Cohorts::change_session(const Session& session) {
    connection_.changing();
    check(session);
    const long long id = session.id.value();
    const std::string held_on = to_text(session.held_on);
    const long long minutes = session.length.count();
    const std::string unit = session.unit.empty() ? std::string{} : domain::clean_word(session.unit, "unit");
    if (!this->session(session.id))
        throw Error(ErrorCode::not_found, "no such session");
    long long entries = 0;
    connection_.sql() << "select count(*) from entry where session = :id", soci::use(id), soci::into(entries);
    if (entries != 0)
        throw Error(ErrorCode::conflict,
                    "the session has attendance or sign-offs and can no longer move; correct those instead");
    note_change(connection_, Unit::session, id);
    connection_.sql() << "update session set held_on = :held, minutes = :minutes, unit = :unit where id = :id",
        soci::use(held_on), soci::use(minutes), soci::use(unit), soci::use(id);
}

void Cohorts::add_leader(const SessionLeader& leader) {
    connection_.changing();
    const long long session = leader.session.value();
    const long long person = leader.person.value();
    const std::string role = domain::clean_code(leader.role, "role");
    note_change(connection_, Unit::session, session);
    connection_.sql()
        << "insert into session_leader (session, person, role) values (:session, :person, :role) on conflict "
           "(session, person) do update set role = excluded.role",
        soci::use(session), soci::use(person), soci::use(role);
}

void Cohorts::remove_leader(SessionId session, PersonId person) {
    connection_.changing();
    const long long session_key = session.value();
    const long long person_key = person.value();
    note_change(connection_, Unit::session, session_key);
    connection_.sql() << "delete from session_leader where session = :session and person = :person",
        soci::use(session_key), soci::use(person_key);
}

std::vector<SessionLeader> Cohorts::leaders(SessionId session) {
    const long long key = session.value();
    return leaders_where(connection_, "where session_leader.session = :key", key);
}

std::vector<Session> Cohorts::led_by(PersonId person, Date day) {
    std::vector<Session> found;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        for (Session& session : sessions_where(
                 connection_,
                 "where id in (select session from session_leader where person = :key) order by cohort, number", key))
            if (session.held_on == day)
                found.push_back(std::move(session));
    }
    return found;
}

std::vector<Session> Cohorts::sessions_of_open(Date today) {
    const std::string day = to_text(today);
    return sessions_where(
        connection_, "where cohort in (select cohort from session where held_on >= :key) order by cohort, number", day);
}

std::vector<SessionLeader> Cohorts::leaders_since(Date today) {
    const std::string day = to_text(today);
    return leaders_where(connection_, "where session.held_on >= :key", day);
}

std::vector<SessionLeader> Cohorts::leaders_of(CohortId cohort) {
    const long long key = cohort.value();
    return leaders_where(connection_, "where session.cohort = :key", key);
}

} // namespace peercert::storage
