#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "words/json_list.hpp"
#include "words/place_shapes.hpp"

/// Seats that somebody pays for; essays and notes that are deleted on schedule.
namespace peercert::cli {
namespace {

services::Seats seats(Invocation& asked) { return services::Seats(asked.wiring.house()); }
services::PlacePapers papers(Invocation& asked) { return services::PlacePapers(asked.wiring.house()); }

Exit fund(Invocation& asked) {
    const std::int64_t number = asked.number("SEATS");
    const auto pool =
        seats(asked).fund(asked.wiring.actor(), asked.text("COHORT"), asked.text("ORGANIZATION"),
                          number < 0 || number > 1'000'000 ? -1 : static_cast<int>(number), mode_of(asked));
    if (asked.json())
        asked.out.json(words::seat_pool_json(pool));
    else
        asked.out.line(pool.name + " pays for " + std::to_string(pool.seats) + " seats, " + std::to_string(pool.used) +
                       " of them used");
    return Exit::yes;
}

Exit seat(Invocation& asked) {
    const bool back = asked.flag("return");
    if (back == asked.given("payer"))
        throw UsageError("say who pays (--payer), or that nobody pays any more (--return)");
    seats(asked).seat(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), asked.text("payer"),
                      mode_of(asked));
    return said_done(asked, back ? "the seat is free again" : "the seat is paid for; no reason is asked or kept");
}

Exit pools(Invocation& asked) {
    const auto all = seats(asked).pools(asked.wiring.actor(), asked.text("COHORT"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("pools", words::list(all, words::seat_pool_json)));
        return Exit::yes;
    }
    Table table({{"PAYS"}, {"NAME"}, {"SEATS", Table::Align::right}, {"USED", Table::Align::right}});
    for (const auto& one : all)
        table.add({{one.payer}, {one.name}, {std::to_string(one.seats)}, {std::to_string(one.used)}});
    asked.out.table(table);
    return Exit::yes;
}

Exit payer(Invocation& asked) {
    const std::string name = seats(asked).payer_of(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"));
    if (asked.json())
        asked.out.json(words::Json::object().set("payer", name.empty() ? words::Json() : words::Json(name)));
    else
        asked.out.line(name.empty() ? "nobody pays for this seat but you" : name + " pays for this seat");
    return Exit::yes;
}

domain::PaperKind kind_of(const Invocation& asked) { return domain::parse_paper_kind(asked.text("KIND")).value(); }

Exit paper(Invocation& asked) {
    papers(asked).add(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), kind_of(asked),
                      asked.contents("FILE"), mode_of(asked));
    return said_done(asked, "taken in; it is deleted after the order is made");
}

Exit read(Invocation& asked) {
    const std::string text =
        papers(asked).read(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), kind_of(asked));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("text", text));
        return Exit::yes;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        asked.out.line(text.substr(at, end - at));
        at = end + 1;
    }
    return Exit::yes;
}

Exit purge(Invocation& asked) {
    const auto purged = papers(asked).purge(asked.wiring.actor(), mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::purged_json(purged));
        return purged.gone ? Exit::yes : Exit::no;
    }
    for (const auto& due : purged.cohorts)
        asked.out.line(due.cohort + ": " + std::to_string(due.papers) + (due.papers == 1 ? " paper" : " papers") +
                       (asked.dry_run() ? " would be deleted" : " deleted") + ", due on " + to_text(due.due));
    if (purged.cohorts.empty())
        asked.out.line("nothing is due");
    if (!purged.gone)
        asked.out.paragraph("Somebody reads the database just now, so its log may still hold remains. Run this again "
                            "when nobody does.");
    return purged.gone ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> place_seat_commands() {
    const Argument cohort{.name = "COHORT", .help = "The cohort's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument kind{
        .name = "KIND", .help = "Which paper", .type = ValueType::word, .allowed = {"essay", "interview"}};
    return {
        {
            .path = "place fund",
            .summary = "Say how many seats in a cohort an organization pays for",
            .effect = Effect::writes,
            .arguments = {cohort,
                          {.name = "ORGANIZATION", .help = "Code of whoever pays"},
                          {.name = "SEATS", .help = "How many in all", .type = ValueType::number}},
            .json = "{\"payer\": code, \"seats\": number, \"used\": number, \"left\": number}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = fund,
        },
        {
            .path = "place seat",
            .summary = "Give somebody a seat that is paid for, or take it back",
            .text = "Why somebody gets one is nowhere recorded, and no list shows who has one. A seat becomes free by "
                    "itself when its person declines, lets an offer run out or moves on.",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .options = {{.name = "payer", .value = "ORGANIZATION", .help = "Code of whoever pays"},
                        {.name = "return", .help = "Nobody pays for it any more"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = seat,
        },
        {
            .path = "place pools",
            .summary = "Show who pays for how many seats, and how many are used",
            .arguments = {cohort},
            .json = "{\"pools\": [{\"payer\": code, \"seats\": number, \"used\": number, \"left\": number}]}",
            .exits = {Exit::not_found},
            .run = pools,
        },
        {
            .path = "place payer",
            .summary = "Show who pays for your own seat",
            .text = "For the person who sits on it (--as), and for nobody else.",
            .arguments = {cohort, person},
            .json = "{\"payer\": name or null}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = payer,
        },
        {
            .path = "place paper",
            .summary = "Take in an essay or the notes of an interview",
            .text = "Kept apart from the record, read by reviewers only, until the order is made; then deleted on the "
                    "day that was stated, out of the database file and every later backup. No audit row holds even a "
                    "digest of it.",
            .effect = Effect::writes,
            .arguments = {cohort,
                          person,
                          kind,
                          {.name = "FILE", .help = "The text; - is standard input", .type = ValueType::file}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::forbidden},
            .run = paper,
        },
        {
            .path = "place read",
            .summary = "Read an essay or the notes of an interview, until the order is made",
            .arguments = {cohort, person, kind},
            .json = "{\"text\": text}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = read,
        },
        {
            .path = "place purge",
            .summary = "Delete the essays and notes whose day has come",
            .text = "So many days after the order was made as the call states (none unless said otherwise), and of a "
                    "cohort that began without one. Run it every day. Exit 1: deleted, but somebody was reading, so "
                    "that the database's log may hold remains; run it again.",
            .effect = Effect::writes,
            .json = "{\"deleted\": [{\"cohort\": code, \"due\": day, \"papers\": number}], \"gone\": true or false}",
            .exits = {Exit::no},
            .run = purge,
        },
    };
}

} // namespace peercert::cli
