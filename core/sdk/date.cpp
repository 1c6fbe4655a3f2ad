#include <peercert/date.hpp>

namespace peercert {

namespace {

using std::chrono::sys_days;

constexpr std::chrono::month_day leap_day_of_year = std::chrono::February / 29;

bool is_leap_day(Date date) { return std::chrono::month_day{date.month(), date.day()} == leap_day_of_year; }

} // namespace

Date add_months(Date from, int count, LeapDay leap_day) {
    const Date moved = from + std::chrono::months{count};
    if (moved.ok())
        return moved;
    if (leap_day == LeapDay::march_1 && is_leap_day(from) && moved.month() == std::chrono::February)
        return moved.year() / std::chrono::March / 1;
    return Date{moved.year() / moved.month() / std::chrono::last};
}

Date add_years(Date from, int count, LeapDay leap_day) { return add_months(from, 12 * count, leap_day); }

Date add_days(Date from, int count) { return Date{sys_days{from} + std::chrono::days{count}}; }

int days_between(Date from, Date to) { return static_cast<int>((sys_days{to} - sys_days{from}).count()); }

int age_on(Date born, Date on, LeapDay leap_day) {
    const int years = static_cast<int>(on.year()) - static_cast<int>(born.year());
    return on < add_years(born, years, leap_day) ? years - 1 : years;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    int number[3] = {0, 0, 0};
    int part = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at == 4 || at == 7) {
            ++part;
            continue;
        }
        if (text[at] < '0' || text[at] > '9')
            return std::nullopt;
        number[part] = number[part] * 10 + (text[at] - '0');
    }
    const Date date{std::chrono::year{number[0]}, std::chrono::month{static_cast<unsigned>(number[1])},
                    std::chrono::day{static_cast<unsigned>(number[2])}};
    if (!date.ok() || number[0] < first_year || number[0] > last_year)
        return std::nullopt;
    return date;
}

std::string to_text(Date date) {
    std::string text(10, '-');
    const auto put = [&text](std::size_t at, unsigned value, int digits) {
        for (int i = digits - 1; i >= 0; --i, value /= 10)
            text[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    };
    put(0, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put(5, static_cast<unsigned>(date.month()), 2);
    put(8, static_cast<unsigned>(date.day()), 2);
    return text;
}

} // namespace peercert
