#pragma once

#include <optional>

#include "domain/installation.hpp"
#include "storage/verification.hpp"

namespace peercert::storage {

class Connection;

/// Store::verification on one session. One statement answers for most numbers; a second follows when something happened
/// to the credential.
std::optional<VerificationRecord> look_up_verification(Connection& connection, const domain::Installation& installation,
                                                       domain::CredentialNumber number);

} // namespace peercert::storage
