#include "documents/font.hpp"

#include <cstdint>

#include <hpdf_doc.h>
#include <hpdf_fontdef.h>

namespace peercert::documents {

namespace {

/// The next code point of well-formed UTF-8, taken from the front.
std::uint32_t take(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t code = size == 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size && i < text.size(); ++i)
        code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(std::min(size, text.size()));
    return code;
}

} // namespace

bool can_draw(HPDF_Doc pdf, const char* font_name, std::string_view text) {
    HPDF_FontDef definition = HPDF_Doc_FindFontDef(pdf, font_name);
    if (definition == nullptr)
        return false;
    while (!text.empty()) {
        const std::uint32_t code = take(text);
        if (code == ' ')
            continue;
        // The library knows the letters of the first plane only.
        if (code > 0xFFFF || HPDF_TTFontDef_GetGlyphid(definition, static_cast<HPDF_UINT16>(code)) == 0)
            return false;
    }
    return true;
}

} // namespace peercert::documents
