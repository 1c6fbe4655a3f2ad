#pragma once

#include <string>
#include <vector>

/// The counters from which codes and keys are handed out, held against the rows that have them. One that was set back
/// would hand out the same code twice.
namespace peercert::storage {

class Connection;

/// A sentence for each counter that is missing or stands behind what was handed out.
std::vector<std::string> counter_problems(Connection& connection);
/// Counters that stand further than what was handed out, or than was confirmed when issuing was resumed: nothing breaks
/// by it, but nobody did it in due form.
std::vector<std::string> raised_counters(Connection& connection);

/// Moves each counter of codes past the newest row, where it stands behind. Never back.
void advance_counters(Connection& connection);

} // namespace peercert::storage
