#include <soci/soci.h>

#include "storage/detail/connection.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/values.hpp"
#include "storage/people.hpp"

/// The day of birth, and those that stood before it was corrected.
namespace peercert::storage {

void People::set_born(PersonId of_whom, std::optional<Date> born) {
    const PersonId id = of(of_whom).kept;
    const long long key = id.value();
    std::string stands;
    connection_.sql() << "select coalesce(born, '') from person where id = :id", soci::use(key), soci::into(stands);
    const OptionalDay before(optional_day_of(stands));
    note_change(connection_, Unit::person, key);
    const long long audit = connection_.next_audit();
    connection_.sql() << "insert into former_birthday (person, n, born, recorded_at, audit) values (:id, (select "
                         "coalesce(max(n), 0) + 1 from former_birthday where person = :id), :born, :now, :audit)",
        soci::use(key, "id"), soci::use(before.value, before.state, "born"), soci::use(connection_.now_text(), "now"),
        soci::use(audit, "audit");
    const OptionalDay day(born);
    Recognition recognition(connection_, id);
    connection_.sql() << "update person set born = :born where id = :id", soci::use(day.value, day.state),
        soci::use(key);
    recognition.finish();
}

bool People::keeps_birthday_of(PersonId id, std::int64_t correction) {
    const long long key = id.value();
    const long long audit = correction;
    long long kept = 0;
    connection_.sql() << "select count(*) from former_birthday where person = :id and audit = :audit", soci::use(key),
        soci::use(audit), soci::into(kept);
    return kept > 0;
}

} // namespace peercert::storage
