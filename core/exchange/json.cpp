#include "exchange/json.hpp"

#include <cassert>
#include <charconv>

namespace peercert::exchange {
namespace {

/// Length of the well-formed UTF-8 sequence at `at` (0 if ill-formed) and its code point.
std::size_t decode(std::string_view text, std::size_t at, std::uint32_t& point) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        point = lead;
        return 1;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || at + length > text.size())
        return 0;
    point = static_cast<std::uint32_t>(lead & (0xFF >> (length + 1)));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0;
        point = (point << 6) | static_cast<std::uint32_t>(byte(at + i) & 0x3F);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return overlong || surrogate || point > 0x10FFFF ? 0 : length;
}

bool must_escape(std::uint32_t point) {
    return (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

void append_escape(std::string& out, std::uint32_t point) {
    constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[(point >> shift) & 0xF];
}

void new_line(std::string& out, int indent, int depth) {
    if (indent == 0)
        return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent * depth), ' ');
}

} // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
    std::uint32_t point = 0;
    return decode(text, at, point);
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t point = 0;
        const std::size_t length = decode(text, at, point);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        switch (point) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (point < 0x20 || must_escape(point))
                append_escape(out, point);
            else
                out.append(text, at, length);
        }
        at += length;
    }
    out += '"';
}

Json Json::array_of(const std::vector<std::string>& texts) {
    Json list = array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

Json& Json::set(std::string_view name, Json value) & {
    if (std::holds_alternative<std::monostate>(value_))
        value_ = Members{};
    assert(is_object());
    auto& members = std::get<Members>(value_);
    for (auto& [known, held] : members)
        if (known == name) {
            held = std::move(value);
            return *this;
        }
    members.emplace_back(std::string(name), std::move(value));
    return *this;
}

Json&& Json::set(std::string_view name, Json value) && {
    set(name, std::move(value));
    return std::move(*this);
}

Json& Json::push(Json value) {
    if (std::holds_alternative<std::monostate>(value_))
        value_ = Items{};
    assert(is_array());
    std::get<Items>(value_).push_back(std::move(value));
    return *this;
}

std::size_t Json::size() const {
    if (const auto* members = std::get_if<Members>(&value_))
        return members->size();
    if (const auto* items = std::get_if<Items>(&value_))
        return items->size();
    return 0;
}

std::string Json::text(int indent) const {
    std::string out;
    append_to(out, indent);
    return out;
}

void Json::append_to(std::string& out, int indent, int depth) const {
    if (const auto* flag = std::get_if<bool>(&value_)) {
        out += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<std::int64_t>(&value_)) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, *number).ptr;
        out.append(digits, end);
    } else if (const auto* text = std::get_if<std::string>(&value_)) {
        append_json_string(out, *text);
    } else if (const auto* items = std::get_if<Items>(&value_)) {
        out += '[';
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (i > 0)
                out += ',';
            new_line(out, indent, depth + 1);
            (*items)[i].append_to(out, indent, depth + 1);
        }
        if (!items->empty())
            new_line(out, indent, depth);
        out += ']';
    } else if (const auto* members = std::get_if<Members>(&value_)) {
        out += '{';
        for (std::size_t i = 0; i < members->size(); ++i) {
            if (i > 0)
                out += ',';
            new_line(out, indent, depth + 1);
            append_json_string(out, (*members)[i].first);
            out += indent > 0 ? ": " : ":";
            (*members)[i].second.append_to(out, indent, depth + 1);
        }
        if (!members->empty())
            new_line(out, indent, depth);
        out += '}';
    } else {
        out += "null";
    }
}

} // namespace peercert::exchange
