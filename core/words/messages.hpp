#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <peercert/date.hpp>

#include "words/phrases.hpp"

/// Every sentence a person reads, in English and Spanish, from plain text files that peers can edit
/// (core/words/messages/{en,es}.txt: `key = text`, with {places} to fill).
namespace peercert::words {

enum class Language { english, spanish };

/// "en", "es": the code used in files, `lang` attributes and `?lang=`.
std::string_view code_of(Language language);

class Messages {
public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// The texts built into the program. Throws Error{internal} with file:line when a message stands in one language
    /// only, or does not have the same {places} in both.
    Messages();
    /// The same check of any two texts: for proof that it finds what is missing.
    Messages(std::string_view english, std::string_view spanish);

    /// Replaces some texts of one language by those of a centre's own file. `source` names the file in messages. Throws
    /// Error{invalid_input} with source:line for an unknown or repeated key, an empty text, a line that is none, or
    /// {places} that are not those of the built-in text. Nothing is changed when it throws.
    void override_with(Language language, std::string_view file_text, std::string_view source);
    /// The same from the files en.txt and es.txt of a folder; one of them may be missing. Throws Error{not_found} when
    /// there is neither.
    void override_from(const std::string& folder);

    /// What things of rule files are called in another language, from the file names.es.txt (names.en.txt) of a folder
    /// of rules (phrases.hpp says how it is written). It need not be there. Throws Error{invalid_input} with file:line.
    void add_names_from(Language language, const std::string& folder);
    void add_names(Language language, std::string_view file_text, std::string_view source);

    /// A name out of a rule file, or what the engine calls a thing, as this language says it. Where nobody has
    /// translated it, it is told in its own words, in quotation marks: a reader, or what reads it aloud, learns that it
    /// is a name.
    std::string name(Language language, std::string_view english) const;
    /// The same, or nothing where nobody has translated it. In English everything has a name: its own.
    std::optional<std::string> known_name(Language language, std::string_view english) const;
    /// A whole sentence that was made in English (a refusal), as this language says it, or as it is.
    std::string sentence(Language language, std::string_view english) const;

    /// Throws Error{internal} for a key that does not exist.
    const std::string& text(Language language, std::string_view key) const;
    /// The text with every {place} filled. A place without a value becomes nothing.
    std::string format(Language language, std::string_view key, Values values) const;
    void append(std::string& out, Language language, std::string_view key, Values values) const;

    /// "November 22, 2026" / "22 de noviembre de 2026"
    std::string day(Language language, Date day) const;
    /// `key.one` for 1, `key.many` for any other number, with {count} filled: "1 month", "3 meses".
    std::string counted(Language language, std::string_view key, std::int64_t count) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
    };
    struct Text {
        std::string text;
        int line{0}; ///< in the file it came from
    };
    using Texts = std::unordered_map<std::string, Text, Hash, std::equal_to<>>;

    std::optional<std::string> list_of_names(Language language, std::string_view english,
                                             std::string_view between) const;
    static Texts read(std::string_view file_text, std::string_view source, const Texts* known);
    void check_languages() const;
    const Texts& of(Language language) const { return texts_[static_cast<std::size_t>(language)]; }

    std::array<Texts, 2> texts_;
    std::array<Phrases, 2> names_;    ///< names of rule files and the engine's words
    std::array<Phrases, 2> refusals_; ///< whole sentences
};

} // namespace peercert::words
