#include <algorithm>
#include <iterator>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/people.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

std::string until(const std::optional<Date>& last) { return last ? to_text(*last) : ""; }

Exit add(Invocation& asked) {
    domain::NewPerson person;
    person.name_used = asked.text("NAME");
    person.name_on_certificate = asked.maybe_text("name-on-certificate");
    person.legal_name = asked.maybe_text("legal-name");
    person.born = asked.maybe_date("born");
    person.email = asked.maybe_text("email");
    person.phone = asked.maybe_text("phone");
    services::People people(asked.wiring.house());
    const auto added = people.add(asked.wiring.actor(), person, asked.flag("not-duplicate"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::person_json(added));
    else
        asked.out.line({{added.code.str(), Look::strong}, {"  " + added.name}});
    return Exit::yes;
}

Exit show(Invocation& asked) {
    services::People people(asked.wiring.house());
    const auto view = people.show(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        asked.out.json(words::person_json(view));
        return Exit::yes;
    }
    std::string name;
    for (const auto& one : view.names)
        if (!one.last_day && (name.empty() || one.kind == domain::NameKind::used))
            name = one.full_name;
    asked.out.line({{name, Look::strong}});
    asked.out.facts({{"code", {view.person.code.str()}},
                     {"born", {until(view.person.born)}},
                     {"verification", {view.person.hidden ? "hidden at their wish" : "open"}},
                     {"gone since", {until(view.person.departed_on)}}});
    for (const auto& origin : view.came_from)
        asked.out.facts({{"came from",
                          {"elsewhere, as " + origin.code + ", with a packet on " +
                           domain::to_text(origin.recorded_at).substr(0, 10)}}});
    for (const auto& other : view.merged)
        asked.out.facts({{"also recorded as", {other.from.str() + ", merged on " + to_text(other.since)}}});
    for (const auto& contact : view.contacts)
        if (!contact.last_day)
            asked.out.facts({{std::string(domain::to_text(contact.kind)), {contact.value}}});
    if (!view.roles.empty()) {
        asked.out.line();
        Table table({{"ROLE"}, {"AT"}, {"FROM"}, {"UNTIL"}});
        for (const auto& role : view.roles)
            table.add({{role.role}, {role.organization}, {to_text(role.first_day)}, {until(role.last_day)}});
        asked.out.table(table);
    }
    if (!view.places.empty()) {
        asked.out.line();
        Table table({{"COHORT"}, {"TITLE"}, {"STATE"}, {"SINCE"}});
        for (const auto& place : view.places)
            table.add(
                {{place.cohort}, {place.title}, {std::string(domain::to_text(place.state))}, {to_text(place.since)}});
        asked.out.table(table);
    }
    return Exit::yes;
}

Exit list(Invocation& asked) {
    const std::int64_t limit = asked.number_or("limit", 50);
    if (limit < 1 || limit > 10'000)
        throw UsageError("--limit must be 1 to 10000");
    services::People people(asked.wiring.house());
    const auto found = people.find(asked.wiring.actor(), asked.text("WORDS"), static_cast<std::size_t>(limit));
    if (asked.json()) {
        words::Json all = words::Json::array();
        for (const auto& person : found)
            all.push(words::person_json(person));
        asked.out.json(words::Json::object().set("people", std::move(all)));
        return Exit::yes;
    }
    Table table({{"CODE"}, {"NAME"}, {"BORN"}});
    for (const auto& person : found)
        table.add({{person.code.str()}, {person.name}, {until(person.born)}});
    asked.out.table(table);
    if (found.size() == static_cast<std::size_t>(limit))
        asked.out.note("there may be more; --limit shows more");
    return Exit::yes;
}

Exit rename(Invocation& asked) {
    services::People people(asked.wiring.house());
    people.change_name(asked.wiring.actor(), asked.text("PERSON"),
                       domain::parse_name_kind(asked.given("kind") ? asked.text("kind") : "used").value(),
                       asked.text("NAME"), asked.maybe_date("from"), mode_of(asked));
    return said_done(asked, "the name is changed; the earlier one stays inside and is shown to nobody outside");
}

Exit end_name(Invocation& asked) {
    services::People people(asked.wiring.house());
    people.end_name(asked.wiring.actor(), asked.text("PERSON"), domain::parse_name_kind(asked.text("KIND")).value(),
                    asked.date("DAY"), mode_of(asked));
    return said_done(asked, "ended; the name in use stands in its place");
}

Exit born(Invocation& asked) {
    services::People people(asked.wiring.house());
    people.set_born(asked.wiring.actor(), asked.text("PERSON"), asked.date("DAY"), mode_of(asked));
    return said_done(asked, "corrected; terms that were issued stay as they are");
}

Exit contact(Invocation& asked) {
    services::People people(asked.wiring.house());
    people.change_contact(asked.wiring.actor(), asked.text("PERSON"),
                          domain::parse_contact_kind(asked.text("KIND")).value(), asked.text("VALUE"), mode_of(asked));
    return said_done(asked, "changed");
}

Exit hide(Invocation& asked) {
    services::People people(asked.wiring.house());
    people.set_hidden(asked.wiring.actor(), asked.text("PERSON"), !asked.flag("show"), mode_of(asked));
    return said_done(asked, asked.flag("show") ? "verification answers for this person again"
                                               : "verification answers as for an unknown number now");
}

Exit departed(Invocation& asked) {
    const bool withdrawn = asked.flag("withdraw");
    if (withdrawn == asked.given("DAY"))
        throw UsageError(withdrawn ? "--withdraw takes the day on record back; leave out DAY"
                                   : "on which day? or take the day on record back with --withdraw");
    if (!asked.confirmed(withdrawn ? "Record that this person is not gone? What they held holds again, as its days say."
                                   : "Record that this person is gone? What they hold ends on that day."))
        return Exit::no;
    services::People people(asked.wiring.house());
    people.set_departed(asked.wiring.actor(), asked.text("PERSON"), asked.maybe_date("DAY"), mode_of(asked));
    return said_done(asked, withdrawn ? "taken back; that it was recorded stays inside" : "recorded");
}

const Argument person_argument{.name = "PERSON", .help = "The person's code, P-..."};

} // namespace

std::vector<Command> person_commands() {
    std::vector<Command> commands{
        {
            .path = "person add",
            .summary = "Add a person to the record",
            .text = "One record per human, whatever roles they have. A name is enough; everything else is theirs to "
                    "give or not. "
                    "Somebody who may be here already is named instead of being added twice.",
            .effect = Effect::writes,
            .arguments = {{.name = "NAME", .help = "The name the person uses"}},
            .options =
                {{.name = "born", .value = "DATE", .help = "Day of birth; some rules need it", .type = ValueType::date},
                 {.name = "email", .value = "ADDRESS", .help = "E-mail address"},
                 {.name = "phone", .value = "NUMBER", .help = "Telephone number"},
                 {.name = "name-on-certificate", .value = "NAME", .help = "Name for certificates and verification"},
                 {.name = "legal-name",
                  .value = "NAME",
                  .help = "Only where a law asks for it; shown to nobody outside"},
                 {.name = "not-duplicate", .help = "It is another person than the one named"}},
            .examples = {{"person add \"Ana Ruiz\" --born 1980-02-29", "Add somebody"}},
            .json = "{\"code\": text, \"name\": text, \"born\": day or null}",
            .exits = {Exit::invalid_input, Exit::conflict},
            .run = add,
        },
        {
            .path = "person show",
            .summary = "Show who a person is to this record: names, contacts, roles, places",
            .text = "Names, contacts, roles and places in cohorts. The ledger is `record list`, credentials are "
                    "`credential list`.",
            .arguments = {person_argument},
            .json = "{\"code\": text, \"names\": [...], \"contacts\": [...], \"roles\": [...], \"places\": [...]}",
            .exits = {Exit::not_found},
            .run = show,
        },
        {
            .path = "person list",
            .summary = "Find people by the beginnings of their names",
            .arguments = {{.name = "WORDS",
                           .help = "Beginnings of names; accents and case do not matter",
                           .required = false}},
            .options = {{.name = "limit",
                         .value = "NUMBER",
                         .help = "How many at most",
                         .type = ValueType::number,
                         .otherwise = "50"}},
            .examples = {{"person list ruiz", "Everybody one of whose names begins with Ruiz"}},
            .json = "{\"people\": [{\"code\": text, \"name\": text, \"born\": day or null}]}",
            .run = list,
        },
        {
            .path = "person rename",
            .summary = "Change a name; the earlier one is kept inside and shown to nobody",
            .effect = Effect::writes,
            .arguments = {person_argument, {.name = "NAME", .help = "The new name"}},
            .options = {{.name = "kind",
                         .value = "KIND",
                         .help = "Which name",
                         .type = ValueType::word,
                         .allowed = {"used", "certificate", "legal"},
                         .otherwise = "used"},
                        {.name = "from",
                         .value = "DATE",
                         .help = "First day of the new name",
                         .type = ValueType::date,
                         .otherwise = "today"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = rename,
        },
        {
            .path = "person end-name",
            .summary = "End the name on certificates or the legal name, without another in its place",
            .text =
                "The name in use stands in its place from then on. The name that ended stays inside and is shown to "
                "nobody.",
            .effect = Effect::writes,
            .arguments =
                {person_argument,
                 {.name = "KIND", .help = "Which name", .type = ValueType::word, .allowed = {"certificate", "legal"}},
                 {.name = "DAY", .help = "The last day it was used", .type = ValueType::date}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = end_name,
        },
        {
            .path = "person born",
            .summary = "Correct a mistyped day of birth",
            .text = "Terms that were issued stay as they are; later ones are reckoned from the right day.",
            .effect = Effect::writes,
            .arguments = {person_argument, {.name = "DAY", .help = "The right day", .type = ValueType::date}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = born,
        },
        {
            .path = "person contact",
            .summary = "Change an e-mail address or telephone number",
            .effect = Effect::writes,
            .arguments = {person_argument,
                          {.name = "KIND", .help = "Which", .type = ValueType::word, .allowed = {"email", "phone"}},
                          {.name = "VALUE", .help = "The new one"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input},
            .run = contact,
        },
        {
            .path = "person hide",
            .summary = "Answer verifications of this person as for an unknown number",
            .text = "Some people hide from violence. From now on their numbers get the same answer as a number that "
                    "does not exist.",
            .effect = Effect::writes,
            .arguments = {person_argument},
            .options = {{.name = "show", .help = "The other way: answer again"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found},
            .run = hide,
        },
        {
            .path = "person departed",
            .summary = "Record that a person is gone; what they hold ends on that day",
            .text = "No reason is asked or kept. Giving another day corrects the one on record; --withdraw takes it "
                    "back. What stood until then stays inside: `status --known-at` answers from it. What happened "
                    "before that day may still be recorded; nothing later is.",
            .effect = Effect::decides,
            .arguments = {person_argument,
                          {.name = "DAY", .help = "The day", .type = ValueType::date, .required = false}},
            .options = {{.name = "withdraw", .help = "The person is not gone: take the day on record back"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict},
            .run = departed,
        },
    };
    for (std::vector<Command> more :
         {person_packet_commands(), person_consent_commands(), person_duplicate_commands(), person_merge_commands()})
        std::move(more.begin(), more.end(), std::back_inserter(commands));
    return commands;
}

} // namespace peercert::cli
