#include "cli/commands.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/steps.hpp"
#include "cli/wiring.hpp"
#include "services/assessment.hpp"
#include "words/explanation.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

services::AssessRequest request_of(const Invocation& asked) {
    services::AssessRequest request;
    request.track = asked.text("TRACK");
    request.verb = verb_of(asked);
    request.level = asked.text("level");
    request.as_of = asked.maybe_date("as-of");
    request.received_on = asked.maybe_date("received");
    request.term = term_of(asked);
    request.edition = asked.text("edition");
    return request;
}

Exit everybody(Invocation& asked) {
    services::Assessments assessments(asked.wiring.house(), asked.wiring.rulebook());
    const auto total = assessments.assess_everybody(asked.wiring.actor(), request_of(asked));
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("people", total.people)
                           .set("passing", total.passing)
                           .set("not_yet", total.not_yet)
                           .set("needing_a_decision", total.needing_a_decision));
    else
        asked.out.facts({{"people with something on record", {grouped(static_cast<std::uint64_t>(total.people))}},
                         {"everything is there", {grouped(static_cast<std::uint64_t>(total.passing))}},
                         {"not yet", {grouped(static_cast<std::uint64_t>(total.not_yet))}},
                         {"needing a decision", {grouped(static_cast<std::uint64_t>(total.needing_a_decision))}}});
    return Exit::yes;
}

Exit assess(Invocation& asked) {
    if (asked.flag("everybody")) {
        if (asked.given("PERSON"))
            throw UsageError("name a person or say --everybody, not both");
        return everybody(asked);
    }
    if (!asked.given("PERSON"))
        throw UsageError("whom? give a person's code after the track, or --everybody");
    services::AssessRequest request = request_of(asked);
    request.person = asked.text("PERSON");
    services::Assessments assessments(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = assessments.assess(asked.wiring.actor(), request);
    const Exit exit = answer.finding.verdict.passes() ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::assessment_json(answer));
        return exit;
    }
    asked.out.line({{answer.person.name, Look::strong}, {", " + answer.person.code.str()}});
    asked.out.line(answer.title + ": " + answer.step + ", on " + to_text(answer.as_of) + ", by edition " +
                   answer.edition + (answer.rung.empty() ? "" : " (" + answer.rung + ")"));
    if (answer.projection)
        asked.out.line({{"This day lies ahead: it holds only if nothing changes until then.", Look::warning}});
    print_finding(asked.out, answer.finding, asked.flag("brief"));
    asked.out.line();
    if (answer.term)
        asked.out.facts(
            {{"the term would be",
              {to_text(answer.term->first) + " to " + (answer.term->last ? to_text(*answer.term->last) : "no end")}}});
    else if (!answer.term_open.empty())
        asked.out.facts({{"the term", {"cannot be told yet: " + answer.term_open}}});
    const words::Messages messages;
    const auto money = [&](std::int64_t cents) {
        return words::amount_text(cents, Unit::cents, messages, words::Language::english);
    };
    if (!answer.fee.lines.empty())
        asked.out.facts(
            {{"fee", {money(answer.fee.cents) + (answer.fee.is_open ? " and a part nobody has found" : "")}}});
    return exit;
}

} // namespace

std::vector<Command> assess_commands() {
    return {{
        .path = "assess",
        .summary = "Judge whether a person may become or renew something on a day, and say why",
        .text =
            "The same judgement that decides an application. What is there comes first, then what is open: which rule, "
            "from "
            "which source, how much there is of how much, what was counted, what was not and why, and the next step.",
        .arguments = {{.name = "TRACK", .help = "Code of the track or curriculum, such as wi-cps"},
                      {.name = "PERSON", .help = "The person's code, P-...", .required = false}},
        .options =
            {{.name = "renew", .help = "The renewal instead of the first certification"},
             add_option(),
             extend_option(),
             term_option(),
             edition_option(),
             {.name = "level", .value = "LEVEL", .help = "Which level", .otherwise = "the only one there is"},
             {.name = "as-of", .value = "DATE", .help = "On this day", .type = ValueType::date, .otherwise = "today"},
             {.name = "received",
              .value = "DATE",
              .help = "As if the application had been received on this day",
              .type = ValueType::date},
             {.name = "everybody", .help = "Count the answers for everybody in the record"},
             {.name = "brief", .help = "Leave out the details of what is there already"}},
        .examples = {{"assess wi-cps P-0000-0000-000 --as-of 2026-03-01", "Would this person be certified on 1 March?"},
                     {"assess wi-cps --everybody --renew", "How the whole state stands"}},
        .json = "{\"answer\": text, \"passes\": true or false, \"as_of\": day, \"fee\": {...}, \"finding\": "
                "{\"clause\": text, \"answer\": text, "
                "\"have\": number, \"need\": number, \"used\": [...], \"refused\": [...], \"next\": {...}, \"source\": "
                "{...}, \"parts\": [...]}}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
        .run = assess,
    }};
}

} // namespace peercert::cli
