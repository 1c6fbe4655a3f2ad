#pragma once

#include <vector>

#include "cli/command.hpp"
#include "services/cohorts.hpp"

namespace peercert::cli {

/// How long somebody was at a session, as the argument PRESENT and the options of presence_options say.
services::Presence presence_of(const Invocation& asked);
/// --late, --left-early, --arrived, --left.
std::vector<Option> presence_options();
/// Without it: from beginning to end.
Argument present_argument();

} // namespace peercert::cli
