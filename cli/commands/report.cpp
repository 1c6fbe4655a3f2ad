#include "cli/commands.hpp"
#include "cli/commands/report_parts.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/reports/coverage.hpp"
#include "services/reports/everybody.hpp"
#include "services/reports/staff_training.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

Exit coverage(Invocation& asked) {
    services::CoverageRequest request;
    request.curriculum = asked.text("CURRICULUM");
    request.format = asked.text("format");
    request.county = asked.text("county");
    request.on = asked.maybe_date("on");
    request.without = asked.texts("without");
    const auto report =
        services::coverage(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(), request);
    if (asked.json()) {
        asked.out.json(words::coverage_json(report));
        return Exit::yes;
    }
    const words::Speaker say = speaker(asked);
    asked.out.line({{say.say(request.county.empty() ? "coverage.title" : "coverage.title_county",
                             {{"title", say.title(report.title)},
                              {"format", say.name(report.format)},
                              {"county", request.county},
                              {"day", say.day(report.on)}}),
                     Look::strong}});
    asked.out.line();
    Table table({{say.say("coverage.head.person")},
                 {say.say("coverage.head.level")},
                 {say.say("coverage.head.stands")},
                 {say.say("coverage.head.until")}});
    for (const auto& leader : report.leaders)
        table.add({{leader.person},
                   {say.name(leader.level)},
                   {!leader.counted         ? say.say("coverage.left_out")
                    : leader.current        ? say.say("coverage.current")
                    : leader.out_of_force() ? say.name(credentials::to_text(leader.credential))
                                            : say.say("coverage.lapsed"),
                    leader.current && leader.counted ? Look::plain : Look::warning},
                   {leader.current_until ? say.day(*leader.current_until)
                    : leader.current     ? say.say("coverage.no_end")
                                         : ""}});
    if (!report.leaders.empty()) {
        asked.out.table(table);
        asked.out.line();
    }
    asked.out.facts(
        {{say.say("coverage.fact.current"), {std::to_string(report.current), Look::strong}},
         {say.say("coverage.fact.lapsing"),
          {std::to_string(report.lapsing_30) + ", " + std::to_string(report.lapsing_90) + ", " +
           std::to_string(report.lapsing_180)}},
         {say.say("coverage.fact.teams"), {std::to_string(report.teams), Look::strong}},
         {say.say("coverage.fact.groups"), {std::to_string(report.groups_at_once)}},
         {say.say("coverage.fact.one_leaves"),
          {report.teams_if_one_leaves ? std::to_string(*report.teams_if_one_leaves) : say.say("coverage.fact.nobody"),
           report.teams_if_one_leaves.value_or(0) == 0 ? Look::warning : Look::plain}},
         {say.say("coverage.fact.may_leave"), {say.counted("coverage.people", report.may_leave)}}});
    return report.teams > 0 ? Exit::yes : Exit::no;
}

Exit everybody(Invocation& asked) {
    const auto counts = services::everybody(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(),
                                            asked.maybe_date("as-of"));
    if (asked.json()) {
        asked.out.json(words::everybody_json(counts));
        return Exit::yes;
    }
    const auto number = [](std::int64_t count) { return Piece{grouped(static_cast<std::uint64_t>(count))}; };
    Table table({{"TRACK"},
                 {"STEP"},
                 {"PEOPLE", Table::Align::right},
                 {"EVERYTHING IS THERE", Table::Align::right},
                 {"NOT YET", Table::Align::right},
                 {"NEEDING A DECISION", Table::Align::right}});
    for (const auto& count : counts)
        table.add({{count.track},
                   {count.step},
                   number(count.people),
                   number(count.passing),
                   number(count.not_yet),
                   number(count.needing_a_decision)});
    asked.out.table(table);
    for (const auto& count : counts)
        if (!count.not_judged.empty())
            asked.out.note(count.track + ", " + count.step + ": not all could be judged: " + count.not_judged);
    return Exit::yes;
}

Exit staff_training(Invocation& asked) {
    const auto report = services::staff_training(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(),
                                                 {asked.text("CURRICULUM"), asked.text("ORGANIZATION"),
                                                  asked.text("role").empty() ? "supervisor" : asked.text("role"),
                                                  asked.maybe_date("on")});
    if (asked.json()) {
        asked.out.json(words::staff_training_json(report));
        return report.is_everybody() ? Exit::yes : Exit::no;
    }
    asked.out.line({{report.title, Look::strong}, {", " + report.organization + ", on " + to_text(report.on)}});
    asked.out.line();
    Table table({{"PERSON"}, {"COMPLETED"}});
    for (const auto& member : report.members)
        table.add({{member.person}, {member.completed_on ? to_text(*member.completed_on) : "to be offered"}});
    asked.out.table(table);
    asked.out.line();
    asked.out.facts({{"people in the role of " + report.role, {std::to_string(report.members.size())}},
                     {"of them trained", {std::to_string(report.trained), Look::strong}}});
    return report.is_everybody() ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> report_commands() {
    return {
        {
            .path = "report coverage",
            .summary = "Who can lead a curriculum on a day, and what happens if somebody leaves",
            .text =
                "Counts the facilitators who are current on the day, the teams they can form by the curriculum's own "
                "rule, and how "
                "many may leave before no group can meet. Roles are public work, so they are counted exactly; people "
                "are named by code.",
            .arguments = {{.name = "CURRICULUM", .help = "Code of the curriculum, such as wrap"}},
            .options =
                {{.name = "county", .value = "COUNTY", .help = "Only people with a role in an organization there"},
                 {.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"},
                 {.name = "without", .value = "PERSON", .help = "As if this person had left", .repeated = true},
                 {.name = "format",
                  .value = "FORMAT",
                  .help = "The format led",
                  .otherwise = "the first with leaders"}},
            .examples = {{"report coverage wrap --county Milwaukee",
                          "How many pairs of WRAP facilitators there are today"}},
            .json = "{\"curriculum\": text, \"on\": day, \"current\": number, \"valid_teams\": number, \"may_leave\": "
                    "number, \"leaders\": [...]}",
            .exits = {Exit::no, Exit::not_found},
            .run = coverage,
        },
        {
            .path = "report everybody",
            .summary = "How everybody in the record stands on a day, in every track at once",
            .text =
                "Counts answers, as a decision on that day would find them: each open application under the edition "
                "it was made by, and each credential by its renewal, or, where the rules know none, by what keeps "
                "it current. Credentials out of force on the day are left out. Nobody is named. One pass over the "
                "record, on all cores.",
            .options =
                {{.name = "as-of", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"}},
            .examples = {{"report everybody --as-of 2027-10-31", "Who could renew if nothing more were recorded"}},
            .json = "{\"steps\": [{\"track\": code, \"step\": text, \"people\": number, \"passing\": number, "
                    "\"not_yet\": number, \"needing_a_decision\": number, \"not_judged\": text}]}",
            .run = everybody,
        },
        {
            .path = "report staff-training",
            .summary = "How many of an organization's staff have a training meant for them",
            .text = "For curricula whose learners are an organization's staff, such as wa-ops. It says something about "
                    "the organization, which offers the training, and nothing about those who have not been offered it "
                    "yet. Exit 0 when everybody in the role has it, 1 when not.",
            .arguments = {{.name = "CURRICULUM", .help = "Code of the curriculum, such as wa-ops"},
                          {.name = "ORGANIZATION", .help = "The organization's code"}},
            .options =
                {{.name = "role", .value = "ROLE", .help = "Whose training it is", .otherwise = "supervisor"},
                 {.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"}},
            .examples = {{"report staff-training wa-ops example-agency",
                          "Whether all supervisors of peers have the training"}},
            .json = "{\"curriculum\": text, \"organization\": text, \"role\": text, \"on\": day, \"members\": number, "
                    "\"trained\": number, \"people\": [{\"person\": code, \"completed_on\": day or null}]}",
            .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
            .run = staff_training,
        },
        report_agreement_command()};
}

} // namespace peercert::cli
