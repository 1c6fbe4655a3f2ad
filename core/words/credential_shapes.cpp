#include "exchange/finding_json.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

/// Credentials, their terms and what happened to them.
namespace peercert::words {

namespace {

Json day(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

Json term_json(const domain::Term& term) {
    Json json = Json::object();
    json.set("number", term.n)
        .set("level", term.level)
        .set("first_day", to_text(term.first_day))
        .set("last_day", day(term.last_day))
        .set("title", term.title)
        .set("place", term.place == domain::TermPlace::in_row ? "in row" : domain::to_text(term.place))
        .set("shown_until", day(term.shown_until))
        .set("edition", term.edition)
        .set("edition_digest", term.edition_digest)
        .set("zone", term.zone)
        .set("recorded_at", domain::to_text(term.recorded_at));
    json.set("afterwards", list(term.timeline, [](const domain::Rung& rung) {
                 return Json::object().set("from", to_text(rung.first_day)).set("called", rung.name);
             }));
    return json;
}

Json event_json(const domain::CredentialEvent& event) {
    Json json = Json::object();
    json.set("event", domain::to_text(event.kind))
        .set("effective_day", to_text(event.effective_day))
        .set("recorded_at", domain::to_text(event.recorded_at));
    if (!event.level.empty())
        json.set("level", event.level);
    return json;
}

} // namespace

Json added_level_json(const credentials::AddedLevel& one) {
    return Json::object()
        .set("level", one.level)
        .set("term", one.term)
        .set("first_day", to_text(one.first_day))
        .set("last_day", day(one.last_day))
        .set("status", credentials::to_text(one.code))
        .set("status_since", day(one.since));
}

Json decided_json(const services::Decided& decided) {
    Json json = Json::object();
    json.set("outcome", domain::to_text(decided.outcome));
    if (decided.credential)
        json.set("credential", credential_json(*decided.credential));
    return json.set("finding", exchange::finding_json(decided.finding));
}

Json credential_json(const services::CredentialView& view) {
    Json json = Json::object();
    json.set("number", view.record.credential.number.str())
        .set("person", view.person)
        .set("track", view.record.credential.track)
        .set("issuer", view.issuer)
        .set("status", credentials::to_text(view.status.code))
        .set("status_since", day(view.status.since))
        .set("last_day", day(view.status.last_day))
        .set("called", view.status.rung)
        .set("added_levels", list(view.levels, added_level_json));
    if (!view.moved.empty())
        json.set("moved", Json::array_of(view.moved));
    if (!view.numbers_elsewhere.empty())
        json.set("numbers_elsewhere", Json::array_of(view.numbers_elsewhere));
    return json.set("terms", list(view.record.terms, term_json)).set("events", list(view.record.events, event_json));
}

} // namespace peercert::words
