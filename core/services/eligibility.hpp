#pragma once

#include "credentials/status.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What a credential is on a day, also where its track says that it ends when its holder is no longer eligible (too old
/// for a youth peer, say): on that day it is `ended`, without blame. Rules run only for such a term. What is open (no
/// day of birth on record) ends nothing. `record` has its terms whole.
credentials::Status status_on(storage::UnitOfWork& work, const Rulebook& rulebook,
                              const domain::CredentialRecord& record, Date day,
                              std::optional<domain::Instant> known_at = {});

} // namespace peercert::services
