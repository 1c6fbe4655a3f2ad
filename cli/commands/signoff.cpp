#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/competencies.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

Exit sign_off(Invocation& asked) {
    services::NewSignOff request;
    request.curriculum = asked.text("CURRICULUM");
    request.person = asked.text("PERSON");
    request.competencies = asked.texts("COMPETENCY");
    request.rating = asked.text("rating");
    request.method = asked.text("method");
    request.observed_on = asked.maybe_date("observed-on");
    request.cohort = asked.text("cohort");
    request.session = static_cast<int>(asked.number_or("session", 0));
    request.assessors = asked.texts("by");
    if (asked.given("late"))
        request.late_reason = domain::parse_late_reason(asked.text("late"));
    services::Competencies competencies(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = competencies.sign_off(asked.wiring.actor(), request, mode_of(asked));
    const Exit exit = answer.accepted() ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::signed_off_json(answer));
        return exit;
    }
    if (answer.accepted()) {
        asked.out.line({{"signed off", Look::good},
                        {": " + std::to_string(answer.entries.size()) + " seen on " + to_text(answer.observed_on)}});
        return exit;
    }
    asked.out.line(
        {{"not recorded", Look::warning}, {": somebody entitled on " + to_text(answer.observed_on) + " has to sign"}});
    for (const std::string& reason : answer.reasons)
        asked.out.paragraph(reason, 2);
    for (const auto& assessor : answer.assessors)
        if (!assessor.entitled) {
            asked.out.line();
            asked.out.line("On that day " + assessor.name + " was not entitled to sign:");
            print_finding(asked, assessor.finding, true);
        }
    return exit;
}

} // namespace

std::vector<Command> signoff_commands() {
    return {{
        .path = "signoff",
        .summary = "Record competencies that an entitled person has seen",
        .text = "Who may sign is judged by the curriculum's rule on the day it was seen: never the day typed, never "
                "today. Nobody signs for "
                "themselves. What the signature rested on is kept with it. Never record what was said in a role play: "
                "only shown, not yet, or not observed.",
        .effect = Effect::writes,
        .arguments = {{.name = "CURRICULUM", .help = "Whose rule says who may sign, such as ecpr"},
                      {.name = "PERSON", .help = "Who showed it, P-..."},
                      {.name = "COMPETENCY",
                       .help = "Its code, or FRAMEWORK/CODE; several may be given",
                       .repeated = true}},
        .options = {{.name = "by", .value = "PERSON", .help = "Who saw it", .required = true, .repeated = true},
                    {.name = "method", .value = "METHOD", .help = "How it was seen, such as \"role play\""},
                    {.name = "observed-on",
                     .value = "DATE",
                     .help = "The day",
                     .type = ValueType::date,
                     .otherwise = "the session's day"},
                    {.name = "cohort", .value = "COHORT", .help = "Where it was seen"},
                    {.name = "session", .value = "NUMBER", .help = "In which session", .type = ValueType::number},
                    {.name = "rating", .value = "WORD", .help = "A word of the scale", .otherwise = "shown"},
                    {.name = "late",
                     .value = "REASON",
                     .help = "Why it is entered late",
                     .type = ValueType::word,
                     .allowed = {"paper_form", "system_unavailable", "assessor_away", "correction", "moved_record",
                                 "other"}}},
        .json = "{\"accepted\": true or false, \"observed_on\": day, \"entries\": [number], \"assessors\": "
                "[{\"person\": code, \"entitled\": true or false, "
                "\"finding\": {...}}], \"reasons\": [text]}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::forbidden},
        .run = sign_off,
    }};
}

} // namespace peercert::cli
