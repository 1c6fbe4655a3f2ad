#pragma once

#include <string>
#include <string_view>

#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// The person of the record in whose name `account` acts, with that person's rights and no others: `typed` is a code,
/// or a whole name that only one person uses. The account stands beside them in the audit trail. Throws
/// Error{not_found} or Error{conflict} for a word that names nobody or several people, Error{forbidden} for somebody
/// who is gone.
Actor acting_as(House& house, std::string_view typed, const std::string& account);

} // namespace peercert::services
