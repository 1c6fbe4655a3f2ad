#include "cli/values.hpp"

#include <charconv>

#include "cli/suggest.hpp"
#include "domain/instant.hpp"

namespace peercert::cli {
namespace {

constexpr std::int64_t most_hours = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count]))
        ++count;
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

void skip_blanks(std::string_view& text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word))
        return false;
    text.remove_prefix(word.size());
    return true;
}

bool take_hour_word(std::string_view& text) { return take(text, "hours") || take(text, "hour") || take(text, "h"); }
bool take_minute_word(std::string_view& text) {
    return take(text, "minutes") || take(text, "minute") || take(text, "min") || take(text, "m");
}

} // namespace

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<Minutes> parse_minutes(std::string_view text) {
    skip_blanks(text);
    const auto whole = parse_number(take_digits(text));
    if (!whole || *whole > most_hours)
        return std::nullopt;
    if (text.empty())
        return Minutes{*whole};
    if (take(text, ":")) {
        const std::string_view rest = take_digits(text);
        const auto minutes = parse_number(rest);
        if (!minutes || rest.size() != 2 || *minutes > 59 || !text.empty())
            return std::nullopt;
        return Minutes{*whole * 60 + *minutes};
    }
    std::int64_t part_minutes = 0;
    bool has_part = false;
    if (take(text, ".")) {
        const std::string_view digits = take_digits(text);
        const auto part = parse_number(digits);
        if (!part || digits.size() > 6)
            return std::nullopt;
        std::int64_t scale = 1;
        for (std::size_t i = 0; i < digits.size(); ++i)
            scale *= 10;
        if (*part * 60 % scale != 0)
            return std::nullopt;
        part_minutes = *part * 60 / scale;
        has_part = true;
    }
    skip_blanks(text);
    if (take_hour_word(text)) {
        std::int64_t total = *whole * 60 + part_minutes;
        skip_blanks(text);
        if (text.empty())
            return Minutes{total};
        if (has_part)
            return std::nullopt;
        const auto minutes = parse_number(take_digits(text));
        skip_blanks(text);
        take_minute_word(text);
        if (!minutes || *minutes > 59 || !text.empty())
            return std::nullopt;
        return Minutes{total + *minutes};
    }
    if (!has_part && take_minute_word(text) && text.empty())
        return Minutes{*whole};
    return std::nullopt;
}

std::optional<std::int64_t> parse_cents(std::string_view text) {
    take(text, "$");
    const std::string_view digits = take_digits(text);
    const auto whole = parse_number(digits);
    if (!whole || digits.size() > 12)
        return std::nullopt;
    std::int64_t cents = *whole * 100;
    if (take(text, ".")) {
        const std::string_view part = take_digits(text);
        if (part.empty() || part.size() > 2)
            return std::nullopt;
        cents += (part[0] - '0') * 10 + (part.size() == 2 ? part[1] - '0' : 0);
    }
    if (!text.empty())
        return std::nullopt;
    return cents;
}

std::string hours_text(Minutes amount) {
    const std::int64_t minutes = amount.count();
    if (minutes % 60 == 0 && minutes != 0)
        return std::to_string(minutes / 60) + " h";
    if (minutes < 60 && minutes > -60)
        return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes < 0 ? -minutes % 60 : minutes % 60) + " min";
}

std::string money_text(std::int64_t cents) {
    const std::string part = std::to_string(cents % 100);
    return "$" + std::to_string(cents / 100) + (part.size() < 2 ? ".0" : ".") + part;
}

std::optional<std::string> complaint(ValueType type, const std::vector<std::string>& allowed, std::string_view text) {
    const std::string shown = '"' + std::string(text) + '"';
    switch (type) {
    case ValueType::text:
    case ValueType::file:
    case ValueType::folder:
        if (text.empty())
            return "may not be empty";
        return std::nullopt;
    case ValueType::number:
        if (!parse_number(text))
            return "must be a whole number, not " + shown;
        return std::nullopt;
    case ValueType::date:
        if (!parse_date(text))
            return "must be a day that exists, written YYYY-MM-DD, not " + shown;
        return std::nullopt;
    case ValueType::instant:
        if (!domain::parse_instant(text))
            return "must be an instant in UTC, written YYYY-MM-DDThh:mm:ssZ, not " + shown;
        return std::nullopt;
    case ValueType::minutes:
        if (!parse_minutes(text))
            return "must be whole minutes, written 90, \"90 min\", \"1.5 h\" or 1:30, not " + shown;
        return std::nullopt;
    case ValueType::amount: {
        const auto blank = text.find(' ');
        if (!parse_minutes(text) &&
            (blank == std::string_view::npos || text.find_first_not_of("0123456789.") != blank || blank == 0))
            return "must be whole minutes, written 90, \"90 min\", \"1.5 h\" or 1:30, or in a track's own unit, like "
                   "\"0.2 CEU\", not " +
                   shown;
        return std::nullopt;
    }
    case ValueType::money:
        if (!parse_cents(text))
            return "must be an amount of money, written 75 or 75.00, not " + shown;
        return std::nullopt;
    case ValueType::word: {
        std::string list;
        for (const std::string& word : allowed) {
            if (text == word)
                return std::nullopt;
            list += (list.empty() ? "" : ", ") + word;
        }
        const std::string guess = did_you_mean(text, allowed);
        return "must be one of " + list + ", not " + shown + (guess.empty() ? "" : "; " + guess);
    }
    }
    return std::nullopt;
}

} // namespace peercert::cli
