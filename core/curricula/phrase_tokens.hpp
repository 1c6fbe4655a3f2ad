#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>

/// A phrase as its words, for the parsers of phrases. Private to them.
namespace peercert::curricula {

using Tokens = std::vector<std::string_view>;

inline Tokens tokens_of(std::string_view text) {
    Tokens tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at)
            tokens.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return tokens;
}

inline Tokens part(const Tokens& tokens, std::size_t from, std::size_t until = Tokens::size_type(-1)) {
    return {tokens.begin() + static_cast<std::ptrdiff_t>(std::min(from, tokens.size())),
            tokens.begin() + static_cast<std::ptrdiff_t>(std::min(until, tokens.size()))};
}

inline std::string joined(const Tokens& tokens) {
    std::string text;
    for (const std::string_view token : tokens)
        text += (text.empty() ? "" : " ") + std::string(token);
    return text;
}

inline bool begins(const Tokens& tokens, std::initializer_list<std::string_view> words) {
    return tokens.size() >= words.size() && std::equal(words.begin(), words.end(), tokens.begin());
}

/// A whole number up to `most`; nothing for anything else.
std::optional<int> whole(std::string_view number, int most);
/// "90 days"; "90 days before expiry"; "from X until Y".
std::optional<Span> span_of(const Tokens& tokens);
std::optional<DayExpression> day_of(const Tokens& tokens);
std::optional<Window> dated_of(const Tokens& tokens);

} // namespace peercert::curricula
