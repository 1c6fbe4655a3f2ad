#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/commands/signoff_parts.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/competencies.hpp"
#include "words/sign_off_shapes.hpp"

namespace peercert::cli {
namespace {

void print_refusal(Invocation& asked, Date on, const std::vector<std::string>& reasons,
                   const std::vector<services::AssessorAnswer>& assessors) {
    asked.out.line({{"not recorded", Look::warning}, {": somebody entitled on " + to_text(on) + " has to sign"}});
    for (const std::string& reason : reasons)
        asked.out.paragraph(reason, 2);
    print_not_entitled(asked, assessors);
}

services::NewSignOff seen(Invocation& asked) {
    services::NewSignOff request;
    request.rating = asked.text("rating");
    request.method = asked.text("method");
    request.cohort = asked.text(asked.command.path == "signoff group" ? "COHORT" : "cohort");
    request.session = static_cast<int>(asked.number_or("session", 0));
    request.assessors = asked.texts("by");
    if (asked.given("late"))
        request.late_reason = domain::parse_late_reason(asked.text("late"));
    return request;
}

/// "P-...", "P-...=not-yet", "P-...=2".
services::NewGroupSignOff::Exception exception_of(const std::string& typed) {
    const std::size_t sign = typed.rfind('=');
    if (sign == std::string::npos)
        return {typed, {}};
    std::string rating = typed.substr(sign + 1);
    if (rating == "not-observed" || rating == "not-yet")
        rating[3] = ' ';
    if (rating.empty() || sign == 0)
        throw UsageError("--except takes PERSON or PERSON=RATING, not \"" + typed + "\"");
    return {typed.substr(0, sign), rating};
}

Exit sign_off(Invocation& asked) {
    services::NewSignOff request = seen(asked);
    request.curriculum = asked.text("CURRICULUM");
    request.person = asked.text("PERSON");
    request.competencies = asked.texts("COMPETENCY");
    request.observed_on = asked.maybe_date("observed-on");
    request.draft = asked.flag("draft");
    services::Competencies competencies(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = competencies.sign_off(asked.wiring.actor(), request, mode_of(asked));
    const Exit exit = answer.accepted() ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::signed_off_json(answer));
        return exit;
    }
    if (!answer.accepted()) {
        print_refusal(asked, answer.observed_on, answer.reasons, answer.assessors);
        return exit;
    }
    print_lines(asked, answer.lines, answer.observed_on);
    return exit;
}

Exit group(Invocation& asked) {
    services::NewGroupSignOff request;
    request.seen = seen(asked);
    request.seen.curriculum = asked.text("by-rule-of");
    request.seen.competencies = asked.texts("competency");
    for (const std::string& typed : asked.texts("except"))
        request.exceptions.push_back(exception_of(typed));
    services::Competencies competencies(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = competencies.sign_off_group(asked.wiring.actor(), request, mode_of(asked));
    const Exit exit = answer.accepted ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::group_signed_off_json(answer));
        return exit;
    }
    Table table({{"PERSON"}, {"NAME"}, {"COMPETENCY"}, {"RATING"}, {"STANDS"}});
    for (const auto& member : answer.members) {
        std::string reasons;
        for (const std::string& reason : member.reasons)
            reasons += (reasons.empty() ? "" : "; ") + reason;
        if (member.lines.empty())
            table.add({{member.person.code.str()},
                       {member.person.name},
                       {""},
                       {""},
                       {member.left_out   ? "left out: " + reasons
                        : reasons.empty() ? "nothing stored"
                                          : "in the way: " + reasons,
                        member.left_out || reasons.empty() ? Look::plain : Look::warning}});
        for (const services::SignedLine& line : member.lines)
            table.add({{member.person.code.str()},
                       {member.person.name},
                       {line.competency},
                       {line.rating},
                       {std::string(state_words(line.state))}});
    }
    asked.out.table(table);
    if (!answer.accepted)
        print_refusal(asked, answer.observed_on, answer.reasons, answer.assessors);
    return exit;
}

const Option by{.name = "by", .value = "PERSON", .help = "Who saw it", .required = true, .repeated = true};
const Option method{.name = "method", .value = "METHOD", .help = "How it was seen, such as \"role play\""};
const Option session{.name = "session", .value = "NUMBER", .help = "In which session", .type = ValueType::number};
const Option rating{.name = "rating", .value = "WORD", .help = "A word of the scale", .otherwise = "shown"};

} // namespace

std::vector<Command> signoff_commands() {
    std::vector<Command> commands = signoff_line_commands();
    for (auto& more : {signoff_conflict_commands(), signoff_review_commands()})
        commands.insert(commands.end(), more.begin(), more.end());
    commands.push_back({
        .path = "signoff group",
        .summary = "Sign off a group exercise: everybody who was there, with exceptions",
        .text =
            "Everybody with a place in the cohort who is not recorded as not there is signed off, all in one go or "
            "nobody. Look first with --dry-run: it shows each line as it would stand. --except leaves somebody out; "
            "--except PERSON=not-observed, =not-yet or any word of the scale records that instead.",
        .effect = Effect::writes,
        .arguments = {{.name = "COHORT", .help = "The cohort's code"}},
        .options = {{.name = "session",
                     .value = "NUMBER",
                     .help = "In which session",
                     .type = ValueType::number,
                     .required = true},
                    {.name = "competency",
                     .value = "COMPETENCY",
                     .help = "What was seen: its code, or FRAMEWORK/CODE",
                     .required = true,
                     .repeated = true},
                    by,
                    {.name = "by-rule-of",
                     .value = "CURRICULUM",
                     .help = "Whose rule says who may sign",
                     .otherwise = "the cohort's curriculum"},
                    {.name = "except",
                     .value = "PERSON[=WORD]",
                     .help = "Not this person, or with another rating",
                     .repeated = true},
                    method,
                    rating,
                    late_option("Why it is entered late")},
        .examples = {{"signoff group wrap-2026 --session 3 --competency samhsa-core/II.3 --by P-FACILITATOR "
                      " --except P-LEARNER=not-observed --dry-run",
                      "See what would be recorded"}},
        .json =
            "{\"accepted\": true or false, \"observed_on\": day, \"people\": [{\"person\": code, \"left_out\": true "
            "or false, \"lines\": [{\"entry\": number, \"competency\": text, \"assessor\": code, \"rating\": word, "
            "\"state\": word}], \"reasons\": [text]}], \"assessors\": [...], \"reasons\": [text]}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::forbidden},
        .run = group,
    });
    commands.push_back({
        .path = "signoff",
        .summary = "Record competencies that an entitled person has seen",
        .text =
            "Who may sign is judged by the curriculum's rule on the day it was seen: never the day typed, never "
            "today. Nobody signs for "
            "themselves, nor for somebody with whom a conflict of interest is declared. What the signature rested "
            "on is kept with it. What is typed for an assessor by somebody else waits until that assessor confirms "
            "it (signoff confirm); with several assessors, until each has. Never record what was said in a role "
            "play: only a word of the scale, not yet, or not observed.\n\n"
            "A group exercise is signed off with signoff group. What becomes of signatures: signoff list, confirm, "
            "correct, undo, answer. Who does not sign for whom: signoff conflict, conflicts. An authority that turns "
            "out void: signoff impact, decide.",
        .effect = Effect::writes,
        .arguments = {{.name = "CURRICULUM", .help = "Whose rule says who may sign, such as ecpr"},
                      {.name = "PERSON", .help = "Who showed it, P-..."},
                      {.name = "COMPETENCY",
                       .help = "Its code, or FRAMEWORK/CODE; several may be given",
                       .repeated = true}},
        .options = {by,
                    method,
                    {.name = "observed-on",
                     .value = "DATE",
                     .help = "The day",
                     .type = ValueType::date,
                     .otherwise = "the session's day"},
                    {.name = "cohort", .value = "COHORT", .help = "Where it was seen"},
                    session,
                    rating,
                    {.name = "draft", .help = "Keep it without signing; it counts for nothing yet"},
                    late_option("Why it is entered late")},
        .examples = {{"signoff wrap P-LEARNER samhsa-core/II.3 --by P-ME --cohort wrap-2026 --session 3 --as P-ME",
                      "Sign what you saw"}},
        .json = "{\"accepted\": true or false, \"observed_on\": day, \"entries\": [number], \"lines\": [{\"entry\": "
                "number, \"competency\": text, \"assessor\": code, \"rating\": word, \"state\": word}], "
                "\"assessors\": "
                "[{\"person\": code, \"entitled\": true or false, "
                "\"finding\": {...}}], \"reasons\": [text]}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::forbidden},
        .run = sign_off,
    });
    return commands;
}

} // namespace peercert::cli
