#include "curricula/word_tables.hpp"

#include <array>

namespace peercert::curricula {

namespace {

// clang-format off: one word a line
constexpr std::array lasts{
    Word{"term", Takes::span_or_choice, "unchanged|unknown|nothing said",
         "How long a term is, or what the holder chooses from; unchanged: as of the term it is added to", "2 years",
         Setting::term},
    Word{"ends", Takes::text, "anniversary|birthday|fixed day|month end|month start|calendar year|regime|no end",
         "The clock: a built-in one, or a plugin's", "birthday"},
    Word{"aligned with", Takes::texts, "", "Tracks whose latest certification this one follows, and that follow it",
         "[mi-cprc]"},
    Word{"shown until", Takes::day_phrase, "", "The day up to which a public register shows it; never a yes",
         "30 days after expiry"},
    Word{"renewals", Takes::text, "", "How often it can be renewed", "at most 4"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array anniversary{
    Word{"last day", Takes::choice, "the anniversary|the day before|nothing said|unknown",
         "Which is the last day of a term", "the day before"},
    Word{"February 29", Takes::choice, "february 28|march 1|nothing said|unknown",
         "What 29 February becomes in other years", "february 28"},
    Word{"short month", Takes::choice, "last day of the month|first day of the next|nothing said|unknown",
         "What the 31st becomes in a shorter month", "last day of the month"},
    Word{"anchor", Takes::choice, "term start|first issue|passing",
         "Counted from each term's own day, the first term's, or (first term) that of passing", "first issue"},
};
constexpr std::array birthday{
    Word{"February 29", Takes::choice, "february 28|march 1|nothing said|unknown",
         "What 29 February becomes in other years", "february 28"},
    Word{"the one after when issued within", Takes::span, "none|nothing said|unknown",
         "A birthday as near as this is passed over in the first term", "90 days"},
    Word{"last day", Takes::choice, "the birthday|the day before|the last day of its month|nothing said|unknown",
         "Which day that is", "the birthday"},
    Word{"at least", Takes::span, "none|nothing said|unknown",
         "The first term ends on the first birthday no nearer than this", "1 year"},
    Word{"at most", Takes::span, "", "The first term ends on the last birthday no further than this", "2 years"},
    Word{"first term", Takes::choice, "to the birthday in the year a full term ends",
         "The first term ends on that birthday, whatever the month of issue",
         "to the birthday in the year a full term ends"},
    Word{"years", Takes::choice, "every|odd|even|as the year of birth", "The years in which terms end", "odd"},
};
constexpr std::array fixed_day{
    Word{"day", Takes::month_day, "", "The day", "October 31"},
    Word{"years", Takes::choice, "odd|even|every|every second|every third|every fourth|every fifth",
         "The years in which terms end; left out: whole terms after the year of issue", "odd"},
    Word{"counted from", Takes::number, "", "For every second and up: a year in which terms end", "2024"},
    Word{"at least", Takes::span, "none|nothing said|unknown", "How short a first term may be, beside years", "1 year"},
};
constexpr std::array month_start{
    Word{"last day", Takes::choice, "the first of the month|the day before|nothing said|unknown",
         "Which is the last day of a term", "the day before"},
};
constexpr std::array calendar_year{
    Word{"year of issue", Takes::choice, "counts as the first|does not count|nothing said|unknown",
         "Whether the year of issue is the first of the term", "counts as the first"},
};
constexpr std::array regime{
    Word{"anchor", Takes::dated, "", "First day of the regime, or the days one of which it was", "2023-02-01"},
    Word{"last day", Takes::choice, "the first of the month|the day before|nothing said|unknown",
         "Which is the last day of a cycle", "the first of the month"},
};
constexpr std::array term{
    Word{"chosen by the holder", Takes::texts, "", "The terms one may ask for", "[1 year, 2 years, 3 years]"},
};
// clang-format on

} // namespace

std::span<const Word> lasts_words(Setting setting) {
    switch (setting) {
    case Setting::lasts: return lasts;
    case Setting::anniversary: return anniversary;
    case Setting::birthday: return birthday;
    case Setting::fixed_day: return fixed_day;
    case Setting::month_start: return month_start;
    case Setting::calendar_year: return calendar_year;
    case Setting::regime: return regime;
    case Setting::term: return term;
    default: return {};
    }
}

} // namespace peercert::curricula
