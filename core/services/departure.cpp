#include "services/departure.hpp"

#include <string>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const domain::Person& person, Date day, std::string_view what) {
    throw Error(ErrorCode::conflict, person.code.str() + " is gone since " + to_text(*person.departed_on) + "; " +
                                         std::string(what) + " on " + to_text(day) +
                                         " cannot be recorded. What happened before may still be, with its day; if the "
                                         "day of leaving is wrong, `peercert person departed` corrects it");
}

} // namespace

bool is_gone(const domain::Person& person, Date on) { return person.departed_on && *person.departed_on <= on; }

void refuse_after_departure(const domain::Person& person, Date day, std::string_view what) {
    if (person.departed_on && *person.departed_on < day)
        refuse(person, day, what);
}

void refuse_from_departure(const domain::Person& person, Date day, std::string_view what) {
    if (is_gone(person, day))
        refuse(person, day, what);
}

} // namespace peercert::services
