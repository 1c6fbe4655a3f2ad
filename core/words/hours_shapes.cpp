#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

Json confirmation_json(const services::ConfirmationView& view) {
    Json lines = Json::array();
    for (const services::AskedLine& line : view.lines)
        lines.push(Json::object()
                       .set("entry", line.entry.value())
                       .set("kind", domain::to_text(line.kind))
                       .set("first_day", to_text(line.first_day))
                       .set("last_day", to_text(line.last_day))
                       .set("minutes", line.minutes)
                       .set("employer", line.employer)
                       .set("words", Json::array_of(line.tags))
                       .set("state", services::to_text(line.state))
                       .set("not_entitled_on", line.not_entitled_on ? Json(to_text(*line.not_entitled_on)) : Json()));
    return Json::object()
        .set("request", view.id.value())
        .set("person", view.person)
        .set("supervisor", view.supervisor)
        .set("role", view.role)
        .set("state", services::to_text(view.state))
        .set("asked_at", domain::to_text(view.asked_at))
        .set("expires_at", domain::to_text(view.expires_at))
        .set("lines", std::move(lines));
}

Json role_share_json(const services::RoleShare& share) {
    Json parts = Json::array();
    for (const services::RoleShare::Part& part : share.parts)
        parts.push(Json::object()
                       .set("activity", part.activity)
                       .set("peer_work", part.is_peer_work)
                       .set("minutes", part.minutes)
                       .set("assigned_minutes", part.assigned));
    return Json::object()
        .set("employer", share.employer)
        .set("from", to_text(share.from))
        .set("until", to_text(share.until))
        .set("too_few", share.too_few)
        .set("people", share.people)
        .set("peer_work_minutes", share.peer_work)
        .set("outside_minutes", share.outside)
        .set("not_said_minutes", share.not_said)
        .set("share_hundredths_of_percent", Json(share.share()))
        .set("parts", std::move(parts));
}

} // namespace peercert::words
