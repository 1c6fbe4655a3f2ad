#pragma once

#include "cli/command.hpp"

namespace peercert::cli {

/// `curriculum names`.
Command names_command();

} // namespace peercert::cli
