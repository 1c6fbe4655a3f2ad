#pragma once

#include <string>
#include <string_view>

#include <soci/soci.h>

#include "domain/person.hpp"
#include "domain/text.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/person_group.hpp"
#include "storage/detail/values.hpp"

/// How names and contacts are written, when somebody is added and later.
namespace peercert::storage {

/// Verification speaks of a human, under whichever of their records the credential stands.
inline void keep_answers_of_all(Connection& connection, PersonId person) {
    for (const PersonId one : group_of(connection, person))
        keep_answers_of(connection, one);
}

inline std::string clean_name(std::string_view text) { return domain::clean_text(text, domain::person_name_rule); }

inline std::string clean_contact(domain::ContactKind kind, std::string_view value) {
    return kind == domain::ContactKind::email ? domain::clean_email(value)
                                              : domain::clean_text(value, domain::contact_rule);
}

/// A name as it stands in the person's row: the search key only where it is not the name in lower case anyway.
struct PresentName {
    explicit PresentName(std::string_view text) : name(clean_name(text)), key(key_beside(name)) {}
    static std::string key_beside(const std::string& name) {
        std::string key = domain::search_key(name);
        return domain::is_lower_case_of(key, name) ? std::string{} : key;
    }
    std::string name;
    OptionalText key;
};

/// A name beside the one in the person's row: on certificates, in law, or used before.
inline void add_name(Connection& connection, PersonId person, domain::NameKind kind, std::string_view text,
                     const std::string& first_day, const OptionalDay& last_day = {}) {
    const long long id = person.value();
    const std::string word(to_text(kind));
    const std::string name = clean_name(text);
    const std::string key = domain::search_key(name);
    connection.sql()
        << "insert into person_name (person, kind, n, full_name, search_key, first_day, last_day) values (:id, :kind, "
           "(select coalesce(max(n), 0) + 1 from person_name where person = :id and kind = :kind), :name, :key, "
           ":first, :last)",
        soci::use(id, "id"), soci::use(word, "kind"), soci::use(name, "name"), soci::use(key, "key"),
        soci::use(first_day, "first"), soci::use(last_day.value, last_day.state, "last");
}

} // namespace peercert::storage
