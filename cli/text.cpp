#include <utf8proc.h>

#include "cli/output.hpp"

namespace peercert::cli {
namespace {

bool unsafe(utf8proc_int32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x00AD || point == 0x061C || point == 0x180E ||
           (point >= 0x200B && point <= 0x200F && point != 0x200C && point != 0x200D) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xE0000 && point <= 0xE0FFF);
}

void append_visible(std::string& out, utf8proc_int32_t point) {
    constexpr char digits[] = "0123456789abcdef";
    out += point < 0x100 ? "\\x" : "\\u";
    for (int shift = point < 0x100 ? 4 : 12; shift >= 0; shift -= 4)
        out += digits[(point >> shift) & 0xF];
}

const utf8proc_uint8_t* bytes(std::string_view text) { return reinterpret_cast<const utf8proc_uint8_t*>(text.data()); }

utf8proc_ssize_t next_point(std::string_view text, utf8proc_int32_t& point) {
    return utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &point);
}

std::size_t width_of(utf8proc_int32_t point) {
    const int width = utf8proc_charwidth(point);
    return width > 0 ? static_cast<std::size_t>(width) : 0;
}

/// The longest beginning of `text` that fits into `width` columns, at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
    std::size_t at = 0;
    std::size_t used = 0;
    while (at < text.size()) {
        utf8proc_int32_t point = 0;
        const auto length = next_point(text.substr(at), point);
        if (length <= 0)
            return at + 1;
        const std::size_t needed = width_of(point);
        if (at > 0 && used + needed > width)
            return at;
        used += needed;
        at += static_cast<std::size_t>(length);
    }
    return at;
}

} // namespace

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t point = 0;
        const auto length = next_point(text.substr(at), point);
        if (length <= 0) {
            append_visible(out, static_cast<unsigned char>(text[at]));
            ++at;
            continue;
        }
        if (unsafe(point))
            append_visible(out, point);
        else
            out.append(text, at, static_cast<std::size_t>(length));
        at += static_cast<std::size_t>(length);
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t point = 0;
        const auto length = next_point(text.substr(at), point);
        if (length <= 0) {
            ++at;
            continue;
        }
        width += width_of(point);
        at += static_cast<std::size_t>(length);
    }
    return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::string line;
    std::size_t used = 0;
    const auto finish = [&] {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
    };
    while (!text.empty()) {
        const std::size_t start = text.find_first_not_of(' ');
        if (start == std::string_view::npos)
            break;
        text.remove_prefix(start);
        std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size());
        const std::size_t needed = display_width(word);
        if (used > 0 && used + 1 + needed > width)
            finish();
        if (used > 0) {
            line += ' ';
            ++used;
        }
        while (display_width(word) > width) {
            const std::size_t part = fitting(word, width);
            line += word.substr(0, part);
            word.remove_prefix(part);
            finish();
        }
        line += word;
        used += display_width(word);
    }
    if (!line.empty() || lines.empty())
        lines.push_back(std::move(line));
    return lines;
}

} // namespace peercert::cli
