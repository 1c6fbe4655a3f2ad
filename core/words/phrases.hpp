#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <peercert/date.hpp>

/// What is said in another language for words that are made elsewhere in English: names out of rule files ("continuing
/// education"), what the engine calls things ("present term"), sentences of refusals. Text files that peers can edit,
/// `English = the other language`, one phrase a line; lines that start with # are notes. A phrase may have {places}:
/// `there is no person {who} = no hay ninguna persona {who}`.
namespace peercert::words {

class Phrases {
public:
    /// How what fills a place is said. A place whose name begins with "day" holds a day as YYYY-MM-DD (else the phrase
    /// is another one), one that begins with "number" only digits, one that begins with "name" holds a name; anything
    /// else (codes, people) stays as it is.
    struct Fill {
        std::function<std::string(Date)> day;
        std::function<std::string(std::string_view)> name;
    };

    /// Adds the phrases of a file; a phrase that is known already is replaced, so that a later file goes first. Throws
    /// Error{invalid_input} with source:line for a line that is none, a phrase that stands there twice, an empty text,
    /// or {places} that are not the same on both sides; nothing is added then.
    void add(std::string_view file_text, std::string_view source);

    /// The phrase itself, without places; nullptr when nobody has translated it.
    const std::string* find(std::string_view english) const;
    /// The phrase, or the one with places that fits best (the most words of its own).
    std::optional<std::string> said(std::string_view english, const Fill& fill) const;

    std::size_t size() const { return whole_.size() + templates_.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
    };
    struct Piece {
        std::string text;
        bool is_place{false};
        bool operator==(const Piece&) const = default;
    };
    using Pieces = std::vector<Piece>;
    struct Template {
        Pieces english;
        Pieces other;
        std::size_t own{0}; ///< letters outside of places
    };
    static std::optional<Pieces> pieces_of(std::string_view text);
    static bool matches(const Pieces& pieces, std::size_t at, std::string_view text,
                        std::vector<std::string_view>& values);

    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> whole_;
    std::vector<Template> templates_;
};

} // namespace peercert::words
