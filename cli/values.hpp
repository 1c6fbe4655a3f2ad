#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>

#include "cli/command.hpp"

/// Values as people type them. Each returns nothing for what it cannot read exactly.
namespace peercert::cli {

std::optional<std::int64_t> parse_number(std::string_view text);
/// 90, "90 min", "1.5 h", "1h30", "1 h 30 min", "1:30". A part of an hour must come out as whole minutes.
std::optional<Minutes> parse_minutes(std::string_view text);
/// 75, 75.5, 75.00 or $75.00, in cents; never negative.
std::optional<std::int64_t> parse_cents(std::string_view text);

/// "1 h 30 min"; "45 min"; "16 h".
std::string hours_text(Minutes amount);
/// "$75.00"
std::string money_text(std::int64_t cents);

/// Why `text` is not a value of that type, as the end of a sentence, or nothing if it is one.
std::optional<std::string> complaint(ValueType type, const std::vector<std::string>& allowed, std::string_view text);

} // namespace peercert::cli
