#pragma once

#include <vector>

#include "cli/command.hpp"

/// One function a noun, each in cli/commands/<noun>.cpp.
namespace peercert::cli {

std::vector<Command> completion_commands();
std::vector<Command> man_commands();
std::vector<Command> version_commands();

} // namespace peercert::cli
