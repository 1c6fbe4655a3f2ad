#include "services/acting.hpp"

#include <peercert/error.hpp>

#include "services/departure.hpp"
#include "services/people.hpp"

namespace peercert::services {

Actor acting_as(House& house, std::string_view typed, const std::string& account) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const Date today = house.today();
        const domain::Person person = person_of(work, Actor::host_operator(account), typed, today);
        if (is_gone(person, today))
            throw Error(ErrorCode::forbidden, "the person " + person.code.str() + " is gone since " +
                                                  to_text(*person.departed_on) + "; nobody acts in their name");
        return Actor{"person:" + person.code.str() + " by host:" + account, person.id};
    });
}

} // namespace peercert::services
