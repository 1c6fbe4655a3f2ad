#include <algorithm>
#include <array>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/recorded.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "services/ledger.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

services::NewRecord record_of(const Invocation& asked, EntryKind kind) {
    services::NewRecord record;
    record.kind = kind;
    record.first_day = asked.date("on");
    record.last_day = asked.maybe_date("until");
    record.tags = asked.texts("tag");
    record.provider = asked.text("provider");
    return record;
}

Exit stored(Invocation& asked, services::NewRecord record) {
    record.person = asked.text("PERSON");
    services::Ledger ledger(asked.wiring.house(), asked.wiring.rulebook());
    if (!record.amount_as_written.empty()) {
        record.amount = ledger.minutes_of(record);
        record.amount_as_written.clear();
    }
    const EntryId id = ledger.add(asked.wiring.actor(), record, mode_of(asked));
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("entry", asked.dry_run() ? words::Json() : words::Json(id.value()))
                           .set("amount", record.amount == 0 ? words::Json() : words::Json(record.amount))
                           .set("unit", record.amount == 0 ? words::Json() : words::Json(counted_in(record.kind))));
    else
        asked.out.line(said(asked, "entry " + std::to_string(id.value()) + ": " + told(record)));
    return Exit::yes;
}

/// Hours or minutes, or an amount in a unit of the track that --units-of names.
void set_amount(services::NewRecord& record, const Invocation& asked, std::string_view name) {
    if (const auto minutes = parse_minutes(asked.text(name))) {
        record.amount = minutes->count();
        return;
    }
    if (asked.text("units-of").empty())
        throw Error(ErrorCode::invalid_input, "whose unit is that? \"" + asked.text(name) +
                                                  "\" is counted as the rules of a track say; name it with --units-of");
    record.amount_as_written = asked.text(name);
    record.units_of = asked.text("units-of");
}

template <EntryKind kind>
Exit hours(Invocation& asked) {
    services::NewRecord record = record_of(asked, kind);
    set_amount(record, asked, "AMOUNT");
    record.code = asked.text("course");
    record.vouched_by = asked.text("vouched-by");
    record.vouched_as = asked.text("vouched-as");
    record.again = asked.flag("again");
    if (asked.flag("pending"))
        record.result = EntryResult::pending;
    return stored(asked, record);
}

Exit training(Invocation& asked) {
    services::NewRecord record = record_of(asked, EntryKind::training);
    record.code = asked.text("COURSE");
    if (asked.given("hours"))
        set_amount(record, asked, "hours");
    return stored(asked, record);
}

/// In hundredths. What no scale has is left to the service to refuse in words.
std::int64_t score_of(const Invocation& asked) {
    constexpr std::int64_t absurd = 1'000'000;
    return std::clamp(asked.number("score"), -absurd, absurd) * 100;
}

Exit exam(Invocation& asked) {
    services::NewRecord record = record_of(asked, EntryKind::exam);
    record.code = asked.text("PART");
    record.amount = asked.given("score") ? score_of(asked) : 0;
    record.result = domain::parse_entry_result(asked.text("RESULT")).value();
    return stored(asked, record);
}

template <EntryKind kind>
Exit coded(Invocation& asked) {
    services::NewRecord record = record_of(asked, kind);
    record.code = asked.text("WHAT");
    if constexpr (kind == EntryKind::attestation)
        record.wording = asked.text("wording");
    if constexpr (kind == EntryKind::document)
        record.document_digest = asked.text("digest");
    if constexpr (kind == EntryKind::fact)
        if (asked.flag("not-so")) { // of that day only: silence is answered, nothing is said to hold
            if (asked.given("until"))
                throw UsageError("--not-so is about the day somebody looked; leave --until out");
            record.result = EntryResult::refused;
            record.last_day = record.first_day;
        }
    return stored(asked, record);
}

Exit activity(Invocation& asked) {
    services::NewRecord record = record_of(asked, EntryKind::activity);
    record.code = asked.text("WHAT");
    record.amount = asked.number_or("times", 1);
    record.again = asked.flag("again");
    record.vouched_by = asked.text("vouched-by");
    record.vouched_as = asked.text("vouched-as");
    return stored(asked, record);
}

Exit decision(Invocation& asked) {
    services::NewRecord record = record_of(asked, EntryKind::decision);
    record.code = asked.text("CLAUSE");
    record.result = domain::parse_entry_result(asked.text("OUTCOME")).value();
    return stored(asked, record);
}

Exit list(Invocation& asked) {
    services::Ledger ledger(asked.wiring.house(), asked.wiring.rulebook());
    const auto lines = ledger.of(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& line : lines)
            items.push(words::ledger_line_json(line));
        asked.out.json(words::Json::object().set("entries", std::move(items)));
        return Exit::yes;
    }
    Table table({{"ENTRY", Table::Align::right},
                 {"KIND"},
                 {"FROM"},
                 {"TO"},
                 {"AMOUNT", Table::Align::right},
                 {"WHAT"},
                 {"WORDS"},
                 {"STANDS"}});
    for (const auto& line : lines) {
        const domain::LedgerEntry& entry = line.entry;
        std::string tags;
        for (const std::string& tag : entry.tags)
            tags += (tags.empty() ? "" : ", ") + tag;
        const std::string why = entry.late_reason ? " (" + std::string(domain::to_text(*entry.late_reason)) + ")" : "";
        const std::string stands =
            entry.withdrawn       ? "withdraws entry " + std::to_string(entry.replaces.value()) + why
            : entry.superseded_by ? "replaced by entry " + std::to_string(entry.superseded_by.value())
            : entry.kind == EntryKind::fact && entry.result == EntryResult::refused ? "looked at, and not so"
            : entry.result == EntryResult::none                                     ? ""
                                                : std::string(domain::to_text(entry.result));
        table.add({{std::to_string(entry.id.value())},
                   {std::string(domain::to_text(entry.kind))},
                   {to_text(entry.first_day)},
                   {entry.last_day == no_end ? "" : to_text(entry.last_day)},
                   {amount_of(entry.kind, entry.amount)},
                   {entry.code},
                   {tags},
                   {stands}});
    }
    asked.out.table(table);
    return Exit::yes;
}

Exit correct(Invocation& asked) {
    constexpr std::array changes = {"on", "until", "hours", "score", "tag", "result", "code", "provider"};
    if (std::none_of(changes.begin(), changes.end(), [&](const char* name) { return asked.given(name); }))
        throw UsageError("say what is to be corrected",
                         "peercert record correct --help lists it; peercert record withdraw takes an entry back");
    services::Correction correction;
    correction.first_day = asked.maybe_date("on");
    correction.last_day = asked.maybe_date("until");
    if (asked.given("hours"))
        correction.amount = asked.minutes("hours").count();
    if (asked.given("score"))
        correction.amount = score_of(asked);
    if (asked.given("tag"))
        correction.tags = asked.texts("tag");
    if (asked.given("result"))
        correction.result = domain::parse_entry_result(asked.text("result"));
    correction.code = asked.maybe_text("code");
    correction.provider = asked.maybe_text("provider");
    services::Ledger ledger(asked.wiring.house(), asked.wiring.rulebook());
    const services::Replaced replaced =
        ledger.correct(asked.wiring.actor(), EntryId{asked.number("ENTRY")}, correction, mode_of(asked));
    if (asked.json()) {
        words::Json answer = words::Json::object();
        answer.set("entry", asked.dry_run() ? words::Json() : words::Json(replaced.by.value()));
        set_review(answer, replaced.review, replaced.relying);
        asked.out.json(answer);
        return Exit::yes;
    }
    asked.out.line(said(asked, "entry " + asked.text("ENTRY") + " is replaced by entry " +
                                   std::to_string(replaced.by.value()) + "; both stay visible"));
    print_relying(asked.out, replaced.relying);
    return Exit::yes;
}

Exit withdraw(Invocation& asked) {
    services::Ledger ledger(asked.wiring.house(), asked.wiring.rulebook());
    const services::Replaced replaced =
        ledger.withdraw(asked.wiring.actor(), EntryId{asked.number("ENTRY")}, mode_of(asked));
    if (asked.json()) {
        words::Json answer = words::Json::object();
        answer.set("done", !asked.dry_run());
        set_review(answer, replaced.review, replaced.relying);
        asked.out.json(answer);
        return Exit::yes;
    }
    said_done(asked, "entry " + asked.text("ENTRY") + " no longer counts; it stays visible");
    if (replaced.review)
        print_review(asked, *replaced.review);
    print_relying(asked.out, replaced.relying);
    return Exit::yes;
}

Command command(const std::string& verb, const std::string& summary, const std::string& text,
                std::vector<Argument> arguments, std::vector<Option> options, std::function<Exit(Invocation&)> run) {
    arguments.insert(arguments.begin(), {.name = "PERSON", .help = "The person's code, P-..."});
    options.insert(options.begin(), {{.name = "on",
                                      .value = "DATE",
                                      .help = "The day, or the first one",
                                      .type = ValueType::date,
                                      .required = true},
                                     {.name = "until",
                                      .value = "DATE",
                                      .help = "The last day",
                                      .type = ValueType::date,
                                      .otherwise = "the same day"},
                                     {.name = "provider", .value = "ORGANIZATION", .help = "Who gave it"},
                                     {.name = "tag",
                                      .value = "WORD",
                                      .help = "A word of the rules (topic, mode, setting, proof)",
                                      .repeated = true}});
    return {.path = "record " + verb,
            .summary = summary,
            .text = text,
            .effect = Effect::writes,
            .arguments = std::move(arguments),
            .options = std::move(options),
            .json = "{\"entry\": number, or null with --dry-run, \"amount\": number or null, \"unit\": \"minutes\", "
                    "\"hundredths\" (of a score), \"times\" or null}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden},
            .run = std::move(run)};
}

} // namespace

std::vector<Command> record_commands() {
    const std::string no_story = "Nothing about anybody who was supported, and no reasons, are ever recorded.";
    const Argument amount{.name = "AMOUNT",
                          .help = "How long: 2.5 h, 90 min, or a track's own unit with --units-of: \"0.2 CEU\"",
                          .type = ValueType::amount};
    const Option units_of{.name = "units-of",
                          .value = "TRACK",
                          .help = "Whose units the amount is written in: what one is worth differs"};
    const Option again{.name = "again", .help = "The same line is here already, and it happened twice"};
    const std::vector<Option> vouched{
        units_of,
        {.name = "vouched-by", .value = "PERSON", .help = "Who confirms it"},
        {.name = "vouched-as",
         .value = "CODE/ROLE",
         .help = "In which role, such as \"wa-cpss/approved supervisor\"; judged on the day it was done"},
        again,
        {.name = "course", .value = "COURSE", .help = "The course or programme, where the rule asks for it"},
        {.name = "pending", .help = "It still waits for approval or confirmation"}};
    return {
        command("practice", "Record peer-support hours", no_story, {amount}, vouched, hours<EntryKind::practice>),
        command("supervision", "Record supervision or co-reflection", no_story, {amount}, vouched,
                hours<EntryKind::supervision>),
        command("ce", "Record continuing education",
                "Topics are words of the rules: --tag peer-specific --tag \"suicide prevention\".", {amount}, vouched,
                hours<EntryKind::ce>),
        command("training", "Record a completed course taken elsewhere", "",
                {{.name = "COURSE", .help = "Code of the course"}},
                {{.name = "hours", .value = "AMOUNT", .help = "Contact hours", .type = ValueType::amount}, units_of},
                training),
        command("exam", "Record one attempt at an exam part",
                "The result is the person's own business: it is shown to them and to who decides.",
                {{.name = "PART", .help = "The part, as the rule calls it"},
                 {.name = "RESULT",
                  .help = "What came of it",
                  .type = ValueType::word,
                  .allowed = {"passed", "not_yet", "no_show"}}},
                {{.name = "score", .value = "NUMBER", .help = "Percent or points", .type = ValueType::number}}, exam),
        command("statement", "Record that a person made a statement",
                "Lived experience is only ever this: made, on this day, to this wording. Never a word of what it was.",
                {{.name = "WHAT", .help = "Which statement, as the rule calls it"}},
                {{.name = "wording", .value = "VERSION", .help = "Version of the text agreed to"}},
                coded<EntryKind::attestation>),
        command("document", "Record that a document was shown", "The document itself is not kept; its digest may be.",
                {{.name = "WHAT", .help = "Which document, as the rule calls it"}},
                {{.name = "digest", .value = "HEX", .help = "SHA-256 of what was shown"}}, coded<EntryKind::document>),
        command("fact", "Record something that is true from a day on",
                "Where a rule asks that something is not so (no exclusion, no such offence), silence proves nothing: "
                "--not-so records that somebody looked on that day and found nothing.",
                {{.name = "WHAT", .help = "Which fact, as the rule calls it"}},
                {{.name = "not-so", .help = "Somebody looked on that day, and it is not so"}}, coded<EntryKind::fact>),
        command("activity", "Record something led or done that counts in times", "",
                {{.name = "WHAT", .help = "What, as the rule calls it"}},
                {{.name = "times", .value = "NUMBER", .help = "How often", .type = ValueType::number, .otherwise = "1"},
                 again,
                 {.name = "vouched-by", .value = "PERSON", .help = "Who confirms it"},
                 {.name = "vouched-as", .value = "CODE/ROLE", .help = "In which role"}},
                activity),
        command("decision", "Record what the certifying body decided on an open clause", "",
                {{.name = "CLAUSE", .help = "The clause's name"},
                 {.name = "OUTCOME",
                  .help = "What was decided",
                  .type = ValueType::word,
                  .allowed = {"approved", "refused"}}},
                {}, decision),
        {
            .path = "record list",
            .summary = "Show a person's ledger, replaced lines too",
            .arguments = {{.name = "PERSON", .help = "The person's code, P-..."}},
            .json = "{\"entries\": [{\"entry\": number, \"kind\": word, \"first_day\": day, \"last_day\": day or null, "
                    "\"amount\": number, \"code\": text, ...}]}",
            .exits = {Exit::not_found},
            .run = list,
        },
        {
            .path = "record correct",
            .summary = "Replace a line of the ledger by a better one",
            .text = "Give what changes; the rest stays as it was. Both lines stay visible; only the new one counts. "
                    "Attendance is corrected "
                    "with `cohort attend`.",
            .effect = Effect::writes,
            .arguments = {{.name = "ENTRY", .help = "Number of the line", .type = ValueType::number}},
            .options =
                {{.name = "on", .value = "DATE", .help = "The day, or the first one", .type = ValueType::date},
                 {.name = "until", .value = "DATE", .help = "The last day", .type = ValueType::date},
                 {.name = "hours", .value = "AMOUNT", .help = "How long", .type = ValueType::minutes},
                 {.name = "score", .value = "NUMBER", .help = "Score of an examination", .type = ValueType::number},
                 {.name = "result",
                  .value = "RESULT",
                  .help = "What came of it",
                  .type = ValueType::word,
                  .allowed = {"passed", "not_yet", "no_show", "pending", "none"}},
                 {.name = "code", .value = "WORD", .help = "What it is"},
                 {.name = "provider", .value = "ORGANIZATION", .help = "Who gave it"},
                 {.name = "tag", .value = "WORD", .help = "A word of the rules, all of them anew", .repeated = true}},
            .json = "{\"entry\": number, \"completion_reviewed\": null, \"relying_credentials\": [{\"number\": text, "
                    "\"track\": "
                    "code, \"term\": number, ...}]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = correct,
        },
        {
            .path = "record withdraw",
            .summary = "Take a line of the ledger out of the count; it stays visible",
            .effect = Effect::writes,
            .arguments = {{.name = "ENTRY", .help = "Number of the line", .type = ValueType::number}},
            .json = "{\"done\": true or false, \"completion_reviewed\": {...} or null, \"relying_credentials\": [...]}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = withdraw,
        },
    };
}

} // namespace peercert::cli
