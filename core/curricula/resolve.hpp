#pragma once

#include <string>
#include <utility>
#include <vector>

#include "curricula/node.hpp"

/// "based on" and "changes": one full file out of two. Private to the room.
namespace peercert::curricula {

/// Code and edition of the base; empty when the file is based on none. A malformed one is a problem.
std::pair<std::string, std::string> base_of(const Node& root, std::vector<Problem>& problems);

/// The base with the changes of `root` put in, without "based on" and "changes".
Node resolve(const Node& root, const Node& base, std::vector<Problem>& problems);

} // namespace peercert::curricula
