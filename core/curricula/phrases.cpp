#include "curricula/phrases.hpp"

#include <array>
#include <functional>
#include <vector>

#include "curricula/mended_phrase.hpp"
#include "curricula/phrase_tokens.hpp"

namespace peercert::curricula {

namespace {

struct UnitWord {
    std::string_view one;
    std::string_view many;
    Unit unit;
    std::int64_t per_unit; ///< how many of the stored unit
};

constexpr std::array units{UnitWord{"h", "h", Unit::minutes, 60},
                           UnitWord{"min", "min", Unit::minutes, 1},
                           UnitWord{"%", "%", Unit::hundredths, 100},
                           UnitWord{"point", "points", Unit::hundredths, 100},
                           UnitWord{"time", "times", Unit::count, 1},
                           UnitWord{"session", "sessions", Unit::count, 1},
                           UnitWord{"course", "courses", Unit::count, 1},
                           UnitWord{"attempt", "attempts", Unit::count, 1},
                           UnitWord{"document", "documents", Unit::count, 1},
                           UnitWord{"person", "people", Unit::count, 1},
                           UnitWord{"USD", "USD", Unit::cents, 100},
                           UnitWord{"year", "years", Unit::years, 1}};

const UnitWord* unit_of(std::string_view word) {
    for (const UnitWord& unit : units)
        if (word == unit.one || word == unit.many)
            return &unit;
    return nullptr;
}

/// A number as a whole count of `1/per_unit`: "2.5" with 60 is 150. Nothing for anything else.
std::optional<std::int64_t> scaled(std::string_view number, std::int64_t per_unit) {
    std::int64_t value = 0, scale = 1;
    bool after_point = false, digit = false;
    if (number.empty() || number.size() > 10)
        return std::nullopt;
    for (const char c : number) {
        if (c == '.' && !after_point && digit) {
            after_point = true;
            digit = false;
            continue;
        }
        if (c < '0' || c > '9')
            return std::nullopt;
        digit = true;
        value = value * 10 + (c - '0');
        if (after_point)
            scale *= 10;
    }
    if (!digit || (value * per_unit) % scale != 0)
        return std::nullopt;
    return value * per_unit / scale;
}

} // namespace

std::optional<int> whole(std::string_view number, int most) {
    const auto value = scaled(number, 1);
    if (!value || number.find('.') != std::string_view::npos || *value > most)
        return std::nullopt;
    return static_cast<int>(*value);
}

namespace {

std::optional<AmountPhrase> amount_of(const Tokens& tokens, BareNumber bare) {
    if (tokens.size() == 1 && bare != BareNumber::refused)
        if (const auto value = whole(tokens[0], 1'000'000))
            return AmountPhrase{{*value, bare == BareNumber::years ? Unit::years : Unit::count}, {}};
    if (tokens.size() != 2)
        return std::nullopt;
    const UnitWord* unit = unit_of(tokens[1]);
    if (unit == nullptr)
        return std::nullopt;
    const auto value = scaled(tokens[0], unit->per_unit);
    if (!value)
        return std::nullopt;
    return AmountPhrase{{*value, unit->unit}, unit->one};
}

std::optional<BoundPhrase> bound_of(const Tokens& tokens, BareNumber bare) {
    const bool least = begins(tokens, {"at", "least"});
    if (least || begins(tokens, {"at", "most"})) {
        const auto amount = amount_of(part(tokens, 2), bare);
        if (!amount)
            return std::nullopt;
        Bound bound{{}, {}, amount->amount.unit};
        (least ? bound.at_least : bound.at_most) = amount->amount.value;
        return BoundPhrase{bound, amount->unit};
    }
    // "8 to 12 people", "18 to 30", "4 h to 6 h"
    std::size_t to = 0;
    while (to < tokens.size() && tokens[to] != "to")
        ++to;
    if (to == 0 || to > 2 || to + 1 >= tokens.size())
        return std::nullopt;
    const auto high = amount_of(part(tokens, to + 1), bare);
    if (!high)
        return std::nullopt;
    Tokens low_tokens = part(tokens, 0, to);
    if (low_tokens.size() == 1 && tokens.size() == to + 3)
        low_tokens.push_back(tokens[to + 2]);
    const auto low = amount_of(low_tokens, bare);
    if (!low || low->amount.unit != high->amount.unit || low->unit != high->unit ||
        low->amount.value > high->amount.value)
        return std::nullopt;
    return BoundPhrase{{low->amount.value, high->amount.value, low->amount.unit}, low->unit};
}

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

std::optional<PrintedDay> month_day_of(const Tokens& tokens) {
    if (tokens.size() != 2)
        return std::nullopt;
    for (std::size_t month = 0; month < month_names.size(); ++month)
        if (tokens[0] == month_names[month])
            if (const auto day = whole(tokens[1], 31); day && *day > 0) {
                const PrintedDay printed{static_cast<int>(month) + 1, *day};
                const std::chrono::month_day exists{std::chrono::month{static_cast<unsigned>(printed.month)},
                                                    std::chrono::day{static_cast<unsigned>(printed.day)}};
                if (exists.ok())
                    return printed;
            }
    return std::nullopt;
}

std::optional<Rung> rung_end_of(const Tokens& tokens) {
    Rung rung;
    const std::string text = joined(tokens);
    if (text == "no limit" || text == "unknown") {
        rung.until_kind = text == "unknown" ? Rung::Until::unknown : Rung::Until::no_limit;
        return rung;
    }
    if (tokens.size() == 4 && tokens[2] == "as" && tokens[3] == "printed") {
        Tokens printed = part(tokens, 0, 2);
        if (printed[1].ends_with(','))
            printed[1].remove_suffix(1);
        if (!month_day_of(printed))
            return std::nullopt;
        rung.until_kind = Rung::Until::printed;
        rung.printed = joined(printed);
        return rung;
    }
    const auto day = day_of(tokens);
    if (!day)
        return std::nullopt;
    rung.until_kind = Rung::Until::day;
    rung.until = *day;
    return rung;
}

template <class T>
Phrase<T> phrase(std::string_view text, const std::string& expected,
                 const std::function<std::optional<T>(const Tokens&)>& parse) {
    if (text.size() > 300)
        return {std::nullopt, "this text is too long for a phrase; write " + expected};
    if (auto value = parse(tokens_of(text)))
        return {std::move(value), {}};
    const std::string better =
        mended_phrase(text, [&](std::string_view better_text) { return parse(tokens_of(better_text)).has_value(); });
    return {std::nullopt, "\"" + std::string(text) + "\" is not understood; write " + expected +
                              (better.empty() ? "" : "; did you mean \"" + better + "\"?")};
}

/// The unit whose name the text begins with, one or several of it, and how long that name is.
std::pair<const OwnUnit*, std::size_t> own_unit_at(std::string_view text, std::span<const OwnUnit> own) {
    std::pair<const OwnUnit*, std::size_t> longest{nullptr, 0};
    for (const OwnUnit& unit : own) {
        if (!text.starts_with(unit.name))
            continue;
        std::size_t end = unit.name.size();
        if (end < text.size() && text[end] == 's')
            ++end;
        if ((end == text.size() || text[end] == ' ') && end > longest.second)
            longest = {&unit, end};
    }
    return longest;
}

} // namespace

std::string plain_units(std::string_view text, std::span<const OwnUnit> own) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view token = text.substr(at, end - at);
        if (end < text.size()) {
            const auto [unit, length] = own_unit_at(text.substr(end + 1), own);
            const auto minutes = unit != nullptr && unit->minutes ? scaled(token, *unit->minutes) : std::nullopt;
            if (minutes) {
                made += std::to_string(*minutes) + " min";
                at = end + 1 + length;
                continue;
            }
        }
        made += std::string(token) + (end < text.size() ? " " : "");
        at = end + 1;
    }
    return made;
}

const OwnUnit* refused_unit(std::string_view text, std::span<const OwnUnit> own) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || !scaled(text.substr(0, blank), 1'000'000))
        return nullptr;
    const auto [unit, length] = own_unit_at(text.substr(blank + 1), own);
    return unit != nullptr && !unit->minutes && blank + 1 + length == text.size() ? unit : nullptr;
}

Phrase<AmountPhrase> parse_amount(std::string_view text, BareNumber bare) {
    return phrase<AmountPhrase>(text,
                                "a number, a blank and a unit, like 30 h, 45 min, 85 %, 500 points, 3 times or 50 USD",
                                [bare](const Tokens& tokens) { return amount_of(tokens, bare); });
}

Phrase<BoundPhrase> parse_bound(std::string_view text, BareNumber bare) {
    return phrase<BoundPhrase>(text,
                               bare == BareNumber::refused ? "at least 30 h, at most 30 h or 20 h to 30 h"
                                                           : "at least 18, at most 30 or 18 to 30",
                               [bare](const Tokens& tokens) { return bound_of(tokens, bare); });
}

Phrase<Span> parse_span(std::string_view text) {
    return phrase<Span>(text, "a number and days, weeks, months or years, like 90 days or 2 years", span_of);
}

Phrase<DayExpression> parse_day(std::string_view text) {
    return phrase<DayExpression>(
        text,
        "a day (2025-07-01), a named day (applying, issue, expiry, term start, first issue, passing, asked, birth, "
        "approval, last certification, last renewal, start of the term before, end of the term before, starting "
        "COURSE, completing COURSE, becoming LEVEL, "
        "first attempt PART, entry CODE), a span or a number of business days before or after one, the first or last "
        "day of the month, quarter or year of one, the first business day on or after one, the last on or before it, "
        "or the later or earlier of two",
        [](const Tokens& tokens) { return day_of(tokens); });
}

Phrase<Window> parse_dated(std::string_view text) {
    return phrase<Window>(text,
                          "in the term, in the term before, in the calendar year, quarter or month of DAY, "
                          "ever, on DAY, from DAY, "
                          "until DAY, after DAY, before DAY, from DAY until DAY, within SPAN before DAY or "
                          "within SPAN after DAY (a SPAN may be a number of business days)",
                          dated_of);
}

Phrase<PrintedDay> parse_month_day(std::string_view text) {
    return phrase<PrintedDay>(text, "a month and a day, like October 31", month_day_of);
}

std::string month_day_text(const PrintedDay& day) {
    return std::string(month_names[static_cast<std::size_t>(day.month) - 1]) + " " + std::to_string(day.day);
}

Phrase<Rung> parse_rung_end(std::string_view text) {
    return phrase<Rung>(text, "a day (1 month after expiry), August 31 as printed, no limit or unknown", rung_end_of);
}

} // namespace peercert::curricula
