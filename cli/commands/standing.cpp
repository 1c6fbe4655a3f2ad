#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/replay.hpp"
#include "services/standing.hpp"
#include "words/answers.hpp"

namespace peercert::cli {
namespace {

Exit status(Invocation& asked) {
    services::Standings standings(asked.wiring.house(), asked.wiring.rulebook());
    const auto all =
        standings.of(asked.wiring.actor(), asked.text("WHO"), asked.maybe_date("on"), asked.maybe_instant("known-at"));
    bool in_force = false;
    for (const services::Standing& one : all)
        in_force = in_force || one.status.yes();
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const services::Standing& one : all)
            items.push(words::standing_json(one));
        asked.out.json(words::Json::object().set("credentials", std::move(items)));
        return in_force ? Exit::yes : Exit::no;
    }
    if (all.empty())
        asked.out.line(speaker(asked).say("status.nothing_held"));
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (at > 0)
            asked.out.line();
        print_sheet(asked, words::told(all[at], speaker(asked)));
    }
    return in_force ? Exit::yes : Exit::no;
}

Exit replay(Invocation& asked) {
    services::Replays replays(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = replays.replay(asked.wiring.actor(), domain::DecisionId{asked.number("DECISION")});
    if (asked.json())
        asked.out.json(words::replayed_json(answer));
    else
        print_sheet(asked, words::told(answer, speaker(asked)));
    return answer.same ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> status_commands() {
    return {{
        .path = "status",
        .summary = "Say how a credential, or everything a person holds, stands on a day",
        .text =
            "The status and the term with its true last day, what the programme calls that time, what the holder may "
            "do "
            "and until when, under which condition, what an employer has to confirm, and the days ahead with their "
            "fees. With --known-at: from what was on record at that instant.\n\n"
            "For the person and for who certifies; the public's question is `verify`. Exit code 0 if something is in "
            "force on that day.",
        .arguments = {{.name = "WHO", .help = "A credential's number, or a person's code, P-..."}},
        .options = {{.name = "on",
                     .value = "DATE",
                     .help = "On this day",
                     .type = ValueType::date,
                     .otherwise = "today where the programme is"},
                    {.name = "known-at",
                     .value = "INSTANT",
                     .help = "From what was on record then, such as 2026-03-01T12:00:00Z",
                     .type = ValueType::instant}},
        .examples = {{"status 7K3M-9QXT-42H --on 2026-03-03", "How did it stand on 3 March?"},
                     {"status P-0000-0000-000", "Everything somebody holds, and the days ahead"}},
        .json =
            "{\"credentials\": [{\"number\": text, \"status\": word, \"gone_since\": day or null, \"term\": "
            "{\"true_last_day\": day, \"next_term\": {...} or null, \"in_force\": "
            "true "
            "or false, \"called\": text, \"purposes\": [{\"purpose\": text, \"answer\": text, \"until\": day or null, "
            "\"restriction\": text, \"employer_confirms\": [...]}], \"ahead\": [{\"day\": day, \"what\": text, "
            "\"fee\": "
            "{...}}]}}]}",
        .exits = {Exit::no, Exit::not_found, Exit::forbidden},
        .run = status,
    }};
}

std::vector<Command> replay_commands() {
    return {{
        .path = "replay",
        .summary = "Judge a past decision again, with the rule and the record of then",
        .text =
            "From the text of the edition as it was relied on, though its file may be gone or changed, and from what "
            "was on record when the decision was made: later corrections play no part. The answer with all its "
            "reasons is compared with the frozen one to the byte; where it differs, what differs is named: the "
            "engine, a plugin's build, a clause.\n\n"
            "`application show` lists the numbers of decisions. Exit code 0 if it is the same.",
        .arguments = {{.name = "DECISION", .help = "Number of the decision", .type = ValueType::number}},
        .examples = {{"replay 12", "Was decision 12 right by what was known then?"}},
        .json =
            "{\"decision\": number, \"same\": true or false, \"differs\": [\"engine\", \"plugins\", \"day of birth\", "
            "\"finding\" or "
            "\"not "
            "kept\"], \"edition_digest\": text, \"engine_then\": text, \"engine_now\": text, \"finding_then\": text, "
            "\"finding_now\": text}",
        .exits = {Exit::no, Exit::not_found, Exit::forbidden},
        .run = replay,
    }};
}

} // namespace peercert::cli
