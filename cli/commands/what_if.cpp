#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/steps.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "services/what_if.hpp"
#include "words/answers.hpp"

namespace peercert::cli {
namespace {

/// "12=2026-03-01": that entry on that day.
std::pair<EntryId, Date> moved_entry(const std::string& text) {
    const auto sign = text.find('=');
    const auto entry = sign == std::string::npos ? std::nullopt : parse_number(text.substr(0, sign));
    const auto day = sign == std::string::npos ? std::nullopt : parse_date(text.substr(sign + 1));
    if (!entry || !day)
        throw UsageError("--date is an entry and its day, like 12=2026-03-01, not \"" + text + '"');
    return {EntryId{*entry}, *day};
}

Exit what_if(Invocation& asked) {
    services::WhatIfRequest request;
    request.asked.track = asked.text("TRACK");
    request.asked.person = asked.text("PERSON");
    request.asked.verb = asked.flag("renew") ? Step::Verb::renew : Step::Verb::become;
    request.asked.term = term_of(asked);
    request.asked.level = asked.text("level");
    request.asked.as_of = asked.maybe_date("as-of");
    request.asked.received_on = asked.maybe_date("received");
    request.add = asked.texts("add");
    request.hold = asked.texts("hold");
    for (const std::string& entry : asked.texts("remove")) {
        const auto number = parse_number(entry);
        if (!number)
            throw UsageError("--remove is the number of an entry, not \"" + entry + '"');
        request.remove.emplace_back(*number);
    }
    for (const std::string& text : asked.texts("date"))
        request.move.push_back(moved_entry(text));
    request.born = asked.maybe_date("born");
    request.received_on = asked.maybe_date("applied");
    request.as_of = asked.maybe_date("on");
    request.move_to = asked.text("move");
    request.edition = asked.text("edition");
    services::WhatIfs service(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = service.ask(asked.wiring.actor(), request);
    if (asked.json())
        asked.out.json(words::what_if_json(answer));
    else
        print_sheet(asked, words::told(answer, speaker(asked), asked.flag("brief")));
    return answer.after.finding.verdict.passes() ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> what_if_commands() {
    return {{
        .path = "whatif",
        .summary = "Judge as if something were otherwise, and say what that changes",
        .text =
            "The same judgement that decides for real, of a record with entries added, left out or on another day, "
            "with "
            "another day of birth or application, another credential held, or under another edition. Nothing is "
            "written.\n\n"
            "An entry is written as people say it: \"CE 6 h ethics on 2026-03-01\", \"practice 120 h from 2026-01-01 "
            "until 2026-03-31 vouched as wa-cpss/approved supervisor\", \"exam written 85 % on 2026-04-01\", "
            "\"statement own lived experience on 2026-01-01\". Topics are divided by commas.\n\n"
            "With --move the question is put to another track, another state for example: what counts there, and what "
            "is missing.",
        .arguments = {{.name = "TRACK", .help = "Code of the track or curriculum, such as wi-cps"},
                      {.name = "PERSON", .help = "The person's code, P-..."}},
        .options = {{.name = "add", .value = "ENTRY", .help = "An entry more", .repeated = true},
                    {.name = "remove", .value = "NUMBER", .help = "Without this entry", .repeated = true},
                    {.name = "date", .value = "NUMBER=DATE", .help = "This entry on another day", .repeated = true},
                    {.name = "hold",
                     .value = "TERM",
                     .help = "Holding that too: \"TRACK/LEVEL from DATE until DATE\"",
                     .repeated = true},
                    {.name = "born", .value = "DATE", .help = "Born on this day", .type = ValueType::date},
                    {.name = "applied", .value = "DATE", .help = "Having applied on this day", .type = ValueType::date},
                    {.name = "on", .value = "DATE", .help = "Asked for this day instead", .type = ValueType::date},
                    {.name = "move", .value = "TRACK", .help = "Asking for this track instead"},
                    {.name = "edition", .value = "EDITION", .help = "Under this very edition"},
                    {.name = "renew", .help = "The renewal instead of the first certification"},
                    term_option(),
                    {.name = "level", .value = "LEVEL", .help = "Which level", .otherwise = "the only one there is"},
                    {.name = "as-of",
                     .value = "DATE",
                     .help = "The day of the question as it stands",
                     .type = ValueType::date,
                     .otherwise = "today"},
                    {.name = "received",
                     .value = "DATE",
                     .help = "The application as it stands was received on this day",
                     .type = ValueType::date},
                    {.name = "brief", .help = "Leave out the details of what is there already"}},
        .examples = {{"whatif wa-cpss P-0000-0000-000 --renew --add \"CE 4 h peer-specific on 2026-03-01\"",
                      "Would four hours more be enough?"},
                     {"whatif wi-cps P-0000-0000-000 --move tx-peer", "What would Texas count, and still ask?"}},
        .json =
            "{\"passes_before\": true or false, \"passes_after\": true or false, \"changes\": [{\"clause\": text, "
            "\"before\": text or null, \"after\": text or null, \"have_before\": number, \"have_after\": number}], "
            "\"before\": {as assess}, \"after\": {as assess}}; with --move \"carried\": [entry] instead of \"changes\"",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
        .run = what_if,
    }};
}

} // namespace peercert::cli
