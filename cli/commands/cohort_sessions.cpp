#include <filesystem>
#include <sstream>

#include <peercert/error.hpp>

#include "cli/cohort_shown.hpp"
#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/imported.hpp"
#include "cli/output.hpp"
#include "cli/presence.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "documents/sign_in_sheet.hpp"
#include "services/cohorts.hpp"
#include "storage/files.hpp"
#include "words/json_list.hpp"
#include "words/session_shapes.hpp"
#include "words/shapes.hpp"

/// What happens at sessions: who was there, how long, who could lead one, sheets to sign and to read back.
namespace peercert::cli {
namespace {

services::Cohorts cohorts(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }
services::Sheets sheets(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

Exit told_attended(Invocation& asked, const services::Attended& attended) {
    if (asked.json()) {
        words::Json answer = words::Json::object();
        answer.set("done", !asked.dry_run()).set("changed", attended.changed);
        set_review(answer, attended.review,
                   attended.review ? attended.review->relying : std::vector<services::Relying>{});
        asked.out.json(answer);
        return Exit::yes;
    }
    said_done(asked, attended.changed ? "recorded" : "recorded already; nothing changed");
    if (attended.review)
        print_review(asked, *attended.review);
    return Exit::yes;
}

Exit attend(Invocation& asked) {
    const auto made_up_on = asked.maybe_date("made-up-on");
    const services::Presence presence = presence_of(asked);
    if (made_up_on && !presence.minutes)
        throw UsageError("say how much of the session was made up");
    services::Cohorts service = cohorts(asked);
    const services::Attended attended =
        made_up_on ? service.make_up(asked.wiring.actor(), asked.text("COHORT"), session_number(asked),
                                     asked.text("PERSON"), {*presence.minutes, *made_up_on}, mode_of(asked))
                   : service.attend(asked.wiring.actor(), asked.text("COHORT"), session_number(asked),
                                    asked.text("PERSON"), asked.minutes("PRESENT"), mode_of(asked));
    return told_attended(asked, attended);
}

void print_hours(Output& out, const services::HoursLeft& left) {
    const auto& progress = left.progress;
    out.line({{progress.person.name, Look::strong},
              {"  " + progress.person.code.str() + ", " + std::string(domain::to_text(progress.state))}});
    out.line("  present " + hours_text(progress.present) + ", still to come " + hours_text(left.to_come));
    if (!left.wanted)
        out.line("  the curriculum asks for no hours");
    else if (left.wanted->count() == 0)
        out.line({{"  nothing more is wanted", Look::good}});
    else if (left.may_miss->count() >= 0)
        out.line("  " + hours_text(*left.wanted) + " still wanted; " +
                 (left.may_miss->count() == 0 ? std::string("nothing more may be missed")
                                              : "you have " + hours_text(*left.may_miss) + " left to miss"));
    else
        out.line({{"  " + hours_text(*left.wanted) + " still wanted, " + hours_text(-*left.may_miss) +
                       " more than is still to come: to be made up",
                   Look::warning}});
    for (const auto& missed : left.missed)
        out.line("  missed " + hours_text(missed.missed) + " of session " + std::to_string(missed.session.number) +
                 ", " + to_text(missed.session.held_on) +
                 (missed.session.unit.empty() ? "" : ", " + missed.session.unit) +
                 (missed.why_not.empty() ? ": can be made up" : ": " + missed.why_not));
}

Exit hours(Invocation& asked) {
    const auto all = services::CohortHours(asked.wiring.house(), asked.wiring.rulebook())
                         .of(asked.wiring.actor(), asked.text("COHORT"), asked.text("PERSON"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("people", words::list(all, words::hours_left_json)));
        return Exit::yes;
    }
    for (const auto& one : all)
        print_hours(asked.out, one);
    return Exit::yes;
}

Exit find_substitutes(Invocation& asked) {
    const auto found = services::substitutes(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(),
                                             asked.text("COHORT"), session_number(asked));
    const Exit exit = found.free.empty() ? Exit::no : Exit::yes;
    if (asked.json()) {
        asked.out.json(words::substitutes_json(found));
        return exit;
    }
    asked.out.line(found.gap.empty() ? "session " + std::to_string(found.session.number) + " on " +
                                           to_text(found.session.held_on) + " is led as the curriculum asks"
                                     : found.gap);
    Table table({{"PERSON"}, {"NAME"}, {"LEVEL"}, {"CURRENT UNTIL"}, {"THEN"}});
    for (const auto& one : found.free)
        table.add({{one.person.code.str()},
                   {one.person.name},
                   {one.level},
                   {one.current_until ? to_text(*one.current_until) : "no end"},
                   {one.completes ? "led as asked" : "another is still wanted"}});
    if (!table.empty())
        asked.out.table(table);
    else
        asked.out.line("nobody who is qualified that day is free");
    if (found.leading_elsewhere > 0)
        asked.out.line(counted(static_cast<std::size_t>(found.leading_elsewhere), "more is", "more are") +
                       " qualified, and leads another session that day");
    return exit;
}

constexpr std::array weekday_names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

documents::SignInSheet drawn(const services::SheetContent& content) {
    documents::SignInSheet sheet;
    sheet.title = content.cohort.title;
    const domain::Session& session = content.session;
    const std::chrono::weekday weekday{std::chrono::sys_days{session.held_on}};
    std::string when = "Session " + std::to_string(session.number) + " of " + std::to_string(content.sessions) + ", " +
                       weekday_names.at(weekday.c_encoding()) + " " + to_text(session.held_on);
    if (session.length != domain::length_not_given)
        when += ", " + hours_text(session.length);
    if (!session.unit.empty())
        when += ": " + session.unit;
    sheet.lines = {content.organization + ", " + content.cohort.code, when};
    if (!content.leaders.empty())
        sheet.lines.push_back("Led by " + joined(content.leaders));
    sheet.footer = "Read back: peercert cohort read-back " + content.cohort.code + " CODE [MINUTES]";
    for (const auto& row : content.rows)
        sheet.rows.push_back({row.code.str(), row.name});
    return sheet;
}

Exit sheet(Invocation& asked) {
    const auto content = sheets(asked).sheet(asked.wiring.actor(), asked.text("COHORT"), session_number(asked));
    const auto pdf = documents::sign_in_sheet(drawn(content), asked.given("font") ? asked.text("font")
                                                                                  : documents::default_font().string());
    storage::write_new_file(asked.text("out"), pdf.bytes);
    for (const std::string& code : pdf.undrawn)
        asked.out.note("the font lacks letters of the name beside " + code +
                       "; write it in by hand, or give a font that has them with --font");
    if (asked.json())
        asked.out.json(words::sheet_json(content)
                           .set("file", asked.text("out"))
                           .set("undrawn", words::Json::array_of(pdf.undrawn)));
    else
        asked.out.line(asked.text("out") + ": " + counted(content.rows.size(), "row", "rows"));
    return Exit::yes;
}

Exit read_back(Invocation& asked) {
    const std::string what = asked.text("WHAT");
    std::error_code ignored;
    if (what == "-" || (!domain::SheetCode::parse(what) && std::filesystem::exists(what, ignored))) {
        for (const char* option : {"PRESENT", "late", "left-early", "arrived", "left"})
            if (asked.given(option))
                throw UsageError("how long stands in the file, row by row");
        std::istringstream file(asked.contents("WHAT"));
        return print_import(asked,
                            sheets(asked).read_back(asked.wiring.actor(), asked.text("COHORT"), file, mode_of(asked)),
                            "attendance", "attendances");
    }
    const auto read =
        sheets(asked).read_back(asked.wiring.actor(), asked.text("COHORT"), what, presence_of(asked), mode_of(asked));
    if (!asked.json())
        asked.out.line("session " + std::to_string(read.session.number) + ", " + read.person.name + " " +
                       read.person.code.str() + ", " + hours_text(read.present));
    return told_attended(asked, read.attended);
}

std::vector<Option> with_made_up_on(std::vector<Option> options) {
    options.push_back({.name = "made-up-on",
                       .value = "DATE",
                       .help = "The later day on which this much of the session was made up",
                       .type = ValueType::date});
    return options;
}

} // namespace

std::vector<Command> cohort_session_commands() {
    const Argument cohort{.name = "COHORT", .help = "The cohort's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument session{.name = "SESSION", .help = "Number of the session, from 1", .type = ValueType::number};
    return {
        {
            .path = "cohort attend",
            .summary = "Record how long somebody was at a session",
            .text = "In minutes, or by lateness and leaving early, or from when to when; 0 is not there. The same "
                    "again changes nothing, another figure is a correction that "
                    "keeps the first. A completion that rested on it is judged again: "
                    "you are told whether it stands, and which credentials counted it; those are never changed by "
                    "themselves.\n\n"
                    "With --made-up-on it is what they missed of that session and made up on a later day, in the next "
                    "round or at a make-up session. Whether that counts is the curriculum's rule: it may let nothing "
                    "be made up, or name sessions that never can be.",
            .effect = Effect::writes,
            .arguments = {cohort, session, person, present_argument()},
            .options = with_made_up_on(presence_options()),
            .examples = {{"cohort attend wrap-2026 3 P-0000-0000-000 --late 15",
                          "Fifteen minutes late, and there to the end"},
                         {"cohort attend cipss-2026 3 P-0000-0000-000 \"6 h\" --made-up-on 2026-09-14",
                          "The third day, missed in spring and made up in the next round"}},
            .json =
                "{\"done\": true or false, \"changed\": true or false, \"completion_reviewed\": {\"outcome\": word, "
                "\"entry_before\": number, \"progress\": {...}, ...} or null, \"relying_credentials\": [{\"number\": "
                "text, "
                "\"track\": code, \"term\": number, ...}]}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = attend,
        },
        {
            .path = "cohort hours",
            .summary = "Show how many hours somebody has left, by the curriculum's own rule",
            .text = "What is still wanted, what is still to come, how much of it may be missed, and which sessions "
                    "were missed and can be made up. For whoever records attendance, and for the person (--as). "
                    "Without PERSON, everybody; who moved on is shown as such.",
            .arguments = {cohort, {.name = "PERSON", .help = "The person's code, P-...", .required = false}},
            .json = "{\"people\": [{\"person\": {...}, \"state\": word, \"minutes_present\": number, "
                    "\"minutes_to_come\": number, \"minutes_wanted\": number or null, \"minutes_may_miss\": number "
                    "or null, \"missed\": [...]}]}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = hours,
        },
        {
            .path = "cohort substitutes",
            .summary = "Show who could lead a session: qualified that day and not leading elsewhere",
            .text = "Those with whom the session is led as the curriculum asks come first.",
            .arguments = {cohort, session},
            .json = "{\"led_as_asked\": true or false, \"gap\": text, \"free\": [{\"person\": {...}, \"level\": "
                    "word, \"current_until\": day or null, \"completes\": true or false}], \"leading_elsewhere\": "
                    "number}",
            .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
            .run = find_substitutes,
        },
        {
            .path = "cohort sheet",
            .summary = "Make a sign-in sheet to print, with a code and a QR code for each row",
            .text = "A PDF on US Letter with the names people use. A code names the session and the row; its last "
                    "character catches typing errors. Refused where the curriculum keeps no register.",
            .arguments = {cohort, session},
            .options =
                {{.name = "out", .value = "FILE", .help = "The PDF to make", .type = ValueType::file, .required = true},
                 {.name = "font",
                  .value = "FILE",
                  .help = "A TrueType font to embed",
                  .type = ValueType::file,
                  .otherwise = "DejaVu Sans"}},
            .json = "{\"file\": text, \"rows\": [{\"code\": text, \"name\": text}], \"undrawn\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = sheet,
        },
        {
            .path = "cohort read-back",
            .summary = "Record attendance from the codes of a sign-in sheet",
            .text = "One code, typed or scanned; or a CSV file with the columns code and, if you have them, minutes, "
                    "late, left_early, arrived, left. A code alone was there from beginning to end. Of a file all rows "
                    "or none; reading it again changes nothing. The day is the session's, the time of recording this "
                    "machine's.",
            .effect = Effect::writes,
            .arguments = {cohort,
                          {.name = "WHAT", .help = "A code, or a file; - is standard input"},
                          present_argument()},
            .options = presence_options(),
            .examples = {{"cohort read-back wrap-2026 0C04-02T --late 20", "One row, twenty minutes late"},
                         {"cohort read-back wrap-2026 scanned.csv --dry-run", "A whole sheet; look first"}},
            .json = "{\"done\": true or false, \"changed\": true or false, ...}, or for a file what import "
                    "attendance answers",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = read_back,
        },
    };
}

} // namespace peercert::cli
