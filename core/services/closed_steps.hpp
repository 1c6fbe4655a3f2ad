#pragma once

#include <string>

#include "curricula/catalogue.hpp"

namespace peercert::services {

/// What to tell somebody who asks for a step that this edition no longer has but an earlier one had: until which day it
/// was open, which track the file points to, what holders may still do, and what can be done now. Empty when no earlier
/// edition had it. `level` may be empty: any level.
std::string closed_step_text(const curricula::Catalogue& catalogue, const Edition& edition, Step::Verb verb,
                             const std::string& level);

/// The same for a day after the last edition of `code` has ended; empty when it has not.
std::string ended_text(const curricula::Catalogue& catalogue, std::string_view code, Date day);

} // namespace peercert::services
