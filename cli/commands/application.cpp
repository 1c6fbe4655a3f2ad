#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/steps.hpp"
#include "cli/wiring.hpp"
#include "services/certification.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

ApplicationId id_of(const Invocation& asked) {
    const std::int64_t number = asked.number("APPLICATION");
    if (number < 1)
        throw UsageError("applications are numbered from 1");
    return ApplicationId{number};
}

Exit submit(Invocation& asked) {
    services::ApplyRequest request;
    request.track = asked.text("TRACK");
    request.person = asked.text("PERSON");
    request.verb = verb_of(asked);
    request.level = asked.text("level");
    request.received_on = asked.maybe_date("received");
    request.term = term_of(asked);
    request.edition = asked.text("edition");
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto view = certification.apply(asked.wiring.actor(), request, mode_of(asked));
    if (asked.json())
        asked.out.json(words::application_json(view));
    else
        asked.out.line(said(asked, "application " + std::to_string(view.application.id.value()) + ": " +
                                       view.application.track + " " + view.application.edition + ", " +
                                       view.application.step + ", received on " +
                                       to_text(view.application.received_on)));
    return Exit::yes;
}

Exit approve(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto view = certification.approve(asked.wiring.actor(), id_of(asked), asked.maybe_date("on"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::application_json(view));
    else
        asked.out.line(said(
            asked, "application " + asked.text("APPLICATION") + " may go on" +
                       (view.closes_on ? "; it can be granted until " + to_text(*view.closes_on) : std::string())));
    return Exit::yes;
}

void print_credential_line(Output& out, const services::CredentialView& view) {
    const auto& issued = view.record.terms.back().decision; // one decision may give several terms
    for (const domain::Term& term : view.record.terms)
        if (term.decision == issued)
            out.line({{view.record.credential.number.str(), Look::strong},
                      {"  " + term.title + ", " + term.level + ", from " + to_text(term.first_day) + " to " +
                       (term.last_day ? to_text(*term.last_day) : "no end")}});
    for (const std::string& number : view.moved)
        out.line(number + " is aligned with it: its last day has moved; `peercert credential show " + number +
                 "` tells to which");
}

Exit decide(Invocation& asked) {
    const std::string outcome = asked.text("OUTCOME");
    if (outcome != "granted" &&
        !asked.confirmed("Record application " + asked.text("APPLICATION") + " as " + outcome + "?"))
        return Exit::no;
    services::DecideRequest request;
    request.application = id_of(asked);
    request.outcome = domain::parse_outcome(outcome).value();
    request.decided_by = asked.text("by");
    request.issuer = asked.text("issuer");
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto decided = certification.decide(asked.wiring.actor(), request, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::decided_json(decided));
        return Exit::yes;
    }
    asked.out.line(
        said(asked, "application " + asked.text("APPLICATION") + ": " + std::string(domain::to_text(decided.outcome))));
    if (decided.credential)
        print_credential_line(asked.out, *decided.credential);
    return Exit::yes;
}

Exit show(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto view = certification.application(asked.wiring.actor(), id_of(asked));
    if (asked.json()) {
        asked.out.json(words::application_json(view));
        return Exit::yes;
    }
    asked.out.facts({{"application", {std::to_string(view.application.id.value()), Look::strong}},
                     {"person", {view.person}},
                     {"asks", {view.application.track + " " + view.application.edition + ", " + view.application.step}},
                     {"received", {to_text(view.application.received_on)}}});
    if (!view.application.choice.empty())
        asked.out.facts({{"asks for", {view.application.choice}}});
    if (view.closes_on)
        asked.out.facts({{"can be granted until", {to_text(*view.closes_on)}}});
    if (view.decide_by)
        asked.out.facts({{"to be decided by", {to_text(*view.decide_by)}}});
    if (view.decisions.empty())
        asked.out.line(said(asked, "Nothing has been decided yet."));
    for (const auto& decision : view.decisions)
        asked.out.line(to_text(decision.decided_on) + "  " + std::string(domain::to_text(decision.outcome)) + " by " +
                       decision.decided_by + ", decision " + std::to_string(decision.id.value()));
    return Exit::yes;
}

Exit list(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto open = certification.open_applications(asked.wiring.actor());
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& one : open)
            items.push(words::application_json(one));
        asked.out.json(words::Json::object().set("applications", std::move(items)));
        return Exit::yes;
    }
    Table table({{"NUMBER", Table::Align::right}, {"PERSON"}, {"TRACK"}, {"STEP"}, {"RECEIVED"}});
    for (const auto& one : open)
        table.add({{std::to_string(one.application.id.value())},
                   {one.person},
                   {one.application.track},
                   {one.application.step},
                   {to_text(one.application.received_on)}});
    asked.out.table(table);
    return Exit::yes;
}

} // namespace

std::vector<Command> application_commands() {
    const Argument number{.name = "APPLICATION", .help = "Its number", .type = ValueType::number};
    return {
        {
            .path = "application submit",
            .summary = "Ask for a credential or its renewal on somebody's behalf",
            .effect = Effect::writes,
            .arguments = {{.name = "TRACK", .help = "Code of the track, such as wi-cps"},
                          {.name = "PERSON", .help = "The person's code, P-..."}},
            .options =
                {{.name = "renew", .help = "The renewal instead of the first certification"},
                 add_option(),
                 extend_option(),
                 {.name = "level", .value = "LEVEL", .help = "Which level", .otherwise = "the only one there is"},
                 term_option(),
                 edition_option(),
                 {.name = "received",
                  .value = "DATE",
                  .help = "Day of receipt; it selects the edition of the rules",
                  .type = ValueType::date,
                  .otherwise = "today"}},
            .json = "{\"application\": number, \"person\": code, \"track\": code, \"edition\": text, \"step\": text, "
                    "\"received_on\": day, \"decisions\": []}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = submit,
        },
        {
            .path = "application approve",
            .summary = "Let an application go on, to the exam or to practice, before it is decided",
            .text = "Where a rule says that an examination or hours count only from the approval on, this is the day. "
                    "It decides nothing about the credential.",
            .effect = Effect::writes,
            .arguments = {number},
            .options = {{.name = "on",
                         .value = "DATE",
                         .help = "The day of approval",
                         .type = ValueType::date,
                         .otherwise = "today where the programme is"}},
            .json = "{\"application\": number, ..., \"closes_on\": day or null}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::forbidden},
            .run = approve,
        },
        {
            .path = "application decide",
            .summary = "Decide an application; granting issues or renews the credential",
            .text = "Granting needs everything the rule asks for on the day of the decision. The finding, the entries "
                    "it counted and the "
                    "digest of the rules are kept with the decision. Nobody decides for themselves, nothing is issued "
                    "twice, nothing is backdated.",
            .effect = Effect::decides,
            .arguments = {number,
                          {.name = "OUTCOME",
                           .help = "What was decided",
                           .type = ValueType::word,
                           .allowed = {"granted", "denied", "returned", "withdrawn"}}},
            .options = {{.name = "issuer",
                         .value = "ORGANIZATION",
                         .help = "The certifying body, for a first credential"},
                        {.name = "by", .value = "PERSON", .help = "The reviewer", .otherwise = "you"}},
            .json = "{\"outcome\": word, \"credential\": {\"number\": text, ...}, \"finding\": {...}}",
            .exits = {Exit::no, Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = decide,
        },
        {
            .path = "application show",
            .summary = "Show an application and what was decided",
            .arguments = {number},
            .json = "{\"application\": number, ..., \"decisions\": [...]}",
            .exits = {Exit::not_found},
            .run = show,
        },
        {
            .path = "application list",
            .summary = "Show the applications nothing has been decided about, oldest first",
            .json = "{\"applications\": [...]}",
            .run = list,
        },
    };
}

} // namespace peercert::cli
