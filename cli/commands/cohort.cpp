#include <peercert/error.hpp>

#include "cli/cohort_shown.hpp"
#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/conformity.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "services/cohort_status.hpp"
#include "services/cohorts.hpp"
#include "words/json_list.hpp"
#include "words/session_shapes.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

services::Cohorts cohorts(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

Exit show(Invocation& asked) {
    return show_cohort(asked, cohorts(asked).show(asked.wiring.actor(), asked.text("COHORT")));
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

Exit status(Invocation& asked) {
    const auto all = services::open_cohorts(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor());
    if (asked.json()) {
        asked.out.json(words::Json::object().set("cohorts", words::list(all, words::cohort_status_json)));
        return Exit::yes;
    }
    Table table(
        {{"COHORT"}, {"TITLE"}, {"HELD", Table::Align::right}, {"NEXT"}, {"PEOPLE", Table::Align::right}, {"WANTS"}});
    for (const auto& one : all) {
        std::string wants;
        if (one.gaps > 0)
            wants = "leaders for " + counted(static_cast<std::size_t>(one.gaps), "session", "sessions") +
                    ", first on " + to_text(*one.first_gap);
        if (!one.size_as_asked)
            wants += wants.empty() ? "another size" : "; another size";
        table.add({{one.cohort.code},
                   {one.cohort.title},
                   {std::to_string(one.held) + " of " + std::to_string(one.sessions)},
                   {to_text(*one.next)},
                   {std::to_string(one.people)},
                   {wants, wants.empty() ? Look::plain : Look::warning}});
    }
    if (table.empty())
        asked.out.line("no cohort is open");
    else
        asked.out.table(table);
    return Exit::yes;
}

Exit leader(Invocation& asked) {
    cohorts(asked).set_leader(asked.wiring.actor(), asked.text("COHORT"), session_number(asked), asked.text("PERSON"),
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
    std::vector<Command> commands = cohort_open_commands();
    std::vector<Command> sessions = cohort_session_commands();
    std::vector<Command> bundles = cohort_bundle_commands();
    std::vector<Command> more{
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
            .path = "cohort status",
            .summary = "Show every open cohort at a glance: next session, people, what it still wants",
            .text = "Open is a cohort whose last session is today or later. A session to come that is not led as the "
                    "curriculum asks is counted; `cohort show` names the gap.",
            .json = "{\"cohorts\": [{\"code\": text, \"held\": number, \"sessions\": number, \"next\": day, "
                    "\"people\": number, \"size_as_asked\": true or false, \"gaps\": number, \"first_gap\": day or "
                    "null}]}",
            .run = status,
        },
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
    for (std::vector<Command>* part : {&more, &sessions, &bundles})
        commands.insert(commands.end(), std::make_move_iterator(part->begin()), std::make_move_iterator(part->end()));
    for (Command& one : cohort_calendar_commands())
        commands.push_back(std::move(one));
    return commands;
}

} // namespace peercert::cli
