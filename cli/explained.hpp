#pragma once

#include <peercert/finding.hpp>

#include "cli/output.hpp"

namespace peercert::cli {

/// A judgement for reading: the answer, what is there, what is open and the way to it. `brief` leaves out the details
/// of what is there.
void print_finding(Output& out, const Finding& finding, bool brief);

} // namespace peercert::cli
