#include "words/sign_off_shapes.hpp"

#include "exchange/finding_json.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

namespace {

Json line_json(const services::SignedLine& line) {
    return Json::object()
        .set("entry", line.entry.value())
        .set("competency", line.competency)
        .set("assessor", line.assessor)
        .set("rating", line.rating)
        .set("state", domain::to_text(line.state));
}

Json assessor_json(const services::AssessorAnswer& one) {
    return Json::object()
        .set("person", one.assessor)
        .set("entitled", one.entitled)
        .set("finding", exchange::finding_json(one.finding));
}

} // namespace

Json signed_off_json(const services::SignedOff& signed_off) {
    Json json = Json::object();
    json.set("accepted", signed_off.accepted()).set("observed_on", to_text(signed_off.observed_on));
    json.set("entries", list(signed_off.entries, [](EntryId id) { return Json(id.value()); }))
        .set("lines", list(signed_off.lines, line_json))
        .set("assessors", list(signed_off.assessors, assessor_json));
    return json.set("reasons", Json::array_of(signed_off.reasons));
}

Json group_signed_off_json(const services::GroupSignedOff& signed_off) {
    Json json = Json::object();
    json.set("accepted", signed_off.accepted).set("observed_on", to_text(signed_off.observed_on));
    json.set("people", list(signed_off.members, [](const services::GroupSignedOff::Member& member) {
                 return Json::object()
                     .set("person", member.person.code.str())
                     .set("left_out", member.left_out)
                     .set("lines", list(member.lines, line_json))
                     .set("reasons", Json::array_of(member.reasons));
             }));
    return json.set("assessors", list(signed_off.assessors, assessor_json))
        .set("reasons", Json::array_of(signed_off.reasons));
}

std::string standing_of(const services::SignatureView& view) {
    if (view.line.withdrawn)
        return "withdrawn";
    if (view.line.superseded_by)
        return "superseded";
    switch (view.detail.state) {
    case domain::SignOffState::draft: return "draft";
    case domain::SignOffState::awaiting_assessor: return "waiting for the assessor";
    case domain::SignOffState::awaiting_cosignature: return "waiting for the co-signature";
    case domain::SignOffState::signed_off: return "signed";
    case domain::SignOffState::under_review: return "under review";
    }
    return "signed";
}

Json signature_json(const services::SignatureView& view) {
    const domain::LedgerEntry& line = view.line;
    Json json = Json::object();
    json.set("entry", line.id.value())
        .set("person", view.learner)
        .set("competency", line.code)
        .set("framework", view.detail.framework)
        .set("rating", view.detail.rating)
        .set("state", line.withdrawn       ? std::string_view("withdrawn")
                      : line.superseded_by ? std::string_view("superseded")
                                           : domain::to_text(view.detail.state))
        .set("observed_on", to_text(line.last_day))
        .set("methods", Json::array_of(line.tags))
        .set("assessor", view.assessor.empty() ? Json() : Json(view.assessor))
        .set("typed_by", line.typed_by)
        .set("recorded_at", domain::to_text(line.recorded_at))
        .set("signed_together", view.detail.act.value());
    if (line.authority)
        json.set("authority",
                 Json::object()
                     .set("role", line.authority->role)
                     .set("credential", line.authority->credential)
                     .set("first_day", line.authority->held.first ? Json(to_text(*line.authority->held.first)) : Json())
                     .set("last_day", line.authority->held.last ? Json(to_text(*line.authority->held.last)) : Json()));
    if (line.late_reason)
        json.set("late_reason", domain::to_text(*line.late_reason));
    if (view.response)
        json.set("learner_says", domain::to_text(view.response->response));
    if (view.undo_until)
        json.set("undo_until", domain::to_text(*view.undo_until));
    if (line.replaces)
        json.set("replaces", line.replaces.value());
    if (line.superseded_by)
        json.set("superseded_by", line.superseded_by.value());
    return json;
}

Json confirmed_json(const services::Confirmed& confirmed) {
    return Json::object()
        .set("accepted", confirmed.accepted())
        .set("lines", list(confirmed.lines, signature_json))
        .set("assessors", list(confirmed.not_entitled, assessor_json));
}

Json changed_json(const services::Changed& changed) {
    return Json::object()
        .set("lines", list(changed.lines, signature_json))
        .set("relying", list(changed.relying, relying_json));
}

} // namespace peercert::words
