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

/// Several sentences, each on a line of its own, as one: where lines are not ours to break (a table, a failure).
std::string in_one_line(std::string_view sentences);

} // namespace peercert::cli
