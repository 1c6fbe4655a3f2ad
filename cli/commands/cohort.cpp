#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/conformity.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "services/cohorts.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

/// "2026-03-02,2026-03-09": as typed after --sessions.
std::vector<Date> days_of(const std::vector<std::string>& typed) {
    std::vector<Date> days;
    for (const std::string& text : typed)
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            const auto day = parse_date(std::string_view(text).substr(at, comma - at));
            if (!day)
                throw UsageError("\"" + text.substr(at, comma - at) +
                                 "\" is no day; write YYYY-MM-DD, several divided by commas");
            days.push_back(*day);
            at = comma + 1;
        }
    return days;
}

std::string completion_text(const services::Progress& one) {
    switch (one.stands) {
    case services::CompletionState::under_review: return "under review: attendance was corrected";
    case services::CompletionState::withdrawn:
        return one.completion.verdict.passes() ? "withdrawn; enough again, complete it"
                                               : "withdrawn: attendance was corrected";
    case services::CompletionState::none:
    case services::CompletionState::complete: break;
    }
    return !one.outcome.empty() ? one.outcome : one.completion.verdict.passes() ? "complete" : "not yet";
}

void print(Output& out, const services::CohortView& view) {
    out.line({{view.cohort.code, Look::strong}, {"  " + view.cohort.title}});
    out.facts(
        {{"curriculum", {view.curriculum_title + " (" + view.cohort.curriculum + " " + view.cohort.edition + ")"}},
         {"format", {view.cohort.format}},
         {"given by", {view.organization}},
         {"county", {view.cohort.county}}});
    if (view.keeps_no_register)
        out.line("This group keeps no register: who comes is nobody's record.");
    out.line();
    print_conformity(out, view.conformity.sessions, view.conformity.whole);
    for (const auto& decision : view.decisions)
        print_decision(out, decision);
    if (view.people.empty())
        return;
    out.line();
    Table table({{"PERSON"},
                 {"NAME"},
                 {"STATE"},
                 {"SESSIONS", Table::Align::right},
                 {"PRESENT", Table::Align::right},
                 {"COMPLETION"}});
    for (const auto& one : view.people)
        table.add({{one.person.code.str()},
                   {one.person.name},
                   {std::string(domain::to_text(one.state))},
                   {std::to_string(one.sessions)},
                   {hours_text(one.present)},
                   {completion_text(one)}});
    out.table(table);
}

Exit answered(Invocation& asked, const services::CohortView& view) {
    if (asked.json())
        asked.out.json(words::cohort_json(view));
    else
        print(asked.out, view);
    return Exit::yes;
}

services::Cohorts cohorts(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

Exit open(Invocation& asked) {
    services::NewCohort cohort;
    cohort.code = asked.text("COHORT");
    cohort.curriculum = asked.text("CURRICULUM");
    cohort.format = asked.text("format");
    cohort.organization = asked.text("organization");
    cohort.title = asked.text("title");
    cohort.county = asked.text("county");
    cohort.held_on = days_of(asked.texts("session"));
    cohort.leaders = asked.texts("leader");
    return answered(asked, cohorts(asked).open(asked.wiring.actor(), cohort, mode_of(asked)));
}

Exit show(Invocation& asked) {
    return answered(asked, cohorts(asked).show(asked.wiring.actor(), asked.text("COHORT")));
}

Exit list(Invocation& asked) {
    const auto all = cohorts(asked).list(asked.wiring.actor());
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& one : all)
            items.push(words::cohort_json(one));
        asked.out.json(words::Json::object().set("cohorts", std::move(items)));
        return Exit::yes;
    }
    Table table({{"COHORT"}, {"TITLE"}, {"CURRICULUM"}, {"FORMAT"}, {"COUNTY"}});
    for (const auto& one : all)
        table.add({{one.code}, {one.title}, {one.curriculum + " " + one.edition}, {one.format}, {one.county}});
    asked.out.table(table);
    return Exit::yes;
}

int session_of(const Invocation& asked) {
    const std::int64_t number = asked.number("SESSION");
    if (number < 1 || number > 1000)
        throw UsageError("sessions are numbered from 1");
    return static_cast<int>(number);
}

Exit leader(Invocation& asked) {
    cohorts(asked).set_leader(asked.wiring.actor(), asked.text("COHORT"), session_of(asked), asked.text("PERSON"),
                              !asked.flag("remove"), mode_of(asked));
    return said_done(asked, asked.flag("remove") ? "no longer leads that session" : "leads that session");
}

Exit enrol(Invocation& asked) {
    cohorts(asked).enrol(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), asked.maybe_date("on"),
                         mode_of(asked));
    return said_done(asked, "enrolled");
}

Exit place(Invocation& asked) {
    cohorts(asked).change_place(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"),
                                domain::parse_enrolment_state(asked.text("STATE")).value(), asked.maybe_date("on"),
                                mode_of(asked));
    return said_done(asked, "recorded; no reason is asked or kept");
}

Exit attend(Invocation& asked) {
    const auto made_up_on = asked.maybe_date("made-up-on");
    services::Cohorts service = cohorts(asked);
    const services::Attended attended =
        made_up_on ? service.make_up(asked.wiring.actor(), asked.text("COHORT"), session_of(asked),
                                     asked.text("PERSON"), {asked.minutes("PRESENT"), *made_up_on}, mode_of(asked))
                   : service.attend(asked.wiring.actor(), asked.text("COHORT"), session_of(asked), asked.text("PERSON"),
                                    asked.minutes("PRESENT"), mode_of(asked));
    if (asked.json()) {
        words::Json answer = words::Json::object();
        answer.set("done", !asked.dry_run()).set("changed", attended.changed);
        set_review(answer, attended.review,
                   attended.review ? attended.review->relying : std::vector<services::Relying>{});
        asked.out.json(answer);
        return Exit::yes;
    }
    said_done(asked, attended.changed ? "recorded" : "recorded already; nothing changed");
    if (attended.review)
        print_review(asked, *attended.review);
    return Exit::yes;
}

Exit accept(Invocation& asked) {
    const auto accepted = cohorts(asked).accept(asked.wiring.actor(), asked.text("COHORT"),
                                                {asked.text("because"), asked.text("by")}, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::accepted_json(accepted));
        return Exit::yes;
    }
    print_conformity(asked.out, accepted.outside, accepted.whole);
    print_decision(asked.out, accepted.decision);
    return Exit::yes;
}

Exit complete(Invocation& asked) {
    const auto result = cohorts(asked).complete(asked.wiring.actor(), asked.text("COHORT"), mode_of(asked));
    const Exit exit = result.needs_decision() ? Exit::no : Exit::yes;
    if (asked.json()) {
        asked.out.json(words::completed_json(result));
        return exit;
    }
    print_conformity(asked.out, result.outside, result.whole);
    if (result.decision)
        print_decision(asked.out, *result.decision);
    const auto tell = [&](const char* how, Look look, const services::Progress& one) {
        asked.out.line(
            {{how, look}, {one.person.code.str() + "  " + one.person.name + ", " + hours_text(one.present)}});
    };
    for (const auto& one : result.completed)
        tell("complete  ", Look::good, one);
    for (const auto& one : result.waiting)
        tell("waiting   ", Look::warning, one);
    for (const auto& one : result.not_yet) {
        tell("not yet   ", Look::warning, one);
        print_finding(asked, one.completion, true);
    }
    if (result.needs_decision())
        asked.out.paragraph(
            "Nothing was recorded. Attendance is enough for those who wait, but the sessions named above "
            "were not held as the curriculum asks. Somebody entitled says whether they count all the "
            "same, and why: `peercert cohort accept " +
            asked.text("COHORT") + " --because REASON`; then complete it again.");
    return exit;
}

} // namespace

std::vector<Command> cohort_commands() {
    const Argument cohort{.name = "COHORT", .help = "The cohort's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument session{.name = "SESSION", .help = "Number of the session, from 1", .type = ValueType::number};
    std::vector<Command> commands{
        {
            .path = "cohort open",
            .summary = "Open a cohort with its sessions and leaders",
            .text = "Leaders are judged for every session's day by the curriculum's own rule; every gap is named. A "
                    "gap stops nothing: "
                    "it is a finding about the session, never about a person.",
            .effect = Effect::writes,
            .arguments = {{.name = "COHORT", .help = "A code of your own, such as wrap-2026-spring"},
                          {.name = "CURRICULUM", .help = "Code of the curriculum"}},
            .options = {{.name = "organization", .value = "ORGANIZATION", .help = "Who gives it", .required = true},
                        {.name = "session",
                         .value = "DATES",
                         .help = "Days, divided by commas",
                         .required = true,
                         .repeated = true},
                        {.name = "leader", .value = "PERSON", .help = "Leads every session", .repeated = true},
                        {.name = "format",
                         .value = "FORMAT",
                         .help = "A format of the curriculum",
                         .otherwise = "the only one"},
                        {.name = "title", .value = "TITLE", .help = "A title of your own"},
                        {.name = "county", .value = "COUNTY", .help = "Where", .otherwise = "the organization's"}},
            .json = "{\"code\": text, \"sessions\": [{\"number\": number, \"held_on\": day, \"conforms\": text, "
                    "\"leading\": [...]}], \"people\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = open,
        },
        {
            .path = "cohort show",
            .summary = "Show a cohort: its sessions, who leads them, how far everybody is",
            .arguments = {cohort},
            .json = "{\"code\": text, \"sessions\": [...], \"whole\": [...], \"decisions\": [...], \"people\": "
                    "[{\"person\": {...}, \"state\": word, "
                    "\"minutes_present\": number, \"completion\": {...}, \"outcome\": word or \"\"}]}",
            .exits = {Exit::not_found},
            .run = show,
        },
        {.path = "cohort list", .summary = "Show the cohorts", .json = "{\"cohorts\": [...]}", .run = list},
        {
            .path = "cohort leader",
            .summary = "Add or remove a leader of one session",
            .effect = Effect::writes,
            .arguments = {cohort, session, person},
            .options = {{.name = "remove", .help = "They do not lead it"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found},
            .run = leader,
        },
        {
            .path = "cohort enrol",
            .summary = "Give somebody a place in a cohort",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .options = {{.name = "on",
                         .value = "DATE",
                         .help = "From this day",
                         .type = ValueType::date,
                         .otherwise = "today"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = enrol,
        },
        {
            .path = "cohort place",
            .summary = "Record that somebody paused, returned or moved on",
            .text = "A day and nothing else: no reason is asked or kept.",
            .effect = Effect::writes,
            .arguments = {cohort,
                          person,
                          {.name = "STATE",
                           .help = "What happened",
                           .type = ValueType::word,
                           .allowed = {"paused", "returned", "moved_on"}}},
            .options =
                {{.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = place,
        },
        {
            .path = "cohort attend",
            .summary = "Record how long somebody was at a session",
            .text = "In minutes; 0 is not there. The same again changes nothing, another figure is a correction that "
                    "keeps the first. A completion that rested on it is judged again: "
                    "you are told whether it stands, and which credentials counted it; those are never changed by "
                    "themselves.\n\n"
                    "With --made-up-on it is what they missed of that session and made up on a later day, in the next "
                    "round or at a make-up session. Whether that counts is the curriculum's rule: it may let nothing "
                    "be made up, or name sessions that never can be.",
            .effect = Effect::writes,
            .arguments = {cohort,
                          session,
                          person,
                          {.name = "PRESENT", .help = "How long: 120, 2 h, 1 h 45 min", .type = ValueType::minutes}},
            .options = {{.name = "made-up-on",
                         .value = "DATE",
                         .help = "The later day on which this much of the session was made up",
                         .type = ValueType::date}},
            .examples = {{"cohort attend wrap-2026 3 P-0000-0000-000 \"1 h 45 min\"",
                          "Fifteen minutes late for a session of two hours"},
                         {"cohort attend cipss-2026 3 P-0000-0000-000 \"6 h\" --made-up-on 2026-09-14",
                          "The third day, missed in spring and made up in the next round"}},
            .json =
                "{\"done\": true or false, \"changed\": true or false, \"completion_reviewed\": {\"outcome\": word, "
                "\"entry_before\": number, \"progress\": {...}, ...} or null, \"relying_credentials\": [{\"number\": "
                "text, "
                "\"track\": code, \"term\": number, ...}]}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = attend,
        },
        {
            .path = "cohort accept",
            .summary = "Decide that a cohort counts though it was not held as its curriculum asks",
            .text =
                "For a reviewer of the organization that gives it, who leads none of its sessions and takes no part "
                "in it. The reason is kept for ever with what was accepted: write about the sessions, and name "
                "nobody. Whatever changes afterwards (another leader, another size) needs another decision.",
            .effect = Effect::writes,
            .arguments = {cohort},
            .options = {{.name = "because",
                         .value = "REASON",
                         .help = "Why it counts all the same, in words",
                         .required = true},
                        {.name = "by", .value = "PERSON", .help = "Who decides", .otherwise = "whoever types"}},
            .examples = {{"cohort accept wrap-2026 --because \"One leader fell ill; the office agreed beforehand\" "
                          "--dry-run",
                          "See first what would be accepted"}},
            .json =
                "{\"decision\": {\"decision\": number, \"decided_on\": day, \"decided_by\": text, \"reason\": text, "
                "\"covers\": true}, \"outside_the_model\": [...], \"whole\": [...]}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = accept,
        },
        {
            .path = "cohort complete",
            .summary = "Give everybody whose attendance completes the curriculum its training entry",
            .text =
                "Where a session was not led, or not of the size, as the curriculum asks, or where there were fewer "
                "sessions or hours, this is said, and nothing is recorded until somebody entitled has decided "
                "that the cohort counts all the same (cohort accept). These are findings about sessions, never about "
                "a person.",
            .effect = Effect::writes,
            .arguments = {cohort},
            .json = "{\"completed\": [...], \"needs_decision\": true or false, \"waiting\": [...], \"not_yet\": [...], "
                    "\"outside_the_model\": [{\"number\": number, \"held_on\": day, \"conforms\": word, \"finding\": "
                    "{...}, "
                    "...}], \"whole\": [...], \"decision\": {\"decision\": number, \"reason\": text, ...} or null}",
            .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = complete,
        },
    };
    for (Command& one : cohort_calendar_commands())
        commands.push_back(std::move(one));
    return commands;
}

} // namespace peercert::cli
