#pragma once

#include <string>
#include <string_view>

#include "cli/output.hpp"

namespace peercert::cli {

/// Already printable text in its look, or unchanged where the terminal shows none.
std::string styled(std::string_view text, Look look, const Terminal& terminal);

} // namespace peercert::cli
