#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace peercert::curricula {

/// The text with its words put right one after the other ("30h", "30 hours", "at lest"), if that makes it a phrase;
/// else nothing. Only for "did you mean". Private to the room.
std::string mended_phrase(std::string_view text, const std::function<bool(std::string_view)>& understood);

} // namespace peercert::curricula
