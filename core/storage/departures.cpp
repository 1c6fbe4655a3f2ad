#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/values.hpp"
#include "storage/people.hpp"

/// The day on which somebody was gone, and what stood until that was recorded, corrected or taken back.
namespace peercert::storage {

void People::set_departed(PersonId id, std::optional<Date> day) {
    const OptionalDay before(of(id).departed_on);
    note_change(connection_, Unit::person, id.value());
    const long long key = id.value();
    const long long audit = connection_.next_audit();
    connection_.sql()
        << "insert into former_departure (person, n, departed_on, recorded_at, audit) values (:id, (select "
           "coalesce(max(n), 0) + 1 from former_departure where person = :id), :day, :now, :audit)",
        soci::use(key, "id"), soci::use(before.value, before.state, "day"), soci::use(connection_.now_text(), "now"),
        soci::use(audit, "audit");
    const OptionalDay departed(day);
    connection_.sql() << "update person set departed_on = :day where id = :id",
        soci::use(departed.value, departed.state), soci::use(key);
    keep_answers_of(connection_, id);
}

std::optional<Date> People::departed_as_known(PersonId id, domain::Instant known_at) {
    const long long key = id.value();
    const std::string instant = domain::to_text(known_at);
    std::string replaced; // by what was recorded next after that instant
    connection_.sql() << "select coalesce(departed_on, '') from former_departure where person = :id and recorded_at > "
                         ":at order by n limit 1",
        soci::use(key), soci::use(instant), soci::into(replaced);
    return connection_.sql().got_data() ? optional_day_of(replaced) : of(id).departed_on;
}

} // namespace peercert::storage
