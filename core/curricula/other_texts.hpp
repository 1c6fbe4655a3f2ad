#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Small changes of one written value, for asking whether any case would notice. Private to the room.
namespace peercert::curricula {

/// The text with one thing in it changed, each result once and never the text itself: a day by a day, a number by one
/// in its last digit, a comparison turned round (at least/at most, before/after), its edge moved (from/after,
/// until/before), a unit or a month taken for its neighbour, one named day for another. Nothing says that a result can
/// be read.
std::vector<std::string> other_texts(std::string_view text);

/// Whether the text is an amount, bound, span, day or window and not somebody's words.
bool is_phrase(std::string_view text);

} // namespace peercert::curricula
