#include <algorithm>
#include <array>

#include "cli/cohort_shown.hpp"
#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/wiring.hpp"
#include "services/cohorts.hpp"

namespace peercert::cli {
namespace {

/// What stands between commas, of everything typed after an option.
std::vector<std::string> parts_of(const std::vector<std::string>& typed) {
    std::vector<std::string> parts;
    for (const std::string& text : typed)
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            parts.push_back(text.substr(at, comma - at));
            at = comma + 1;
        }
    return parts;
}

/// "2026-03-02,2026-03-09": as typed after --session.
std::vector<Date> days_of(const std::vector<std::string>& typed) {
    std::vector<Date> days;
    for (const std::string& text : parts_of(typed)) {
        const auto day = parse_date(text);
        if (!day)
            throw UsageError("\"" + text + "\" is no day; write YYYY-MM-DD, several divided by commas");
        days.push_back(*day);
    }
    return days;
}

/// "monday,thursday"
std::vector<std::chrono::weekday> weekdays_of(const std::vector<std::string>& typed) {
    constexpr std::array<std::string_view, 7> words{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
    std::vector<std::chrono::weekday> weekdays;
    for (const std::string& text : parts_of(typed)) {
        const auto* const word = std::find(words.begin(), words.end(), text);
        if (word == words.end())
            throw UsageError("\"" + text + "\" is no weekday; write monday, tuesday ..., several divided by commas");
        weekdays.emplace_back(static_cast<unsigned>(word - words.begin()));
    }
    return weekdays;
}

services::Meetings meetings_of(const Invocation& asked) {
    services::Meetings meetings;
    meetings.held_on = days_of(asked.texts("session"));
    meetings.from = asked.maybe_date("from");
    if (!meetings.held_on.empty())
        for (const char* option : {"from", "on", "every", "except", "sessions"})
            if (asked.given(option))
                throw UsageError("--" + std::string(option) +
                                 " is for sessions made from a first day; with --session "
                                 "every day is named");
    meetings.weekdays = weekdays_of(asked.texts("on"));
    meetings.every_weeks = static_cast<int>(std::clamp<std::int64_t>(asked.number_or("every", 1), 0, 1000));
    meetings.except = days_of(asked.texts("except"));
    meetings.sessions = static_cast<int>(std::clamp<std::int64_t>(asked.number_or("sessions", 0), -1, 100000));
    if (asked.given("sessions") && meetings.sessions == 0)
        meetings.sessions = -1; // none asked for is no number of sessions
    meetings.length = asked.maybe_minutes("length").value_or(Minutes{0});
    return meetings;
}

Exit open(Invocation& asked) {
    services::NewCohort cohort;
    cohort.code = asked.text("COHORT");
    cohort.curriculum = asked.text("CURRICULUM");
    cohort.format = asked.text("format");
    cohort.organization = asked.text("organization");
    cohort.title = asked.text("title");
    cohort.county = asked.text("county");
    cohort.meetings = meetings_of(asked);
    cohort.with_gaps = asked.flag("with-gaps");
    cohort.leaders = asked.texts("leader");
    services::Cohorts cohorts(asked.wiring.house(), asked.wiring.rulebook());
    return show_cohort(asked, cohorts.open(asked.wiring.actor(), cohort, mode_of(asked)));
}

} // namespace

std::vector<Command> cohort_open_commands() {
    return {
        {
            .path = "cohort open",
            .summary = "Open a cohort with its sessions and leaders",
            .text =
                "From the first day the sessions are made week after week, as many, as long and with the units that "
                "the curriculum's format has; or name every session's day yourself. Leaders are judged for every "
                "session's day by the curriculum's own rule; every gap is named. For sessions to come a gap stops "
                "the opening unless you say --with-gaps; sessions that were held are facts. A gap is a finding "
                "about the session, never about a person.",
            .effect = Effect::writes,
            .arguments = {{.name = "COHORT", .help = "A code of your own, such as wrap-2026-spring"},
                          {.name = "CURRICULUM", .help = "Code of the curriculum"}},
            .options = {{.name = "organization", .value = "ORGANIZATION", .help = "Who gives it", .required = true},
                        {.name = "from",
                         .value = "DATE",
                         .help = "The first session's day; the others follow week by week",
                         .type = ValueType::date},
                        {.name = "on",
                         .value = "WEEKDAYS",
                         .help = "Weekdays, divided by commas: monday,thursday",
                         .repeated = true,
                         .otherwise = "the first day's"},
                        {.name = "every",
                         .value = "WEEKS",
                         .help = "Every so many weeks",
                         .type = ValueType::number,
                         .otherwise = "1"},
                        {.name = "except", .value = "DATES", .help = "Days without a session", .repeated = true},
                        {.name = "sessions",
                         .value = "NUMBER",
                         .help = "How many",
                         .type = ValueType::number,
                         .otherwise = "as the format says"},
                        {.name = "length",
                         .value = "TIME",
                         .help = "How long each is: \"2 h 30 min\"",
                         .type = ValueType::minutes,
                         .otherwise = "as the format says"},
                        {.name = "session",
                         .value = "DATES",
                         .help = "Every session's day instead, divided by commas",
                         .repeated = true},
                        {.name = "leader", .value = "PERSON", .help = "Leads every session", .repeated = true},
                        {.name = "with-gaps", .help = "Open it though a session still wants leaders"},
                        {.name = "format",
                         .value = "FORMAT",
                         .help = "A format of the curriculum",
                         .otherwise = "the only one"},
                        {.name = "title", .value = "TITLE", .help = "A title of your own"},
                        {.name = "county", .value = "COUNTY", .help = "Where", .otherwise = "the organization's"}},
            .examples = {{"cohort open wrap-2026-spring wrap --format \"weekly group\" --organization centre --from "
                          "2026-03-06 --except 2026-04-03 --leader P-0000-0000-000 --leader P-1111-1111-111",
                          "Eight Fridays, none on Good Friday"}},
            .json = "{\"code\": text, \"sessions\": [{\"number\": number, \"held_on\": day, \"minutes\": number, "
                    "\"conforms\": text, "
                    "\"leading\": [...]}], \"people\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = open,
        },
    };
}

} // namespace peercert::cli
