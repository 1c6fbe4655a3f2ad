#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/json.hpp"

namespace peercert::exchange {

/// A JSON value as it was read. Members keep their order; a number keeps its digits, so that nothing is rounded.
struct JsonValue {
    enum class Kind { null, boolean, number, text, array, object } kind{Kind::null};
    bool flag{false};
    std::string text{}; ///< of a text, or the digits of a number as written
    std::vector<JsonValue> items{};
    std::vector<std::pair<std::string, JsonValue>> members{};

    bool is(Kind one) const { return kind == one; }
    /// The member of that name, or nothing.
    const JsonValue* find(std::string_view name) const;
    /// A whole number that fits; nothing for anything else.
    std::optional<std::int64_t> integer() const;
};

struct JsonLimits {
    int depth{32};
    std::size_t members{1'000}; ///< of one object
    std::size_t items{10'000};  ///< of one array
};

/// Reads one JSON text strictly (RFC 8259): UTF-8, no member twice, nothing after the end, within the limits. Throws
/// Error{invalid_input} with line and column.
JsonValue read_json(std::string_view bytes, const JsonLimits& limits = {});

/// The value as text again, as Json writes it.
void append_json(std::string& out, const JsonValue& value, int indent = 0, int depth = 0);

} // namespace peercert::exchange
