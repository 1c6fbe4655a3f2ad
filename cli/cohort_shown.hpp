#pragma once

#include "cli/command.hpp"
#include "services/cohorts.hpp"

namespace peercert::cli {

/// A cohort as an answer: its sessions, who leads them, how far everybody is.
Exit show_cohort(Invocation& asked, const services::CohortView& view);

/// Number of a session, the argument SESSION. Throws UsageError.
int session_number(const Invocation& asked);

} // namespace peercert::cli
