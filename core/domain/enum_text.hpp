#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace peercert::domain {

/// The words of an enum whose values count from 0: one table serves both directions.
template <class Enum, std::size_t n>
class EnumText {
public:
    constexpr explicit EnumText(const std::array<std::string_view, n>& words) : words_(words) {}
    std::string_view text(Enum value) const { return words_.at(static_cast<std::size_t>(value)); }
    std::optional<Enum> parse(std::string_view text) const {
        for (std::size_t i = 0; i < n; ++i)
            if (words_[i] == text)
                return static_cast<Enum>(i);
        return std::nullopt;
    }

private:
    std::array<std::string_view, n> words_;
};

} // namespace peercert::domain
