#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/merging.hpp"
#include "words/merging.hpp"

namespace peercert::cli {
namespace {

std::string named(const services::PersonLine& person) { return person.code.str() + "  " + person.name; }

Exit merge(Invocation& asked) {
    if (!asked.confirmed(
            "Read the two as one human from now on? Nothing is rewritten; `person unmerge` takes it back."))
        return Exit::no;
    services::Merging merging(asked.wiring.house());
    const auto merged = merging.merge(asked.wiring.actor(), asked.text("KEPT"), asked.text("OTHER"),
                                      asked.flag("conflicts-seen"), mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::merged_json(merged));
        return Exit::yes;
    }
    asked.out.facts({{"kept", {named(merged.kept), Look::strong}},
                     {"read with it from now on", {named(merged.other)}},
                     {"comes along", {words::told(merged.moves)}}});
    for (const auto& credential : merged.moves.credentials)
        asked.out.line("  credential " + credential.number + " of " + credential.track);
    for (const std::string& place : merged.moves.places)
        asked.out.line("  place in " + place);
    for (const auto& role : merged.moves.roles)
        asked.out.line("  " + role.role + " at " + role.organization);
    if (merged.conflicts.empty())
        return Exit::yes;
    asked.out.line();
    asked.out.line({{"People have to look at this:", Look::warning}});
    for (const auto& conflict : merged.conflicts)
        asked.out.paragraph("- " + words::told(conflict), 2);
    return Exit::yes;
}

Exit unmerge(Invocation& asked) {
    if (!asked.confirmed("Read the two apart again? Each keeps what was recorded for it."))
        return Exit::no;
    services::Merging merging(asked.wiring.house());
    const auto apart = merging.unmerge(asked.wiring.actor(), asked.text("OTHER"), mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::unmerged_json(apart));
        return Exit::yes;
    }
    asked.out.facts({{"stands apart again", {named(apart.other), Look::strong}},
                     {"with", {words::told(apart.leaves)}},
                     {"of that, recorded while they were one", {words::told(apart.of_other)}},
                     {"stays with " + apart.kept.code.str(), {words::told(apart.of_kept) + " of that time"}}});
    return Exit::yes;
}

} // namespace

std::vector<Command> person_merge_commands() {
    return {
        {
            .path = "person merge",
            .summary = "Say that two records are one human; nothing is rewritten",
            .text = "From now on both are read as the one human: ledger, credentials, places, roles, applications. The "
                    "code of OTHER redirects for ever. Each line stays under the record it was recorded for, so that "
                    "`person unmerge` restores exactly what was. What does not fit together (two credentials of one "
                    "track, different days of birth, two places in a cohort) is listed by --dry-run and needs "
                    "--conflicts-seen; nothing of it is settled by the merge.",
            .effect = Effect::decides,
            .arguments = {{.name = "KEPT", .help = "The person whose code, name and contacts stay"},
                          {.name = "OTHER", .help = "The person who is the same human"}},
            .options = {{.name = "conflicts-seen", .help = "People have looked at what does not fit together"}},
            .examples = {{"person merge P-7QG3-0M2K-XE1 P-1RD8-5T0A-6HV --dry-run", "Show what would come along"}},
            .json = "{\"kept\": person, \"other\": person, \"moves\": {\"entries\": [number], \"credentials\": "
                    "[...], \"places\": [code], \"roles\": [...], \"applications\": [number]}, \"conflicts\": "
                    "[{\"kind\": word, \"about\": text, \"kept\": text, \"other\": text, \"what\": text}]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::forbidden},
            .run = merge,
        },
        {
            .path = "person unmerge",
            .summary = "Take a merge back: both stand apart as before",
            .text =
                "Both records are again what they were. What was recorded while they were one stays with the one it "
                "was recorded for, and is told. If they are two people, say so with `person distinct`, so that "
                "nobody offers the pair again.",
            .effect = Effect::decides,
            .arguments = {{.name = "OTHER", .help = "The code that redirects"}},
            .json = "{\"kept\": person, \"other\": person, \"leaves\": {...}, \"recorded_meanwhile\": {\"kept\": "
                    "{...}, \"other\": {...}}}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = unmerge,
        },
    };
}

} // namespace peercert::cli
