#include <array>
#include <utility>

#include "curricula/phrase_tokens.hpp"

/// Spans, days and windows out of their words.
namespace peercert::curricula {

std::optional<Span> span_of(const Tokens& tokens) {
    if (tokens.size() != 2)
        return std::nullopt;
    const auto count = whole(tokens[0], 10'000);
    if (!count)
        return std::nullopt;
    constexpr std::array<std::pair<std::string_view, CalendarUnit>, 4> words{{{"day", CalendarUnit::days},
                                                                              {"week", CalendarUnit::weeks},
                                                                              {"month", CalendarUnit::months},
                                                                              {"year", CalendarUnit::years}}};
    for (const auto& [word, unit] : words)
        if (tokens[1] == word ||
            (tokens[1].size() == word.size() + 1 && tokens[1].starts_with(word) && tokens[1].back() == 's'))
            return Span{*count, unit};
    return std::nullopt;
}

namespace {

constexpr std::array<std::pair<std::string_view, Anchor>, 13> plain_days{
    {{"applying", Anchor::applying},
     {"issue", Anchor::issue},
     {"expiry", Anchor::expiry},
     {"term start", Anchor::term_start},
     {"first issue", Anchor::first_issue},
     {"passing", Anchor::passing},
     {"asked", Anchor::asked},
     {"birth", Anchor::birth},
     {"approval", Anchor::approval},
     {"last certification", Anchor::last_certification},
     {"last renewal", Anchor::last_renewal},
     {"start of the term before", Anchor::previous_start},
     {"end of the term before", Anchor::previous_end}}};
constexpr std::array<std::pair<std::string_view, Anchor>, 5> named_days{{{"completing", Anchor::completing},
                                                                         {"starting", Anchor::starting},
                                                                         {"becoming", Anchor::becoming},
                                                                         {"first attempt", Anchor::first_attempt},
                                                                         {"entry", Anchor::entry}}};

std::optional<DayExpression> day_of(const Tokens& tokens, int depth);

constexpr int deepest_day = 6; // each "later of" counts twice: it tries every "and"

/// The first and the last day of a piece of the calendar.
struct CalendarPiece {
    std::string_view word;
    Anchor first;
    Anchor last;
};
constexpr std::array<CalendarPiece, 3> calendar_pieces{{{"month", Anchor::month_start, Anchor::month_end},
                                                        {"quarter", Anchor::quarter_start, Anchor::quarter_end},
                                                        {"year", Anchor::year_start, Anchor::year_end}}};

const CalendarPiece* calendar_piece(std::string_view word) {
    for (const CalendarPiece& one : calendar_pieces)
        if (one.word == word)
            return &one;
    return nullptr;
}

/// "10 business days after X", "the first business day on or after X": how many, which way, and what stands before X.
struct BusinessDays {
    int count{0};
    bool back{false};
    std::size_t words{0};
};

std::optional<BusinessDays> business_days_of(const Tokens& tokens) {
    if (begins(tokens, {"the", "first", "business", "day", "on", "or", "after"}))
        return BusinessDays{0, false, 7};
    if (begins(tokens, {"the", "last", "business", "day", "on", "or", "before"}))
        return BusinessDays{0, true, 7};
    constexpr int most = 500; // two years of them: more is a time in months or years
    if (tokens.size() < 4 || tokens[1] != "business" || (tokens[2] != "day" && tokens[2] != "days") ||
        (tokens[3] != "before" && tokens[3] != "after"))
        return std::nullopt;
    const auto count = whole(tokens[0], most);
    if (!count || *count < 1)
        return std::nullopt;
    return BusinessDays{*count, tokens[3] == "before", 4};
}

DayExpression counted_from(const BusinessDays& days, DayExpression from) {
    DayExpression made{days.back ? Anchor::business_before : Anchor::business_after, {}, {}, {}, {std::move(from)}};
    made.business_days = days.count;
    return made;
}

/// "the first day of the month of X", "the later of X and Y", "10 business days before X".
std::optional<DayExpression> made_of_days(const Tokens& tokens, int depth) {
    if (const auto business = business_days_of(tokens)) {
        auto inner = day_of(part(tokens, business->words), depth + 1);
        return inner ? std::optional(counted_from(*business, std::move(*inner))) : std::nullopt;
    }
    const bool first = begins(tokens, {"the", "first", "day", "of", "the"});
    if ((first || begins(tokens, {"the", "last", "day", "of", "the"})) && tokens.size() > 7 && tokens[6] == "of" &&
        calendar_piece(tokens[5]) != nullptr) {
        auto inner = day_of(part(tokens, 7), depth + 1);
        if (!inner)
            return std::nullopt;
        const CalendarPiece& piece = *calendar_piece(tokens[5]);
        return DayExpression{first ? piece.first : piece.last, {}, {}, {}, {std::move(*inner)}};
    }
    const bool later = begins(tokens, {"the", "later", "of"});
    if (!later && !begins(tokens, {"the", "earlier", "of"}))
        return std::nullopt;
    for (std::size_t at = 4; at + 1 < tokens.size(); ++at) {
        if (tokens[at] != "and")
            continue;
        auto one = day_of(part(tokens, 3, at), depth + 2);
        auto other = one ? day_of(part(tokens, at + 1), depth + 2) : std::nullopt;
        if (other)
            return DayExpression{
                later ? Anchor::later_of : Anchor::earlier_of, {}, {}, {}, {std::move(*one), std::move(*other)}};
    }
    return std::nullopt;
}

std::optional<DayExpression> day_of(const Tokens& tokens, int depth) {
    if (tokens.empty() || depth > deepest_day)
        return std::nullopt;
    if (auto made = made_of_days(tokens, depth))
        return made;
    const bool day_before = begins(tokens, {"the", "day", "before"});
    if (day_before || begins(tokens, {"the", "day", "after"})) {
        auto inner = day_of(part(tokens, 3), depth + 1);
        if (inner)
            inner->shifts.push_back({day_before ? -1 : 1, CalendarUnit::days});
        return inner;
    }
    if (tokens.size() > 3 && (tokens[2] == "before" || tokens[2] == "after"))
        if (auto span = span_of(part(tokens, 0, 2))) {
            auto inner = day_of(part(tokens, 3), depth + 1);
            if (tokens[2] == "before")
                span->count = -span->count;
            if (inner)
                inner->shifts.push_back(*span);
            return inner;
        }
    const std::string text = joined(tokens);
    if (tokens.size() == 1)
        if (const auto day = parse_date(text))
            return DayExpression{Anchor::day, *day, {}, {}, {}};
    for (const auto& [word, anchor] : plain_days)
        if (!word.empty() && text == word)
            return DayExpression{anchor, {}, {}, {}, {}};
    for (const auto& [word, anchor] : named_days)
        if (text.starts_with(word) && text.size() > word.size() + 1 && text[word.size()] == ' ')
            return DayExpression{anchor, {}, text.substr(word.size() + 1), {}, {}};
    return std::nullopt;
}

} // namespace

std::optional<DayExpression> day_of(const Tokens& tokens) { return day_of(tokens, 0); }

std::optional<Window> dated_of(const Tokens& tokens) {
    if (begins(tokens, {"in", "the", "term"}) && tokens.size() == 3) {
        Window window;
        window.in_the_term = true;
        return window;
    }
    if (begins(tokens, {"in", "the", "term", "before"}) && tokens.size() == 4)
        return Window{DayExpression{Anchor::previous_start, {}, {}, {}, {}},
                      DayExpression{Anchor::previous_end, {}, {}, {}, {}}};
    if (begins(tokens, {"in", "the", "calendar"}) && tokens.size() > 5 && tokens[4] == "of" &&
        calendar_piece(tokens[3]) != nullptr) {
        const auto day = day_of(part(tokens, 5), 1);
        if (!day)
            return std::nullopt;
        const CalendarPiece& piece = *calendar_piece(tokens[3]);
        return Window{DayExpression{piece.first, {}, {}, {}, {*day}}, DayExpression{piece.last, {}, {}, {}, {*day}}};
    }
    if (tokens.size() == 1 && tokens[0] == "ever")
        return Window{};
    if (tokens.size() < 2)
        return std::nullopt;
    if (tokens[0] == "from" || tokens[0] == "after") {
        std::size_t until = 1;
        while (until < tokens.size() && tokens[until] != "until")
            ++until;
        Window window;
        window.from_excluded = tokens[0] == "after";
        window.from = day_of(part(tokens, 1, until));
        if (until < tokens.size())
            window.until = day_of(part(tokens, until + 1));
        if (!window.from || (until < tokens.size() && !window.until))
            return std::nullopt;
        if (window.until && window.from->anchor == Anchor::day && window.until->anchor == Anchor::day &&
            window.from->shifts.empty() && window.until->shifts.empty() && window.until->day < window.from->day)
            return std::nullopt;
        return window;
    }
    if (tokens[0] == "on") {
        Window window;
        window.from = window.until = day_of(part(tokens, 1));
        return window.from ? std::optional(window) : std::nullopt;
    }
    if (tokens[0] == "until" || tokens[0] == "before") {
        Window window;
        window.until_excluded = tokens[0] == "before";
        window.until = day_of(part(tokens, 1));
        return window.until ? std::optional(window) : std::nullopt;
    }
    if (tokens[0] == "within")
        if (const auto business = business_days_of(part(tokens, 1)); business && business->count > 0) {
            const auto day = day_of(part(tokens, 1 + business->words));
            if (!day)
                return std::nullopt;
            Window window;
            window.from = window.until = day;
            (business->back ? window.from : window.until) = counted_from(*business, *day);
            return window;
        }
    if (tokens[0] == "within" && tokens.size() > 4 && (tokens[3] == "before" || tokens[3] == "after")) {
        auto span = span_of(part(tokens, 1, 3));
        const auto day = day_of(part(tokens, 4));
        if (!span || !day)
            return std::nullopt;
        Window window;
        window.from = window.until = day;
        if (tokens[3] == "before") {
            span->count = -span->count;
            window.from->shifts.push_back(*span);
        } else {
            window.until->shifts.push_back(*span);
        }
        return window;
    }
    return std::nullopt;
}

} // namespace peercert::curricula
