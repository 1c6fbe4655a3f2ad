#pragma once

#include <cstdint>
#include <string>

#include "domain/instant.hpp"

namespace peercert::domain {

/// One link of the chain: ids and salted digests only, no personal text, so that erasing a name leaves it whole.
struct AuditRow {
    std::int64_t seq{0}; ///< 1, 2, 3 ... without a gap
    Instant at{};
    std::string actor{};
    std::string action{};        ///< "person.added", "credential.revoked"
    std::string object{};        ///< "person 12", "entry 40..57"
    std::string before_digest{}; ///< hex; empty if nothing was there
    std::string after_digest{};  ///< hex; empty if nothing is left
    std::string previous_hash{}; ///< hex; of the row before, empty in the first
    std::string hash{};          ///< hex; over everything above
};

} // namespace peercert::domain
