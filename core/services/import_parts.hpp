#pragma once

#include <charconv>
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

/// What every file that is read into the record has in common.
namespace peercert::services {

inline constexpr std::size_t rows_between_progress = 1000;

/// Thrown out of a write unit so that it rolls back; never leaves the import that throws it.
struct HasErrors {};

/// A value as a report shows it.
inline std::string shortened(std::string_view value) { return std::string(value.substr(0, 60)); }

/// To the beginning: a unit may run again.
inline void rewind(std::istream& file) {
    file.clear();
    file.seekg(0);
}

/// Digits only, perhaps with a minus; nothing for anything else.
inline std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace peercert::services
