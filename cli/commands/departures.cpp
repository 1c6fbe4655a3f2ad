#include "cli/commands/departures.hpp"

#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/reports/departures.hpp"
#include "words/answers.hpp"

namespace peercert::cli {
namespace {

Exit departures(Invocation& asked) {
    const auto report = services::departures(asked.wiring.catalogue(), asked.text("CODE"), asked.text("EDITION"),
                                             asked.text("profile"));
    if (asked.json())
        asked.out.json(words::departures_json(report));
    else
        print_sheet(asked, words::told(report, speaker(asked)));
    return Exit::yes;
}

} // namespace

Command departures_command() {
    return {
        .path = "curriculum departures",
        .summary = "Say where a track departs from a reference profile, such as SAMHSA's model standards",
        .text = "Each standard of the profile beside what the track asks: where it agrees, where it departs, where it "
                "says nothing, and what stays for people to compare. A standard whose text was not read has no figure "
                "and nothing is concluded from it. A profile is guidance, not law.",
        .effect = Effect::reads,
        .arguments = {{.name = "CODE", .help = "Code of a certification track, such as wi-cps"},
                      {.name = "EDITION", .help = "Which edition; the one in force when left out", .required = false}},
        .options = {{.name = "profile",
                     .value = "PROFILE",
                     .help = "Code of the profile",
                     .otherwise = "the only one there is"}},
        .examples = {{"curriculum departures wa-cpss", "Where Washington departs from the model"}},
        .json = "{\"profile\": text, \"track\": text, \"standards\": [{\"standard\": text, \"stance\": \"agrees\", "
                "\"departs\", \"silent\" or \"open\", \"says\": text or null, \"figure\": text or null, \"trust\": "
                "word, \"asked\": [{\"step\": text, \"clause\": text, \"says\": text, \"stance\": word}]}]}",
        .exits = {Exit::not_found, Exit::invalid_input, Exit::plugin_failure},
        .run = departures,
    };
}

} // namespace peercert::cli
