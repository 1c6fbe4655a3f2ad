#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "services/house.hpp"

/// What several commands say or ask in the same way.
namespace peercert::cli {

/// Rehearse with --dry-run, else commit.
services::Mode mode_of(const Invocation& asked);

/// The answer of a change that has nothing else to show: `{"done": true}` (false with --dry-run), or the sentence.
Exit said_done(Invocation& asked, const std::string& sentence);

/// Says on standard error that the code of PERSON, if the command has one, was merged into another, which answered.
void say_if_merged(Invocation& asked);

/// Several sentences, each on a line of its own, as one: where lines are not ours to break (a table, a failure).
std::string in_one_line(std::string_view sentences);

} // namespace peercert::cli
