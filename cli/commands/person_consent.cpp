#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/consents.hpp"
#include "words/consents.hpp"

namespace peercert::cli {
namespace {

Exit list_consents(Invocation& asked) {
    const auto lines = services::Consents(asked.wiring.house()).of(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        asked.out.json(words::consents_json(lines));
        return Exit::yes;
    }
    Table table({{"DAY"}, {"FOR"}, {"ABOUT"}, {"WORDING"}, {"SAID"}, {"NOW"}});
    for (const auto& line : lines)
        table.add({{to_text(line.consent.day)},
                   {std::string(domain::to_text(line.consent.purpose))},
                   {line.consent.about},
                   {line.consent.wording},
                   {line.consent.given ? "given" : "withdrawn"},
                   {line.stands ? "stands" : ""}});
    asked.out.table(table);
    if (lines.empty())
        asked.out.note("nothing was agreed to");
    return Exit::yes;
}

Exit consent(Invocation& asked) {
    const std::string what = asked.text("WHAT");
    if (what == "list")
        return list_consents(asked);
    if (!asked.given("for"))
        throw UsageError("for what? give --for register, directory, employer or research");
    services::ConsentRequest request;
    request.person = asked.text("PERSON");
    request.purpose = domain::parse_consent_purpose(asked.text("for")).value();
    request.about = asked.text("track");
    request.wording = asked.text("wording");
    request.day = asked.maybe_date("on");
    services::Consents consents(asked.wiring.house());
    if (what == "give")
        consents.give(asked.wiring.actor(), request, mode_of(asked));
    else
        consents.withdraw(asked.wiring.actor(), request, mode_of(asked));
    return said_done(asked, what == "give" ? "recorded; it can be withdrawn on any day, without a reason"
                                           : "withdrawn; nothing is done on it from now on");
}

} // namespace

std::vector<Command> person_consent_commands() {
    return {{
        .path = "person consent",
        .summary = "Record what a person agrees to, or takes back; list it",
        .text =
            "A consent is dated, to a wording, for one purpose, and can be withdrawn on any day; no reason is asked "
            "or kept. register: to be shown by verification where the register of a track shows people with their "
            "consent only (--track names one, otherwise every one). directory: to be listed by name where people "
            "look for somebody who leads a group or gives support. employer: that an employer is told how far the "
            "person is. research: that the record is counted, without the name. The program itself asks for "
            "register; the others are kept for whoever has to ask before doing it.",
        .effect = Effect::writes,
        .arguments =
            {{.name = "WHAT", .help = "What to do", .type = ValueType::word, .allowed = {"give", "withdraw", "list"}},
             {.name = "PERSON", .help = "The person's code, P-..."}},
        .options = {{.name = "for",
                     .value = "PURPOSE",
                     .help = "What it is for",
                     .type = ValueType::word,
                     .allowed = {"register", "directory", "employer", "research"}},
                    {.name = "wording", .value = "VERSION", .help = "Version of the text agreed to"},
                    {.name = "on",
                     .value = "DATE",
                     .help = "Day on which it was said",
                     .type = ValueType::date,
                     .otherwise = "today"},
                    {.name = "track", .value = "TRACK", .help = "Only the register of this track"}},
        .examples = {{"person consent give P-7QG3-0M2K-XE1 --for register --track az-prss --wording 2025-1",
                      "Let the register of a track show the person"},
                     {"person consent list P-7QG3-0M2K-XE1", "All that was agreed to and taken back"}},
        .json = "{\"done\": true or false}; list: {\"consents\": [{\"day\": day, \"for\": word, \"about\": text, "
                "\"wording\": text, \"given\": true or false, \"stands\": true or false}]}",
        .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict},
        .run = consent,
    }};
}

} // namespace peercert::cli
