#include "curricula/phrases.hpp"

#include <algorithm>
#include <cstdlib>

namespace peercert::curricula {

namespace {

std::string decimal(std::int64_t value, std::int64_t per_unit) {
    std::string text = std::to_string(value / per_unit);
    std::int64_t rest = value % per_unit;
    if (rest != 0)
        text += '.';
    while (rest != 0) {
        rest *= 10;
        text += static_cast<char>('0' + rest / per_unit);
        rest %= per_unit;
    }
    return text;
}

/// "people" for one of them; a phrase ("documents on file") by its first word.
std::string one_of(std::string_view many) {
    const std::size_t blank = many.find(' ');
    const std::string_view word = many.substr(0, blank), rest = many.substr(word.size());
    if (word == "people")
        return "person" + std::string(rest);
    if (word == "different") // "different units attended"
        return one_of(many.substr(std::string_view("different ").size()));
    if (word == "business") // "business days"
        return "business " + one_of(rest.substr(std::min<std::size_t>(1, rest.size())));
    if (word.ends_with("ies"))
        return std::string(word.substr(0, word.size() - 3)) + "y" + std::string(rest);
    return std::string(word.ends_with('s') ? word.substr(0, word.size() - 1) : word) + std::string(rest);
}

} // namespace

std::string counted(std::int64_t count, std::string_view many) {
    return std::to_string(count) + " " + (count == 1 ? one_of(many) : std::string(many));
}

std::string amount_text(std::int64_t value, Unit unit, std::string_view count_word) {
    const bool one = value == (unit == Unit::hundredths ? 100 : 1);
    const std::string word = count_word.empty() ? "" : " " + (one ? one_of(count_word) : std::string(count_word));
    switch (unit) {
    case Unit::minutes:
        return value % 6 == 0 ? decimal(value, 60) + " h"
                              : std::to_string(value) + " min"; // tenths of an hour are six minutes
    case Unit::hundredths: return decimal(value, 100) + (word.empty() ? " %" : word);
    case Unit::cents: return decimal(value, 100) + " USD";
    case Unit::days: return counted(value, "days");
    case Unit::months: return counted(value, "months");
    case Unit::years: return counted(value, "years");
    case Unit::count:
    case Unit::none: return std::to_string(value) + word;
    }
    return {};
}

std::string own_amount_text(std::int64_t minutes, std::string_view own_unit, std::int64_t own_unit_size) {
    if (own_unit.empty() || own_unit_size <= 0 || (minutes * 10) % own_unit_size != 0)
        return amount_text(minutes, Unit::minutes);
    const std::string number = decimal(minutes * 10 / own_unit_size, 10);
    const char last = own_unit.back(); // an abbreviation has no plural
    return number + " " + std::string(own_unit) + (number != "1" && last >= 'a' && last <= 'z' ? "s" : "");
}

namespace {

template <class Write>
std::string bound_text(const Bound& bound, Write write) {
    if (bound.at_least && bound.at_most)
        return write(*bound.at_least) + " to " + write(*bound.at_most);
    if (bound.at_least)
        return "at least " + write(*bound.at_least);
    if (bound.at_most)
        return "at most " + write(*bound.at_most);
    return "any amount";
}

} // namespace

std::string to_text(const Bound& bound, std::string_view unit) {
    return bound_text(bound, [&](std::int64_t value) { return amount_text(value, bound.unit, unit); });
}

std::string to_text(const Bound& bound, std::string_view own_unit, std::int64_t own_unit_size) {
    if (bound.unit != Unit::minutes)
        return to_text(bound);
    return bound_text(bound, [&](std::int64_t value) { return own_amount_text(value, own_unit, own_unit_size); });
}

std::string to_text(const Span& span) {
    const int count = std::abs(span.count);
    std::string text = std::to_string(count);
    switch (span.unit) {
    case CalendarUnit::days: text += " day"; break;
    case CalendarUnit::weeks: text += " week"; break;
    case CalendarUnit::months: text += " month"; break;
    case CalendarUnit::years: text += " year"; break;
    }
    return count == 1 ? text : text + "s";
}

namespace {

/// "10 business days after ", "the last business day on or before ".
std::string business_days_text(const DayExpression& day) {
    const bool back = day.anchor == Anchor::business_before;
    if (day.business_days == 0)
        return std::string(back ? "the last business day on or before " : "the first business day on or after ");
    return counted(day.business_days, "business days") + (back ? " before " : " after ");
}

/// "in the calendar month of", when the two ends are those of one.
std::string_view calendar_piece_text(Anchor from, Anchor until) {
    if (from == Anchor::year_start && until == Anchor::year_end)
        return "in the calendar year of ";
    if (from == Anchor::quarter_start && until == Anchor::quarter_end)
        return "in the calendar quarter of ";
    if (from == Anchor::month_start && until == Anchor::month_end)
        return "in the calendar month of ";
    return {};
}

} // namespace

std::string to_text(const DayExpression& day) {
    std::string text;
    switch (day.anchor) {
    case Anchor::day: text = peercert::to_text(day.day); break;
    case Anchor::asked: text = "asked"; break;
    case Anchor::applying: text = "applying"; break;
    case Anchor::issue: text = "issue"; break;
    case Anchor::expiry: text = "expiry"; break;
    case Anchor::term_start: text = "term start"; break;
    case Anchor::first_issue: text = "first issue"; break;
    case Anchor::passing: text = "passing"; break;
    case Anchor::birth: text = "birth"; break;
    case Anchor::completing: text = "completing " + day.word; break;
    case Anchor::becoming: text = "becoming " + day.word; break;
    case Anchor::first_attempt: text = "first attempt " + day.word; break;
    case Anchor::entry: text = "entry " + day.word; break;
    case Anchor::starting: text = "starting " + day.word; break;
    case Anchor::last_certification: text = "last certification"; break;
    case Anchor::approval: text = "approval"; break;
    case Anchor::last_renewal: text = "last renewal"; break;
    case Anchor::previous_start: text = "start of the term before"; break;
    case Anchor::previous_end: text = "end of the term before"; break;
    case Anchor::month_start: text = "the first day of the month of " + to_text(day.of.front()); break;
    case Anchor::month_end: text = "the last day of the month of " + to_text(day.of.front()); break;
    case Anchor::year_start: text = "the first day of the year of " + to_text(day.of.front()); break;
    case Anchor::year_end: text = "the last day of the year of " + to_text(day.of.front()); break;
    case Anchor::quarter_start: text = "the first day of the quarter of " + to_text(day.of.front()); break;
    case Anchor::quarter_end: text = "the last day of the quarter of " + to_text(day.of.front()); break;
    case Anchor::business_after:
    case Anchor::business_before: text = business_days_text(day) + to_text(day.of.front()); break;
    case Anchor::later_of: text = "the later of " + to_text(day.of.front()) + " and " + to_text(day.of.back()); break;
    case Anchor::earlier_of:
        text = "the earlier of " + to_text(day.of.front()) + " and " + to_text(day.of.back());
        break;
    }
    for (const Span& shift : day.shifts) {
        const std::string way = shift.count < 0 ? " before " : " after ";
        text =
            (shift.unit == CalendarUnit::days && std::abs(shift.count) == 1 ? "the day" : to_text(shift)) + way + text;
    }
    return text;
}

std::string to_text(const Window& window) {
    if (window.in_the_term)
        return "in the term";
    if (!window.from && !window.until)
        return "ever";
    if (window.from && window.until && !window.from_excluded && !window.until_excluded) {
        if (window.from == window.until)
            return "on " + to_text(*window.from);
        const Anchor from = window.from->anchor, until = window.until->anchor;
        if (from == Anchor::previous_start && until == Anchor::previous_end && window.from->shifts.empty() &&
            window.until->shifts.empty())
            return "in the term before";
        const std::string piece(calendar_piece_text(from, until));
        if (!piece.empty() && window.from->shifts.empty() && window.until->shifts.empty() &&
            window.from->of == window.until->of)
            return piece + to_text(window.from->of.front());
        const auto is_counted = [](const DayExpression& end, const DayExpression& made, Anchor way) {
            return made.anchor == way && made.business_days > 0 && made.shifts.empty() && made.of.front() == end;
        };
        if (is_counted(*window.until, *window.from, Anchor::business_before))
            return "within " + to_text(*window.from);
        if (is_counted(*window.from, *window.until, Anchor::business_after))
            return "within " + to_text(*window.until);
        // "within": one end is the other, moved
        const auto is_moved = [](const DayExpression& end, const DayExpression& moved, bool back) {
            if (moved.shifts.size() != end.shifts.size() + 1 || (moved.shifts.back().count < 0) != back)
                return false;
            DayExpression base = moved;
            base.shifts.pop_back();
            return base == end;
        };
        if (is_moved(*window.until, *window.from, true))
            return "within " + to_text(window.from->shifts.back()) + " before " + to_text(*window.until);
        if (is_moved(*window.from, *window.until, false))
            return "within " + to_text(window.until->shifts.back()) + " after " + to_text(*window.from);
    }
    std::string text;
    if (window.from)
        text = (window.from_excluded ? "after " : "from ") + to_text(*window.from);
    if (window.until)
        text += (text.empty() ? "" : " ") + std::string(window.until_excluded ? "before " : "until ") +
                to_text(*window.until);
    return text;
}

} // namespace peercert::curricula
