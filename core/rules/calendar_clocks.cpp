#include <algorithm>
#include <array>

#include "rules/clocks.hpp"
#include "rules/ladder.hpp"

namespace peercert::rules {

namespace {

using std::chrono::year;
using std::chrono::years;

constexpr std::string_view who_decides = "; whoever decides has to give the last day";

Date month_first(Date day) { return snapped(Anchor::month_start, day); }

/// 0 when a term's last day is the first of the month, 1 when it is the day before.
int days_before_the_first(const Lasts& lasts) {
    const std::string word =
        clock_choice(lasts, "last day", "nothing said", {"the first of the month", "the day before"});
    if (is_open_word(word))
        refuse_clock({}, "the rules do not say whether a term's last day is the first of the month or the day before" +
                             std::string(who_decides));
    return word == "the day before" ? 1 : 0;
}

/// The years in which a fixed day ends terms.
struct Years {
    int apart{1};
    int counted_from{0};
    bool has(year which) const { return (static_cast<int>(which) - counted_from) % apart == 0; }
};

constexpr std::array<std::pair<std::string_view, int>, 7> year_words{{{"odd", 2},
                                                                      {"even", 2},
                                                                      {"every", 1},
                                                                      {"every second", 2},
                                                                      {"every third", 3},
                                                                      {"every fourth", 4},
                                                                      {"every fifth", 5}}};

std::optional<Years> years_of(const Lasts& lasts) {
    const std::string word = clock_word(lasts, "years", "");
    if (word.empty())
        return std::nullopt;
    for (const auto& [known, apart] : year_words) {
        if (known != word)
            continue;
        if (!known.starts_with("every "))
            return Years{apart, known == "odd" ? 1 : 0};
        const auto first = parse_date(clock_word(lasts, "counted from", "") + "-01-01");
        if (!first)
            refuse_clock(lasts.parameters.place,
                         "\"years: " + word + "\" wants \"counted from\": a year in which terms end, such as 2024");
        return Years{apart, static_cast<int>(first->year())};
    }
    std::string list;
    for (const auto& [known, apart] : year_words)
        list += (list.empty() ? "" : ", ") + std::string(known);
    refuse_clock(lasts.parameters.place, "\"years\" takes " + list + ", not \"" + word + "\"");
}

bool whole_years(const Lasts& lasts) {
    const auto whole = [](const Span& span) { return to_shift(span).days == 0 && to_shift(span).months % 12 == 0; };
    return lasts.term ? whole(*lasts.term) : std::all_of(lasts.chosen.begin(), lasts.chosen.end(), whole);
}

Date in_year(std::chrono::month_day day, year which) {
    const Date date = which / day.month() / day.day();
    return date.ok() ? date : Date{which / day.month() / std::chrono::last};
}

/// The first such day of such a year after `day`, and not before `not_before`.
Date next_such_day(std::chrono::month_day such, const Years& which, Date day, Date not_before) {
    year at = day.year();
    while (!which.has(at) || in_year(such, at) <= day || in_year(such, at) < not_before)
        ++at;
    return in_year(such, at);
}

/// The regime begins on this day, or on one of these where nobody printed which.
struct Anchors {
    Date earliest{};
    Date latest{};
};

std::optional<Anchors> anchors_of(const Lasts& lasts) {
    const std::string text = clock_word(lasts, "anchor", "");
    if (const auto day = parse_date(text))
        return Anchors{*day, *day};
    constexpr std::string_view from = "from ", until = " until ";
    const auto gap = text.find(until);
    if (!text.starts_with(from) || gap == std::string::npos)
        return std::nullopt;
    const auto earliest = parse_date(std::string_view(text).substr(from.size(), gap - from.size()));
    const auto latest = parse_date(std::string_view(text).substr(gap + until.size()));
    if (!earliest || !latest || *latest < *earliest)
        return std::nullopt;
    return Anchors{*earliest, *latest};
}

Date last_of_cycle(const ClockQuestion& question, Date anchor, int back) {
    Date begin = month_first(question.counted_from);
    if (question.counted_from < anchor) {
        begin = Date{anchor.year(), begin.month(), std::chrono::day{1}};
        if (begin < anchor)
            begin += years{1};
    }
    // Cycles run on whatever happens: the first that ends after the term's first day, and after the term before.
    const Date after = question.asked.previous_last ? std::max(*question.asked.previous_last, question.asked.issued)
                                                    : question.asked.issued;
    const Date passed = question.goes_on() ? *question.asked.previous_last : after;
    for (int cycles = 1;; ++cycles) {
        const Date last =
            add_days(moved(begin, Shift{cycles * question.term.months, cycles * question.term.days}), -back);
        if (last > passed)
            return last;
    }
}

} // namespace

Date month_end(const ClockQuestion& question) {
    return snapped(Anchor::month_end,
                   moved(question.goes_on() ? *question.asked.previous_last : question.counted_from, question.term));
}

Date month_start(const ClockQuestion& question) {
    const int back = days_before_the_first(question.lasts);
    const Date base =
        question.goes_on() ? add_days(*question.asked.previous_last, back) : month_first(question.counted_from);
    return add_days(month_first(moved(base, question.term)), -back);
}

Date fixed_day(const ClockQuestion& question) {
    const auto day = *parse_month_day(clock_word(question.lasts, "day", ""));
    const auto which = years_of(question.lasts);
    const TermQuestion& asked = question.asked;
    if (!which) {
        const year from = question.goes_on() ? asked.previous_last->year() : asked.issued.year();
        return in_year(day, from + years{question.term.months / 12});
    }
    if (asked.previous_last)
        return next_such_day(day, *which, std::max(*asked.previous_last, add_days(asked.issued, -1)), Date{});
    const std::string least = clock_word(question.lasts, "at least", "nothing said");
    if (is_open_word(least))
        refuse_clock({}, "the rules do not say how short a first term may be" + std::string(who_decides));
    const Date not_before = least == "none" ? Date{} : moved(asked.issued, *parse_shift(least));
    return next_such_day(day, *which, asked.issued, not_before);
}

Date calendar_year(const ClockQuestion& question) {
    const int count = question.term.months / 12;
    if (question.goes_on())
        return snapped(Anchor::year_end, add_years(*question.asked.previous_last, count));
    const std::string word =
        clock_choice(question.lasts, "year of issue", "nothing said", {"counts as the first", "does not count"});
    if (is_open_word(word))
        refuse_clock({}, "the rules do not say whether the year of issue counts" + std::string(who_decides));
    return snapped(Anchor::year_end, add_years(question.asked.issued, count - (word == "counts as the first" ? 1 : 0)));
}

Date regime(const ClockQuestion& question) {
    const int back = days_before_the_first(question.lasts);
    const Anchors anchors = *anchors_of(question.lasts);
    const Date last = last_of_cycle(question, anchors.earliest, back);
    if (last != last_of_cycle(question, anchors.latest, back))
        refuse_clock({}, "the regime began on some day from " + to_text(anchors.earliest) + " to " +
                             to_text(anchors.latest) + ", and the last day hangs on which" + std::string(who_decides));
    return last;
}

void check_month_start(const Lasts& lasts) {
    lasts.parameters.only({"last day"});
    clock_choice(lasts, "last day", "nothing said", {"the first of the month", "the day before"});
}

void check_fixed_day(const Lasts& lasts) {
    const std::string& place = lasts.parameters.place;
    lasts.parameters.only({"day", "years", "at least", "counted from"});
    if (!parse_month_day(clock_word(lasts, "day", "")))
        refuse_clock(place, "the clock \"fixed day\" needs \"day\", such as October 31");
    if (!whole_years(lasts))
        refuse_clock(place, "terms that end on a fixed day last whole years");
    const auto which = years_of(lasts);
    const std::string least = clock_word(lasts, "at least", "none");
    if (least != "none" && !is_open_word(least) && !parse_shift(least))
        refuse_clock(place, "\"at least\" takes a span such as 1 year, none or nothing said, not \"" + least + "\"");
    if (!which) {
        if (lasts.parameters.has("at least") || lasts.parameters.has("counted from"))
            refuse_clock(place, "\"at least\" and \"counted from\" belong beside \"years\"");
        return;
    }
    if (!lasts.chosen.empty() || !lasts.term || to_shift(*lasts.term).months != 12 * which->apart)
        refuse_clock(place, "\"years: " + clock_word(lasts, "years", "") + "\" come every " +
                                (which->apart == 1 ? std::string("year") : std::to_string(which->apart) + " years") +
                                ", so \"term\" is " + std::to_string(which->apart) +
                                (which->apart == 1 ? " year" : " years"));
}

void check_calendar_year(const Lasts& lasts) {
    lasts.parameters.only({"year of issue"});
    clock_choice(lasts, "year of issue", "nothing said", {"counts as the first", "does not count"});
    if (!whole_years(lasts))
        refuse_clock(lasts.parameters.place, "terms of calendar years last whole years");
}

void check_regime(const Lasts& lasts) {
    lasts.parameters.only({"anchor", "last day"});
    clock_choice(lasts, "last day", "nothing said", {"the first of the month", "the day before"});
    if (!anchors_of(lasts))
        refuse_clock(lasts.parameters.place,
                     "the clock \"regime\" needs \"anchor\": the first day of the regime, such as 2023-02-01, or "
                     "from 2023-01-02 until 2023-08-01 where nobody printed which");
    const auto months = [](const Span& span) { return to_shift(span).days == 0; };
    if (lasts.term ? !months(*lasts.term) : !std::all_of(lasts.chosen.begin(), lasts.chosen.end(), months))
        refuse_clock(lasts.parameters.place, "cycles last whole months or years");
}

} // namespace peercert::rules
