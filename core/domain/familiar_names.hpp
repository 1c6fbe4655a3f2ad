#pragma once

#include <span>
#include <string_view>

namespace peercert::domain {

/// Given names of which people use one for the other, as search keys divided by blanks; English and Spanish. Common
/// knowledge, no statistics of anybody; add a line where one is missing.
std::span<const std::string_view> familiar_names();

} // namespace peercert::domain
