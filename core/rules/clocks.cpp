#include "rules/clocks.hpp"

#include <algorithm>
#include <array>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/closed_days.hpp"
#include "rules/judging.hpp"
#include "rules/ladder.hpp"

/// When a term ends: the built-in clocks, and those of plugins by name.
namespace peercert::rules {

void refuse_clock(const std::string& place, const std::string& what) {
    throw Error(ErrorCode::invalid_input, place.empty() ? what : place + ": " + what);
}

std::string clock_word(const Lasts& lasts, std::string_view name, const std::string& otherwise) {
    const auto found = lasts.parameters.named.find(std::string(name));
    return found == lasts.parameters.named.end() ? otherwise : found->second.text;
}

bool is_open_word(std::string_view word) { return word == "nothing said" || word == "unknown"; }

std::string clock_choice(const Lasts& lasts, std::string_view name, const std::string& otherwise,
                         std::initializer_list<std::string_view> allowed) {
    const std::string word = clock_word(lasts, name, otherwise);
    if (is_open_word(word) || std::find(allowed.begin(), allowed.end(), word) != allowed.end())
        return word;
    std::string list;
    for (const std::string_view one : allowed)
        list += (list.empty() ? "" : ", ") + std::string(one);
    refuse_clock(lasts.parameters.place,
                 "\"" + std::string(name) + "\" takes " + list + " or nothing said, not \"" + word + "\"");
}

std::optional<Shift> parse_shift(std::string_view text) {
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

namespace {

constexpr std::array<std::string_view, 9> built_in{"anniversary",   "birthday", "fixed day", "month end", "month start",
                                                   "calendar year", "regime",   "unchanged", "no end"};

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
        if (is_open_word(policy))
            refuse_clock({}, "the rules do not say what becomes of the day " + to_text(from).substr(5) +
                                 " in a year or month without it; whoever decides has to give the last day");
        const Date last_of_month{naive.year() / naive.month() / std::chrono::last};
        return add_days(last_of_month, shift.days + (policy == "march 1" || policy == "first day of the next" ? 1 : 0));
    }
};

Calendar calendar_of(const Lasts& lasts) {
    return {
        clock_choice(lasts, "short month", "last day of the month", {"last day of the month", "first day of the next"}),
        clock_choice(lasts, "February 29", "february 28", {"february 28", "march 1"})};
}

/// How many whole months after `from` a term ended on `last`; nothing when it ended on another day than that.
std::optional<int> months_so_far(const Calendar& calendar, Date from, Date last, int back) {
    const int about = 12 * (static_cast<int>(last.year()) - static_cast<int>(from.year())) +
                      static_cast<int>(unsigned{last.month()}) - static_cast<int>(unsigned{from.month()});
    for (const int months : {about - 1, about, about + 1})
        if (months > 0 && add_days(calendar.add(from, {months, 0}), back) == last)
            return months;
    return std::nullopt;
}

Date anniversary(const ClockQuestion& asked) {
    const Lasts& lasts = asked.lasts;
    const TermQuestion& question = asked.asked;
    const std::string last_word =
        clock_choice(lasts, "last day", "nothing said", {"the anniversary", "the day before"});
    const std::string anchor_word =
        clock_choice(lasts, "anchor", "term start", {"term start", "first issue", "passing"});
    if (is_open_word(last_word))
        refuse_clock(
            {}, "the rules do not say whether a term's last day is the anniversary or the day before; whoever decides "
                "has to give the last day");
    const int back = last_word == "the day before" ? -1 : 0;
    const Calendar calendar = calendar_of(lasts);
    const Shift term = asked.term;
    const bool goes_on = asked.goes_on();
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
    if (anchor_word == "passing" && !question.previous_last) {
        if (!question.passing)
            refuse_clock({},
                         "the term is counted from the day on which the exam was passed, and that is not on record");
        return add_days(calendar.add(*question.passing, term), back);
    }
    if (goes_on) {
        // Counted from the first day of the unbroken row of terms, so that no clamp is carried on.
        if (const auto months = months_so_far(calendar, asked.row_from, *question.previous_last, back);
            months && term.days == 0)
            return add_days(calendar.add(asked.row_from, {*months + term.months, 0}), back);
        if (back == 0)
            return calendar.add(*question.previous_last, term);
    }
    return add_days(calendar.add(question.previous_last ? question.issued : asked.counted_from, term), back);
}

void check_anniversary(const Lasts& lasts) {
    lasts.parameters.only({"last day", "short month", "February 29", "anchor"});
    clock_choice(lasts, "last day", "nothing said", {"the anniversary", "the day before"});
    clock_choice(lasts, "anchor", "term start", {"term start", "first issue", "passing"});
    calendar_of(lasts);
    if (!lasts.chosen.empty() && clock_word(lasts, "anchor", "term start") == "first issue")
        refuse_clock(lasts.parameters.place, "terms of different lengths cannot be counted from the first issue");
}

void check_one(const Level& level, const Kinds& kinds) {
    const Lasts& lasts = *level.lasts;
    const std::string& place = lasts.parameters.place;
    if (lasts.term_known != Knowing::stated)
        return;
    if (std::find(built_in.begin(), built_in.end(), lasts.clock) == built_in.end()) {
        const TermClock* clock = kinds.clock(lasts.clock);
        if (clock == nullptr) {
            std::vector<std::string_view> known(built_in.begin(), built_in.end());
            for (const std::string_view name : kinds.clock_names())
                known.push_back(name);
            const std::string near = nearest(lasts.clock, known);
            refuse_clock(place, "no clock is called \"" + lasts.clock + "\"" +
                                    (near.empty() ? "; if a plugin brings it, is that plugin trusted and loaded?"
                                                  : "; did you mean \"" + near + "\"?"));
        }
        clock->check(lasts.parameters);
        return;
    }
    if (lasts.clock == "no end" || lasts.clock == "unchanged") {
        lasts.parameters.only({});
        return;
    }
    if (lasts.chosen.empty() && (!lasts.term || lasts.term->count < 1))
        refuse_clock(place, "the clock \"" + lasts.clock + "\" needs \"term\", such as 2 years");
    if (lasts.term && !lasts.chosen.empty())
        refuse_clock(place, "a term is either fixed or chosen by the holder");
    if (std::any_of(lasts.chosen.begin(), lasts.chosen.end(), [](const Span& one) { return one.count < 1; }))
        refuse_clock(place, "a term that the holder chooses is at least a day long");
    if (!lasts.aligned_with.empty() && lasts.clock != "anniversary" && !lasts.clock.starts_with("month ") &&
        lasts.clock != "regime")
        refuse_clock(place, "terms by the clock \"" + lasts.clock +
                                "\" hang on no day of certification, so they cannot be aligned with another track's");
    if (lasts.clock == "anniversary")
        check_anniversary(lasts);
    else if (lasts.clock == "birthday")
        check_birthday(lasts);
    else if (lasts.clock == "fixed day")
        check_fixed_day(lasts);
    else if (lasts.clock == "month start")
        check_month_start(lasts);
    else if (lasts.clock == "calendar year")
        check_calendar_year(lasts);
    else if (lasts.clock == "regime")
        check_regime(lasts);
    else
        lasts.parameters.only({});
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

namespace {

std::string span_text(const Span& span) {
    constexpr std::array<std::string_view, 4> units{"day", "week", "month", "year"};
    return std::to_string(span.count) + " " + std::string(units[static_cast<std::size_t>(span.unit)]) +
           (span.count == 1 ? "" : "s");
}

/// How long the term is: as the rules say, or as the holder chose among what they offer.
Shift term_of(const Lasts& lasts, const std::optional<Span>& chosen) {
    if (lasts.chosen.empty()) {
        if (chosen && (!lasts.term || to_shift(*chosen) != to_shift(*lasts.term)))
            refuse_clock({}, "the holder does not choose how long a term is here" +
                                 (lasts.term ? ": it is " + span_text(*lasts.term) : std::string()));
        return lasts.term ? to_shift(*lasts.term) : Shift{};
    }
    std::string offered;
    for (const Span& one : lasts.chosen) {
        if (chosen && to_shift(one) == to_shift(*chosen))
            return to_shift(one);
        offered += (offered.empty() ? "" : &one == &lasts.chosen.back() ? " or " : ", ") + span_text(one);
    }
    refuse_clock({}, "the holder chooses how long the term is (" + offered + "); " +
                         (chosen ? span_text(*chosen) + " is not offered" : std::string("say which")));
}

} // namespace

Date add_span(Date day, const Span& span) { return moved(day, to_shift(span)); }

std::optional<Date> decide_by(const Edition& edition, const Step& step, Date received) {
    if (!step.decided_within)
        return std::nullopt;
    if (!step.decided_in_business_days)
        return add_span(received, *step.decided_within);
    const DaySpan days =
        business_day(to_day(received), step.decided_within->count, false, calendar_of(edition, edition.business_days));
    return days.earliest == days.latest ? std::optional(to_date(days.earliest)) : std::nullopt;
}

void check_term_asked(const Program& program, std::string_view level, const std::optional<Span>& term) {
    const Level* found = program.edition().level(level);
    if (found != nullptr && found->lasts && found->lasts->term_known == Knowing::stated)
        (void)term_of(*found->lasts, term);
    else if (term)
        refuse_clock({}, "the holder does not choose how long a term is here");
}

std::optional<Date> last_day(const Program& program, std::string_view level_name, const TermQuestion& question,
                             const TermChoice& choice) {
    const Edition& edition = program.edition();
    const Level* level = edition.level(level_name);
    if (level == nullptr || !level->lasts)
        refuse_clock({}, edition.code + " " + edition.edition + " does not say how long \"" + std::string(level_name) +
                             "\" lasts");
    const Lasts& lasts = *level->lasts;
    if (lasts.clock == "no end")
        return std::nullopt;
    if (lasts.term_known != Knowing::stated)
        refuse_clock({}, std::string(lasts.term_known == Knowing::unknown ? "how long a term is was not found"
                                                                          : "the rules do not say how long a term is") +
                             "; whoever decides has to give the last day");
    const ClockQuestion asked{lasts, question, term_of(lasts, choice.term),
                              choice.counted_from.value_or(question.issued), choice.row_from.value_or(question.issued)};
    const auto ends = [&]() -> std::optional<Date> {
        if (lasts.clock == "anniversary")
            return anniversary(asked);
        if (lasts.clock == "birthday")
            return birthday(asked);
        if (lasts.clock == "fixed day")
            return fixed_day(asked);
        if (lasts.clock == "month end")
            return month_end(asked);
        if (lasts.clock == "month start")
            return month_start(asked);
        if (lasts.clock == "calendar year")
            return calendar_year(asked);
        if (lasts.clock == "regime")
            return regime(asked);
        return std::nullopt;
    };
    if (const auto last = ends()) {
        if (*last < question.issued)
            refuse_clock({}, "the term would have ended on " + to_text(*last) + ", before its first day, " +
                                 to_text(question.issued));
        return last;
    }
    const Date last = program.compiled().kinds->clock(lasts.clock)->last_day(question, lasts.parameters);
    if (!last.ok() || last < question.issued)
        throw Error(ErrorCode::plugin_failure, "the clock " + lasts.clock + " answered with no usable last day");
    return last;
}

} // namespace peercert::rules
