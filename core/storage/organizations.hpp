#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/organization.hpp"

namespace peercert::storage {

class Connection;

class Organizations {
public:
    explicit Organizations(Connection& connection) : connection_(connection) {}

    /// Throws Error{conflict} if the code is taken. `id` of the argument is ignored.
    OrganizationId add(const domain::Organization& organization);
    std::optional<domain::Organization> find(OrganizationId id);
    std::optional<domain::Organization> find(std::string_view code);
    domain::Organization of(OrganizationId id); ///< throws Error{not_found}
    std::vector<domain::Organization> list();   ///< by code

    void add_membership(const domain::Membership& membership);
    /// Ends the open grants of that role on `last_day`; says how many there were.
    int end_membership(PersonId person, OrganizationId organization, std::string_view role, Date last_day);
    std::vector<domain::Membership> memberships(PersonId person);
    std::vector<domain::Membership> members(OrganizationId organization);
    /// Whether anybody holds that role on that day, in any organization.
    bool anybody_is(std::string_view role, Date on);

    /// Adds a line; `n` of the argument is ignored. Lines are never changed or removed.
    void add_score(const domain::OrganizationScore& score);
    /// All lines of an organization, by n.
    std::vector<domain::OrganizationScore> scores(OrganizationId organization);

private:
    Connection& connection_;
};

} // namespace peercert::storage
