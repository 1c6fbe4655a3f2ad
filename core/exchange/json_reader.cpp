#include "exchange/json_reader.hpp"

#include <charconv>
#include <set>

#include <peercert/error.hpp>

namespace peercert::exchange {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
public:
    Reader(std::string_view bytes, const JsonLimits& limits) : bytes_(bytes), limits_(limits) {}

    JsonValue whole() {
        JsonValue value = read(0);
        blanks();
        if (at_ < bytes_.size())
            refuse("something stands after the end of the value");
        return value;
    }

private:
    [[noreturn]] void refuse(const std::string& what) const {
        std::size_t line = 1, column = 1;
        for (const char c : bytes_.substr(0, std::min(at_, bytes_.size()))) {
            ++column;
            if (c == '\n') {
                ++line;
                column = 1;
            }
        }
        throw Error(ErrorCode::invalid_input,
                    "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what);
    }
    char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    void blanks() {
        while (at_ < bytes_.size() && std::string_view(" \t\r\n").find(bytes_[at_]) != std::string_view::npos)
            ++at_;
    }
    void expect(std::string_view word) {
        if (bytes_.substr(at_, word.size()) != word)
            refuse("this is no JSON value");
        at_ += word.size();
    }

    JsonValue read(int depth) {
        if (depth > limits_.depth)
            refuse("values stand more than " + std::to_string(limits_.depth) + " deep in one another");
        blanks();
        JsonValue value;
        switch (peek()) {
        case '{':
            value.kind = JsonValue::Kind::object;
            members(value, depth);
            break;
        case '[':
            value.kind = JsonValue::Kind::array;
            items(value, depth);
            break;
        case '"':
            value.kind = JsonValue::Kind::text;
            value.text = text();
            break;
        case 't':
            expect("true");
            value.kind = JsonValue::Kind::boolean;
            value.flag = true;
            break;
        case 'f':
            expect("false");
            value.kind = JsonValue::Kind::boolean;
            break;
        case 'n': expect("null"); break;
        default: value.kind = JsonValue::Kind::number; value.text = number();
        }
        return value;
    }

    void members(JsonValue& value, int depth) {
        std::set<std::string, std::less<>> seen;
        ++at_;
        blanks();
        if (peek() == '}') {
            ++at_;
            return;
        }
        while (true) {
            blanks();
            if (peek() != '"')
                refuse("the name of a member is wanted, in quotes");
            std::string name = text();
            if (!seen.insert(name).second)
                refuse("the member \"" + name.substr(0, 60) + "\" stands twice");
            if (seen.size() > limits_.members)
                refuse("an object has more than " + std::to_string(limits_.members) + " members");
            blanks();
            if (peek() != ':')
                refuse("a colon is wanted after the name of a member");
            ++at_;
            value.members.emplace_back(std::move(name), read(depth + 1));
            blanks();
            const char c = peek();
            if (c != ',' && c != '}')
                refuse("a comma or a closing brace is wanted");
            ++at_;
            if (c == '}')
                return;
        }
    }

    void items(JsonValue& value, int depth) {
        ++at_;
        blanks();
        if (peek() == ']') {
            ++at_;
            return;
        }
        while (true) {
            value.items.push_back(read(depth + 1));
            if (value.items.size() > limits_.items)
                refuse("a list has more than " + std::to_string(limits_.items) + " items");
            blanks();
            const char c = peek();
            if (c != ',' && c != ']')
                refuse("a comma or a closing bracket is wanted");
            ++at_;
            if (c == ']')
                return;
        }
    }

    std::string number() {
        const std::size_t from = at_;
        const auto digits = [&] {
            if (!is_digit(peek()))
                refuse("this is no JSON value");
            while (is_digit(peek()))
                ++at_;
        };
        if (peek() == '-')
            ++at_;
        if (peek() == '0')
            ++at_;
        else
            digits();
        if (peek() == '.') {
            ++at_;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-')
                ++at_;
            digits();
        }
        return std::string(bytes_.substr(from, at_ - from));
    }

    std::uint32_t hex4() {
        std::uint32_t unit = 0;
        const std::string_view four = bytes_.substr(std::min(at_, bytes_.size()), 4);
        const auto [end, error] = std::from_chars(four.data(), four.data() + four.size(), unit, 16);
        if (four.size() != 4 || error != std::errc{} || end != four.data() + 4)
            refuse("four hexadecimal digits are wanted after \\u");
        at_ += 4;
        return unit;
    }

    static void append_point(std::string& out, std::uint32_t point) {
        const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
        if (point < 0x80) {
            byte(point);
        } else if (point < 0x800) {
            byte(0xC0 | point >> 6U);
            byte(0x80 | (point & 0x3FU));
        } else if (point < 0x10000) {
            byte(0xE0 | point >> 12U);
            byte(0x80 | (point >> 6U & 0x3FU));
            byte(0x80 | (point & 0x3FU));
        } else {
            byte(0xF0 | point >> 18U);
            byte(0x80 | (point >> 12U & 0x3FU));
            byte(0x80 | (point >> 6U & 0x3FU));
            byte(0x80 | (point & 0x3FU));
        }
    }

    void escape(std::string& out) {
        const char c = peek();
        ++at_;
        switch (c) {
        case '"':
        case '\\':
        case '/': out += c; return;
        case 'b': out += '\b'; return;
        case 'f': out += '\f'; return;
        case 'n': out += '\n'; return;
        case 'r': out += '\r'; return;
        case 't': out += '\t'; return;
        case 'u': break;
        default: refuse("there is no such escape in JSON");
        }
        std::uint32_t point = hex4();
        if (point >= 0xD800 && point < 0xDC00) {
            if (bytes_.substr(std::min(at_, bytes_.size()), 2) != "\\u")
                refuse("half a character");
            at_ += 2;
            const std::uint32_t low = hex4();
            if (low < 0xDC00 || low > 0xDFFF)
                refuse("half a character");
            point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        } else if (point >= 0xDC00 && point <= 0xDFFF) {
            refuse("half a character");
        }
        append_point(out, point);
    }

    std::string text() {
        ++at_;
        std::string out;
        while (true) {
            if (at_ >= bytes_.size())
                refuse("a quote is opened and never closed");
            const auto byte = static_cast<unsigned char>(bytes_[at_]);
            if (byte == '"') {
                ++at_;
                return out;
            }
            if (byte == '\\') {
                ++at_;
                escape(out);
            } else if (byte < 0x20) {
                refuse("a control character inside a text");
            } else if (byte < 0x80) {
                out += bytes_[at_++];
            } else {
                const std::size_t length = utf8_length(bytes_, at_);
                if (length == 0)
                    refuse("bytes that are not UTF-8");
                out.append(bytes_, at_, length);
                at_ += length;
            }
        }
    }

    std::string_view bytes_;
    JsonLimits limits_;
    std::size_t at_{0};
};

} // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const auto& [known, value] : members)
        if (known == name)
            return &value;
    return nullptr;
}

std::optional<std::int64_t> JsonValue::integer() const {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (kind != Kind::number || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

JsonValue read_json(std::string_view bytes, const JsonLimits& limits) { return Reader(bytes, limits).whole(); }

void append_json(std::string& out, const JsonValue& value, int indent, int depth) {
    const auto new_line = [&](int level) {
        if (indent == 0)
            return;
        out += '\n';
        out.append(static_cast<std::size_t>(indent * level), ' ');
    };
    switch (value.kind) {
    case JsonValue::Kind::null: out += "null"; return;
    case JsonValue::Kind::boolean: out += value.flag ? "true" : "false"; return;
    case JsonValue::Kind::number: out += value.text; return;
    case JsonValue::Kind::text: append_json_string(out, value.text); return;
    case JsonValue::Kind::array:
        out += '[';
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (i > 0)
                out += ',';
            new_line(depth + 1);
            append_json(out, value.items[i], indent, depth + 1);
        }
        if (!value.items.empty())
            new_line(depth);
        out += ']';
        return;
    case JsonValue::Kind::object:
        out += '{';
        for (std::size_t i = 0; i < value.members.size(); ++i) {
            if (i > 0)
                out += ',';
            new_line(depth + 1);
            append_json_string(out, value.members[i].first);
            out += indent > 0 ? ": " : ":";
            append_json(out, value.members[i].second, indent, depth + 1);
        }
        if (!value.members.empty())
            new_line(depth);
        out += '}';
        return;
    }
}

} // namespace peercert::exchange
