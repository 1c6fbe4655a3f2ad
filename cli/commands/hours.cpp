#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "domain/activity.hpp"
#include "services/hours.hpp"
#include "services/reports/role_share.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

template <class Words>
std::string listed(const Words& words) {
    std::string all;
    for (const std::string_view word : words)
        all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

services::Hours hours_of(Invocation& asked) { return {asked.wiring.house(), asked.wiring.rulebook()}; }

/// Words of more than one part, so they are text to the shell and judged here.
template <class Words>
std::string one_of(const Invocation& asked, std::string_view option, const Words& words) {
    std::string typed = asked.text(option);
    if (typed.empty() || std::find(words.begin(), words.end(), typed) != words.end())
        return typed;
    const std::string near = nearest(typed, std::vector<std::string_view>(words.begin(), words.end()));
    throw Error(ErrorCode::invalid_input,
                "\"" + typed + "\" is no word for --" + std::string(option) +
                    (near.empty() ? "; it takes: " + listed(words) : "; did you mean \"" + near + "\"?"));
}

std::vector<std::string_view> words_of_activities() {
    std::vector<std::string_view> all;
    for (const domain::Activity& one : domain::activities())
        all.push_back(one.word);
    return all;
}

Exit log(Invocation& asked) {
    services::NewHours line;
    line.person = asked.text("PERSON");
    line.minutes = asked.minutes("AMOUNT").count();
    line.first_day = asked.maybe_date("on").value_or(asked.wiring.house().today());
    line.last_day = asked.maybe_date("until");
    line.employer = asked.text("employer");
    line.activity = one_of(asked, "activity", words_of_activities());
    line.setting = one_of(asked, "setting", domain::settings_of_work());
    line.way = one_of(asked, "how", domain::ways_of_work());
    line.tags = asked.texts("tag");
    line.course = asked.text("course");
    line.is_supervision = asked.flag("supervision");
    line.unusual = asked.flag("unusual");
    const EntryId entry = hours_of(asked).log(asked.wiring.actor(), line, mode_of(asked));
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("entry", asked.dry_run() ? words::Json() : words::Json(entry.value()))
                           .set("minutes", line.minutes));
    else
        said_done(asked, hours_text(Minutes{line.minutes}) + " on " + to_text(line.first_day) +
                             (line.activity.empty() ? "" : ", " + line.activity) + "; it waits for a supervisor");
    return Exit::yes;
}

std::string days_of(const services::AskedLine& line) {
    return to_text(line.first_day) + (line.last_day == line.first_day ? "" : " to " + to_text(line.last_day));
}

std::string state_of(const services::AskedLine& line) {
    switch (line.state) {
    case services::AskedLine::State::open: return "waits";
    case services::AskedLine::State::confirmed: return "confirmed";
    case services::AskedLine::State::changed: return "changed since";
    case services::AskedLine::State::not_entitled:
        return "not yours to confirm on " + to_text(line.not_entitled_on.value());
    }
    return {};
}

void print(Invocation& asked, const services::ConfirmationView& view) {
    asked.out.line(
        {{"request " + std::to_string(view.id.value()), Look::strong},
         {": hours of " + view.person_name + ", asked of " + view.supervisor_name + "; " +
          std::string(services::to_text(view.state)) +
          (view.state == services::ConfirmationView::State::open ? " until " + domain::to_text(view.expires_at)
                                                                 : "")}});
    Table table({{"ENTRY", Table::Align::right}, {"DAYS"}, {"HOURS", Table::Align::right}, {"WHERE"}, {"WORDS"}, {""}});
    for (const services::AskedLine& line : view.lines) {
        std::string tags;
        for (const std::string& tag : line.tags)
            tags += (tags.empty() ? "" : ", ") + tag;
        table.add({{std::to_string(line.entry.value())},
                   {days_of(line)},
                   {hours_text(Minutes{line.minutes})},
                   {line.employer},
                   {tags},
                   {state_of(line)}});
    }
    asked.out.table(table);
}

/// Where this installation's pages are.
std::string site_of(const Invocation& asked) {
    std::string site = asked.text("site");
    if (site.empty())
        site = "http://127.0.0.1:" + asked.wiring.settings().port.value;
    while (site.ends_with('/'))
        site.pop_back();
    return site;
}

Exit ask(Invocation& asked) {
    services::NewConfirmation request;
    request.person = asked.text("PERSON");
    request.supervisor = asked.text("SUPERVISOR");
    request.role = asked.text("role");
    request.from = asked.maybe_date("from");
    request.until = asked.maybe_date("until");
    request.days = static_cast<int>(std::clamp<std::int64_t>(asked.number_or("days", services::link_days), 0, 1000));
    const services::AskedSupervisor made = hours_of(asked).ask(asked.wiring.actor(), request, mode_of(asked));
    const std::string link = asked.dry_run() ? "" : site_of(asked) + "/confirm/" + made.secret;
    if (asked.json()) {
        words::Json answer = words::confirmation_json(made.view);
        if (asked.dry_run())
            answer.set("request", words::Json());
        answer.set("link", asked.dry_run() ? words::Json() : words::Json(link));
        asked.out.json(answer);
        return Exit::yes;
    }
    print(asked, made.view);
    if (asked.dry_run())
        return said_done(asked, "a link for " + made.view.supervisor_name);
    asked.out.line("Give this link to " + made.view.supervisor_name +
                   " and to nobody else. It works once, needs no account, and is shown only now:");
    asked.out.line({{link, Look::strong}});
    return Exit::yes;
}

Exit requests(Invocation& asked) {
    const auto views = hours_of(asked).list(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& view : views)
            items.push(words::confirmation_json(view));
        asked.out.json(words::Json::object().set("requests", std::move(items)));
        return Exit::yes;
    }
    if (views.empty())
        asked.out.line("No supervisor was asked about these hours yet: peercert hours ask");
    for (const auto& view : views)
        print(asked, view);
    return Exit::yes;
}

Exit withdraw(Invocation& asked) {
    hours_of(asked).withdraw(asked.wiring.actor(), domain::ConfirmationId(asked.number("REQUEST")), mode_of(asked));
    return said_done(asked, "request " + asked.text("REQUEST") + " is withdrawn; its link no longer works");
}

/// The last part of a link, or the whole link.
std::string secret_of(const std::string& typed) {
    const std::size_t slash = typed.rfind('/');
    return slash == std::string::npos ? typed : typed.substr(slash + 1);
}

Exit confirm(Invocation& asked) {
    const std::string secret = secret_of(asked.text("LINK"));
    services::Hours hours = hours_of(asked);
    const services::ConfirmationView before = hours.open(secret);
    std::vector<EntryId> entries;
    for (const services::AskedLine& line : before.lines)
        if (line.state == services::AskedLine::State::open)
            entries.push_back(line.entry);
    for (const std::string& typed : asked.texts("except")) {
        const auto number = parse_number(typed);
        const auto found = number ? std::find(entries.begin(), entries.end(), EntryId{*number}) : entries.end();
        if (found == entries.end())
            throw Error(ErrorCode::invalid_input,
                        "\"" + typed + "\" is no number of a line that waits in this request");
        entries.erase(found);
    }
    const services::Answered answered = hours.answer(secret, entries, asked.wiring.actor().name, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::confirmation_json(answered.view).set("confirmed_minutes", answered.minutes));
        return Exit::yes;
    }
    print(asked, answered.view);
    return said_done(asked, hours_text(Minutes{answered.minutes}) + " confirmed in the name of " +
                                answered.view.supervisor_name);
}

Exit share(Invocation& asked) {
    const Date today = asked.wiring.house().today();
    const Date until = asked.maybe_date("until").value_or(today);
    const Date from = asked.maybe_date("from").value_or(add_days(until, -89));
    const bool is_employer = asked.given("employer");
    if (is_employer == asked.given("PERSON"))
        throw UsageError("say whose hours: a person, or --employer ORGANIZATION", "one of them, not both");
    services::House& house = asked.wiring.house();
    const services::RoleShare share =
        is_employer ? services::role_share_of_employer(house, asked.wiring.actor(), asked.text("employer"), from, until)
                    : services::role_share_of_person(house, asked.wiring.actor(), asked.text("PERSON"), from, until);
    if (asked.json()) {
        asked.out.json(words::role_share_json(share));
        return Exit::yes;
    }
    if (share.too_few) {
        asked.out.line("Fewer than " + std::to_string(services::fewest_people_told_of) +
                       " people worked there in these days; figures that could point at one of them are not shown.");
        return Exit::yes;
    }
    if (const auto hundredths = share.share())
        asked.out.line("Peer work: " + std::to_string(*hundredths / 100) + " % of the hours of which it is said (" +
                       hours_text(Minutes{share.peer_work}) + " of " +
                       hours_text(Minutes{share.peer_work + share.outside}) + "), " + to_text(from) + " to " +
                       to_text(until));
    else
        asked.out.line("No line from " + to_text(from) + " to " + to_text(until) + " says what the hours were for.");
    Table table({{"ACTIVITY"}, {"HOURS", Table::Align::right}, {"OF THESE ASSIGNED", Table::Align::right}, {""}});
    for (const services::RoleShare::Part& part : share.parts)
        table.add({{part.activity},
                   {hours_text(Minutes{part.minutes})},
                   {part.assigned == 0 ? "" : hours_text(Minutes{part.assigned})},
                   {part.is_peer_work ? "" : "outside the role"}});
    asked.out.table(table);
    if (share.not_said > 0)
        asked.out.line(hours_text(Minutes{share.not_said}) + " more without an activity");
    asked.out.line({{"This tells of the job. It is not a measure of anybody who does it.", Look::faint}});
    return Exit::yes;
}

} // namespace

std::vector<Command> hours_commands() {
    const Argument person{.name = "PERSON", .help = "The person's code, P-..., or their whole name"};
    const char* confirmation =
        "{\"request\": number or null, \"person\": code, \"supervisor\": code, \"role\": text, \"state\": \"open\", "
        "\"answered\", \"withdrawn\" or \"expired\", \"asked_at\": instant, \"expires_at\": instant, \"lines\": "
        "[{\"entry\": number, \"kind\": word, \"first_day\": day, \"last_day\": day, \"minutes\": number, "
        "\"employer\": text, \"words\": [text], \"state\": \"open\", \"confirmed\", \"not_entitled\" or \"changed\", "
        "\"not_entitled_on\": day or null}]";
    return {
        {
            .path = "hours log",
            .summary = "Write down hours worked; they wait for a supervisor",
            .text = "People write their own, or somebody who keeps their record does. Nothing about anybody who was "
                    "supported, and no notes, are ever recorded.",
            .effect = Effect::writes,
            .arguments = {person,
                          {.name = "AMOUNT", .help = "How long: 2.5 h, 90 min, 1:30", .type = ValueType::minutes}},
            .options =
                {{.name = "on",
                  .value = "DATE",
                  .help = "The day, or the first one",
                  .type = ValueType::date,
                  .otherwise = "today"},
                 {.name = "until",
                  .value = "DATE",
                  .help = "The last day",
                  .type = ValueType::date,
                  .otherwise = "the same day"},
                 {.name = "employer", .value = "ORGANIZATION", .help = "Where: the organization's code"},
                 {.name = "activity", .value = "ACTIVITY", .help = "What for: " + listed(words_of_activities())},
                 {.name = "setting",
                  .value = "PLACE",
                  .help = "What kind of place: " + listed(domain::settings_of_work())},
                 {.name = "how", .value = "WAY", .help = "How it came to be done: " + listed(domain::ways_of_work())},
                 {.name = "tag", .value = "WORD", .help = "A word of the rules", .repeated = true},
                 {.name = "course", .value = "COURSE", .help = "The course or programme, where the rule asks for it"},
                 {.name = "supervision", .help = "Supervision or co-reflection received, instead of practice"},
                 {.name = "unusual", .help = "More than 16 hours on one day, and it was so"}},
            .examples = {{"hours log \"Dolores Quintero\" 6h --employer lakeside --activity \"one-to-one support\"",
                          "Today's hours"}},
            .json = "{\"entry\": number, or null with --dry-run, \"minutes\": number}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden},
            .run = log,
        },
        {
            .path = "hours ask",
            .summary = "Make a link with which a supervisor confirms hours",
            .text = "The link needs no account, works once, and only for the days stated. Of the secret in it only a "
                    "digest is kept. Whether the supervisor is entitled is judged for each day of each line: in the "
                    "role named with --role (judged by its rules), or else as supervisor on record at the employer "
                    "that the line names.",
            .effect = Effect::writes,
            .arguments = {person, {.name = "SUPERVISOR", .help = "Who is asked: code, or whole name"}},
            .options = {{.name = "role", .value = "CODE/ROLE", .help = "Such as \"wa-cpss/approved supervisor\""},
                        {.name = "from", .value = "DATE", .help = "Lines from this day on", .type = ValueType::date},
                        {.name = "until", .value = "DATE", .help = "Lines up to this day", .type = ValueType::date},
                        {.name = "days",
                         .value = "NUMBER",
                         .help = "How long the link works, 1 to 60 days",
                         .type = ValueType::number,
                         .otherwise = "14"},
                        {.name = "site",
                         .value = "URL",
                         .help = "Where this installation's pages are reached",
                         .otherwise = "this machine"}},
            .examples = {{"hours ask \"Dolores Quintero\" \"Odessa Whitfield\" --until 2026-03-31",
                          "A quarter's hours to their supervisor"}},
            .json = std::string(confirmation) + ", \"link\": text or null}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = ask,
        },
        {
            .path = "hours requests",
            .summary = "Show which supervisors were asked about somebody's hours, and what they said",
            .arguments = {person},
            .json = "{\"requests\": [" + std::string(confirmation) + "}]}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = requests,
        },
        {
            .path = "hours withdraw",
            .summary = "Stop a link that was given out",
            .effect = Effect::writes,
            .arguments = {{.name = "REQUEST", .help = "Number of the request", .type = ValueType::number}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = withdraw,
        },
        {
            .path = "hours confirm",
            .summary = "Confirm hours as the supervisor who was given the link",
            .text = "What the page of the link does, for who has no browser at hand: whoever holds the link answers in "
                    "the supervisor's name. Lines named with --except stay open, and no reason is asked.",
            .effect = Effect::writes,
            .arguments = {{.name = "LINK", .help = "The link, or its last part"}},
            .options = {{.name = "except",
                         .value = "ENTRY",
                         .help = "Number of a line that is not confirmed",
                         .repeated = true}},
            .json = std::string(confirmation) + ", \"confirmed_minutes\": number}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict},
            .run = confirm,
        },
        {
            .path = "hours share",
            .summary = "How the hours of a job are spent: peer work, and what is outside the role",
            .text = "A person sees their own; nobody else does. Of an employer only the sum of all jobs is shown, from "
                    "eleven workers on. It is a property of the job and never of whoever does it.",
            .arguments = {{.name = "PERSON", .help = "Whose own hours", .required = false}},
            .options =
                {{.name = "employer", .value = "ORGANIZATION", .help = "All jobs there together"},
                 {.name = "from",
                  .value = "DATE",
                  .help = "First day",
                  .type = ValueType::date,
                  .otherwise = "90 days up to the last"},
                 {.name = "until", .value = "DATE", .help = "Last day", .type = ValueType::date, .otherwise = "today"}},
            .json =
                "{\"employer\": code, \"from\": day, \"until\": day, \"too_few\": true or false, \"people\": number, "
                "\"peer_work_minutes\": number, \"outside_minutes\": number, \"not_said_minutes\": number, "
                "\"share_hundredths_of_percent\": number or null, \"parts\": [{\"activity\": word, \"peer_work\": "
                "true or false, \"minutes\": number, \"assigned_minutes\": number}]}",
            .exits = {Exit::not_found, Exit::forbidden, Exit::invalid_input},
            .run = share,
        },
    };
}

} // namespace peercert::cli
