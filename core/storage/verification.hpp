#pragma once

#include <string>

#include "domain/credential.hpp"

namespace peercert::storage {

/// What answering "is this number certified, and whose is it" takes. Of somebody hidden only that they are.
struct VerificationRecord {
    domain::CredentialRecord record{}; ///< terms without decision, edition and name as issued
    std::string holder{};              ///< the name to show now (People::public_name)
    std::string issuer{};              ///< name of the organization, empty if none
};

} // namespace peercert::storage
