#include "storage/organizations.hpp"

#include <algorithm>
#include <iterator>

#include <soci/soci.h>

#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Membership;
using domain::Organization;

template <class... Bound>
std::vector<Organization> organizations_where(Connection& connection, FixedSql rest, const Bound&... bound) {
    long long id = 0;
    std::string code;
    std::string name;
    std::string kind;
    std::string county;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(code));
    statement.exchange(soci::into(name));
    statement.exchange(soci::into(kind));
    statement.exchange(soci::into(county));
    statement.alloc();
    statement.prepare(joined_sql("select id, code, name, kind, county from organization ", rest));
    statement.define_and_bind();
    statement.execute();
    std::vector<Organization> found;
    while (statement.fetch())
        found.push_back({OrganizationId(id), code, name, word_of(domain::parse_organization_kind(kind)), county});
    return found;
}

std::vector<Membership> memberships_where(Connection& connection, FixedSql rest, const long long& key) {
    long long organization = 0;
    long long person = 0;
    std::string role;
    std::string first_day;
    std::string last_day;
    soci::statement statement =
        (connection.sql().prepare << joined_sql("select organization, person, role, first_day, coalesce(last_day, "
                                                "'') from membership ",
                                                rest, " order by first_day, organization, person, role"),
         soci::use(key), soci::into(organization), soci::into(person), soci::into(role), soci::into(first_day),
         soci::into(last_day));
    statement.execute();
    std::vector<Membership> found;
    while (statement.fetch())
        found.push_back(
            {PersonId(person), OrganizationId(organization), role, day_of(first_day), optional_day_of(last_day)});
    return found;
}

} // namespace

OrganizationId Organizations::add(const Organization& organization) {
    connection_.changing();
    const std::string code = domain::clean_code(organization.code, "organization code");
    const std::string name = domain::clean_text(organization.name, {"organization name", 200, false});
    const std::string kind(to_text(organization.kind));
    const std::string county = domain::clean_text(organization.county, {"county", 100, true});
    if (find(code))
        throw Error(ErrorCode::conflict, "there is an organization " + code + " already");
    long long id = 0;
    connection_.sql()
        << "insert into organization (code, name, kind, county) values (:code, :name, :kind, :county) returning id",
        soci::use(code), soci::use(name), soci::use(kind), soci::use(county), soci::into(id);
    note_new(connection_, Unit::organization, id);
    return OrganizationId(id);
}

std::optional<Organization> Organizations::find(OrganizationId id) {
    const long long key = id.value();
    auto found = organizations_where(connection_, "where id = :id", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Organization> Organizations::find(std::string_view code) {
    const std::string key(code);
    auto found = organizations_where(connection_, "where code = :code", key);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Organization Organizations::of(OrganizationId id) {
    if (auto found = find(id))
        return *found;
    throw Error(ErrorCode::not_found, "no such organization");
}

std::vector<Organization> Organizations::list() { return organizations_where(connection_, "order by code"); }

void Organizations::add_membership(const Membership& membership) {
    connection_.changing();
    const long long organization = membership.organization.value();
    const long long person = membership.person.value();
    const std::string role = domain::clean_code(membership.role, "role");
    const std::string first_day = to_text(membership.first_day);
    const OptionalDay last_day(membership.last_day);
    if (membership.last_day && *membership.last_day < membership.first_day)
        throw Error(ErrorCode::invalid_input, "the role ends before it begins");
    long long there = 0;
    connection_.sql()
        << "select count(*) from membership where organization = :organization and person = :person and role = "
           ":role and first_day = :first",
        soci::use(organization), soci::use(person), soci::use(role), soci::use(first_day), soci::into(there);
    if (there != 0)
        throw Error(ErrorCode::conflict, "this role is recorded from that day already");
    note_change(connection_, Unit::person, person);
    connection_.sql()
        << "insert into membership (organization, person, role, first_day, last_day) values (:organization, "
           ":person, :role, :first, :last)",
        soci::use(organization), soci::use(person), soci::use(role), soci::use(first_day),
        soci::use(last_day.value, last_day.state);
}

int Organizations::end_membership(PersonId person, OrganizationId organization, std::string_view role, Date last_day) {
    connection_.changing();
    const long long organization_key = organization.value();
    const std::string word(role);
    const std::string day = to_text(last_day);
    long long ended = 0;
    for (const PersonId one : group_of(connection_, person)) {
        const long long person_key = one.value();
        long long open = 0;
        connection_.sql()
            << "select count(*) from membership where organization = :organization and person = :person and role = "
               ":role and last_day is null and first_day <= :day",
            soci::use(organization_key), soci::use(person_key), soci::use(word), soci::use(day), soci::into(open);
        if (open == 0)
            continue;
        ended += open;
        note_change(connection_, Unit::person, person_key);
        connection_.sql()
            << "update membership set last_day = :day where organization = :organization and person = :person and "
               "role = :role and last_day is null and first_day <= :day",
            soci::use(day, "day"), soci::use(organization_key, "organization"), soci::use(person_key, "person"),
            soci::use(word, "role");
    }
    return static_cast<int>(ended);
}

void Organizations::add_score(const domain::OrganizationScore& score) {
    connection_.changing();
    const long long organization = score.organization.value();
    const std::string day = to_text(score.observed_on);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from organization_score where organization = :organization",
        soci::use(organization), soci::into(n);
    connection_.sql()
        << "insert into organization_score (organization, n, edition, item, score, observed_on, recorded_at, audit) "
           "values (:organization, :n, :edition, :item, :score, :day, :now, :audit)",
        soci::use(organization), soci::use(n), soci::use(score.edition), soci::use(score.item), soci::use(score.score),
        soci::use(day), soci::use(now), soci::use(audit);
    connection_.added(RowText("organization_score")
                          .add(organization)
                          .add(n)
                          .add(score.edition)
                          .add(score.item)
                          .add(score.score)
                          .add(day)
                          .add(now));
}

std::vector<domain::OrganizationScore> Organizations::scores(OrganizationId organization) {
    const long long key = organization.value();
    long long n = 0;
    std::string edition;
    std::string item;
    std::string score;
    std::string day;
    soci::statement statement =
        (connection_.sql().prepare << "select n, edition, item, score, observed_on from organization_score where "
                                      "organization = :key order by n",
         soci::use(key), soci::into(n), soci::into(edition), soci::into(item), soci::into(score), soci::into(day));
    statement.execute();
    std::vector<domain::OrganizationScore> found;
    while (statement.fetch())
        found.push_back({static_cast<int>(n), organization, edition, item, score, day_of(day)});
    return found;
}

std::vector<Membership> Organizations::memberships(PersonId person) {
    std::vector<Membership> roles;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = memberships_where(connection_, "where person = :key", key);
        std::move(own.begin(), own.end(), std::back_inserter(roles));
    }
    std::stable_sort(roles.begin(), roles.end(),
                     [](const Membership& a, const Membership& b) { return a.first_day < b.first_day; });
    return roles;
}

std::vector<Membership> Organizations::members(OrganizationId organization) {
    const long long key = organization.value();
    return memberships_where(connection_, "where organization = :key", key);
}

bool Organizations::anybody_is(std::string_view role, Date on) {
    const std::string wanted(role);
    const std::string day = to_text(on);
    long long holders = 0;
    connection_.sql() << "select count(*) from membership where role = :role and first_day <= :day and "
                         "(last_day is null or last_day >= :day)",
        soci::use(wanted, "role"), soci::use(day, "day"), soci::into(holders);
    return holders > 0;
}

} // namespace peercert::storage
