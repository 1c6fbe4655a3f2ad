#include "cli/commands.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/steps.hpp"
#include "cli/wiring.hpp"
#include "services/assessment.hpp"
#include "words/answers.hpp"
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
    print_sheet(asked, words::told(answer, speaker(asked), asked.flag("brief")));
    return exit;
}

} // namespace

std::vector<Command> assess_commands() {
    return {{
        .path = "assess",
        .summary = "Judge whether a person may become or renew something on a day, and say why",
        .text =
            "The same judgement that decides an application. What is there comes first, then what is open: which rule, "
            "from which source, how much there is of how much, what was counted, what was not and why, and the next "
            "step. Then, in short: what is missing, until when a yes stays one or from when time alone makes it one, "
            "which edition of the rule applied and why, the fee on that day, and the true end of the present term "
            "beside the day until which the holder may go on.\n\n"
            "The edition is chosen by the day of the event that its file names, as the record has it: of a renewal the "
            "last day of the term, for example, whenever one asks. Where nobody found on which day two editions "
            "changed places, both answer, and the answer is settled only where they agree.",
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
        .json = "{\"answer\": text, \"passes\": true or false, \"as_of\": day, \"edition\": text, "
                "\"edition_chosen_by\": text, \"edition_published\": true or false, \"missing\": [{\"clause\": text, "
                "\"missing\": number, \"unit\": word, \"within_total\": true, \"over_limit\": true, \"one_of\": "
                "[text]}], \"by_each_edition\": [{\"edition\": text, \"answer\": text}], "
                "\"not_counted\": [{\"entry\": number, \"reason\": text}], \"holds_until\": day or null, "
                "\"changes\": [{\"day\": day, \"called\": text, \"fee\": {...}}], \"met_by_waiting\": day or null, "
                "\"not_before\": day or null, \"term\": {...}, \"fee\": {...}, "
                "\"held\": {\"true_last_day\": day, \"purposes\": [...], \"ahead\": [...]}, \"finding\": "
                "{\"clause\": text, \"answer\": text, \"have\": number, \"need\": number, \"used\": [...], "
                "\"refused\": [...], \"next\": {...}, \"source\": {...}, \"parts\": [...]}}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
        .run = assess,
    }};
}

} // namespace peercert::cli
