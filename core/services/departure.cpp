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

void check_departure(const domain::Person& person, std::optional<Date> day, Date today) {
    if (day && *day > today)
        throw Error(ErrorCode::invalid_input,
                    "the day " + to_text(*day) + " is still to come; record it when it has come");
    if (day && person.born && *day < *person.born)
        throw Error(ErrorCode::invalid_input, "the day " + to_text(*day) + " is before " + person.code.str() +
                                                  " was born, on " + to_text(*person.born) + "; check the year");
    if (!day && !person.departed_on)
        throw Error(ErrorCode::conflict, "it is not recorded that " + person.code.str() + " is gone");
    if (day && day == person.departed_on)
        throw Error(ErrorCode::conflict, "that is how it stands already, since " + to_text(*day));
}

void refuse_after_departure(const domain::Person& person, Date day, std::string_view what) {
    if (person.departed_on && *person.departed_on < day)
        refuse(person, day, what);
}

void refuse_from_departure(const domain::Person& person, Date day, std::string_view what) {
    if (is_gone(person, day))
        refuse(person, day, what);
}

} // namespace peercert::services
