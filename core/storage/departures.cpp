#include <soci/soci.h>

#include "storage/detail/called.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"
#include "storage/people.hpp"

/// The day on which somebody was gone, and what stood until that was recorded, corrected or taken back.
namespace peercert::storage {

void People::set_departed(PersonId of_whom, std::optional<Date> day) {
    (void)of(of_whom);
    const OptionalDay departed(day);
    const long long audit = connection_.next_audit();
    for (const PersonId id : group_of(connection_, of_whom)) {
        const long long key = id.value();
        std::string stands;
        connection_.sql() << "select coalesce(departed_on, '') from person where id = :id", soci::use(key),
            soci::into(stands);
        if (id != of_whom && stands.empty())
            continue; // one record of a human says it for all; where another says it too, it has to say the same
        const OptionalDay before(optional_day_of(stands));
        note_change(connection_, Unit::person, key);
        connection_.sql() << "insert into former_departure (person, n, departed_on, recorded_at, audit) values (:id, "
                             "(select coalesce(max(n), 0) + 1 from former_departure where person = :id), :day, :now, "
                             ":audit)",
            soci::use(key, "id"), soci::use(before.value, before.state, "day"),
            soci::use(connection_.now_text(), "now"), soci::use(audit, "audit");
        connection_.sql() << "update person set departed_on = :day where id = :id",
            soci::use(departed.value, departed.state), soci::use(key);
    }
    keep_answers_of_all(connection_, of_whom);
}

std::optional<Date> People::departed_as_known(PersonId id, domain::Instant known_at) {
    const std::string instant = domain::to_text(known_at);
    std::optional<Date> first; // under whichever of their records
    for (const PersonId one : group_of(connection_, id)) {
        const long long key = one.value();
        std::string known; // what was replaced by the next change after that instant, else what stands
        connection_.sql() << "select coalesce((select departed_on from person where id = :id and not exists (select 1 "
                             "from former_departure where person = :id and recorded_at > :at)), (select departed_on "
                             "from former_departure where person = :id and recorded_at > :at order by n limit 1), '')",
            soci::use(key, "id"), soci::use(instant, "at"), soci::into(known);
        if (const auto day = optional_day_of(known); day && (!first || *day < *first))
            first = day;
    }
    return first;
}

} // namespace peercert::storage
