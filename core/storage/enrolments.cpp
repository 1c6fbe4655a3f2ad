#include "storage/enrolments.hpp"

#include <algorithm>
#include <iterator>

#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

namespace peercert::storage {

namespace {

using domain::Enrolment;
using domain::EnrolmentId;
using domain::EnrolmentState;

template <class... Bound>
std::vector<Enrolment> enrolments_where(Connection& connection, FixedSql where, const Bound&... bound) {
    long long id = 0;
    long long cohort = 0;
    long long person = 0;
    std::string state;
    std::string day;
    std::string recorded_at;
    soci::statement statement(connection.sql());
    (statement.exchange(soci::use(bound)), ...);
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(cohort));
    statement.exchange(soci::into(person));
    statement.exchange(soci::into(state));
    statement.exchange(soci::into(day));
    statement.exchange(soci::into(recorded_at));
    statement.alloc();
    statement.prepare(joined_sql(
        "select enrolment.id, cohort, person, state, day, recorded_at from enrolment join enrolment_event on "
        "enrolment_event.enrolment = enrolment.id where ",
        where, " order by enrolment.id, n"));
    statement.define_and_bind();
    statement.execute();
    std::vector<Enrolment> found;
    while (statement.fetch()) {
        if (found.empty() || found.back().id != EnrolmentId(id))
            found.push_back({EnrolmentId(id), CohortId(cohort), PersonId(person), {}});
        found.back().history.push_back(
            {word_of(domain::parse_enrolment_state(state)), day_of(day), instant_of(recorded_at)});
    }
    return found;
}

} // namespace

EnrolmentId Enrolments::add(CohortId cohort, PersonId person, Date day) {
    connection_.changing();
    if (find(cohort, person))
        throw Error(ErrorCode::conflict, "this person has a place in the cohort already");
    const long long cohort_key = cohort.value();
    const long long person_key = person.value();
    long long id = 0;
    connection_.sql() << "insert into enrolment (cohort, person) values (:cohort, :person) returning id",
        soci::use(cohort_key), soci::use(person_key), soci::into(id);
    note_new(connection_, Unit::enrolment, id);
    record(EnrolmentId(id), EnrolmentState::enrolled, day);
    return EnrolmentId(id);
}

void Enrolments::record(EnrolmentId enrolment, EnrolmentState state, Date day) {
    connection_.changing();
    const long long id = enrolment.value();
    const std::string word(to_text(state));
    const std::string on = to_text(day);
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from enrolment_event where enrolment = :id", soci::use(id),
        soci::into(n);
    connection_.sql()
        << "insert into enrolment_event (enrolment, n, state, day, recorded_at, audit) values (:id, :n, :state, "
           ":day, :now, :audit)",
        soci::use(id), soci::use(n), soci::use(word), soci::use(on), soci::use(now), soci::use(audit);
    connection_.added(RowText("enrolment_event").add(id).add(n).add(word).add(on).add(now));
}

std::optional<Enrolment> Enrolments::find(CohortId cohort, PersonId person) {
    const long long cohort_key = cohort.value();
    for (const PersonId one : group_of(connection_, person)) {
        const long long person_key = one.value();
        auto found = enrolments_where(connection_, "cohort = :cohort and person = :person", cohort_key, person_key);
        if (!found.empty())
            return std::move(found.front());
    }
    return std::nullopt;
}

std::vector<Enrolment> Enrolments::of_cohort(CohortId cohort) {
    const long long key = cohort.value();
    return enrolments_where(connection_, "cohort = :key", key);
}

std::map<CohortId, int> Enrolments::numbers_of_people() {
    long long cohort = 0;
    long long people = 0;
    soci::statement statement =
        (connection_.sql().prepare << "select cohort, count(*) from enrolment join enrolment_event v on v.enrolment = "
                                      "enrolment.id where v.state <> 'moved_on' and v.n = (select max(n) from "
                                      "enrolment_event w where w.enrolment = enrolment.id) group by cohort",
         soci::into(cohort), soci::into(people));
    statement.execute();
    std::map<CohortId, int> numbers;
    while (statement.fetch())
        numbers[CohortId(cohort)] = static_cast<int>(people);
    return numbers;
}

std::vector<Enrolment> Enrolments::of_person(PersonId person) {
    std::vector<Enrolment> places;
    for (const PersonId one : group_of(connection_, person)) {
        const long long key = one.value();
        auto own = enrolments_where(connection_, "person = :key", key);
        std::move(own.begin(), own.end(), std::back_inserter(places));
    }
    std::sort(places.begin(), places.end(), [](const Enrolment& a, const Enrolment& b) { return a.id < b.id; });
    return places;
}

} // namespace peercert::storage
