#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <peercert/record.hpp>

#include "storage/detail/values_plain.hpp"

namespace peercert::storage {

/// Words met while reading, so that the shared vocabulary is asked once a word and not once a row. One per reading.
class WordCache {
public:
    explicit WordCache(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    Symbol symbol(std::string_view word) {
        if (word.empty())
            return Symbol::none;
        const auto found = symbols_.find(word);
        if (found != symbols_.end())
            return found->second;
        const Symbol symbol = vocabulary_.intern(word);
        symbols_.emplace(vocabulary_.text(symbol), symbol);
        return symbol;
    }

    /// Tags as stored: words in one text, a blank between.
    const Tags& tags(std::string_view text) {
        const auto found = tags_.find(text);
        if (found != tags_.end())
            return found->second;
        Tags tags;
        for (std::size_t from = 0; from < text.size();) {
            const auto end = std::min(text.find(',', from), text.size());
            tags.add(symbol(text.substr(from, end - from)));
            from = end + 1;
        }
        // The vocabulary keeps the text of the whole as well: an address that stays.
        return tags_.emplace(vocabulary_.text(vocabulary_.intern(text)), tags).first->second;
    }

private:
    Vocabulary& vocabulary_;
    std::unordered_map<std::string_view, Symbol> symbols_;
    std::unordered_map<std::string_view, Tags> tags_;
};

/// `YYYY-MM-DD` as our own code stored it: digits are believed, the day is checked.
inline Date quick_day(std::string_view text) {
    if (text.size() != 10)
        damaged("day");
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    const Date day{std::chrono::year{digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)},
                   std::chrono::month{static_cast<unsigned>(digit(5) * 10 + digit(6))},
                   std::chrono::day{static_cast<unsigned>(digit(8) * 10 + digit(9))}};
    if (!day.ok())
        damaged("day");
    return day;
}
inline std::optional<Date> quick_optional_day(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(quick_day(text));
}

} // namespace peercert::storage
