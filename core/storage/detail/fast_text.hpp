#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <peercert/record.hpp>

#include "storage/detail/values_plain.hpp"

namespace peercert::storage {

/// A table from text to a value for reading many rows: finding costs a few nanoseconds. The texts live elsewhere.
template <class Value>
class TextTable {
public:
    TextTable() : slots_(64) {}

    const Value* find(std::string_view text) const {
        const Ends ends(text);
        for (std::size_t at = ends.hash();; ++at) {
            const Slot& slot = slots_[at & (slots_.size() - 1)];
            if (!slot.used)
                return nullptr;
            if (slot.is(text, ends))
                return &slot.value;
        }
    }
    /// `text` must not be there yet and must outlive the table.
    void add(std::string_view text, const Value& value) {
        if (2 * ++used_ > slots_.size()) {
            std::vector<Slot> old(slots_.size() * 2);
            old.swap(slots_);
            for (const Slot& slot : old)
                if (slot.used)
                    put(slot);
        }
        put({text, Ends(text), value, true});
    }

private:
    /// Both ends and the length: words of rules seldom differ only in between. Up to 16 bytes they are the whole text.
    struct Ends {
        Ends() = default;
        explicit Ends(std::string_view text) {
            if (const std::size_t size = text.size(); size >= 8) {
                std::memcpy(&head, text.data(), 8);
                std::memcpy(&tail, text.data() + size - 8, 8);
            } else {
                for (std::size_t at = 0; at < size; ++at) // a copy of no fixed length would be a call
                    head |= std::uint64_t{static_cast<unsigned char>(text[at])} << (8 * at);
            }
        }
        std::uint64_t head{0};
        std::uint64_t tail{0};
        std::size_t hash() const {
            return static_cast<std::size_t>(
                ((head ^ (tail << 29U) ^ (tail >> 35U)) * std::uint64_t{0x9E3779B97F4A7C15}) >> 32U);
        }
    };
    struct Slot {
        std::string_view text;
        Ends ends;
        Value value{};
        bool used{false};

        bool is(std::string_view other, const Ends& its) const {
            return ends.head == its.head && ends.tail == its.tail && text.size() == other.size() &&
                   (text.size() <= 16 || text == other);
        }
    };

    void put(const Slot& slot) {
        std::size_t at = slot.ends.hash();
        while (slots_[at & (slots_.size() - 1)].used)
            ++at;
        slots_[at & (slots_.size() - 1)] = slot;
    }

    std::vector<Slot> slots_; ///< a power of two of them, at most half used
    std::size_t used_{0};
};

/// Words met while reading, so that the shared vocabulary is asked once a word and not once a row. One per reading.
class WordCache {
public:
    explicit WordCache(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    Symbol symbol(std::string_view word) {
        if (word.empty())
            return Symbol::none;
        if (const Symbol* found = symbols_.find(word))
            return *found;
        const Symbol symbol = vocabulary_.intern(word);
        symbols_.add(vocabulary_.text(symbol), symbol);
        return symbol;
    }

    /// Tags as stored: words in one text, a comma between. Good until the next call.
    const Tags& tags(std::string_view text) {
        if (const Tags* found = tags_.find(text))
            return *found;
        Tags tags;
        for (std::size_t from = 0; from < text.size();) {
            const auto end = std::min(text.find(',', from), text.size());
            tags.add(symbol(text.substr(from, end - from)));
            from = end + 1;
        }
        // The vocabulary keeps the text of the whole as well: an address that stays.
        tags_.add(vocabulary_.text(vocabulary_.intern(text)), tags);
        return *tags_.find(text);
    }

private:
    Vocabulary& vocabulary_;
    TextTable<Symbol> symbols_;
    TextTable<Tags> tags_;
};

/// Whether the text is the first `Size` letters of the other, and no more: compared without a call.
template <std::size_t Size>
bool same_text(std::string_view text, const char* other) {
    return text.size() == Size && std::memcmp(text.data(), other, Size) == 0;
}

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
