#include "http/head.hpp"

#include <algorithm>
#include <charconv>

namespace peercert::http {
namespace {

using Table = std::array<bool, 256>;

constexpr Table make_table(std::string_view extra, bool alphanumeric) {
    Table table{};
    for (int c = 0; alphanumeric && c < 128; ++c)
        table[static_cast<std::size_t>(c)] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    for (const char c : extra)
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

constexpr Table token_table = make_table("!#$%&'*+-.^_`|~", true);
constexpr Table host_table = make_table("-._~:[]", true);

bool is_one_of(const Table& table, char c) { return table[static_cast<unsigned char>(c)]; }
bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_one_of(token_table, c); });
}
bool is_value_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool has_item(std::string_view list, std::string_view item) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view part = list.substr(0, comma);
        while (!part.empty() && (part.front() == ' ' || part.front() == '\t'))
            part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '\t'))
            part.remove_suffix(1);
        if (same_name(part, item))
            return true;
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return false;
}

/// name, IPv4 or [IPv6], with or without a port
bool is_host(std::string_view text) {
    if (text.empty() || text.size() > 255 ||
        !std::all_of(text.begin(), text.end(), [](char c) { return is_one_of(host_table, c); }))
        return false;
    std::string_view port;
    if (text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos || close == 1)
            return false;
        port = text.substr(close + 1);
        if (text.substr(1, close - 1).find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
            return false;
    } else {
        const std::size_t colon = text.find(':');
        if (colon == 0 || text.find_first_of("[]") != std::string_view::npos)
            return false;
        port = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
    }
    return port.empty() || (port.front() == ':' && port.size() <= 6 &&
                            port.substr(1).find_first_not_of("0123456789") == std::string_view::npos);
}

constexpr std::optional<HeadRefusal> bad(const char* word) { return HeadRefusal{400, word}; }

/// `host`: the one that a target in absolute form names, else empty.
std::optional<HeadRefusal> parse_request_line(std::string_view line, Head& head, std::string_view& host) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return bad("request_line");
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(head.method) || head.method.size() > 32)
        return bad("method");
    if (version == "HTTP/1.1")
        head.minor_version = 1;
    else if (version == "HTTP/1.0")
        head.minor_version = 0;
    else
        return bad("version");
    if (head.target.size() > max_target_bytes)
        return HeadRefusal{414, "target_too_long"};
    if (head.target.empty() ||
        !std::all_of(head.target.begin(), head.target.end(), [](char c) { return c > 0x20 && c < 0x7F; }))
        return bad("target");
    if (head.target.front() == '/')
        return std::nullopt;
    // The absolute form names a host too; it has to be the one that Host names. Only proxies need the authority form.
    const std::size_t scheme = head.target.find("://");
    if (scheme == std::string_view::npos ||
        !(same_name(head.target.substr(0, scheme), "http") || same_name(head.target.substr(0, scheme), "https")))
        return bad("target_form");
    const std::string_view rest = head.target.substr(scheme + 3);
    const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
    host = rest.substr(0, path);
    head.target = rest.substr(path);
    if (head.target.empty())
        head.target = "/";
    if (!is_host(host) || head.target.front() != '/')
        return bad("target_form");
    return std::nullopt;
}

std::optional<HeadRefusal> parse_fields(std::string_view text, Head& head) {
    head.field_count = 0;
    while (!text.empty()) {
        const std::size_t end = text.find("\r\n");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return bad("field_name"); // also a folded line and a blank before the colon
        std::string_view value = line.substr(colon + 1);
        if (!std::all_of(value.begin(), value.end(), is_value_byte))
            return bad("field_value");
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
            value.remove_prefix(1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
            value.remove_suffix(1);
        if (head.field_count == max_fields)
            return HeadRefusal{431, "too_many_fields"};
        head.fields[head.field_count++] = {line.substr(0, colon), value};
    }
    return std::nullopt;
}

} // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool can_begin_request(char byte) { return is_one_of(token_table, byte); }

std::optional<std::string_view> Head::field(std::string_view name) const {
    for (std::size_t i = 0; i < field_count; ++i)
        if (same_name(fields[i].name, name))
            return fields[i].value;
    return std::nullopt;
}

std::optional<std::string_view> Head::last_field(std::string_view name) const {
    for (std::size_t i = field_count; i-- > 0;)
        if (same_name(fields[i].name, name))
            return fields[i].value;
    return std::nullopt;
}

std::optional<HeadRefusal> parse_head(std::string_view text, Head& head) {
    head.content_length.reset();
    head.expects_continue = false;
    if (!text.ends_with("\r\n\r\n"))
        return bad("incomplete");
    text.remove_suffix(2);
    const std::size_t line_end = text.find("\r\n");
    std::string_view host;
    if (const auto refusal = parse_request_line(text.substr(0, line_end), head, host))
        return refusal;
    if (const auto refusal = parse_fields(text.substr(line_end + 2), head))
        return refusal;

    int hosts = 0;
    int lengths = 0;
    bool transfer_encoding = false;
    bool close = false;
    bool keep_alive = false;
    for (std::size_t i = 0; i < head.field_count; ++i) {
        const auto [name, value] = head.fields[i];
        switch (name.size()) {
        case 4:
            if (same_name(name, "host")) {
                ++hosts;
                if (!is_host(value) || (!host.empty() && !same_name(value, host)))
                    return bad("host");
            }
            break;
        case 6:
            if (same_name(name, "expect"))
                head.expects_continue = same_name(value, "100-continue");
            break;
        case 10:
            if (same_name(name, "connection")) {
                close = close || has_item(value, "close");
                keep_alive = keep_alive || has_item(value, "keep-alive");
            }
            break;
        case 14:
            if (same_name(name, "content-length")) {
                ++lengths;
                std::uint64_t length = 0;
                if (value.empty() || value.size() > 18 ||
                    value.find_first_not_of("0123456789") != std::string_view::npos)
                    return bad("content_length");
                std::from_chars(value.data(), value.data() + value.size(), length);
                head.content_length = length;
            }
            break;
        case 17: transfer_encoding = transfer_encoding || same_name(name, "transfer-encoding"); break;
        default: break;
        }
    }
    if (hosts > 1 || (hosts == 0 && head.minor_version == 1))
        return bad("host_count");
    if (lengths > 1)
        return bad("content_length_twice");
    if (transfer_encoding)
        return lengths > 0 ? bad("two_lengths") : std::optional(HeadRefusal{411, "transfer_encoding"});
    if (!head.content_length && (head.method == "POST" || head.method == "PUT" || head.method == "PATCH"))
        return HeadRefusal{411, "no_length"};
    head.keep_alive = !close && (head.minor_version == 1 || keep_alive);
    return std::nullopt;
}

} // namespace peercert::http
