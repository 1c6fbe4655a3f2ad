#include "domain/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include <peercert/error.hpp>

namespace peercert::domain {

namespace {

[[noreturn]] void refuse(const TextRule& rule, const std::string& why) {
    throw Error(ErrorCode::invalid_input, "the " + std::string(rule.what) + " " + why);
}

/// Where it stands and what it is, so that somebody can find it: 1 is the first byte.
std::string not_utf8(std::size_t at, unsigned char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return "is not text in UTF-8 (byte " + std::to_string(at + 1) + " is 0x" + digits[byte >> 4] + digits[byte & 15] +
           "); type it again in a terminal set to UTF-8, or, if it comes from a file, save that as UTF-8";
}

bool plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// Most of what is ever typed: printable ASCII, short enough, no blank too many. Nothing is left to clean.
bool tidy_ascii(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most || text.back() == ' ')
        return false;
    char before = ' ';
    for (const char c : text) {
        if (c < 0x20 || c >= 0x7f || (c == ' ' && before == ' '))
            return false;
        before = c;
    }
    return true;
}

/// A capital letter made small; everything else stays.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Free {
    void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

std::string mapped(std::string_view text, unsigned options) {
    utf8proc_uint8_t* out = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &out, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, Free> owned(out);
    if (size < 0)
        throw Error(
            ErrorCode::invalid_input,
            "what was typed is not text in UTF-8; type it again in a terminal set to UTF-8, or, if it comes from a "
            "file, save that as UTF-8");
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

bool overrides_direction(utf8proc_int32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

/// Soft hyphens, zero-width blanks and the like: two names that look the same would not be the same.
bool is_unseen(utf8proc_int32_t c) {
    return c == 0x00AD || c == 0x034F || c == 0x180E || c == 0x200B || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

/// Some scripts write with joiners and non-joiners; after a letter of any other they are not seen.
bool joins(utf8proc_int32_t c) { return c == 0x200C || c == 0x200D; }
bool takes_joiners(utf8proc_int32_t before) {
    return (before >= 0x0600 && before <= 0x08FF) || (before >= 0x0900 && before <= 0x0DFF) ||
           (before >= 0x1800 && before <= 0x18AF) || (before >= 0xFB50 && before <= 0xFEFC);
}

/// Checks every character; blanks of any width become one space.
std::string checked(std::string_view text, const TextRule& rule) {
    std::string out;
    out.reserve(text.size());
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    utf8proc_int32_t before = 0;
    while (left > 0) {
        utf8proc_int32_t c = 0;
        const auto used = utf8proc_iterate(at, left, &c);
        if (used < 1)
            refuse(rule, not_utf8(text.size() - static_cast<std::size_t>(left), *at));
        const auto category = utf8proc_category(c);
        if (c == 0 || category == UTF8PROC_CATEGORY_CC)
            refuse(rule, "holds a control character (a line break, a tab or worse); remove it");
        if (is_unseen(c) || (joins(c) && !takes_joiners(before)))
            refuse(rule, "holds a character that nobody can see; remove it or type it again");
        before = c;
        if (overrides_direction(c))
            refuse(rule, "holds an invisible character that changes the direction of writing; remove it");
        if (category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CS ||
            category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP)
            refuse(rule, "holds a character without a meaning; remove it");
        if (category == UTF8PROC_CATEGORY_ZS)
            out += ' ';
        else
            out.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(used));
        at += used;
        left -= used;
    }
    return out;
}

std::string squeezed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out += c;
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

void clean_text(std::string_view text, const TextRule& rule, std::string& into) {
    if (tidy_ascii(text, rule.most_characters)) {
        into.assign(text);
        return;
    }
    // Bytes first: nobody gets to normalise a megabyte.
    if (text.size() > rule.most_characters * 8)
        refuse(rule, "is too long; at most " + std::to_string(rule.most_characters) + " characters");
    into =
        plain_ascii(text) ? squeezed(text) : squeezed(mapped(checked(text, rule), UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (into.empty() && !rule.may_be_empty)
        refuse(rule, "is empty");
    if (!into.empty() && !plain_ascii(into) && search_key(into).empty())
        refuse(rule, "holds no letter or digit that anybody could see");
    if (characters(into) > rule.most_characters || into.size() > rule.most_characters * 4)
        refuse(rule, "is too long; at most " + std::to_string(rule.most_characters) + " characters");
}

std::string clean_text(std::string_view text, const TextRule& rule) {
    std::string out;
    clean_text(text, rule, out);
    return out;
}

std::string clean_code(std::string_view text, std::string_view what) {
    constexpr std::size_t most = 100;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._/:+-").find(c) != std::string_view::npos;
    };
    if (text.empty() || text.size() > most || !std::all_of(text.begin(), text.end(), fits))
        throw Error(ErrorCode::invalid_input,
                    "the " + std::string(what) +
                        " is no code; use 1 to 100 of the letters a-z, A-Z, digits and . _ / : + -");
    return std::string(text);
}

std::string clean_word(std::string_view text, std::string_view what) {
    const std::string word = clean_text(text, {what, 100, false});
    const auto unfit = [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return !letter && static_cast<unsigned char>(c) < 0x80 &&
               std::string_view(" ._/:+-&'()").find(c) == std::string_view::npos;
    };
    if (std::any_of(word.begin(), word.end(), unfit))
        throw Error(
            ErrorCode::invalid_input,
            "the " + std::string(what) + " \"" + word +
                "\" holds a sign that no word of the rules has; use letters, digits, blanks and . _ / : + - & ' ( )");
    return word;
}

void search_key(std::string_view text, std::string& key) {
    std::string folded;
    if (!plain_ascii(text)) {
        folded = mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                  UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
        text = folded;
    }
    key.clear();
    key.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = lower(text[i]);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            key += c;
        } else if (c == ' ' || c == '-' || c == '/' || c == ',') {
            if (!key.empty() && key.back() != ' ')
                key += ' ';
        } else if (static_cast<unsigned char>(c) >= 0x80U) {
            if (text.compare(i, 3, "\u2019") == 0)
                i += 2; // a right quote is an apostrophe
            else
                key += c;
        }
    }
    if (!key.empty() && key.back() == ' ')
        key.pop_back();
}

std::string search_key(std::string_view text) {
    std::string key;
    search_key(text, key);
    return key;
}

bool is_lower_case_of(std::string_view key, std::string_view text) {
    return std::equal(key.begin(), key.end(), text.begin(), text.end(), [](char k, char c) { return k == lower(c); });
}

void clean_phone(std::string_view text, std::string& phone) {
    clean_text(text, {"telephone number", 40, false}, phone);
    const auto digits = std::count_if(phone.begin(), phone.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits < 5 || phone.find_first_not_of("0123456789 +-()./x") != std::string::npos)
        throw Error(ErrorCode::invalid_input,
                    "the telephone number needs at least five digits; beside them only blanks and + - ( ) . / x");
}

std::string clean_phone(std::string_view text) {
    std::string phone;
    clean_phone(text, phone);
    return phone;
}

void clean_email(std::string_view text, std::string& out) {
    clean_text(text, contact_rule, out);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    const auto at = out.find('@');
    const bool good = at != std::string::npos && at > 0 && at + 1 < out.size() &&
                      out.find('@', at + 1) == std::string::npos && out.find_first_of(" ,;<>\"") == std::string::npos &&
                      out.find('.', at) != std::string::npos && out.back() != '.';
    if (!good)
        throw Error(ErrorCode::invalid_input,
                    "the e-mail address is not one; write name@example.org or leave it empty");
}

std::string clean_email(std::string_view text) {
    std::string out;
    clean_email(text, out);
    return out;
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) // in the middle of a character
        --most;
    return text.substr(0, most);
}

} // namespace peercert::domain
