#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <peercert/edition.hpp>
#include <peercert/requirement.hpp>

/// The only sentences of the language: amounts, limits, spans, days and windows. Each parser takes the whole text and
/// answers with the typed value, or with a sentence about what is wrong and what would be understood.
namespace peercert::curricula {

template <class T>
struct Phrase {
    std::optional<T> value;
    std::string wrong; ///< set when there is no value
};

/// How often and of what: the unit word tells "3 times" from "3 courses".
struct AmountPhrase {
    Amount amount;
    std::string_view unit; ///< singular: "h", "min", "%", "point", "time", "session", "course", "attempt", "person",
                           ///< "USD", "year"; empty without one
    bool operator==(const AmountPhrase&) const = default;
};

struct BoundPhrase {
    Bound bound;
    std::string_view unit;
    bool operator==(const BoundPhrase&) const = default;
};

struct PrintedDay {
    int month{1};
    int day{1};
    bool operator==(const PrintedDay&) const = default;
};

enum class BareNumber { refused, years, count };

/// "0.2 CEU" and the like, wherever they stand in a phrase, as minutes by the edition's own units. Refused units stay.
std::string plain_units(std::string_view text, std::span<const OwnUnit> units);
/// The refused unit that an amount is written in, if it is ("3 college credits").
const OwnUnit* refused_unit(std::string_view text, std::span<const OwnUnit> units);

Phrase<AmountPhrase> parse_amount(std::string_view text, BareNumber bare = BareNumber::refused);
Phrase<BoundPhrase> parse_bound(std::string_view text, BareNumber bare = BareNumber::refused);
Phrase<Span> parse_span(std::string_view text);
Phrase<DayExpression> parse_day(std::string_view text);
Phrase<Window>
parse_dated(std::string_view text); ///< `absent` is left as it is: the reader knows what the step guarantees
Phrase<PrintedDay> parse_month_day(std::string_view text); ///< "October 31"
Phrase<Rung> parse_rung_end(std::string_view text);        ///< fills until_kind, until, printed

/// The same phrases as text, as the parsers read them.
std::string month_day_text(const PrintedDay& day);
std::string to_text(const Span& span);
std::string to_text(const DayExpression& day);
std::string to_text(const Window& window);
/// `unit` is the word for counts and years in the plural, which may go on: "times", "documents on file". One of them is
/// said in the singular.
std::string to_text(const Bound& bound, std::string_view unit = {});
/// Minutes in a unit of the edition's own, `own_unit_size` minutes each: "at least 10 credits".
std::string to_text(const Bound& bound, std::string_view own_unit, std::int64_t own_unit_size);
std::string amount_text(std::int64_t value, Unit unit, std::string_view count_word = {}); ///< "2.5 h", "85 %", "50 USD"
std::string own_amount_text(std::int64_t minutes, std::string_view own_unit, std::int64_t own_unit_size);
std::string counted(std::int64_t count, std::string_view many); ///< "1 renewal", "2 renewals"

} // namespace peercert::curricula
