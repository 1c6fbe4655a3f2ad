#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <peercert/date.hpp>

/// Every sentence a person reads, in English and Spanish, from plain text files that peers can edit
/// (core/words/messages/{en,es}.txt: `key = text`, with {places} to fill).
namespace peercert::words {

enum class Language { english, spanish };

/// "en", "es": the code used in files, `lang` attributes and `?lang=`.
std::string_view code_of(Language language);

class Messages {
public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// The texts built into the program.
    Messages();

    /// Replaces some texts of one language by those of a centre's own file. `source` names the file in messages. Throws
    /// Error{invalid_input} with source:line for an unknown or repeated key, an empty text, a line that is none, or a
    /// {place} which the built-in text does not have. Nothing is changed when it throws.
    void override_with(Language language, std::string_view file_text, std::string_view source);

    /// Throws Error{internal} for a key that does not exist.
    const std::string& text(Language language, std::string_view key) const;
    /// The text with every {place} filled. A place without a value becomes nothing.
    std::string format(Language language, std::string_view key, Values values) const;
    void append(std::string& out, Language language, std::string_view key, Values values) const;

    /// "November 22, 2026" / "22 de noviembre de 2026"
    std::string day(Language language, Date day) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
    };
    using Texts = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;

    static Texts read(std::string_view file_text, std::string_view source, const Texts* known);
    const Texts& of(Language language) const { return texts_[static_cast<std::size_t>(language)]; }

    std::array<Texts, 2> texts_;
};

} // namespace peercert::words
