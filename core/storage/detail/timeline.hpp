#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/credential.hpp"

namespace peercert::storage {

/// A term's timeline as one column: `2026-11-01 grace;2027-05-01 lapsed`. Throws Error{invalid_input} for rungs out of
/// order or named with more than a word.
std::string text_of(const std::vector<domain::Rung>& timeline);
/// Throws Error{unavailable} for text that `text_of` did not make.
std::vector<domain::Rung> timeline_of(std::string_view text);

} // namespace peercert::storage
