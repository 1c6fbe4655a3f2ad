#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/organization_scores.hpp"
#include "services/people.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

const std::vector<std::string> kinds{"training_centre", "employer", "certifying_body", "county", "provider"};
const std::vector<std::string> roles{"administrator", "coordinator", "facilitator", "supervisor", "reviewer", "staff"};

Exit add(Invocation& asked) {
    domain::Organization organization;
    organization.code = asked.text("CODE");
    organization.name = asked.text("NAME");
    organization.kind = domain::parse_organization_kind(asked.text("kind")).value();
    organization.county = asked.text("county");
    services::Organizations organizations(asked.wiring.house());
    organizations.add(asked.wiring.actor(), organization, mode_of(asked));
    if (asked.json())
        asked.out.json(words::organization_json(organization));
    else
        asked.out.line({{organization.code, Look::strong}, {"  " + organization.name}});
    return Exit::yes;
}

Exit list(Invocation& asked) {
    services::Organizations organizations(asked.wiring.house());
    const auto all = organizations.list();
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& one : all)
            items.push(words::organization_json(one));
        asked.out.json(words::Json::object().set("organizations", std::move(items)));
        return Exit::yes;
    }
    Table table({{"CODE"}, {"NAME"}, {"KIND"}, {"COUNTY"}});
    for (const auto& one : all)
        table.add({{one.code}, {one.name}, {std::string(domain::to_text(one.kind))}, {one.county}});
    asked.out.table(table);
    return Exit::yes;
}

Exit grant(Invocation& asked) {
    services::Organizations organizations(asked.wiring.house());
    organizations.grant(asked.wiring.actor(), asked.text("ORGANIZATION"), asked.text("PERSON"), asked.text("ROLE"),
                        asked.maybe_date("from"), asked.maybe_date("until"), mode_of(asked));
    return said_done(asked, "granted");
}

Exit end(Invocation& asked) {
    services::Organizations organizations(asked.wiring.house());
    organizations.end(asked.wiring.actor(), asked.text("ORGANIZATION"), asked.text("PERSON"), asked.text("ROLE"),
                      asked.date("LAST_DAY"), mode_of(asked));
    return said_done(asked, "ended; what was done in the role stays");
}

Exit score(Invocation& asked) {
    services::OrganizationScores scores(asked.wiring.house(), asked.wiring.rulebook());
    scores.add(asked.wiring.actor(),
               {asked.text("ORGANIZATION"), asked.text("FRAMEWORK"), asked.text("ITEM"), asked.text("SCORE"),
                asked.maybe_date("on").value_or(asked.wiring.house().today())},
               mode_of(asked));
    return said_done(asked, "recorded");
}

Exit scores(Invocation& asked) {
    services::OrganizationScores scores(asked.wiring.house(), asked.wiring.rulebook());
    const auto lines = scores.standing(asked.wiring.actor(), asked.text("ORGANIZATION"), asked.maybe_date("on"));
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& one : lines)
            items.push(words::organization_score_json(one));
        asked.out.json(words::Json::object().set("scores", std::move(items)));
        return Exit::yes;
    }
    Table table({{"FRAMEWORK"}, {"ITEM"}, {"SCORE"}, {"SEEN ON"}});
    for (const auto& one : lines)
        table.add({{one.edition}, {one.item}, {one.score, Look::strong}, {to_text(one.observed_on)}});
    asked.out.table(table);
    return Exit::yes;
}

} // namespace

std::vector<Command> organization_commands() {
    const Argument organization{.name = "ORGANIZATION", .help = "The organization's code"};
    const Argument person{.name = "PERSON", .help = "The person's code, P-..."};
    const Argument role{.name = "ROLE", .help = "What they do there", .type = ValueType::word, .allowed = roles};
    return {
        {
            .path = "organization add",
            .summary = "Add a training centre, employer, certifying body, county or provider",
            .effect = Effect::writes,
            .arguments = {{.name = "CODE", .help = "A short code, such as mke-centre"},
                          {.name = "NAME", .help = "Its name"}},
            .options = {{.name = "kind",
                         .value = "KIND",
                         .help = "What it is",
                         .type = ValueType::word,
                         .allowed = kinds,
                         .required = true},
                        {.name = "county", .value = "COUNTY", .help = "The county it is in"}},
            .examples = {{"organization add mke-centre \"Milwaukee Peer Training Centre\" --kind training_centre "
                          "--county Milwaukee",
                          "Add a centre"}},
            .json = "{\"code\": text, \"name\": text, \"kind\": word, \"county\": text}",
            .exits = {Exit::conflict, Exit::invalid_input},
            .run = add,
        },
        {
            .path = "organization list",
            .summary = "Show the organizations",
            .json = "{\"organizations\": [{\"code\": text, \"name\": text, \"kind\": word, \"county\": text}]}",
            .run = list,
        },
        {
            .path = "organization grant",
            .summary = "Give somebody a role in an organization",
            .effect = Effect::writes,
            .arguments = {organization, person, role},
            .options =
                {{.name = "from", .value = "DATE", .help = "First day", .type = ValueType::date, .otherwise = "today"},
                 {.name = "until", .value = "DATE", .help = "Last day", .type = ValueType::date, .otherwise = "open"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = grant,
        },
        {
            .path = "organization end",
            .summary = "End somebody's role; what they did in it stays",
            .effect = Effect::writes,
            .arguments =
                {organization, person, role, {.name = "LAST_DAY", .help = "The last day", .type = ValueType::date}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found},
            .run = end,
        },
        {
            .path = "organization score",
            .summary = "Record what an instrument about organizations found",
            .text =
                "For frameworks that say `about: organizations`, such as facit. People are never scored with one. A "
                "later line for the same item stands in place of the earlier one, which stays on record.",
            .effect = Effect::writes,
            .arguments = {organization,
                          {.name = "FRAMEWORK", .help = "Code of the framework"},
                          {.name = "ITEM", .help = "Code of its item"},
                          {.name = "SCORE", .help = "A word of its scale"}},
            .options = {{.name = "on",
                         .value = "DATE",
                         .help = "The day it was seen",
                         .type = ValueType::date,
                         .otherwise = "today"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = score,
        },
        {
            .path = "organization scores",
            .summary = "Show how an organization stood on a day",
            .arguments = {organization},
            .options =
                {{.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"}},
            .json = "{\"scores\": [{\"framework\": text, \"item\": text, \"score\": text, \"observed_on\": day}]}",
            .exits = {Exit::not_found},
            .run = scores,
        },
    };
}

} // namespace peercert::cli
