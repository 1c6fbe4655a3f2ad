#include "exchange/finding_json.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

/// Cohorts: their sessions, who takes part, how far everybody is, what completing them did.
namespace peercert::words {

namespace {

Json session_json(const services::SessionConformity& session) {
    Json json = Json::object();
    json.set("number", session.session.number)
        .set("held_on", to_text(session.session.held_on))
        .set("minutes", session.session.length.count())
        .set("unit", session.session.unit)
        .set("leaders", Json::array_of(session.leaders))
        .set("conforms", exchange::answer_word(session.answer.verdict));
    Json leaders = Json::array();
    for (std::size_t i = 0; i < session.answer.leaders.size() && i < session.leaders.size(); ++i) {
        const rules::LeaderAnswer& leader = session.answer.leaders[i];
        leaders.push(Json::object()
                         .set("person", session.leaders[i])
                         .set("level", leader.level)
                         .set("current", leader.current)
                         .set("counts", leader.slot.has_value())
                         .set("why_not", leader.why_not));
    }
    return json.set("leading", std::move(leaders)).set("finding", exchange::finding_json(session.answer.finding));
}

Json model_decision_json(const services::ModelDecision& decision) {
    return Json::object()
        .set("decision", decision.id.value())
        .set("decided_on", to_text(decision.decided_on))
        .set("decided_by", decision.decided_by)
        .set("reason", decision.reason)
        .set("covers", decision.covers);
}

} // namespace

Json cohort_json(const domain::Cohort& cohort) {
    return Json::object()
        .set("code", cohort.code)
        .set("title", cohort.title)
        .set("curriculum", cohort.curriculum)
        .set("edition", cohort.edition)
        .set("format", cohort.format)
        .set("county", cohort.county);
}

Json cohort_json(const services::CohortView& view) {
    Json json = cohort_json(view.cohort);
    json.set("organization", view.organization)
        .set("curriculum_title", view.curriculum_title)
        .set("keeps_no_register", view.keeps_no_register)
        .set("size", view.size ? Json::object().set("at_least", view.size->at_least).set("at_most", view.size->at_most)
                               : Json())
        .set("sessions", list(view.conformity.sessions, session_json))
        .set("whole", list(view.conformity.whole, exchange::finding_json))
        .set("decisions", list(view.decisions, model_decision_json))
        .set("people", list(view.people, progress_json));
    return json;
}

Json progress_json(const services::Progress& progress) {
    return Json::object()
        .set("person", person_json(progress.person))
        .set("state", domain::to_text(progress.state))
        .set("minutes_present", progress.present.count())
        .set("minutes_made_up", progress.made_up.count())
        .set("sessions", progress.sessions)
        .set("completion", exchange::finding_json(progress.completion))
        .set("outcome", progress.outcome)
        .set("completion_stands", services::word_of(progress.stands))
        .set("completion_entry", progress.entry ? Json(progress.entry.value()) : Json());
}

Json relying_json(const services::Relying& relying) {
    return Json::object()
        .set("number", relying.number)
        .set("track", relying.track)
        .set("term", relying.term)
        .set("decided_on", to_text(relying.decided_on))
        .set("entries", list(relying.entries, [](EntryId id) { return Json(id.value()); }));
}

Json review_json(const services::CompletionReview& review) {
    return Json::object()
        .set("outcome", services::word_of(review.outcome))
        .set("cohort", review.cohort)
        .set("entry_before", review.before.value())
        .set("progress", progress_json(review.now))
        .set("relying_credentials", list(review.relying, relying_json));
}

Json completed_json(const services::Completed& completed) {
    return Json::object()
        .set("completed", list(completed.completed, progress_json))
        .set("needs_decision", completed.needs_decision())
        .set("waiting", list(completed.waiting, progress_json))
        .set("not_yet", list(completed.not_yet, progress_json))
        .set("outside_the_model", list(completed.outside, session_json))
        .set("whole", list(completed.whole, exchange::finding_json))
        .set("decision", completed.decision ? model_decision_json(*completed.decision) : Json());
}

Json accepted_json(const services::Accepted& accepted) {
    return Json::object()
        .set("decision", model_decision_json(accepted.decision))
        .set("outside_the_model", list(accepted.outside, session_json))
        .set("whole", list(accepted.whole, exchange::finding_json));
}

} // namespace peercert::words
