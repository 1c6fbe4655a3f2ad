#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

namespace peercert::domain {

enum class OrganizationKind { training_centre, employer, certifying_body, county, provider };

struct Organization {
    OrganizationId id{};
    std::string code{}; ///< given by people, unique: "mke-centre", "wi-dhs"
    std::string name{};
    OrganizationKind kind{OrganizationKind::training_centre};
    std::string county{}; ///< the county it is in, as text; empty if none
};

/// A dated grant of a role within an organization.
struct Membership {
    PersonId person{};
    OrganizationId organization{};
    std::string role{}; ///< a word: "facilitator", "reviewer", "supervisor"
    Date first_day{};
    std::optional<Date> last_day{};
};

/// What an instrument about organizations found on a day. Never about a person. A later line for the same item and day
/// stands in place of the earlier one, which stays on record.
struct OrganizationScore {
    int n{0}; ///< 1, 2, ... within the organization, in the order of recording
    OrganizationId organization{};
    std::string edition{}; ///< "facit 2001"
    std::string item{};    ///< code of the framework's item
    std::string score{};   ///< a word of the framework's scale
    Date observed_on{};
};

std::string_view to_text(OrganizationKind kind);
std::optional<OrganizationKind> parse_organization_kind(std::string_view text);

} // namespace peercert::domain
