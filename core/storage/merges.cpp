#include "storage/merges.hpp"

#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"
#include "storage/people.hpp"

namespace peercert::storage {

using domain::MergeEvent;

void Merges::merge(PersonId other, PersonId kept, Date day) {
    People people(connection_);
    (void)people.of(other);
    (void)people.of(kept);
    if (other == kept)
        throw Error(ErrorCode::invalid_input, "a person cannot be merged with themselves");
    if (standing(other))
        throw Error(ErrorCode::conflict, "this person was merged already; take that apart first");
    if (same(other, kept))
        throw Error(ErrorCode::conflict, "the two are one human already: the one was merged into the other");
    add(other, this->kept(kept), day);
}

void Merges::unmerge(PersonId other, Date day) {
    if (!standing(other))
        throw Error(ErrorCode::conflict, "this person is not merged into anybody");
    add(other, PersonId{}, day);
}

void Merges::add(PersonId person, PersonId kept, Date day) {
    connection_.changing();
    const Group before = group_of(connection_, person);
    const long long key = person.value();
    const OptionalKey into(kept);
    const std::string on = to_text(day);
    const std::string& actor = connection_.actor();
    const std::string& now = connection_.now_text();
    const long long audit = connection_.next_audit();
    long long n = 0;
    connection_.sql() << "select coalesce(max(n), 0) + 1 from person_merge where person = :person", soci::use(key),
        soci::into(n);
    connection_.sql() << "insert into person_merge (person, n, kept, day, typed_by, recorded_at, audit) values "
                         "(:person, :n, :kept, :day, :actor, :now, :audit)",
        soci::use(key), soci::use(n), soci::use(into.value, into.state), soci::use(on), soci::use(actor),
        soci::use(now), soci::use(audit);
    connection_.added(RowText("person_merge").add(key).add(n).add_key(into.value).add(on).add(actor).add(now));
    group_anew(connection_, person);
    for (const PersonId one : before) // whoever leaves, and whoever is left
        keep_answers_of(connection_, one);
    for (const PersonId one : group_of(connection_, person))
        keep_answers_of(connection_, one);
}

Merges::Recorded Merges::recorded_under(PersonId person, std::int64_t from_audit) {
    const long long key = person.value();
    const long long from = from_audit;
    const auto ids = [&](auto& into, FixedSql query) {
        long long id = 0;
        soci::statement statement(connection_.sql());
        statement.exchange(soci::use(key));
        statement.exchange(soci::use(from));
        statement.exchange(soci::into(id));
        statement.alloc();
        statement.prepare(std::string(query.text()));
        statement.define_and_bind();
        statement.execute();
        while (statement.fetch())
            into.emplace_back(id);
    };
    Recorded found;
    ids(found.entries, "select id from entry where person = :person and audit >= :audit order by id");
    ids(found.applications, "select id from application where person = :person and audit >= :audit order by id");
    ids(found.credentials, "select id from credential where person = :person and audit >= :audit order by id");
    ids(found.places, "select cohort from enrolment join enrolment_event on enrolment_event.enrolment = enrolment.id "
                      "where person = :person and n = 1 and enrolment_event.audit >= :audit order by cohort");
    return found;
}

std::vector<PersonId> Merges::group(PersonId person) { return group_of(connection_, person); }

PersonId Merges::kept(PersonId person) { return kept_of(connection_, person); }

std::vector<MergeEvent> Merges::events(PersonId person) { return events_near(connection_, person); }

std::optional<MergeEvent> Merges::standing(PersonId other) {
    std::optional<MergeEvent> newest;
    for (MergeEvent& event : events_near(connection_, other))
        if (event.person == other)
            newest = std::move(event);
    return newest && newest->kept ? newest : std::nullopt;
}

} // namespace peercert::storage
