#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/certification.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {
namespace {

std::string end_of(const domain::Term& term) { return term.last_day ? to_text(*term.last_day) : "no end"; }

std::string status_of(const services::CredentialView& view) {
    return std::string(credentials::to_text(view.status.code)) +
           (view.status.rung.empty() ? "" : " (" + view.status.rung + ")");
}

/// "MHPS, RSPS (suspended)"
std::string levels_of(const services::CredentialView& view) {
    std::string text;
    for (const credentials::AddedLevel& one : view.levels)
        text +=
            (text.empty() ? "" : ", ") + one.level +
            (one.code == credentials::StatusCode::certified ? ""
                                                            : " (" + std::string(credentials::to_text(one.code)) + ")");
    return text;
}

void print(Output& out, const services::CredentialView& view) {
    out.facts({{"number", {view.record.credential.number.str(), Look::strong}},
               {"person", {view.person}},
               {"track", {view.record.credential.track}},
               {"issuer", {view.issuer}},
               {"status", {status_of(view), view.status.yes() ? Look::good : Look::warning}},
               {"since", {view.status.since ? to_text(*view.status.since) : ""}},
               {"added", {levels_of(view)}}});
    for (const std::string& number : view.numbers_elsewhere)
        out.facts({{"known elsewhere as", {number}}});
    for (const std::string& number : view.moved)
        out.line(number + " is aligned with it: its last day has moved; `peercert credential show " + number +
                 "` tells to which");
    Table table({{"TERM", Table::Align::right}, {"LEVEL"}, {"PLACE"}, {"FROM"}, {"TO"}, {"TITLE"}, {"EDITION"}});
    for (const domain::Term& term : view.record.terms)
        table.add({{std::to_string(term.n)},
                   {term.level},
                   {std::string(domain::to_text(term.place))},
                   {to_text(term.first_day)},
                   {end_of(term)},
                   {term.title},
                   {term.edition}});
    out.table(table);
    for (const domain::CredentialEvent& event : view.record.events)
        out.line(to_text(event.effective_day) + "  " + std::string(domain::to_text(event.kind)) +
                 (event.level.empty() ? "" : " of " + event.level) + ", recorded " +
                 domain::to_text(event.recorded_at));
}

Exit answered(Invocation& asked, const services::CredentialView& view) {
    if (asked.json())
        asked.out.json(words::credential_json(view));
    else
        print(asked.out, view);
    return Exit::yes;
}

Exit show(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    return answered(asked, certification.show(asked.wiring.actor(), asked.text("NUMBER"), asked.maybe_date("on")));
}

Exit list(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto all = certification.of_person(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        words::Json items = words::Json::array();
        for (const auto& one : all)
            items.push(words::credential_json(one));
        asked.out.json(words::Json::object().set("credentials", std::move(items)));
        return Exit::yes;
    }
    Table table({{"NUMBER"}, {"TRACK"}, {"LEVEL"}, {"ADDED"}, {"STATUS"}, {"LAST DAY"}});
    for (const auto& one : all)
        table.add({{one.record.credential.number.str()},
                   {one.record.credential.track},
                   {one.record.terms.empty() ? "" : domain::newest_in_row(one.record.terms)->level},
                   {levels_of(one)},
                   {status_of(one)},
                   {one.record.terms.empty() ? "" : end_of(*domain::newest_in_row(one.record.terms))}});
    asked.out.table(table);
    return Exit::yes;
}

Exit award(Invocation& asked) {
    services::ApplyRequest request;
    request.track = asked.text("CURRICULUM");
    request.person = asked.text("PERSON");
    request.level = asked.text("level");
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    const auto decided = certification.award(asked.wiring.actor(), request, asked.text("issuer"), mode_of(asked));
    if (asked.json())
        asked.out.json(words::decided_json(decided));
    else
        print(asked.out, decided.credential.value());
    return Exit::yes;
}

Exit take_over(Invocation& asked) {
    services::Certification::Held held;
    held.track = asked.text("TRACK");
    held.person = asked.text("PERSON");
    held.level = asked.text("level");
    held.issuer = asked.text("issuer");
    held.first_day = asked.date("from");
    held.last_day = asked.maybe_date("until");
    held.edition = asked.text("edition");
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    return answered(asked, certification.take_over(asked.wiring.actor(), held, mode_of(asked)));
}

template <domain::CredentialEventKind kind>
Exit change_standing(Invocation& asked) {
    std::string level;
    if constexpr (kind != domain::CredentialEventKind::replace) // a level alone is not replaced
        level = asked.text("level");
    if (!asked.confirmed("Really " + std::string(domain::to_text(kind)) + " " + (level.empty() ? "" : level + " of ") +
                         asked.text("NUMBER") + "?"))
        return Exit::no;
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    return answered(asked, certification.change_standing(asked.wiring.actor(), asked.text("NUMBER"), kind,
                                                         asked.maybe_date("effective"), mode_of(asked), level));
}

Exit consent(Invocation& asked) {
    services::Certification certification(asked.wiring.house(), asked.wiring.rulebook());
    return answered(asked, certification.consent(asked.wiring.actor(), asked.text("NUMBER"), !asked.flag("withdrawn"),
                                                 mode_of(asked)));
}

template <domain::CredentialEventKind kind>
Command standing_command(const std::string& summary, const std::string& text) {
    std::vector<Option> options{{.name = "effective",
                                 .value = "DATE",
                                 .help = "First day of the new standing",
                                 .type = ValueType::date,
                                 .otherwise = "today"}};
    if (kind != domain::CredentialEventKind::replace)
        options.push_back({.name = "level",
                           .value = "LEVEL",
                           .help = "Only this added level; the certificate that bears it stays",
                           .otherwise = "the whole credential, with every level it bears"});
    return {
        .path = "credential " + std::string(domain::to_text(kind)),
        .summary = summary,
        .text = text,
        .effect = Effect::decides,
        .arguments = {{.name = "NUMBER", .help = "The credential's number"}},
        .options = options,
        .json = "{\"number\": text, \"status\": word, \"terms\": [...], \"events\": [...]}",
        .exits = {Exit::no, Exit::not_found, Exit::conflict, Exit::forbidden},
        .run = change_standing<kind>,
    };
}

} // namespace

std::vector<Command> credential_commands() {
    using domain::CredentialEventKind;
    const std::string no_reason =
        "Status and date are recorded, never a reason. Earlier days keep the answer they had.";
    return {
        {
            .path = "credential show",
            .summary = "Show a credential with its terms and what happened to it",
            .arguments = {{.name = "NUMBER", .help = "The credential's number"}},
            .options = {{.name = "on",
                         .value = "DATE",
                         .help = "Its status on this day",
                         .type = ValueType::date,
                         .otherwise = "today"}},
            .json = "{\"number\": text, \"person\": code, \"track\": code, \"status\": word, \"added_levels\": [...], "
                    "\"terms\": [...], \"events\": [...]}",
            .exits = {Exit::not_found},
            .run = show,
        },
        {
            .path = "credential list",
            .summary = "Show what a person holds or held",
            .arguments = {{.name = "PERSON", .help = "The person's code, P-..."}},
            .json = "{\"credentials\": [...]}",
            .exits = {Exit::not_found},
            .run = list,
        },
        {
            .path = "credential award",
            .summary = "Award a level of a curriculum, judged by its own rule today",
            .effect = Effect::writes,
            .arguments = {{.name = "CURRICULUM", .help = "Its code, such as ecpr"},
                          {.name = "PERSON", .help = "The person's code, P-..."}},
            .options = {{.name = "level", .value = "LEVEL", .help = "Which level", .required = true},
                        {.name = "issuer", .value = "ORGANIZATION", .help = "Who awards it", .required = true}},
            .json = "{\"outcome\": word, \"credential\": {...}, \"finding\": {...}}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = award,
        },
        {
            .path = "credential take-over",
            .summary = "Take a credential that somebody else issued over from its certificate",
            .text = "For what was issued before it came to this record. It is true from its own first day and recorded "
                    "today; it is not judged. A level that can only be added (an endorsement) is taken over beside "
                    "the certificate that bears it. Where titles are aligned with each other, another one that the "
                    "person holds on that day gets its new last day.",
            .effect = Effect::writes,
            .arguments = {{.name = "TRACK", .help = "Code of the track or curriculum"},
                          {.name = "PERSON", .help = "The person's code, P-..."}},
            .options = {{.name = "level", .value = "LEVEL", .help = "Which level", .required = true},
                        {.name = "issuer", .value = "ORGANIZATION", .help = "Who issued it", .required = true},
                        {.name = "from",
                         .value = "DATE",
                         .help = "First day on the certificate",
                         .type = ValueType::date,
                         .required = true},
                        {.name = "until",
                         .value = "DATE",
                         .help = "Last day on it; needed where the level has terms",
                         .type = ValueType::date,
                         .otherwise = "no end"},
                        {.name = "edition",
                         .value = "EDITION",
                         .help = "The edition it was issued under, where there is a choice",
                         .otherwise = "the one that applies"}},
            .json = "{\"number\": text, ...}",
            .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
            .run = take_over,
        },
        standing_command<CredentialEventKind::suspend>("Suspend a credential until it is reinstated", no_reason),
        standing_command<CredentialEventKind::reinstate>("Put a suspended or revoked credential back in force",
                                                         no_reason),
        standing_command<CredentialEventKind::revoke>("Revoke a credential", no_reason),
        standing_command<CredentialEventKind::surrender>("Record that the holder has given a credential back",
                                                         no_reason),
        {
            .path = "credential consent",
            .summary = "Record that its holder lets it be shown to whoever has the number",
            .text = "For a register that shows people with their consent only: without it, verification answers like "
                    "for an unknown number. Consent counts from today on and can be withdrawn on any day; then "
                    "verification is silent again, also about earlier days.",
            .effect = Effect::writes,
            .arguments = {{.name = "NUMBER", .help = "The credential's number"}},
            .options = {{.name = "withdrawn", .help = "The consent is withdrawn"}},
            .json = "{\"number\": text, ..., \"events\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = consent,
        },
        standing_command<CredentialEventKind::replace>("Record that another credential has taken its place", no_reason),
    };
}

} // namespace peercert::cli
