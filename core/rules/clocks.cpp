#include <algorithm>
#include <array>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>
#include <peercert/plugin.hpp>

#include "rules/judging.hpp"
#include "rules/ladder.hpp"

/// When a term ends: the built-in clocks, and those of plugins by name.
namespace peercert::rules {

namespace {

constexpr std::array<std::string_view, 5> built_in{"anniversary", "birthday", "fixed day", "month end", "no end"};

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
    throw Error(ErrorCode::invalid_input, place.empty() ? what : place + ": " + what);
}

std::string parameter(const Lasts& lasts, std::string_view name, const std::string& otherwise) {
    const auto found = lasts.parameters.named.find(std::string(name));
    return found == lasts.parameters.named.end() ? otherwise : found->second.text;
}

bool is_open(std::string_view word) { return word == "nothing said" || word == "unknown"; }

std::string one_of(const Lasts& lasts, std::string_view name, const std::string& otherwise,
                   std::initializer_list<std::string_view> allowed) {
    const std::string word = parameter(lasts, name, otherwise);
    if (is_open(word) || std::find(allowed.begin(), allowed.end(), word) != allowed.end())
        return word;
    std::string list;
    for (const std::string_view one : allowed)
        list += (list.empty() ? "" : ", ") + std::string(one);
    refuse(lasts.parameters.place,
           "\"" + std::string(name) + "\" takes " + list + " or nothing said, not \"" + word + "\"");
}

/// "90 days", "2 years".
std::optional<Shift> parse_span(std::string_view text) {
    int count = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && count < 100'000; ++at)
        count = 10 * count + (text[at] - '0');
    if (at == 0)
        return std::nullopt;
    const std::string_view unit = text.substr(at);
    if (unit == " day" || unit == " days")
        return Shift{0, count};
    if (unit == " week" || unit == " weeks")
        return Shift{0, 7 * count};
    if (unit == " month" || unit == " months")
        return Shift{count, 0};
    if (unit == " year" || unit == " years")
        return Shift{12 * count, 0};
    return std::nullopt;
}

/// How a day that does not exist is mended, as far as the rules say so.
struct Calendar {
    std::string short_month;
    std::string leap_day;

    Date add(Date from, Shift shift) const {
        const Date naive = from + std::chrono::months{shift.months};
        if (naive.ok())
            return add_days(naive, shift.days);
        const bool leap = from.month() == std::chrono::February && from.day() == std::chrono::day{29};
        const std::string& policy = leap ? leap_day : short_month;
        if (is_open(policy))
            refuse({}, "the rules do not say what becomes of the day " + to_text(from).substr(5) +
                           " in a year or month without it; whoever decides has to give the last day");
        const Date last_of_month{naive.year() / naive.month() / std::chrono::last};
        return add_days(last_of_month, shift.days + (policy == "march 1" || policy == "first day of the next" ? 1 : 0));
    }
};

Calendar calendar_of(const Lasts& lasts) {
    return {one_of(lasts, "short month", "last day of the month", {"last day of the month", "first day of the next"}),
            one_of(lasts, "February 29", "february 28", {"february 28", "march 1"})};
}

Date anniversary(const Lasts& lasts, const TermQuestion& question) {
    const std::string last_word = one_of(lasts, "last day", "nothing said", {"the anniversary", "the day before"});
    const std::string anchor_word = one_of(lasts, "anchor", "term start", {"term start", "first issue"});
    if (is_open(last_word))
        refuse({},
               "the rules do not say whether a term's last day is the anniversary or the day before; whoever decides "
               "has to give the last day");
    const int back = last_word == "the day before" ? -1 : 0;
    const Calendar calendar = calendar_of(lasts);
    const Shift term = to_shift(*lasts.term);
    const bool goes_on = question.previous_last && question.issued <= add_days(*question.previous_last, 1);
    if (anchor_word == "first issue" && question.first_issued) {
        // Counted from the original day each time, so that a short month shortens one term only.
        const Date after =
            question.previous_last ? std::max(*question.previous_last, question.issued) : question.issued;
        for (int terms = 1;; ++terms) {
            const Date last =
                add_days(calendar.add(*question.first_issued, {terms * term.months, terms * term.days}), back);
            if (last > (goes_on ? *question.previous_last : after))
                return last;
        }
    }
    if (goes_on && back == 0)
        return calendar.add(*question.previous_last, term);
    return add_days(calendar.add(question.issued, term), back);
}

Date birthday(const Lasts& lasts, const TermQuestion& question) {
    if (!question.born)
        refuse({}, "the term ends on a birthday, and no date of birth is recorded");
    const std::string leap_word = one_of(lasts, "February 29", "nothing said", {"february 28", "march 1"});
    const bool leap = question.born->month() == std::chrono::February && question.born->day() == std::chrono::day{29};
    if (leap && is_open(leap_word))
        refuse({},
               "the rules do not say on which day somebody born on February 29 has a birthday in other years; whoever "
               "decides has to give the last day");
    const auto in_year = [&](std::chrono::year year) {
        const int years = static_cast<int>(year) - static_cast<int>(question.born->year());
        return add_years(*question.born, years, leap_word == "march 1" ? LeapDay::march_1 : LeapDay::february_28);
    };
    const int years = to_shift(*lasts.term).months / 12;
    if (question.previous_last) {
        // The cycle stays: late or not, it is the birthday whole terms after the last one.
        auto year = question.previous_last->year();
        do
            year += std::chrono::years{years};
        while (in_year(year) <= question.issued);
        return in_year(year);
    }
    auto year = question.issued.year();
    while (in_year(year) <= question.issued)
        ++year;
    const std::string skip = parameter(lasts, "the one after when issued within", "none");
    if (skip == "none")
        return in_year(year);
    if (is_open(skip))
        refuse({}, "the rules do not say what happens when the first birthday is near; whoever decides has to give the "
                   "last day");
    const auto span = parse_span(skip);
    if (moved(question.issued, *span) >= in_year(year))
        ++year;
    return in_year(year);
}

Date fixed_day(const Lasts& lasts, const TermQuestion& question) {
    const auto day = parse_month_day(parameter(lasts, "day", ""));
    const int years = to_shift(*lasts.term).months / 12;
    const auto in_year = [&day](std::chrono::year year) {
        const Date date = year / day->month() / day->day();
        return date.ok() ? date : Date{year / day->month() / std::chrono::last};
    };
    const bool goes_on = question.previous_last && question.issued <= add_days(*question.previous_last, 1);
    return in_year((goes_on ? question.previous_last->year() : question.issued.year()) + std::chrono::years{years});
}

void check_words(const Lasts& lasts, std::initializer_list<std::string_view> allowed) {
    lasts.parameters.only(allowed);
}

void check_one(const Level& level, const Kinds& kinds) {
    const Lasts& lasts = *level.lasts;
    const std::string& place = lasts.parameters.place;
    if (std::find(built_in.begin(), built_in.end(), lasts.clock) == built_in.end()) {
        const TermClock* clock = kinds.clock(lasts.clock);
        if (clock == nullptr) {
            std::vector<std::string_view> known(built_in.begin(), built_in.end());
            for (const std::string_view name : kinds.clock_names())
                known.push_back(name);
            const std::string near = nearest(lasts.clock, known);
            refuse(place, "no clock is called \"" + lasts.clock + "\"" +
                              (near.empty() ? "; if a plugin brings it, is that plugin trusted and loaded?"
                                            : "; did you mean \"" + near + "\"?"));
        }
        clock->check(lasts.parameters);
        return;
    }
    if (lasts.clock == "no end") {
        check_words(lasts, {});
        return;
    }
    if (!lasts.term || lasts.term->count < 1)
        refuse(place, "the clock \"" + lasts.clock + "\" needs \"term\", such as 2 years");
    const bool whole_years = to_shift(*lasts.term).months % 12 == 0 && to_shift(*lasts.term).days == 0;
    if (lasts.clock == "anniversary") {
        check_words(lasts, {"last day", "short month", "February 29", "anchor"});
        one_of(lasts, "last day", "nothing said", {"the anniversary", "the day before"});
        one_of(lasts, "anchor", "term start", {"term start", "first issue"});
        calendar_of(lasts);
    } else if (lasts.clock == "birthday") {
        check_words(lasts, {"February 29", "the one after when issued within"});
        one_of(lasts, "February 29", "nothing said", {"february 28", "march 1"});
        const std::string skip = parameter(lasts, "the one after when issued within", "none");
        if (skip != "none" && !is_open(skip) && !parse_span(skip))
            refuse(place,
                   "\"the one after when issued within\" takes a span such as 90 days, none or nothing said, not \"" +
                       skip + "\"");
        if (!whole_years)
            refuse(place, "terms that end on a birthday last whole years");
    } else if (lasts.clock == "fixed day") {
        check_words(lasts, {"day"});
        if (!parse_month_day(parameter(lasts, "day", "")))
            refuse(place, "the clock \"fixed day\" needs \"day\", such as October 31");
        if (!whole_years)
            refuse(place, "terms that end on a fixed day last whole years");
    } else {
        check_words(lasts, {});
    }
}

} // namespace

std::optional<std::chrono::month_day> parse_month_day(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
    for (std::size_t month = 0; month < months.size(); ++month) {
        if (!text.starts_with(months[month]) || text.size() <= months[month].size() + 1 ||
            text[months[month].size()] != ' ')
            continue;
        const std::string_view digits = text.substr(months[month].size() + 1);
        if (digits.size() > 2 ||
            !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
        unsigned day = 0;
        for (const char digit : digits)
            day = 10 * day + static_cast<unsigned>(digit - '0');
        const std::chrono::month_day found{std::chrono::month{static_cast<unsigned>(month) + 1}, std::chrono::day{day}};
        return found.ok() ? std::optional(found) : std::nullopt;
    }
    return std::nullopt;
}

void check_terms(const Edition& edition, const Kinds& kinds) {
    for (const Level& level : edition.levels)
        if (level.lasts)
            check_one(level, kinds);
}

std::optional<Date> last_day(const Program& program, std::string_view level_name, const TermQuestion& question) {
    const Edition& edition = program.edition();
    const Level* level = edition.level(level_name);
    if (level == nullptr || !level->lasts)
        refuse({}, edition.code + " " + edition.edition + " does not say how long \"" + std::string(level_name) +
                       "\" lasts");
    const Lasts& lasts = *level->lasts;
    if (lasts.clock == "no end")
        return std::nullopt;
    if (lasts.clock == "anniversary")
        return anniversary(lasts, question);
    if (lasts.clock == "birthday")
        return birthday(lasts, question);
    if (lasts.clock == "fixed day")
        return fixed_day(lasts, question);
    if (lasts.clock == "month end") {
        const bool goes_on = question.previous_last && question.issued <= add_days(*question.previous_last, 1);
        const Date there = moved(goes_on ? *question.previous_last : question.issued, to_shift(*lasts.term));
        return Date{there.year() / there.month() / std::chrono::last};
    }
    const Date last = program.compiled().kinds->clock(lasts.clock)->last_day(question, lasts.parameters);
    if (!last.ok() || last < question.issued)
        throw Error(ErrorCode::plugin_failure, "the clock " + lasts.clock + " answered with no usable last day");
    return last;
}

} // namespace peercert::rules
