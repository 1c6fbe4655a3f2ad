#include "exchange/finding_json.hpp"
#include "words/answers.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"

/// The JSON of answers that are more than a yes or no.
namespace peercert::words {

namespace {

Json day(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

Json texts(const std::vector<std::string>& words) { return Json::array_of(words); }

Json term_json(const rules::PresentTerm& term) {
    return Json::object().set("first_day", to_text(term.first)).set("last_day", day(term.last));
}

Json change_json(const services::ClauseChange& change) {
    Json json = Json::object();
    json.set("clause", change.clause)
        .set("before", change.before ? Json(exchange::answer_word(*change.before)) : Json())
        .set("after", change.after ? Json(exchange::answer_word(*change.after)) : Json());
    if (change.have_before || change.have_after)
        json.set("have_before", change.have_before)
            .set("have_after", change.have_after)
            .set("need", change.need)
            .set("unit", exchange::unit_word(change.unit));
    if (!change.own_unit.empty())
        json.set("own_unit", change.own_unit).set("own_unit_size", change.own_unit_size);
    return json;
}

Json purpose_json(const services::PurposeAnswer& one) {
    Json json = Json::object();
    json.set("purpose", one.purpose)
        .set("answer", exchange::answer_word(one.answer.verdict))
        .set("until", day(one.until))
        .set("employer_confirms", texts(one.answer.employer_confirms));
    if (!one.answer.restriction.empty())
        json.set("restriction", one.answer.restriction);
    if (!one.answer.because.empty())
        json.set("because", one.answer.because);
    return json;
}

std::string_view deadline_word(services::Deadline::Kind kind) {
    switch (kind) {
    case services::Deadline::Kind::renewal_opens: return "renewal opens";
    case services::Deadline::Kind::renewal_closes: return "renewal closes";
    case services::Deadline::Kind::last_day: return "last valid day";
    case services::Deadline::Kind::stretch: return "stretch begins";
    }
    return "stretch begins";
}

Json deadline_json(const services::Deadline& one) {
    Json json = Json::object();
    json.set("day", to_text(one.day)).set("what", deadline_word(one.kind));
    if (!one.called.empty())
        json.set("called", one.called);
    if (one.fee)
        json.set("fee", fee_json(*one.fee));
    if (!one.decides.empty())
        json.set("decides", one.decides);
    return json;
}

std::string_view how_word(services::PlanItem::How how) {
    switch (how) {
    case services::PlanItem::How::offered: return "offered";
    case services::PlanItem::How::own_step: return "own step";
    case services::PlanItem::How::assumed: return "assumed";
    }
    return "offered";
}

Json item_json(const services::PlanItem& item) {
    Json json = Json::object();
    json.set("what", item.what)
        .set("how", how_word(item.how))
        .set("kind", domain::to_text(item.kind))
        .set("code", item.code)
        .set("first_day", item.dated ? Json(to_text(item.first_day)) : Json())
        .set("last_day", item.dated ? Json(to_text(item.last_day)) : Json())
        .set("minutes", item.minutes)
        .set("cents", item.price_known ? Json(item.cents) : Json())
        .set("topics", texts(item.topics));
    if (!item.provider.empty())
        json.set("provider", item.provider);
    if (!item.vouched_as.empty())
        json.set("vouched_as", item.vouched_as);
    if (!item.source.empty())
        json.set("source", item.source);
    if (!item.or_else.empty())
        json.set("or_else", texts(item.or_else));
    return json;
}

std::string_view outcome_word(rules::Plan::Outcome outcome) {
    switch (outcome) {
    case rules::Plan::Outcome::found: return "found";
    case rules::Plan::Outcome::to_decide: return "to decide";
    case rules::Plan::Outcome::not_reached: return "not reached";
    }
    return "not reached";
}

std::string_view proof_word(rules::Plan::Proof proof) {
    switch (proof) {
    case rules::Plan::Proof::best: return "best";
    case rules::Plan::Proof::effort_spent: return "effort spent";
    case rules::Plan::Proof::too_entangled: return "too entangled";
    }
    return "best";
}

Json stage_json(const services::PlanStage& stage) {
    Json json = Json::object();
    json.set("step", stage.step)
        .set("edition", stage.edition)
        .set("edition_chosen_by", stage.edition_chosen_by)
        .set("outcome",
             stage.assumes && stage.outcome == rules::Plan::Outcome::found ? "not before" : outcome_word(stage.outcome))
        .set("proof", proof_word(stage.proof))
        .set("day", to_text(stage.day))
        .set("minutes", stage.minutes)
        .set("cents", stage.cents)
        .set("prices_complete", stage.prices_known)
        .set("fee", fee_json(stage.fee))
        .set("items", list(stage.items, item_json))
        .set("to_decide", list(stage.to_decide, open_clause_json))
        .set("missing", list(stage.missing, open_clause_json));
    if (!stage.out_of_reach.empty())
        json.set("out_of_reach", texts(stage.out_of_reach));
    if (!stage.undecided.empty())
        json.set("undecided_editions", texts(stage.undecided));
    if (!stage.rung.empty())
        json.set("after_expiry", stage.rung);
    if (stage.term)
        json.set("term", term_json(*stage.term));
    return json.set("finding", exchange::finding_json(stage.finding));
}

std::string_view order_word(rules::PlanOrder order) {
    switch (order) {
    case rules::PlanOrder::earliest: return "earliest";
    case rules::PlanOrder::cheapest: return "cheapest";
    case rules::PlanOrder::least_time: return "least time";
    }
    return "earliest";
}

std::string_view differs_word(services::Differs one) {
    switch (one) {
    case services::Differs::engine: return "engine";
    case services::Differs::plugins: return "plugins";
    case services::Differs::born: return "day of birth";
    case services::Differs::finding: return "finding";
    case services::Differs::not_kept: return "not kept";
    }
    return "finding";
}

} // namespace

Json what_if_json(const services::WhatIf& answer) {
    Json json = Json::object();
    json.set("passes_before", answer.before.finding.verdict.passes())
        .set("passes_after", answer.after.finding.verdict.passes())
        .set("another_track", answer.another_track);
    if (answer.another_track)
        json.set("carried", list(answer.carried, [](EntryId id) { return Json(id.value()); }));
    else
        json.set("changes", list(answer.changes, change_json));
    return json.set("before", assessment_json(answer.before)).set("after", assessment_json(answer.after));
}

Json term_standing_json(const services::TermStanding& standing) {
    Json json = Json::object();
    json.set("level", standing.level)
        .set("number", standing.term.number)
        .set("first_day", to_text(standing.term.first))
        .set("true_last_day", day(standing.term.last))
        .set("next_term", standing.next ? term_json(*standing.next) : Json())
        .set("shown_until", day(standing.shown_until))
        .set("follows", list(standing.follows,
                             [](const AnchorDay& one) {
                                 return Json::object().set("track", one.name).set("first_certified", to_text(one.day));
                             }))
        .set("in_force", standing.now.in_force)
        .set("called", standing.now.called)
        .set("purposes", list(standing.purposes, purpose_json))
        .set("ahead", list(standing.deadlines, deadline_json));
    return json;
}

Json standing_json(const services::Standing& standing) {
    Json json = Json::object();
    json.set("number", standing.number)
        .set("person", standing.person)
        .set("name", standing.name)
        .set("track", standing.track)
        .set("edition", standing.edition)
        .set("title", standing.title)
        .set("on", to_text(standing.on))
        .set("known_at", standing.known_at ? Json(domain::to_text(*standing.known_at)) : Json())
        .set("projection", standing.projection)
        .set("status", credentials::to_text(standing.status.code))
        .set("since", day(standing.status.since));
    if (!standing.status.condition.empty())
        json.set("condition", standing.status.condition);
    json.set("gone_since", day(standing.gone_since));
    json.set("added_levels", list(standing.added, added_level_json));
    if (standing.moved)
        json.set("moved", Json::object()
                              .set("on", to_text(standing.moved->on))
                              .set("last_day_before", day(standing.moved->before))
                              .set("last_day_now", day(standing.moved->now)));
    return json.set("term", standing.term ? term_standing_json(*standing.term) : Json());
}

Json plan_json(const services::PlanAnswer& plan) {
    Json json = Json::object();
    json.set("reached", plan.reached())
        .set("person", person_json(plan.person))
        .set("track", plan.track)
        .set("title", plan.title)
        .set("step", plan.step)
        .set("on", to_text(plan.on))
        .set("by", to_text(plan.by))
        .set("order", order_word(plan.order))
        .set("offers", static_cast<std::int64_t>(plan.offers))
        .set("stages", list(plan.stages, stage_json))
        .set("two_on_one_day", list(plan.same_day, [](Date date) { return Json(to_text(date)); }))
        .set("begun_already", texts(plan.too_early));
    return json;
}

Json departures_json(const services::Departures& report) {
    Json json = Json::object();
    json.set("profile", report.profile).set("track", report.track);
    return json.set("standards", list(report.standards, [](const services::Departure& one) {
                        Json standard = Json::object();
                        standard.set("standard", one.standard)
                            .set("number", one.number)
                            .set("stance", services::to_text(one.stance))
                            .set("says", one.says.empty() ? Json() : Json(one.says))
                            .set("figure", one.figure.empty() ? Json() : Json(one.figure))
                            .set("source", one.source)
                            .set("trust", one.trust)
                            .set("asked", list(one.asked, [](const services::Asked& asked) {
                                     return Json::object()
                                         .set("step", asked.step)
                                         .set("clause", asked.clause)
                                         .set("says", asked.says)
                                         .set("one_of_several_ways", asked.one_way)
                                         .set("source", asked.source)
                                         .set("stance", services::to_text(asked.stance));
                                 }));
                        return standard;
                    }));
}

Json everybody_json(const std::vector<services::StepCount>& counts) {
    return Json::object().set("steps", list(counts, [](const services::StepCount& count) {
                                  return Json::object()
                                      .set("track", count.track)
                                      .set("step", count.step)
                                      .set("people", count.people)
                                      .set("passing", count.passing)
                                      .set("not_yet", count.not_yet)
                                      .set("needing_a_decision", count.needing_a_decision)
                                      .set("not_judged", count.not_judged);
                              }));
}

Json replayed_json(const services::Replayed& replayed) {
    Json json = Json::object();
    json.set("decision", replayed.decision.id.value())
        .set("same", replayed.same)
        .set("differs", list(replayed.differs, [](services::Differs one) { return Json(differs_word(one)); }))
        .set("decided_on", to_text(replayed.decision.decided_on))
        .set("recorded_at", domain::to_text(replayed.decision.recorded_at))
        .set("outcome", domain::to_text(replayed.decision.outcome))
        .set("person", replayed.person)
        .set("step", replayed.application.step)
        .set("edition", replayed.edition)
        .set("edition_digest", replayed.decision.edition_digest)
        .set("engine_then", replayed.decision.engine)
        .set("engine_now", replayed.engine_now)
        .set("finding_then", replayed.decision.finding)
        .set("finding_now", replayed.finding_now);
    return json;
}

} // namespace peercert::words
