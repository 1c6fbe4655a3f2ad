#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/duplicates.hpp"
#include "words/duplicates.hpp"

namespace peercert::cli {
namespace {

Exit duplicates(Invocation& asked) {
    const std::int64_t limit = asked.number_or("limit", 50);
    if (limit < 1 || limit > 10'000)
        throw UsageError("--limit must be 1 to 10000");
    services::Duplicates duplicates(asked.wiring.house());
    const auto most = static_cast<std::size_t>(limit);
    auto pairs = asked.given("PERSON") ? duplicates.of(asked.wiring.actor(), asked.text("PERSON"))
                                       : duplicates.all(asked.wiring.actor(), most);
    if (pairs.size() > most)
        pairs.resize(most);
    if (asked.json()) {
        asked.out.json(words::duplicates_json(pairs));
        return Exit::yes;
    }
    Table table({{"POINTS", Table::Align::right}, {"ONE"}, {"NAME"}, {"OTHER"}, {"NAME"}, {"WHY"}});
    for (const auto& pair : pairs)
        table.add({{std::to_string(pair.resemblance.points)},
                   {pair.one.code.str()},
                   {pair.one.name},
                   {pair.other.code.str()},
                   {pair.other.name},
                   {services::why(pair.resemblance)}});
    asked.out.table(table);
    if (pairs.empty())
        asked.out.note("no two records look like one human");
    else
        asked.out.note("`person merge` says that two are one human, `person distinct` that they are two");
    if (pairs.size() == most)
        asked.out.note("there may be more; --limit shows more");
    return Exit::yes;
}

Exit distinct(Invocation& asked) {
    services::Duplicates duplicates(asked.wiring.house());
    const bool apart = !asked.flag("take-back");
    duplicates.set_apart(asked.wiring.actor(), asked.text("ONE"), asked.text("OTHER"), apart, mode_of(asked));
    return said_done(asked, apart ? "recorded: these are two people; the pair is not offered again"
                                  : "recorded: the pair may be offered again");
}

} // namespace

std::vector<Command> person_duplicate_commands() {
    return {
        {
            .path = "person duplicates",
            .summary = "Show pairs of records that may be one human, how alike they are, and why",
            .text = "Compared are names (accents, order, familiar forms, a letter), days of birth (also with day and "
                    "month the other way round), e-mail addresses and telephone numbers. From 60 points of 100 on a "
                    "pair is shown. Nothing is decided by it: `person merge` says that two are one human, `person "
                    "distinct` that they are two, and then the pair never comes back. Without PERSON everybody is "
                    "compared.",
            .arguments = {{.name = "PERSON", .help = "Only pairs of this person, by code", .required = false}},
            .options = {{.name = "limit",
                         .value = "NUMBER",
                         .help = "How many at most",
                         .type = ValueType::number,
                         .otherwise = "50"}},
            .json = "{\"pairs\": [{\"one\": person, \"other\": person, \"points\": number, \"grounds\": "
                    "[{\"likeness\": word, \"points\": number, \"one\": text, \"other\": text}], \"why\": text}]}",
            .exits = {Exit::not_found},
            .run = duplicates,
        },
        {
            .path = "person distinct",
            .summary = "Say that two records are two people, so that nobody offers the pair again",
            .effect = Effect::writes,
            .arguments = {{.name = "ONE", .help = "A person's code"},
                          {.name = "OTHER", .help = "Another person's code"}},
            .options = {{.name = "take-back", .help = "It was a mistake: the pair may be offered again"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = distinct,
        },
    };
}

} // namespace peercert::cli
