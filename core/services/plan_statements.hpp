#pragma once

#include <string>
#include <vector>

#include <peercert/edition.hpp>

namespace peercert::services {

/// Which alternatives: statements that stand plainly side by side, or also those inside of longer ways.
enum class Ways { plain, any };

/// What somebody says of themselves is true or not, and no choice of a plan's: the statements that would do in place of
/// that one, wherever the step lets one of several be enough. Only statements that nobody has to vouch for.
std::vector<std::string> other_statements(const Edition& edition, Step::Verb verb, const std::string& level,
                                          const std::string& statement, Ways ways);

} // namespace peercert::services
