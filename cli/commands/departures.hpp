#pragma once

#include "cli/command.hpp"

namespace peercert::cli {

/// `curriculum departures`.
Command departures_command();

} // namespace peercert::cli
