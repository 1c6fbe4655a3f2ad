#pragma once

#include <string>
#include <string_view>

#include "domain/entry.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// Whether somebody was entitled to vouch on a day: judged by the edition in force then, from their own record.
struct AuthorityAnswer {
    bool entitled{false};
    domain::Authority authority; ///< to be stored with the entry; set when entitled
    Finding finding;             ///< why, or why not
};

/// `role` is "code/meaning" or "code/level" ("wa-cpss/approved supervisor", "wrap/co-facilitator"). The day that counts
/// is `on`, the day observed or worked: never the day typed, never today. Throws Error{invalid_input} for a role that
/// is not written so, Error{not_found} for one that its edition does not know.
AuthorityAnswer authority_on(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                             std::string_view role, Date on);

} // namespace peercert::services
