#include "domain/instant.hpp"

#include <peercert/date.hpp>

namespace peercert::domain {

namespace {

void put_two(std::string& text, std::size_t at, int value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
}

std::optional<int> two_digits(std::string_view text) {
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return std::nullopt;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

} // namespace

std::string to_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{instant - day};
    std::string text = peercert::to_text(Date{day}) + "T00:00:00Z";
    put_two(text, 11, static_cast<int>(time.hours().count()));
    put_two(text, 14, static_cast<int>(time.minutes().count()));
    put_two(text, 17, static_cast<int>(time.seconds().count()));
    return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    const auto hour = two_digits(text.substr(11));
    const auto minute = two_digits(text.substr(14));
    const auto second = two_digits(text.substr(17));
    if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return std::chrono::sys_days{*day} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

} // namespace peercert::domain
