#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/output.hpp"

/// Everything people read about commands, made from their descriptions.
namespace peercert::cli {

/// `peercert person add [--born DATE] NAME...`
std::string synopsis(const Command& command);

std::string overview_help(const Terminal& terminal);
std::string topic_help(const Topic& topic, const Terminal& terminal);
std::string command_help(const Command& command, const Terminal& terminal);

std::string exit_code_help(const Terminal& terminal);

/// The whole manual as a roff page (section 1).
std::string manual_page();

/// A completion script. `shell` is bash, zsh or fish.
std::string completion_script(std::string_view shell);

} // namespace peercert::cli
