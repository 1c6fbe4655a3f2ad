#pragma once

#include <string_view>

#include <hpdf.h>

namespace peercert::documents {

/// Whether the font has every letter of the text (UTF-8, NFC).
bool can_draw(HPDF_Doc pdf, const char* font_name, std::string_view text);

} // namespace peercert::documents
