#pragma once

#include "cli/command.hpp"

/// Reports that have a file of their own; `report_commands` lists them with the others.
namespace peercert::cli {

Command report_agreement_command();

} // namespace peercert::cli
