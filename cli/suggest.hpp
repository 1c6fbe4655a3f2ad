#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::cli {

/// The known word nearest to a mistyped one (a letter added, dropped, changed, or two swapped), if one is near enough
/// that the guess helps.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known);

/// `did you mean WORD?`, or nothing.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known, std::string_view lead = {});

} // namespace peercert::cli
