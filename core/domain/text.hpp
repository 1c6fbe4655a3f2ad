#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text from outside is judged once, at the edge: SQLite would store bad UTF-8 and NUL silently, PostgreSQL would cut
/// at NUL.
namespace peercert::domain {

/// What a piece of text may hold, and how long it may be (in characters; bytes are limited to four times that).
struct TextRule {
    std::string_view what{}; ///< how a message calls it: "name", "organization name"
    std::size_t most_characters{120};
    bool may_be_empty{false};
};

inline constexpr TextRule person_name_rule{"name", 120, false};
inline constexpr TextRule title_rule{"title", 200, false};
inline constexpr TextRule contact_rule{"contact", 254, false};

/// The text in NFC, trimmed, blanks collapsed. Throws Error{invalid_input} with a sentence that names `rule.what`
/// (never the text itself) for invalid UTF-8, NUL or other control characters, bidirectional overrides, unassigned or
/// private characters, text that is empty or too long.
std::string clean_text(std::string_view text, const TextRule& rule);
/// As above, into storage that is used again (`text` lies elsewhere); so for the others. For files of many rows.
void clean_text(std::string_view text, const TextRule& rule, std::string& into);

/// Short words that people or files give: codes of courses, cohorts, tracks, documents. ASCII letters, digits and
/// `._/:+-`, at most 100, not empty. Throws Error{invalid_input} otherwise.
std::string clean_code(std::string_view text, std::string_view what);

/// Words of the rules (topics, statements, levels, formats): letters of any script, digits, single blanks between words
/// and
/// `._/:+-&'()`, at most 100 characters, no comma. Throws Error{invalid_input} otherwise.
std::string clean_word(std::string_view text, std::string_view what);

/// The first `most` bytes at most, cut between two characters: for telling people what they typed.
std::string_view first_bytes(std::string_view text, std::size_t most);

/// What two spellings of one name have in common: case folded, accents and punctuation dropped, one blank between
/// words. `text` must be clean. "José  O'Neil" and "jose oneil" give the same.
std::string search_key(std::string_view text);
void search_key(std::string_view text, std::string& into);

/// Whether a search key is only the text with its ASCII capitals made small: most names need no second form beside
/// them.
bool is_lower_case_of(std::string_view key, std::string_view text);

/// A telephone number good enough to dial: at least five digits and the usual signs between them. Throws
/// Error{invalid_input}.
std::string clean_phone(std::string_view text);
void clean_phone(std::string_view text, std::string& into);

/// An e-mail address good enough to write to: one @, something on both sides, no blanks; lower case. Throws
/// Error{invalid_input}.
std::string clean_email(std::string_view text);
void clean_email(std::string_view text, std::string& into);

} // namespace peercert::domain
