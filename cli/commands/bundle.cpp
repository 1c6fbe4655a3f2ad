#include <algorithm>

#include <peercert/error.hpp>

#include "cli/cohort_shown.hpp"
#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/new_file.hpp"
#include "cli/output.hpp"
#include "cli/presence.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "domain/text.hpp"
#include "services/bundles.hpp"
#include "storage/files.hpp"
#include "words/json_list.hpp"
#include "words/session_shapes.hpp"

/// A cohort taken away as a file, used without a database, and brought back.
namespace peercert::cli {
namespace {

services::Bundles bundles(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

Exit take(Invocation& asked) {
    refuse_existing_file(asked.text("out"));
    const auto taken = bundles(asked).take(asked.wiring.actor(), asked.text("COHORT"), mode_of(asked));
    if (!asked.dry_run())
        storage::write_new_file(asked.text("out"), taken.bytes);
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("bundle", taken.id)
                           .set("file", asked.text("out"))
                           .set("people", taken.people)
                           .set("sessions", taken.sessions));
    else {
        asked.out.line(asked.text("out") + ": bundle " + taken.id + ", " + counted(taken.people, "person", "people") +
                       ", " + counted(taken.sessions, "session", "sessions"));
        asked.out.paragraph("Whoever holds this file can record attendance of this cohort in it, so give it to nobody "
                            "else. If it is lost: `peercert bundle withdraw " +
                            taken.id + "`.");
    }
    return Exit::yes;
}

std::string here_text(const std::optional<Minutes>& minutes) { return minutes ? hours_text(*minutes) : "nothing"; }

void print_line(Output& out, const char* how, Look look, const services::BroughtLine& line, const std::string& more) {
    out.line({{how, look},
              {"session " + std::to_string(line.session) + ", " + line.person.code.str() + "  " + line.person.name +
               ", " + hours_text(line.brought) + more}});
}

Exit bring_back(Invocation& asked) {
    const auto brought = bundles(asked).bring_back(asked.wiring.actor(), asked.contents("FILE"), mode_of(asked));
    const Exit exit = brought.to_decide.empty() ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::brought_back_json(brought));
        return exit;
    }
    for (const auto& line : brought.recorded)
        print_line(asked.out, "recorded   ", Look::good, line, line.here ? ", before " + hours_text(*line.here) : "");
    for (const auto& line : brought.to_come)
        print_line(asked.out, "to come    ", Look::warning, line,
                   ": that session is still to come by this record's clock; bring the file back after it");
    for (const auto& line : brought.to_decide)
        print_line(asked.out, "to decide  ", Look::warning, line,
                   " in the file, here " + here_text(line.here) + ", before both " + here_text(line.common));
    asked.out.line(brought.cohort + ", bundle " + brought.bundle + ": " + grouped(brought.recorded.size()) +
                   " recorded, " + grouped(brought.known) + " here already, " + grouped(brought.before) +
                   " brought back before, " + grouped(brought.to_decide.size()) + " to decide");
    for (const auto& review : brought.reviews)
        print_review(asked, review);
    if (!brought.to_decide.empty())
        asked.out.paragraph("Both sides changed these since the file was taken. Nothing is lost: decide each with "
                            "`peercert cohort settle " +
                            brought.cohort + " SESSION PERSON TIME`.");
    return exit;
}

Exit undecided(Invocation& asked) {
    const auto lines = bundles(asked).to_decide(asked.wiring.actor(), asked.text("COHORT"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("to_decide", words::list(lines, words::brought_line_json)));
        return Exit::yes;
    }
    for (const auto& line : lines)
        print_line(asked.out, "to decide  ", Look::warning, line, " in the file, here " + here_text(line.here));
    if (lines.empty())
        asked.out.line("nothing is to be decided");
    return Exit::yes;
}

Exit settle(Invocation& asked) {
    bundles(asked).settle(asked.wiring.actor(), asked.text("COHORT"), session_number(asked), asked.text("PERSON"),
                          asked.minutes("TIME"), mode_of(asked));
    return said_done(asked, "decided and recorded; both figures stay on record");
}

Exit withdraw(Invocation& asked) {
    bundles(asked).withdraw(asked.wiring.actor(), asked.text("BUNDLE"), mode_of(asked));
    return said_done(asked, "nothing of that file is taken back any more");
}

/// By code, or by the name that stands in the file.
domain::PersonCode person_in(const services::BundleFile& file, const std::string& typed) {
    const auto code = domain::PersonCode::parse(typed);
    std::vector<domain::PersonCode> found;
    for (const auto& person : file.people)
        if (code == person.code ||
            domain::search_key(person.name) == domain::search_key(domain::clean_text(typed, domain::person_name_rule)))
            found.push_back(person.code);
    if (found.size() == 1)
        return found.front();
    std::string codes;
    for (const auto& one : found)
        codes += (codes.empty() ? "" : ", ") + one.str();
    if (found.empty())
        throw Error(ErrorCode::not_found, "nobody of that code or name is in this cohort");
    throw Error(ErrorCode::conflict, "several people have that name; say which: " + codes);
}

Exit record(Invocation& asked) {
    const std::string bytes = asked.contents("FILE");
    const services::BundleFile file = services::read_bundle(bytes);
    services::BundleFile::Attended attended;
    attended.session = session_number(asked);
    attended.person = person_in(file, asked.text("PERSON"));
    const auto session = std::find_if(file.sessions.begin(), file.sessions.end(),
                                      [&](const auto& one) { return one.number == attended.session; });
    if (session != file.sessions.end()) // else it is refused below
        attended.minutes = presence_of(asked).at(*session);
    attended.claimed = services::SystemClock().now();
    const std::string with = services::with_attended(bytes, attended);
    const auto before = file.minutes(attended.session, attended.person);
    if (before != attended.minutes)
        replace_file(asked.text("FILE"), with);
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("changed", before != attended.minutes)
                           .set("session", attended.session)
                           .set("person", attended.person.str())
                           .set("minutes", attended.minutes.count()));
    else
        asked.out.line(before == attended.minutes
                           ? "recorded in the file already; nothing changed"
                           : "session " + std::to_string(attended.session) + ", " + attended.person.str() + ": " +
                                 hours_text(attended.minutes) + ", recorded in the file");
    return Exit::yes;
}

Exit show(Invocation& asked) {
    const services::BundleFile file = services::read_bundle(asked.contents("FILE"));
    if (asked.json()) {
        asked.out.json(words::bundle_json(file));
        return Exit::yes;
    }
    asked.out.line({{file.cohort, Look::strong}, {"  " + file.title + ", taken " + domain::to_text(file.taken)}});
    Table table({{"SESSION", Table::Align::right}, {"DAY"}, {"PERSON"}, {"NAME"}, {"PRESENT", Table::Align::right}});
    for (const auto& session : file.sessions)
        for (const auto& person : file.people) {
            const auto minutes = file.minutes(session.number, person.code);
            table.add({{std::to_string(session.number)},
                       {to_text(session.held_on)},
                       {person.code.str()},
                       {person.name + (person.state == domain::EnrolmentState::moved_on ? " (moved on)" : "")},
                       {minutes ? hours_text(*minutes) : "-"}});
        }
    asked.out.table(table);
    return Exit::yes;
}

} // namespace

std::vector<Command> cohort_bundle_commands() {
    const Argument cohort{.name = "COHORT", .help = "The cohort's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument session{.name = "SESSION", .help = "Number of the session, from 1", .type = ValueType::number};
    return {
        {
            .path = "cohort take",
            .summary = "Take a cohort away as one signed file, to record attendance without a network",
            .text = "The file holds its sessions, the names people use, the attendance so far, and a key of its own "
                    "that signs what is recorded in it; the record keeps only the other half. Refused where the "
                    "curriculum keeps no register.",
            .effect = Effect::writes,
            .arguments = {cohort},
            .options = {{.name = "out",
                         .value = "FILE",
                         .help = "The file to make",
                         .type = ValueType::file,
                         .required = true}},
            .json = "{\"bundle\": text, \"file\": text, \"people\": number, \"sessions\": number}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = take,
        },
        {
            .path = "cohort bring-back",
            .summary = "Merge a file that was taken away",
            .text = "What only the file changed is recorded; what was changed on both sides is kept for people to "
                    "decide, and the answer is exit 1. Bringing the same file back again changes nothing, and a file "
                    "may come back several times. The other machine's clock is kept as a claim: the day is the "
                    "session's and the time of recording is this record's.",
            .effect = Effect::writes,
            .arguments = {{.name = "FILE", .help = "The file", .type = ValueType::file}},
            .json = "{\"cohort\": code, \"recorded\": [...], \"to_decide\": [...], \"to_come\": [...], \"known\": "
                    "number, \"brought_before\": number, \"reviews\": [...]}",
            .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::conflict},
            .run = bring_back,
        },
        {
            .path = "cohort undecided",
            .summary = "Show attendance that a file and the record both changed, and nobody has decided yet",
            .arguments = {cohort},
            .json = "{\"to_decide\": [{\"session\": number, \"person\": {...}, \"minutes_brought\": number, "
                    "\"minutes_here\": number or null}]}",
            .exits = {Exit::not_found},
            .run = undecided,
        },
        {
            .path = "cohort settle",
            .summary = "Decide attendance that a file and the record both changed",
            .effect = Effect::writes,
            .arguments = {cohort,
                          session,
                          person,
                          {.name = "TIME", .help = "How long it was: 120, 2 h", .type = ValueType::minutes}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = settle,
        },
    };
}

std::vector<Command> bundle_commands() {
    const Argument file{.name = "FILE", .help = "The file that was taken", .type = ValueType::file};
    std::vector<Option> how_long = presence_options();
    return {
        {
            .path = "bundle record",
            .summary = "Record attendance in a file that was taken, without database and network",
            .text = "Each line is signed with the key in the file. Another figure for the same session and person "
                    "stands beside the first.",
            .effect = Effect::elsewhere,
            .arguments = {file,
                          {.name = "SESSION", .help = "Number of the session, from 1", .type = ValueType::number},
                          {.name = "PERSON", .help = "Code, or the name that stands in the file"},
                          present_argument()},
            .options = std::move(how_long),
            .examples = {{"bundle record evening.bundle 3 \"Ana Ruiz\" --late 15", "A quarter of an hour late"}},
            .json = "{\"changed\": true or false, \"session\": number, \"person\": code, \"minutes\": number}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict},
            .run = record,
        },
        {
            .path = "bundle show",
            .summary = "Show what a file that was taken holds, session by session",
            .effect = Effect::elsewhere,
            .arguments = {file},
            .json = "{\"bundle\": text, \"cohort\": code, \"sessions\": [...], \"people\": [...], \"lines\": "
                    "number}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = show,
        },
        {
            .path = "bundle withdraw",
            .summary = "Say that a file is lost: nothing of it is taken back any more",
            .effect = Effect::writes,
            .arguments = {{.name = "BUNDLE", .help = "Its name, as `cohort take` told it"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict},
            .run = withdraw,
        },
    };
}

} // namespace peercert::cli
