#pragma once

#include <optional>
#include <string>

#include <soci/soci.h>

#include "storage/detail/values_plain.hpp"

/// Between our values and SOCI's: everything bound is a named variable that outlives its statement.
namespace peercert::storage {

/// A key that is NULL when it is 0.
class OptionalKey {
public:
    OptionalKey() = default;
    template <class Id>
    explicit OptionalKey(Id id) : value(id.value()), state(id ? soci::i_ok : soci::i_null) {}
    long long value{0};
    mutable soci::indicator state{soci::i_null}; // SOCI wants it writable, and writes nothing when it is used
};

/// A day that is NULL when it is open.
class OptionalDay {
public:
    OptionalDay() = default;
    explicit OptionalDay(std::optional<Date> day)
        : value(day ? to_text(*day) : std::string{}), state(day ? soci::i_ok : soci::i_null) {}
    std::string value;
    mutable soci::indicator state{soci::i_null}; // SOCI wants it writable, and writes nothing when it is used
};

/// Text that is NULL when it is empty.
class OptionalText {
public:
    explicit OptionalText(std::string text)
        : value(std::move(text)), state(value.empty() ? soci::i_null : soci::i_ok) {}
    std::string value;
    mutable soci::indicator state;
};

} // namespace peercert::storage
