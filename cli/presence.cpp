#include "cli/presence.hpp"

#include "cli/values.hpp"

namespace peercert::cli {

namespace {

std::optional<Minutes> time_of_day(const Invocation& asked, const char* option) {
    if (!asked.given(option))
        return std::nullopt;
    const std::string text = asked.text(option);
    const auto minutes = text.find(':') == std::string::npos ? std::nullopt : parse_minutes(text);
    if (!minutes || *minutes >= std::chrono::hours{24})
        throw UsageError("--" + std::string(option) + " \"" + text + "\" is no time of day; write 18:05");
    return minutes;
}

} // namespace

services::Presence presence_of(const Invocation& asked) {
    services::Presence presence;
    presence.minutes = asked.maybe_minutes("PRESENT");
    presence.late = asked.maybe_minutes("late").value_or(Minutes{0});
    presence.left_early = asked.maybe_minutes("left-early").value_or(Minutes{0});
    presence.arrived = time_of_day(asked, "arrived");
    presence.left = time_of_day(asked, "left");
    return presence;
}

std::vector<Option> presence_options() {
    return {
        {.name = "late", .value = "TIME", .help = "They came so much after the beginning", .type = ValueType::minutes},
        {.name = "left-early", .value = "TIME", .help = "They left so much before the end", .type = ValueType::minutes},
        {.name = "arrived", .value = "HH:MM", .help = "They arrived at; with --left"},
        {.name = "left", .value = "HH:MM", .help = "They left at; with --arrived"}};
}

Argument present_argument() {
    return {.name = "PRESENT",
            .help = "How long: 120, 2 h, 1 h 45 min; without it, from beginning to end",
            .type = ValueType::minutes,
            .required = false};
}

} // namespace peercert::cli
