#include "parity.hpp"

#include <array>
#include <charconv>

#include <peercert/error.hpp>

namespace peercert::state_tracks {

namespace {

using std::chrono::month_day;
using std::chrono::year;

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

std::optional<unsigned> number(std::string_view text) {
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || text.size() > 2 || error != std::errc{} || stopped != end)
        return std::nullopt;
    return value;
}

std::optional<month_day> month_and_day(std::string_view text) {
    const std::size_t gap = text.find_first_of(" -");
    if (gap == std::string_view::npos)
        return std::nullopt;
    const std::string_view first = text.substr(0, gap);
    std::optional<unsigned> month;
    if (text[gap] == '-')
        month = number(first);
    for (unsigned i = 0; text[gap] == ' ' && i < month_names.size(); ++i)
        if (first == month_names[i])
            month = i + 1;
    const std::optional<unsigned> day = number(text.substr(gap + 1));
    if (!month || !day)
        return std::nullopt;
    const month_day found{std::chrono::month{*month}, std::chrono::day{*day}};
    if (!found.ok() || found == std::chrono::February / 29)
        return std::nullopt;
    return found;
}

month_day printed_day(const Parameters& parameters) {
    const std::string text = parameters.word("last day");
    if (const auto found = month_and_day(text))
        return *found;
    const std::string& place = parameters.at("last day").place;
    throw Error(ErrorCode::invalid_input,
                (place.empty() ? "" : place + ": ") +
                    "\"last day\" takes a day of every year, like \"October 31\" or \"10-31\", not \"" + text + "\"");
}

} // namespace

std::string_view Parity::help() const {
    return "ends on one day of odd or even years, like the year of passing; last day: October 31";
}

Parameters Parity::example() const {
    Parameters given;
    given.named["last day"] = Parameters::of("October 31");
    return given;
}

void Parity::check(const Parameters& parameters) const {
    parameters.only({"last day"});
    printed_day(parameters);
}

Date Parity::last_day(const TermQuestion& asked, const Parameters& parameters) const {
    const month_day printed = printed_day(parameters);
    const bool passed_anew = asked.previous_last && asked.passing && *asked.previous_last < *asked.passing;
    if (asked.previous_last && !passed_anew) {
        year last_year = asked.previous_last->year();
        do
            last_year += std::chrono::years{2};
        while (Date{last_year / printed} < asked.issued);
        return last_year / printed;
    }
    if (!asked.passing)
        throw Error(ErrorCode::invalid_input,
                    "the day on which the exam was passed is not on record, and the first term hangs on its year");
    const Date last = (asked.passing->year() + std::chrono::years{2}) / printed;
    if (last < asked.issued)
        throw Error(ErrorCode::invalid_input, "the exam was passed on " + to_text(*asked.passing) +
                                                  ": the term it opens ended on " + to_text(last) +
                                                  ", before the first day asked for (" + to_text(asked.issued) + ")");
    return last;
}

} // namespace peercert::state_tracks
