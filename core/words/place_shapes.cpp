#include "words/place_shapes.hpp"

#include "services/place_order.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

namespace {

Json day_json(std::optional<Date> day) { return day ? Json(to_text(*day)) : Json(); }

Json rules_json(const services::PlaceView& view) {
    const domain::PlaceCall& call = view.call;
    Json json = Json::object();
    json.set("cohort", view.cohort)
        .set("places", call.capacity)
        .set("closes_on", to_text(call.closes_on))
        .set("given_by", domain::to_text(call.given_by))
        .set("order", services::order_in_words(call.given_by))
        .set("criteria", list(call.criteria,
                              [](const domain::Criterion& one) {
                                  return Json::object().set("called", one.called).set("most", one.most);
                              }))
        .set("reviewers", call.reviewers)
        .set("offer_days", call.offer_days)
        .set("keep_papers_days", call.keep_days);
    if (call.given_by == domain::GivenBy::lot)
        json.set("seed_sha256", view.seed_digest).set("seed", call.seed.empty() ? Json() : Json(call.seed));
    return json.set("ordered_on", day_json(view.ordered_on))
        .set("taken", view.taken)
        .set("offered", view.offered)
        .set("free", view.free());
}

} // namespace

Json place_json(const services::PlaceLine& line) {
    Json json = Json::object();
    json.set("number", line.number)
        .set("person", person_json(line.person))
        .set("state", domain::to_text(line.state))
        .set("since", to_text(line.since))
        .set("position", line.position == 0 ? Json() : Json(line.position))
        .set("until", day_json(line.until))
        .set("reviews", line.reviews)
        .set("moved_on", line.moved_on);
    if (line.points)
        json.set("points", *line.points);
    return json;
}

Json places_json(const services::PlaceView& view) {
    return rules_json(view).set("requests", list(view.lines, place_json));
}

Json moved_json(const services::PlacesMoved& moved) {
    return Json::object()
        .set("cohort", moved.cohort)
        .set("ran_out", list(moved.ran_out, place_json))
        .set("offered", list(moved.offered, place_json));
}

Json unanswered_json(const services::Unanswered& one) {
    return Json::object()
        .set("cohort", one.cohort)
        .set("what", services::word_of(one.what))
        .set("since", to_text(one.since))
        .set("days", one.days)
        .set("request", place_json(one.line));
}

Json fairness_json(const services::FairnessRecord& record) {
    return rules_json(record.view)
        .set("requests", record.requests)
        .set("in_order", record.in_order)
        .set("steps", list(record.lines,
                           [](const services::FairnessLine& line) {
                               return Json::object()
                                   .set("number", line.number)
                                   .set("position", line.position == 0 ? Json() : Json(line.position))
                                   .set("step", domain::to_text(line.step))
                                   .set("day", to_text(line.day))
                                   .set("until", day_json(line.until))
                                   .set("why", domain::to_text(line.why))
                                   .set("recorded_at", domain::to_text(line.recorded_at));
                           }))
        .set("lots", list(record.lots, [](const services::FairnessRecord::Lot& lot) {
                 return Json::object().set("number", lot.number).set("sha256", lot.drawn);
             }));
}

Json seat_pool_json(const services::SeatPoolView& pool) {
    return Json::object()
        .set("payer", pool.payer)
        .set("name", pool.name)
        .set("seats", pool.seats)
        .set("used", pool.used)
        .set("left", pool.seats - pool.used);
}

Json purged_json(const services::Purged& purged) {
    return Json::object()
        .set("deleted", list(purged.cohorts,
                             [](const services::Purged::Due& due) {
                                 return Json::object()
                                     .set("cohort", due.cohort)
                                     .set("due", to_text(due.due))
                                     .set("papers", due.papers);
                             }))
        .set("gone", purged.gone);
}

} // namespace peercert::words
