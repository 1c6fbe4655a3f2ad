#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <peercert/export.hpp>

namespace peercert {

/// The known word that a mistyped one most likely meant: at most a third of its letters differ. Empty when none is
/// near.
PEERCERT_EXPORT std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

} // namespace peercert
