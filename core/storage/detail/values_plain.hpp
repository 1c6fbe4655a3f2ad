#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>
#include <peercert/error.hpp>

#include "domain/instant.hpp"

namespace peercert::storage {

/// What stands in the database was written by us; anything else is damage, never guessed at.
[[noreturn]] inline void damaged(std::string_view what) {
    throw Error(ErrorCode::unavailable,
                "the database holds a " + std::string(what) + " that cannot be read; run peercert doctor");
}
inline Date day_of(std::string_view text) {
    if (const auto day = parse_date(text))
        return *day;
    damaged("day");
}
inline std::optional<Date> optional_day_of(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(day_of(text));
}
inline domain::Instant instant_of(std::string_view text) {
    if (const auto instant = domain::parse_instant(text))
        return *instant;
    damaged("time");
}
template <class Enum>
Enum word_of(std::optional<Enum> word) {
    if (!word)
        damaged("word");
    return *word;
}

} // namespace peercert::storage
