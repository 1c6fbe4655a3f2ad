#include "curricula/mended_phrase.hpp"

#include <array>
#include <sstream>
#include <utility>
#include <vector>

#include <peercert/nearest.hpp>

namespace peercert::curricula {

namespace {

/// What people write instead; only for "did you mean".
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> other_words{{{"hour", "h"},
                                                                                     {"hours", "h"},
                                                                                     {"hrs", "h"},
                                                                                     {"minute", "min"},
                                                                                     {"minutes", "min"},
                                                                                     {"mins", "min"},
                                                                                     {"percent", "%"},
                                                                                     {"dollars", "USD"},
                                                                                     {"$", "USD"},
                                                                                     {"yrs", "years"}}};

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

constexpr std::array<std::string_view, 45> phrase_words{
    "at",      "least", "most",   "to",         "in",       "the",     "term",     "ever",    "from",
    "until",   "after", "before", "within",     "applying", "issue",   "expiry",   "start",   "first",
    "passing", "asked", "birth",  "completing", "becoming", "attempt", "entry",    "day",     "days",
    "week",    "weeks", "month",  "months",     "year",     "years",   "h",        "min",     "%",
    "points",  "times", "people", "no",         "limit",    "printed", "business", "quarter", "calendar"};

} // namespace

std::string mended_phrase(std::string_view text, const std::function<bool(std::string_view)>& understood) {
    std::vector<std::string> words;
    std::istringstream stream{std::string(text)};
    for (std::string token; stream >> token;) {
        // "30h" and "85%" lack the blank
        const std::size_t digits = token.find_first_not_of("0123456789.");
        if (digits != std::string_view::npos && digits > 0 && token[0] >= '0' && token[0] <= '9' &&
            token[digits] != '-') {
            words.emplace_back(token.substr(0, digits));
            words.emplace_back(token.substr(digits));
        } else {
            words.emplace_back(token);
        }
    }
    const std::vector<std::string_view> known(phrase_words.begin(), phrase_words.end());
    const std::vector<std::string_view> months(month_names.begin(), month_names.end());
    const auto attempt = [&] {
        std::string whole_text;
        for (const std::string& word : words)
            whole_text += (whole_text.empty() ? "" : " ") + word;
        return understood(whole_text) ? whole_text : std::string();
    };
    if (std::string good = attempt(); !good.empty())
        return good;
    for (std::string& word : words) {
        for (const auto& [written, meant] : other_words)
            if (word == written)
                word = meant;
        if (const std::string near = nearest(word, known); !near.empty() && word.size() > 1)
            word = near;
        else if (const std::string month = nearest(word, months); !month.empty())
            word = month;
        if (std::string good = attempt(); !good.empty())
            return good;
    }
    return {};
}

} // namespace peercert::curricula
