#include <iterator>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/places_shown.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "services/places.hpp"
#include "words/json_list.hpp"
#include "words/place_shapes.hpp"

namespace peercert::cli {
namespace {

services::CohortPlaces places(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

/// "listening 5", "listening=4": a word and a number behind its last blank or equals sign.
std::pair<std::string, int> word_and_number(const std::string& typed, const char* option) {
    const std::size_t at = typed.find_last_of(" =");
    const auto number = at == std::string::npos ? std::nullopt : parse_number(typed.substr(at + 1));
    if (!number || *number < 0 || *number > 1000 || at == 0)
        throw UsageError("--" + std::string(option) + " \"" + typed +
                         "\": write a word and a number, such as \"listening 4\"");
    return {typed.substr(0, typed.find_last_not_of(" =", at) + 1), static_cast<int>(*number)};
}

int small_number(const Invocation& asked, const char* option, int otherwise) {
    const std::int64_t number = asked.number_or(option, otherwise);
    return number < -1 || number > 100'000 ? -1 : static_cast<int>(number);
}

Exit call(Invocation& asked) {
    services::NewPlaceCall wanted;
    wanted.capacity = small_number(asked, "places", 0);
    wanted.closes_on = asked.maybe_date("until");
    wanted.given_by = domain::parse_given_by(asked.maybe_text("by").value_or("arrival")).value();
    for (const std::string& typed : asked.texts("criterion")) {
        auto [word, most] = word_and_number(typed, "criterion");
        wanted.criteria.push_back({std::move(word), most});
    }
    wanted.reviewers = small_number(asked, "reviewers", 0);
    wanted.offer_days = small_number(asked, "offer-days", 7);
    wanted.keep_days = small_number(asked, "keep-papers", 0);
    const auto [view, moved] = places(asked).call(asked.wiring.actor(), asked.text("COHORT"), wanted, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::places_json(view).set("moved", words::moved_json(moved)));
        return Exit::yes;
    }
    print_places(asked.out, view);
    print_moved(asked.out, moved);
    return Exit::yes;
}

Exit ask(Invocation& asked) {
    const auto line =
        places(asked).ask(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::place_json(line));
    else
        asked.out.line("asked as number " + std::to_string(line.number) + ", " + to_text(line.since) +
                       "; everybody gets an answer");
    return Exit::yes;
}

Exit score(Invocation& asked) {
    const auto given = asked.texts("points");
    if (asked.flag("recuse")) {
        if (!given.empty())
            throw UsageError("whoever does not score this request gives no points");
        places(asked).recuse(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), asked.text("by"),
                             mode_of(asked));
        return said_done(asked, "recorded; another reviewer scores this request");
    }
    std::vector<std::pair<std::string, int>> points;
    for (const std::string& typed : given)
        points.push_back(word_and_number(typed, "points"));
    places(asked).score(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), asked.text("by"), points,
                        mode_of(asked));
    return said_done(asked, "scored; the points are deleted when the order is made");
}

Exit offer(Invocation& asked) {
    const auto view = places(asked).offer(asked.wiring.actor(), asked.text("COHORT"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::places_json(view));
    else
        print_places(asked.out, view);
    return Exit::yes;
}

Exit advance(Invocation& asked) {
    const auto moved = places(asked).advance(asked.wiring.actor(), asked.text("COHORT"), mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("moved", words::list(moved, words::moved_json)));
        return Exit::yes;
    }
    for (const auto& one : moved)
        print_moved(asked.out, one);
    if (moved.empty())
        asked.out.line("nothing has moved");
    return Exit::yes;
}

Exit accept(Invocation& asked) {
    const auto line =
        places(asked).accept(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::place_json(line));
    else
        asked.out.line("accepted and enrolled");
    return Exit::yes;
}

Exit decline(Invocation& asked) {
    const auto moved =
        places(asked).decline(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::moved_json(moved));
        return Exit::yes;
    }
    asked.out.line("declined; no reason is asked or kept");
    print_moved(asked.out, moved);
    return Exit::yes;
}

Exit list(Invocation& asked) {
    const auto view = places(asked).list(asked.wiring.actor(), asked.text("COHORT"));
    if (asked.json())
        asked.out.json(words::places_json(view));
    else
        print_places(asked.out, view);
    return Exit::yes;
}

Exit told(Invocation& asked) {
    places(asked).told(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"), mode_of(asked));
    return said_done(asked, "recorded that they were told");
}

Exit answers(Invocation& asked) {
    const auto all = places(asked).answers(asked.wiring.actor(), asked.text("COHORT"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("unanswered", words::list(all, words::unanswered_json)));
        return Exit::yes;
    }
    if (all.empty())
        asked.out.line("everybody has an answer");
    Table table({{"COHORT"}, {"PERSON"}, {"NAME"}, {"TO TELL"}, {"SINCE"}, {"DAYS", Table::Align::right}});
    const auto what = [](services::Unanswered::What one) {
        switch (one) {
        case services::Unanswered::What::no_answer_yet: return "no answer yet";
        case services::Unanswered::What::waiting: return "on the waiting list";
        case services::Unanswered::What::offered: return "a place is offered";
        case services::Unanswered::What::ran_out: return "the offer ran out";
        case services::Unanswered::What::no_place_this_time: return "no place this time";
        }
        return "";
    };
    for (const auto& one : all)
        table.add({{one.cohort},
                   {one.line.person.code.str()},
                   {one.line.person.name},
                   {what(one.what)},
                   {to_text(one.since)},
                   {std::to_string(one.days)}});
    if (!table.empty())
        asked.out.table(table);
    return Exit::yes;
}

Exit fairness(Invocation& asked) {
    const auto record = places(asked).fairness(asked.wiring.actor(), asked.text("COHORT"));
    const Exit exit = record.in_order ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::fairness_json(record));
        return exit;
    }
    print_rules(asked.out, record.view);
    Table table({{"NO", Table::Align::right}, {"PLACE", Table::Align::right}, {"STEP"}, {"DAY"}, {"UNTIL"}, {"WHY"}});
    const auto words_of = [](std::string_view word) {
        std::string text(word);
        std::replace(text.begin(), text.end(), '_', ' ');
        return text;
    };
    for (const auto& line : record.lines)
        table.add({{std::to_string(line.number)},
                   {line.position == 0 ? "" : std::to_string(line.position)},
                   {words_of(domain::to_text(line.step))},
                   {to_text(line.day)},
                   {line.until ? to_text(*line.until) : ""},
                   {words_of(domain::to_text(line.why))}});
    if (!table.empty()) {
        asked.out.line();
        asked.out.table(table);
    }
    for (const auto& lot : record.lots)
        asked.out.line("  " + lot.drawn + "  " + std::to_string(lot.number));
    if (!record.lots.empty())
        asked.out.paragraph("Anybody can draw it again: printf '%s' 'SEED:NUMBER' | sha256sum, and sort.");
    asked.out.line({{record.in_order ? "every offer went to the next in the stated order"
                                     : "not every offer went to the next in the stated order",
                     record.in_order ? Look::good : Look::bad}});
    return exit;
}

} // namespace

std::vector<Command> place_commands() {
    const Argument cohort{.name = "COHORT", .help = "The cohort's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument any_cohort{
        .name = "COHORT", .help = "The cohort's code; without it, every cohort you run", .required = false};
    std::vector<Command> commands{
        {
            .path = "place call",
            .summary = "State how many places a cohort has and how they are given",
            .text = "Before anybody asks, and the same for everyone. Given by arrival, by the mean of the points that "
                    "at least two reviewers give for closed criteria, or by a lot: its seed is made now and only its "
                    "SHA-256 is told, afterwards the seed itself, so that anybody can draw it again. Once stated, only "
                    "the number of places and the last day (while it is still to come) can change; type the rest "
                    "again as it was.",
            .effect = Effect::writes,
            .arguments = {cohort},
            .options = {{.name = "places",
                         .value = "NUMBER",
                         .help = "How many, within the bounds of the curriculum's format",
                         .type = ValueType::number,
                         .otherwise = "the most its format is for"},
                        {.name = "until", .value = "DATE", .help = "The last day to ask", .type = ValueType::date},
                        {.name = "by",
                         .value = "ORDER",
                         .help = "How places are given",
                         .type = ValueType::word,
                         .allowed = {"arrival", "score", "lot"},
                         .otherwise = "arrival"},
                        {.name = "criterion",
                         .value = "WORD NUMBER",
                         .help = "By score: a criterion and its most points, \"listening 5\"",
                         .repeated = true},
                        {.name = "reviewers",
                         .value = "NUMBER",
                         .help = "By score: how many people score each request",
                         .type = ValueType::number,
                         .otherwise = "2"},
                        {.name = "offer-days",
                         .value = "DAYS",
                         .help = "How long an offer stands",
                         .type = ValueType::number,
                         .otherwise = "7"},
                        {.name = "keep-papers",
                         .value = "DAYS",
                         .help = "Essays and notes are deleted so many days after the order is made",
                         .type = ValueType::number,
                         .otherwise = "0"}},
            .examples =
                {{"place call wrap-2026-spring --places 12 --until 2026-02-06 --by score --criterion \"listening "
                  "5\" --criterion \"time to attend 3\"",
                  "Twelve places, scored by two reviewers"}},
            .json = "{\"cohort\": code, \"places\": number, \"closes_on\": day, \"given_by\": word, \"order\": text, "
                    "\"seed_sha256\": text, \"requests\": [...], \"moved\": {...}}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::forbidden},
            .run = call,
        },
        {
            .path = "place ask",
            .summary = "Ask for a place, for yourself or for somebody who came to the office",
            .text = "The record's own clock says when. Nothing is asked but who it is.",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .json = "{\"number\": number, \"person\": {...}, \"state\": word, \"since\": day, ...}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = ask,
        },
        {
            .path = "place score",
            .summary = "Give a reviewer's points for a request",
            .text = "For a reviewer of the organization that gives the cohort, never for oneself. No reviewer sees the "
                    "points of another. When the order is made the points are deleted: how many people scored stays, "
                    "nothing else.",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .options = {{.name = "points",
                         .value = "WORD NUMBER",
                         .help = "For each criterion: \"listening 4\"",
                         .repeated = true},
                        {.name = "recuse", .help = "You do not score this one; nobody asks why"},
                        {.name = "by", .value = "PERSON", .help = "The reviewer", .otherwise = "whoever types"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::forbidden},
            .run = score,
        },
        {
            .path = "place offer",
            .summary = "Make the stated order, once, and offer the places to the first in it",
            .text = "After the last day to ask. The order stays for good, the points are deleted. With --dry-run you "
                    "see first the order that would be, with its points.",
            .effect = Effect::writes,
            .arguments = {cohort},
            .json = "{\"cohort\": code, \"ordered_on\": day, \"requests\": [{\"position\": number, \"state\": word, "
                    "\"until\": day, ...}], ...}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = offer,
        },
        {
            .path = "place advance",
            .summary = "Offer what has become free to the next in order",
            .text = "Writes down which offers ran out. Run it every morning; again changes nothing, and nobody is "
                    "offered a place twice. Declining and moving on do it at once.",
            .effect = Effect::writes,
            .arguments = {any_cohort},
            .json = "{\"moved\": [{\"cohort\": code, \"ran_out\": [...], \"offered\": [...]}]}",
            .exits = {Exit::not_found},
            .run = advance,
        },
        {
            .path = "place accept",
            .summary = "Take the place that is offered",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .json = "{\"number\": number, \"state\": \"accepted\", ...}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = accept,
        },
        {
            .path = "place decline",
            .summary = "Say that somebody does not want a place, or no longer",
            .text = "No reason is asked or kept. The next in order is offered the place.",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .json = "{\"cohort\": code, \"ran_out\": [...], \"offered\": [...]}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = decline,
        },
        {
            .path = "place list",
            .summary = "Show who asked for a place and how it stands",
            .text = "No points and no payer: who pays for a seat is nobody's business but the person's.",
            .arguments = {cohort},
            .json = "{\"cohort\": code, \"places\": number, \"taken\": number, \"requests\": [...], ...}",
            .exits = {Exit::not_found},
            .run = list,
        },
        {
            .path = "place answers",
            .summary = "Show who has no answer yet, and who was not told, since when",
            .arguments = {any_cohort},
            .json = "{\"unanswered\": [{\"cohort\": code, \"what\": word, \"since\": day, \"days\": number, "
                    "\"request\": {...}}]}",
            .exits = {Exit::not_found},
            .run = answers,
        },
        {
            .path = "place told",
            .summary = "Record that somebody was told how their request stands",
            .text = "So that nobody is told twice, and nobody is forgotten.",
            .effect = Effect::writes,
            .arguments = {cohort, person},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = told,
        },
        {
            .path = "place fairness",
            .summary = "Show who was offered a place when and why, by number and place in order",
            .text = "No names and no points. Also for whoever asked for a place there. Says whether every offer went "
                    "to the next in the stated order, and lets a lot be drawn again.",
            .arguments = {cohort},
            .json = "{\"cohort\": code, \"in_order\": true or false, \"steps\": [{\"number\": number, \"position\": "
                    "number, \"step\": word, \"day\": day, \"why\": word}], \"lots\": [...]}",
            .exits = {Exit::no, Exit::not_found},
            .run = fairness,
        },
    };
    std::vector<Command> seats = place_seat_commands();
    commands.insert(commands.end(), std::make_move_iterator(seats.begin()), std::make_move_iterator(seats.end()));
    return commands;
}

} // namespace peercert::cli
