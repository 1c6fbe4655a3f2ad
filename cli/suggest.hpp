#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::cli {

/// The known word that a mistyped one most likely meant: a near one (peercert::nearest), or one that begins like it.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known);

/// `did you mean WORD?`, or nothing.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known, std::string_view lead = {});

} // namespace peercert::cli
