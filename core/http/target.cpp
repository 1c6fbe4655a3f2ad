#include "http/target.hpp"

#include <cstdint>

namespace peercert::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > text.size())
            return false;
        std::uint32_t point = lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            const auto byte = static_cast<unsigned char>(text[at + i]);
            if ((byte & 0xC0) != 0x80)
                return false;
            point = (point << 6) | (byte & 0x3FU);
        }
        if ((length == 3 && point < 0x800) || (length == 4 && point < 0x10000) || point > 0x10FFFF ||
            (point >= 0xD800 && point <= 0xDFFF) || (point >= 0x80 && point <= 0x9F))
            return false;
        at += length;
    }
    return true;
}

std::string percent_encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
            c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 0xF];
        }
    }
    return out;
}

std::optional<std::string_view> Target::decoded(std::string_view raw, bool plus_is_blank) {
    const std::size_t start = buffer_.size();
    bool ascii = true;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        char c = raw[i];
        if (c == '%') {
            const int high = i + 2 < raw.size() ? hex_value(raw[i + 1]) : -1;
            const int low = high >= 0 ? hex_value(raw[i + 2]) : -1;
            if (low < 0)
                return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            return std::nullopt;
        ascii = ascii && byte < 0x80;
        buffer_ += c;
    }
    const std::string_view text = std::string_view(buffer_).substr(start);
    if (!ascii && !is_utf8(text))
        return std::nullopt;
    return text;
}

bool Target::add_segment(std::string_view raw) {
    const auto text = decoded(raw, false);
    if (!text || *text == "." || *text == ".." || text->find_first_of("/\\") != std::string_view::npos ||
        segment_count_ == max_segments)
        return false;
    segments_[segment_count_++] = *text;
    return true;
}

bool Target::add_parameter(std::string_view raw) {
    const std::size_t sign = raw.find('=');
    const auto name = decoded(raw.substr(0, sign), true);
    const auto value = decoded(sign == std::string_view::npos ? std::string_view{} : raw.substr(sign + 1), true);
    if (!name || !value || name->empty() || parameter_count_ == max_parameters || parameter(*name))
        return false;
    parameters_[parameter_count_++] = {*name, *value};
    return true;
}

bool Target::parse(std::string_view raw) {
    buffer_.clear();
    buffer_.reserve(raw.size()); // decoding never grows, so the views into it stay good
    segment_count_ = parameter_count_ = 0;
    if (raw.empty() || raw.front() != '/' || raw.find('#') != std::string_view::npos)
        return false;
    const std::size_t question = raw.find('?');
    std::string_view path = raw.substr(1, question == std::string_view::npos ? question : question - 1);
    while (!path.empty() || segment_count_ == 0) {
        const std::size_t slash = path.find('/');
        if (!add_segment(path.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            break;
        path.remove_prefix(slash + 1);
        if (path.empty() && !add_segment({}))
            return false;
    }
    if (question == std::string_view::npos)
        return true;
    std::string_view query = raw.substr(question + 1);
    while (!query.empty()) {
        const std::size_t sign = query.find('&');
        if (!add_parameter(query.substr(0, sign)))
            return false;
        if (sign == std::string_view::npos)
            break;
        query.remove_prefix(sign + 1);
        if (query.empty())
            return false;
    }
    return true;
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
    for (std::size_t i = 0; i < parameter_count_; ++i)
        if (parameters_[i].first == name)
            return parameters_[i].second;
    return std::nullopt;
}

} // namespace peercert::http
