#include "curricula/other_texts.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <peercert/date.hpp>

#include "curricula/phrases.hpp"

namespace peercert::curricula {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 25> other_words{
    {{"before", "after"},  {"after", "before"},      {"later", "earlier"},  {"earlier", "later"},
     {"odd", "even"},      {"even", "odd"},          {"h", "min"},          {"min", "h"},
     {"day", "week"},      {"days", "weeks"},        {"week", "day"},       {"weeks", "days"},
     {"month", "week"},    {"months", "weeks"},      {"year", "month"},     {"years", "months"},
     {"times", "courses"}, {"courses", "times"},     {"applying", "asked"}, {"issue", "applying"},
     {"passing", "asked"}, {"expiry", "term start"}, {"asked", "applying"}, {"quarter", "month"},
     {"business", ""}}};

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

std::vector<std::string_view> words_in(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at)
            words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

bool is_number(std::string_view word) {
    bool digit = false, point = false;
    for (const char c : word) {
        if (c == '.' && digit && !point)
            point = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            return false;
    }
    return digit && word.back() != '.' && word.size() <= 10;
}

/// "2.5" and 1 is "2.6": a step in the last digit. Nothing below nought.
std::optional<std::string> moved_number(std::string_view word, int by) {
    const std::size_t point = word.find('.');
    std::string digits(word);
    if (point != std::string_view::npos)
        digits.erase(point, 1);
    const long value = std::stol(digits) + by;
    if (value < 0)
        return std::nullopt;
    std::string moved = std::to_string(value);
    if (point == std::string_view::npos)
        return moved;
    const std::size_t after = word.size() - point - 1;
    if (moved.size() <= after)
        moved.insert(0, after + 1 - moved.size(), '0');
    moved.insert(moved.size() - after, 1, '.');
    return moved;
}

/// What may stand in place of the word at `at`.
std::vector<std::string> other_words_at(const std::vector<std::string_view>& words, std::size_t at) {
    std::string_view word = words[at];
    const std::string tail = word.ends_with(',') ? "," : "";
    word.remove_suffix(tail.size());
    std::vector<std::string> others;
    if (const auto day = parse_date(word))
        others = {peercert::to_text(add_days(*day, -1)), peercert::to_text(add_days(*day, 1))};
    else if (is_number(word))
        for (const int by : {-1, 1}) {
            if (auto moved = moved_number(word, by))
                others.push_back(std::move(*moved));
        }
    else if (at > 0 && words[at - 1] == "at" && (word == "least" || word == "most"))
        others = {word == "least" ? "most" : "least"};
    else if (at == 0 && (word == "from" || word == "after"))
        others = {word == "from" ? "after" : "from"};
    else if (word == "until")
        others = {"before"};
    else if (at == 0 && word == "before")
        others = {"until"};
    else if ((word == "first" || word == "last") && at + 1 < words.size() && words[at + 1] == "day")
        others = {word == "first" ? "last" : "first"};
    else if (const auto month = std::find(months.begin(), months.end(), word); month != months.end()) {
        if (month != months.begin())
            others.emplace_back(*(month - 1));
        if (month + 1 != months.end())
            others.emplace_back(*(month + 1));
    } else {
        for (const auto& [from, to] : other_words)
            if (word == from)
                others.emplace_back(to);
    }
    for (std::string& one : others)
        one += tail;
    return others;
}

} // namespace

std::vector<std::string> other_texts(std::string_view text) {
    std::vector<std::string> others;
    const std::vector<std::string_view> words = words_in(text);
    for (std::size_t at = 0; at < words.size(); ++at)
        for (const std::string& word : other_words_at(words, at)) {
            std::string made;
            for (std::size_t other = 0; other < words.size(); ++other)
                if (other != at || !word.empty()) // a word may simply go
                    made += (made.empty() ? "" : " ") + (other == at ? word : std::string(words[other]));
            if (made != text && std::find(others.begin(), others.end(), made) == others.end())
                others.push_back(std::move(made));
        }
    return others;
}

bool is_phrase(std::string_view text) {
    for (const std::string_view opening : {"every ", "at least ", "at most ", "within "})
        if (text.starts_with(opening)) {
            const std::string_view rest = text.substr(opening.size());
            if (parse_span(rest).value || parse_amount(rest, BareNumber::count).value)
                return true;
        }
    if (const std::size_t of = text.find(" of "); of != std::string_view::npos) // "8 of 2.5 h"
        return is_phrase(text.substr(0, of)) && is_phrase(text.substr(of + 4));
    return parse_amount(text, BareNumber::count).value || parse_bound(text, BareNumber::count).value ||
           parse_span(text).value || parse_month_day(text).value || parse_dated(text).value ||
           parse_rung_end(text).value || parse_day(text).value;
}

} // namespace peercert::curricula
