#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// A JSON value to be written: what the CLI prints under --json and HTTP sends. Members keep the order in which they
/// were set, so the same answer is the same bytes. Numbers are whole; amounts are minutes, cents or hundredths.
namespace peercert::exchange {

class Json {
public:
    using Members = std::vector<std::pair<std::string, Json>>;
    using Items = std::vector<Json>;

    Json() = default; ///< null
    template <std::same_as<bool> T>
    Json(T value) : value_(value) {} // a template, so that no pointer turns into true
    template <std::integral T>
    requires(!std::same_as<T, bool>) Json(T value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(const char* value) : value_(std::string(value)) {}
    /// null when absent
    template <class T>
    Json(const std::optional<T>& value) {
        if (value)
            *this = Json(*value);
    }

    static Json object() { return Json(Members{}); }
    static Json array() { return Json(Items{}); }
    static Json array_of(const std::vector<std::string>& texts);

    /// Adds or replaces a member; on null makes it an object first. Returns *this, so calls can be chained.
    Json& set(std::string_view name, Json value) &;
    Json&& set(std::string_view name, Json value) &&;
    /// Adds an item; on null makes it an array first.
    Json& push(Json value);

    bool is_object() const { return std::holds_alternative<Members>(value_); }
    bool is_array() const { return std::holds_alternative<Items>(value_); }
    std::size_t size() const;

    /// Compact, or with `indent` blanks a level. Valid ASCII-safe UTF-8: control characters and bidirectional overrides
    /// are escaped, bytes that are not UTF-8 become U+FFFD.
    std::string text(int indent = 0) const;
    void append_to(std::string& out, int indent = 0, int depth = 0) const;

private:
    explicit Json(Members members) : value_(std::move(members)) {}
    explicit Json(Items items) : value_(std::move(items)) {}

    std::variant<std::monostate, bool, std::int64_t, std::string, Items, Members> value_;
};

/// How many bytes the character at `at` has; 0 where they are not well-formed UTF-8.
std::size_t utf8_length(std::string_view text, std::size_t at);

/// Appends `text` as a quoted JSON string.
void append_json_string(std::string& out, std::string_view text);

} // namespace peercert::exchange
