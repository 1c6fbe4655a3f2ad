#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace peercert::domain {

/// A moment in UTC, to the second. When something was recorded; never when it was true (that is a Date).
using Instant = std::chrono::sys_seconds;

/// `YYYY-MM-DDThh:mm:ssZ`.
std::string to_text(Instant instant);

/// Strictly the form above and a moment that exists (no leap second). Nothing otherwise.
std::optional<Instant> parse_instant(std::string_view text);

} // namespace peercert::domain
