#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/imported.hpp"
#include "cli/input_file.hpp"
#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "exchange/finding_json.hpp"
#include "services/continuing_education.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

services::ContinuingEducation service(Invocation& asked) {
    return services::ContinuingEducation(asked.wiring.house(), asked.wiring.rulebook());
}

Exit roster(Invocation& asked) {
    InputFile input(asked.text("FILE"));
    Progress progress(asked.out, "bytes", input.size());
    const auto report = service(asked).roster(asked.wiring.actor(), asked.text("provider"), input.stream(),
                                              mode_of(asked), [&](std::size_t bytes) { progress.at(bytes); });
    return print_import(asked, report, "line", "lines");
}

Exit add(Invocation& asked) {
    services::ContinuingEducation::OwnLine line;
    line.person = asked.text("PERSON");
    line.course = asked.text("COURSE");
    line.minutes = asked.minutes("AMOUNT");
    line.day = asked.date("on");
    line.provider = asked.text("provider");
    line.topics = asked.texts("topic");
    line.document_digest = asked.text("digest");
    const EntryId id = service(asked).add_line(asked.wiring.actor(), line, mode_of(asked));
    if (asked.json())
        asked.out.json(words::Json::object().set("entry", asked.dry_run() ? words::Json() : words::Json(id.value())));
    else
        asked.out.line("entry " + std::to_string(id.value()) + ": " + hours_text(line.minutes) + " of " + line.course +
                       " on " + to_text(line.day) + "; it waits until somebody accepts it");
    return Exit::yes;
}

Exit settle(Invocation& asked, bool accepted) {
    const auto replaced =
        service(asked).settle(asked.wiring.actor(), EntryId{asked.number("ENTRY")}, accepted, mode_of(asked));
    if (asked.json()) {
        words::Json answer = words::Json::object();
        answer.set("entry", asked.dry_run() ? words::Json() : words::Json(replaced.by.value()));
        set_review(answer, replaced.review, replaced.relying);
        asked.out.json(answer);
        return Exit::yes;
    }
    asked.out.line(
        "entry " + std::to_string(replaced.by.value()) +
        (accepted ? ": accepted; what it counts, the track's rules say" : ": not accepted; it stays visible"));
    print_relying(asked.out, replaced.relying);
    return Exit::yes;
}
Exit accept(Invocation& asked) { return settle(asked, true); }
Exit refuse(Invocation& asked) { return settle(asked, false); }

Exit approve(Invocation& asked) {
    services::ContinuingEducation::NewApproval approval;
    approval.body = asked.text("BODY");
    approval.provider = asked.text("PROVIDER");
    approval.course = asked.text("course");
    approval.topics = asked.texts("topic");
    approval.minutes = asked.maybe_minutes("at-most");
    approval.first_day = asked.maybe_date("from");
    approval.last_day = asked.maybe_date("until");
    approval.replaces = domain::CeApprovalId(asked.number_or("replaces", 0));
    const auto id = service(asked).approve(asked.wiring.actor(), approval, mode_of(asked));
    if (asked.json())
        asked.out.json(
            words::Json::object().set("approval", asked.dry_run() ? words::Json() : words::Json(id.value())));
    else
        asked.out.line("approval " + std::to_string(id.value()) + ": rosters of " + approval.provider +
                       " are held to it from now on");
    return Exit::yes;
}

Exit withdraw(Invocation& asked) {
    service(asked).withdraw_approval(asked.wiring.actor(), domain::CeApprovalId(asked.number("APPROVAL")),
                                     mode_of(asked));
    return said_done(asked, "approval " + asked.text("APPROVAL") +
                                " no longer stands; what was posted under it stays as it is");
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

Exit approvals(Invocation& asked) {
    const auto views = service(asked).approvals(asked.text("provider"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set(
            "approvals", words::list(views, [](const services::ContinuingEducation::ApprovalView& one) {
                return words::Json::object()
                    .set("approval", one.approval.id.value())
                    .set("body", one.body)
                    .set("provider", one.provider)
                    .set("course", one.approval.course.empty() ? words::Json() : words::Json(one.approval.course))
                    .set("topics", words::Json::array_of(one.approval.topics))
                    .set("minutes_at_most",
                         one.approval.minutes ? words::Json(one.approval.minutes->count()) : words::Json())
                    .set("first_day", to_text(*one.approval.days.first))
                    .set("last_day",
                         one.approval.days.last ? words::Json(to_text(*one.approval.days.last)) : words::Json());
            })));
        return Exit::yes;
    }
    Table table({{"APPROVAL", Table::Align::right},
                 {"BODY"},
                 {"PROVIDER"},
                 {"COURSE"},
                 {"TOPICS"},
                 {"AT MOST", Table::Align::right},
                 {"FROM"},
                 {"TO"}});
    for (const auto& one : views)
        table.add({{std::to_string(one.approval.id.value())},
                   {one.body},
                   {one.provider},
                   {one.approval.course.empty() ? "all" : one.approval.course},
                   {one.approval.topics.empty() ? "as the provider says" : joined(one.approval.topics)},
                   {one.approval.minutes ? hours_text(*one.approval.minutes) : ""},
                   {to_text(*one.approval.days.first)},
                   {one.approval.days.last ? to_text(*one.approval.days.last) : ""}});
    asked.out.table(table);
    if (views.empty())
        asked.out.note("nothing is approved; rosters are recorded as they are, and the tracks' rules say what counts");
    return Exit::yes;
}

std::string amount(const Finding& finding, std::int64_t value) {
    if (finding.unit == Unit::minutes)
        return hours_text(Minutes{value});
    return std::to_string(value);
}

Exit balance(Invocation& asked) {
    services::AssessRequest request;
    request.track = asked.text("TRACK");
    request.person = asked.text("PERSON");
    request.verb = Step::Verb::renew;
    request.level = asked.text("level");
    request.as_of = asked.maybe_date("on");
    services::Assessments assessments(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = assessments.assess(asked.wiring.actor(), request);
    const auto lines = services::ce_balance(answer.finding);
    bool enough = true;
    for (const services::CeLine& line : lines)
        enough = enough && (line.depth > 0 || line.finding->verdict.passes());
    const Exit exit = enough ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("person", words::person_json(answer.person))
                           .set("track", answer.track)
                           .set("edition", answer.edition)
                           .set("step", answer.step)
                           .set("on", to_text(answer.as_of))
                           .set("clauses", words::list(lines, [](const services::CeLine& line) {
                                    return exchange::finding_json(*line.finding).set("depth", line.depth);
                                })));
        return exit;
    }
    asked.out.line({{answer.person.name, Look::strong},
                    {", " + answer.title + ", " + answer.step + ", on " + to_text(answer.as_of)}});
    if (lines.empty()) {
        asked.out.line("the rules ask for no continuing education here");
        return exit;
    }
    Table table({{"CLAUSE"},
                 {"THERE", Table::Align::right},
                 {"WAITING", Table::Align::right},
                 {"ASKED", Table::Align::right},
                 {"STANDS"}});
    for (const services::CeLine& line : lines) {
        const Finding& one = *line.finding;
        const std::int64_t there = one.have.value_or(0);
        const std::int64_t waiting = one.have_most.value_or(there) - there;
        const bool no_amount = !one.have && !one.need;
        table.add({{std::string(static_cast<std::size_t>(line.depth) * 2, ' ') +
                    (one.clause.empty() ? one.kind : one.clause)},
                   {no_amount ? "" : amount(one, there)},
                   {waiting > 0 ? amount(one, waiting) : ""},
                   {one.need ? (one.need_is_limit ? "at most " : "") + amount(one, *one.need) : ""},
                   {one.verdict.is_not_applicable() ? "not asked"
                    : one.verdict.passes()          ? "enough"
                    : one.verdict.is_unmet()        ? "not yet"
                                                    : "needs a decision",
                    one.verdict.passes() ? Look::good : Look::plain}});
    }
    asked.out.table(table);
    for (const services::CeLine& line : lines)
        for (const RefusedEntry& refused : line.finding->refused)
            asked.out.paragraph("entry " + std::to_string(refused.entry.value()) + ", " +
                                    amount(*line.finding, refused.amount) + ", not counted in " +
                                    (line.finding->clause.empty() ? line.finding->kind : line.finding->clause) + ": " +
                                    std::string(exchange::reason_word(refused.reason)) +
                                    (refused.detail.empty() ? "" : " (" + refused.detail + ")"),
                                2);
    return exit;
}

} // namespace

std::vector<Command> ce_commands() {
    const Argument entry{.name = "ENTRY", .help = "Its number", .type = ValueType::number};
    return {
        {
            .path = "ce balance",
            .summary = "Show how much continuing education is there and asked, part by part, on a day",
            .text =
                "Taken from the judgement of the renewal on that day: there, waiting for somebody to accept it, asked; "
                "and every hour that does not count there with the reason, such as one that another credential used "
                "already. Exit 0 when it is enough, 1 when not yet.",
            .arguments = {{.name = "PERSON", .help = "Code, or the name they use"},
                          {.name = "TRACK", .help = "Code of the track, such as wa-cpss"}},
            .options =
                {{.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"},
                 {.name = "level", .value = "LEVEL", .help = "The level that is renewed", .otherwise = "the only one"}},
            .examples = {{"ce balance P-ME wa-cpss --on 2027-03-15", "What is there on the last day of the term"}},
            .json = "{\"person\": {...}, \"track\": code, \"edition\": text, \"step\": text, \"on\": day, \"clauses\": "
                    "[{\"depth\": number, ...a finding}]}",
            .exits = {Exit::no, Exit::not_found, Exit::forbidden},
            .run = balance,
        },
        {
            .path = "ce roster",
            .summary = "Post who was at a provider's courses, from a spreadsheet saved as CSV",
            .text =
                "Columns: person (their code), course, day, minutes; if you have them also name (the name they use, "
                "checked against the code) and topics (divided by semicolons).\n\n"
                "All rows or none: every row that needs mending is named at once. The same file again changes nothing; "
                "other minutes for a line that is there are a correction. Where a body has approved a course, a row "
                "outside what is approved is refused and says what is; where nobody has, it is recorded and the "
                "track's rules say what it counts. A line that the person added before stands no longer beside it: it "
                "is replaced.",
            .effect = Effect::writes,
            .arguments = {{.name = "FILE", .help = "The file, or - for standard input", .type = ValueType::file}},
            .options =
                {{.name = "provider", .value = "ORGANIZATION", .help = "Who held the courses", .required = true}},
            .examples = {{"ce roster spring.csv --provider lakeside --dry-run", "Look before anything is stored"}},
            .json = "{\"stored\": true or false, \"rows\": number, \"added\": number, \"changed\": number, \"known\": "
                    "number, \"errors\": number, \"error_notes\": [...], ...}",
            .exits = {Exit::invalid_input, Exit::not_found, Exit::forbidden},
            .run = roster,
        },
        {
            .path = "ce add",
            .summary = "Add one line of continuing education with its document",
            .text =
                "By the person themselves, or whoever keeps their record. Only the digest of the certificate is kept "
                "(sha256sum FILE shows it); the paper stays with the person. The line waits until somebody accepts "
                "it: until then it can only help.",
            .effect = Effect::writes,
            .arguments = {{.name = "PERSON", .help = "Whose it is"},
                          {.name = "COURSE", .help = "Code of the course"},
                          {.name = "AMOUNT", .help = "How long, such as 3 h", .type = ValueType::minutes}},
            .options = {{.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .required = true},
                        {.name = "digest", .value = "SHA256", .help = "Of the certificate", .required = true},
                        {.name = "topic", .value = "TOPIC", .help = "What it was about", .repeated = true},
                        {.name = "provider", .value = "ORGANIZATION", .help = "Who held it"}},
            .json = "{\"entry\": number or null}",
            .exits = {Exit::invalid_input, Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = add,
        },
        {
            .path = "ce accept",
            .summary = "Accept a line that somebody added",
            .text = "By whoever keeps the person's record or decides for a body, never by the person.",
            .effect = Effect::writes,
            .arguments = {entry},
            .json = "{\"entry\": number or null, \"relying_credentials\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = accept,
        },
        {
            .path = "ce refuse",
            .summary = "Do not accept a line that somebody added; it stays visible",
            .effect = Effect::writes,
            .arguments = {entry},
            .json = "{\"entry\": number or null, \"relying_credentials\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = refuse,
        },
        {
            .path = "ce approve",
            .summary = "Approve a provider's course for continuing education",
            .text =
                "By a certifying body: for which topics, how much of it counts, on which days it may have been held. "
                "Rosters posted from now on are held to it; what was posted before stays as it is.",
            .effect = Effect::writes,
            .arguments = {{.name = "BODY", .help = "The certifying body's code"},
                          {.name = "PROVIDER", .help = "The provider's code"}},
            .options =
                {{.name = "course", .value = "COURSE", .help = "Only this course", .otherwise = "whatever they hold"},
                 {.name = "topic",
                  .value = "TOPIC",
                  .help = "What it counts for",
                  .repeated = true,
                  .otherwise = "as the provider says"},
                 {.name = "at-most",
                  .value = "AMOUNT",
                  .help = "How much one completion counts",
                  .type = ValueType::minutes,
                  .otherwise = "as long as it was"},
                 {.name = "from",
                  .value = "DATE",
                  .help = "The first day",
                  .type = ValueType::date,
                  .otherwise = "today"},
                 {.name = "until",
                  .value = "DATE",
                  .help = "The last day",
                  .type = ValueType::date,
                  .otherwise = "no end"},
                 {.name = "replaces",
                  .value = "APPROVAL",
                  .help = "In the place of this one",
                  .type = ValueType::number}},
            .json = "{\"approval\": number or null}",
            .exits = {Exit::invalid_input, Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = approve,
        },
        {
            .path = "ce approvals",
            .summary = "Show what is approved for continuing education",
            .options = {{.name = "provider", .value = "ORGANIZATION", .help = "Only of this provider"}},
            .json =
                "{\"approvals\": [{\"approval\": number, \"body\": code, \"provider\": code, \"course\": code or null, "
                "\"topics\": [word], \"minutes_at_most\": number or null, \"first_day\": day, \"last_day\": day or "
                "null}]}",
            .exits = {Exit::not_found},
            .run = approvals,
        },
        {
            .path = "ce withdraw-approval",
            .summary = "Withdraw an approval for what is posted from now on",
            .effect = Effect::writes,
            .arguments = {{.name = "APPROVAL", .help = "Its number", .type = ValueType::number}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = withdraw,
        },
    };
}

} // namespace peercert::cli
