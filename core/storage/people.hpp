#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/person.hpp"

namespace peercert::storage {

class Connection;

/// People with their names and contacts. Cleans all text it is given (domain/text.hpp).
class People {
public:
    explicit People(Connection& connection) : connection_(connection) {}

    /// Stores the person, names and contacts valid from the day of the unit's `now`. Does not look for duplicates.
    domain::Person add(const domain::NewPerson& person);

    std::optional<domain::Person> find(PersonId id);
    std::optional<domain::Person> find(domain::PersonCode code);
    /// Throws Error{not_found}.
    domain::Person of(PersonId id);

    /// People who may be the same human: of name (whatever its accents and case), birthday and e-mail at least two are
    /// the same. An address alone is shared by many, and so is a name, but where birthday or e-mail is missing on
    /// either side it is enough, unless something known of both differs (birthday, e-mail, telephone).
    std::vector<PersonId> alike(const domain::NewPerson& person);

    /// People one of whose present names contains words that begin like those given, by name; at most `limit`.
    std::vector<domain::Person> search(std::string_view words, std::size_t limit);
    /// Everybody, by id, after `after`, at most `limit`.
    std::vector<domain::Person> list(PersonId after, std::size_t limit);
    std::int64_t count();
    PersonId last(); ///< the greatest key there is; 0 for nobody

    /// All names, earlier ones too, oldest first.
    std::vector<domain::PersonName> names(PersonId id);
    /// The name to greet somebody by: used, else certificate, else legal. Throws Error{not_found}.
    std::string name_used(PersonId id);
    /// The name for certificates and verification: certificate, else used, else legal. Throws Error{not_found}.
    std::string public_name(PersonId id);
    /// From `from` on this is the name of that kind; the one before ends the day before, or on that day if it began on
    /// it.
    void change_name(PersonId id, domain::NameKind kind, std::string_view full_name, Date from);

    /// The name of that kind was last used on `last_day`; another kind stands in for it then. The name in use does not
    /// end, it is changed: Error{invalid_input}; so is a last day before its first. Error{not_found} if there is none.
    void end_name(PersonId id, domain::NameKind kind, Date last_day);

    std::vector<domain::PersonContact> contacts(PersonId id);
    void change_contact(PersonId id, domain::ContactKind kind, std::string_view value, Date from);

    /// The day on which the person was gone; nothing takes it back. What stood until then is kept.
    void set_departed(PersonId id, std::optional<Date> day);
    /// That day as it stood on record at that instant. Corrections of before schema 19 were not kept.
    std::optional<Date> departed_as_known(PersonId id, domain::Instant known_at);
    void set_hidden(PersonId id, bool hidden);
    /// The day that stood until then is kept for judging earlier decisions again (Entries::record_before).
    void set_born(PersonId id, std::optional<Date> born);
    /// Whether the day of birth that the correction of that audit row replaced was kept; older programs did not.
    bool keeps_birthday_of(PersonId id, std::int64_t correction);

private:
    Connection& connection_;
};

} // namespace peercert::storage
