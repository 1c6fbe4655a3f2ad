#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peercert::domain {

enum class EditionKind { curriculum, track, framework };

/// An edition something relied on, frozen: a decision of years ago replays though the file is gone.
struct FrozenEdition {
    EditionKind kind{EditionKind::track};
    std::string code{};    ///< "wi-cps"
    std::string edition{}; ///< "2024-01"
    std::string digest{};  ///< hex, of `text`, made by the reader
    std::string text{};    ///< the full resolved file
};

std::string_view to_text(EditionKind kind);
std::optional<EditionKind> parse_edition_kind(std::string_view text);

} // namespace peercert::domain
