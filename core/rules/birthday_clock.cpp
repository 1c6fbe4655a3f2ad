#include <algorithm>

#include "rules/clocks.hpp"

/// Terms that end on a birthday, or around it.
namespace peercert::rules {

namespace {

std::string end_of_birthday_term(const Lasts& lasts) {
    return clock_choice(lasts, "last day", "the birthday",
                        {"the birthday", "the day before", "the last day of its month"});
}

constexpr std::string_view full_year = "to the birthday in the year a full term ends";
constexpr std::string_view as_born = "as the year of birth";

/// Whether terms end in that year: every year, or odd or even ones only.
bool birthday_years(const Lasts& lasts, std::chrono::year born, std::chrono::year year) {
    const std::string word = clock_choice(lasts, "years", "every", {"every", "odd", "even", as_born});
    if (is_open_word(word))
        refuse_clock({}, "the rules do not say in which years terms end; whoever decides has to give the last day");
    const auto odd = [](std::chrono::year which) { return static_cast<int>(which) % 2 != 0; };
    return word == "every" || odd(year) == (word == as_born ? odd(born) : word == "odd");
}

} // namespace

Date birthday(const ClockQuestion& asked) {
    const Lasts& lasts = asked.lasts;
    const TermQuestion& question = asked.asked;
    if (!question.born)
        refuse_clock({}, "the term ends on a birthday, and no date of birth is recorded");
    const std::string leap_word = clock_choice(lasts, "February 29", "nothing said", {"february 28", "march 1"});
    const std::string end = end_of_birthday_term(lasts);
    if (is_open_word(end))
        refuse_clock(
            {}, "the rules do not say whether the term ends on the birthday; whoever decides has to give the last day");
    const bool of_month = end == "the last day of its month";
    const bool leap = question.born->month() == std::chrono::February && question.born->day() == std::chrono::day{29};
    if (leap && is_open_word(leap_word) && !of_month)
        refuse_clock(
            {}, "the rules do not say on which day somebody born on February 29 has a birthday in other years; whoever "
                "decides has to give the last day");
    const auto in_year = [&](std::chrono::year year) -> Date {
        if (of_month)
            return year / question.born->month() / std::chrono::last;
        const int years = static_cast<int>(year) - static_cast<int>(question.born->year());
        const Date day =
            add_years(*question.born, years, leap_word == "march 1" ? LeapDay::march_1 : LeapDay::february_28);
        return end == "the day before" ? add_days(day, -1) : day;
    };
    const auto ends_a_term = [&](std::chrono::year year) { return birthday_years(lasts, question.born->year(), year); };
    const auto next_after = [&](std::chrono::year year, Date day) {
        while (!ends_a_term(year) || in_year(year) <= day)
            ++year;
        return year;
    };
    const int years = asked.term.months / 12;
    if (question.previous_last) {
        // The cycle stays: late or not, it is the birthday whole terms after the last one.
        auto year = question.previous_last->year();
        do
            year += std::chrono::years{lasts.parameters.has("years") ? 1 : years};
        while (!ends_a_term(year) || in_year(year) <= question.issued);
        return in_year(year);
    }
    const auto first = next_after(question.issued.year(), question.issued);
    if (lasts.parameters.has("first term")) {
        const auto year = moved(question.issued, asked.term).year();
        return in_year(next_after(std::max(year, first), question.issued));
    }
    if (const std::string longest = clock_word(lasts, "at most", ""); !longest.empty()) {
        auto year = first;
        const Date limit = moved(question.issued, *parse_shift(longest));
        for (auto later = first; in_year(later) <= limit; ++later)
            if (ends_a_term(later))
                year = later;
        return in_year(year);
    }
    for (const std::string_view word : {"the one after when issued within", "at least"}) {
        const std::string skip = clock_word(lasts, word, "none");
        if (skip == "none")
            continue;
        if (is_open_word(skip))
            refuse_clock(
                {}, "the rules do not say what happens when the first birthday is near; whoever decides has to give "
                    "the last day");
        const Date too_near = moved(question.issued, *parse_shift(skip));
        return in_year(next_after(question.issued.year(), word == "at least" ? add_days(too_near, -1) : too_near));
    }
    return in_year(first);
}

void check_birthday(const Lasts& lasts) {
    lasts.parameters.only(
        {"February 29", "the one after when issued within", "last day", "at least", "at most", "first term", "years"});
    end_of_birthday_term(lasts);
    clock_choice(lasts, "February 29", "nothing said", {"february 28", "march 1"});
    clock_choice(lasts, "years", "every", {"every", "odd", "even", as_born});
    clock_choice(lasts, "first term", std::string(full_year), {full_year});
    for (const std::string_view word : {"the one after when issued within", "at least", "at most"}) {
        const std::string span = clock_word(lasts, word, "none");
        const bool limit = word == "at most" && lasts.parameters.has(word);
        if ((limit || (span != "none" && !is_open_word(span))) && !parse_shift(span))
            refuse_clock(lasts.parameters.place, "\"" + std::string(word) + "\" takes a span such as 90 days" +
                                                     (limit ? "" : ", none or nothing said") + ", not \"" + span +
                                                     "\"");
    }
    if (lasts.parameters.has("years") && (!lasts.chosen.empty() || !lasts.term || to_shift(*lasts.term).months != 24))
        refuse_clock(lasts.parameters.place, "odd or even years come every two years, so \"term\" is 2 years");
    const auto whole = [](const Span& span) { return to_shift(span).days == 0 && to_shift(span).months % 12 == 0; };
    if (lasts.term ? !whole(*lasts.term) : !std::all_of(lasts.chosen.begin(), lasts.chosen.end(), whole))
        refuse_clock(lasts.parameters.place, "terms that end on a birthday last whole years");
}

} // namespace peercert::rules
