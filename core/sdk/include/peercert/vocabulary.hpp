#pragma once

#include <cstdint>
#include <deque>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <peercert/export.hpp>

namespace peercert {

/// A word of the rules or of the ledger (a course, a topic, a level, a statement) as a small number. 0 is "no word".
enum class Symbol : std::uint32_t { none = 0 };

/// Gives every word one number, so that judging compares integers. One per process, owned by whoever wires the house
/// and passed on; words are only ever added. Safe to use from several threads. Numbers are not stable between
/// processes: never store or print one.
class PEERCERT_EXPORT Vocabulary {
public:
    Vocabulary();
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;

    /// The word's number, made now if the word is new. The empty word is Symbol::none.
    Symbol intern(std::string_view word);
    /// The word's number, or Symbol::none if no one has interned it.
    Symbol find(std::string_view word) const;
    /// The word behind a number. The reference lives as long as the vocabulary. Throws Error{internal} for a foreign
    /// number.
    const std::string& text(Symbol symbol) const;
    std::size_t size() const;

private:
    mutable std::shared_mutex mutex_;
    std::deque<std::string> words_; // stable addresses: the map's keys look into them
    std::unordered_map<std::string_view, Symbol> numbers_;
};

} // namespace peercert
