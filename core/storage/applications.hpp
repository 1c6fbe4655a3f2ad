#pragma once

#include <optional>
#include <vector>

#include "domain/application.hpp"

namespace peercert::storage {

class Connection;

/// What was asked and what was decided.
class Applications {
public:
    explicit Applications(Connection& connection) : connection_(connection) {}

    ApplicationId add(const domain::Application& application); ///< `recorded_at` is the unit's
    std::optional<domain::Application> find(ApplicationId id);
    domain::Application of(ApplicationId id); ///< throws Error{not_found}
    std::vector<domain::Application> of_person(PersonId person);
    /// Applications nothing has been decided about, oldest first.
    std::vector<domain::Application> open();
    /// Those of people whose key is greater than `after` and at most `last`, by person, then oldest first.
    std::vector<domain::Application> open_of(PersonId after, PersonId last);

    domain::DecisionId decide(const domain::Decision& decision); ///< `recorded_at` is the unit's; never changed later
    std::optional<domain::Decision> decision(domain::DecisionId id);
    std::vector<domain::Decision> decisions_on(ApplicationId application); ///< as recorded
    std::vector<domain::Decision> decisions_about(CredentialId credential);
    /// Those that concern neither an application nor a credential, by what they do; oldest first.
    std::vector<domain::Decision> decisions_to(std::string_view action);

private:
    Connection& connection_;
};

} // namespace peercert::storage
