#include "words/shapes.hpp"

#include "exchange/finding_json.hpp"
#include "words/answers.hpp"
#include "words/json_list.hpp"

namespace peercert::words {

namespace {

Json day(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }
Json day_or_no_end(Date date) { return date == no_end ? Json() : Json(to_text(date)); }

} // namespace

Json person_json(const services::PersonLine& person) {
    Json json = Json::object();
    json.set("code", person.code.str()).set("name", person.name).set("born", day(person.born));
    if (person.asked_as)
        json.set("asked_as", person.asked_as->str());
    return json;
}

Json person_json(const services::PersonView& view) {
    Json json = Json::object();
    json.set("code", view.person.code.str())
        .set("born", day(view.person.born))
        .set("hidden", view.person.hidden)
        .set("departed_on", day(view.person.departed_on))
        .set("created_at", domain::to_text(view.person.created_at));
    json.set("names", list(view.names, [](const domain::PersonName& name) {
                 return Json::object()
                     .set("kind", domain::to_text(name.kind))
                     .set("name", name.full_name)
                     .set("first_day", to_text(name.first_day))
                     .set("last_day", day(name.last_day));
             }));
    json.set("contacts", list(view.contacts, [](const domain::PersonContact& contact) {
                 return Json::object()
                     .set("kind", domain::to_text(contact.kind))
                     .set("value", contact.value)
                     .set("first_day", to_text(contact.first_day))
                     .set("last_day", day(contact.last_day));
             }));
    json.set("roles", list(view.roles, [](const services::PersonView::Role& role) {
                 return Json::object()
                     .set("organization", role.organization)
                     .set("role", role.role)
                     .set("first_day", to_text(role.first_day))
                     .set("last_day", day(role.last_day));
             }));
    json.set("places", list(view.places, [](const services::PersonView::Place& place) {
                 return Json::object()
                     .set("cohort", place.cohort)
                     .set("title", place.title)
                     .set("state", domain::to_text(place.state))
                     .set("since", to_text(place.since));
             }));
    if (!view.came_from.empty())
        json.set("came_from", list(view.came_from, [](const domain::PacketOrigin& origin) {
                     return Json::object()
                         .set("code", origin.code)
                         .set("packet", origin.digest)
                         .set("recorded_at", domain::to_text(origin.recorded_at));
                 }));
    if (view.person.merged)
        json.set("asked_as", view.person.merged->str());
    json.set("merged", list(view.merged, [](const services::Redirect& one) {
                 return Json::object().set("code", one.from.str()).set("since", to_text(one.since));
             }));
    return json;
}

Json organization_json(const domain::Organization& organization) {
    return Json::object()
        .set("code", organization.code)
        .set("name", organization.name)
        .set("kind", domain::to_text(organization.kind))
        .set("county", organization.county);
}

Json organization_score_json(const domain::OrganizationScore& score) {
    return Json::object()
        .set("framework", score.edition)
        .set("item", score.item)
        .set("score", score.score)
        .set("observed_on", to_text(score.observed_on));
}

Json staff_training_json(const services::StaffTraining& report) {
    return Json::object()
        .set("curriculum", report.curriculum)
        .set("title", report.title)
        .set("organization", report.organization)
        .set("role", report.role)
        .set("on", to_text(report.on))
        .set("members", static_cast<std::int64_t>(report.members.size()))
        .set("trained", report.trained)
        .set("people", list(report.members, [](const services::StaffTraining::Member& member) {
                 return Json::object().set("person", member.person).set("completed_on", day(member.completed_on));
             }));
}

Json ledger_line_json(const services::LedgerLine& line) {
    const domain::LedgerEntry& entry = line.entry;
    Json json = Json::object();
    json.set("entry", entry.id.value())
        .set("kind", domain::to_text(entry.kind))
        .set("first_day", to_text(entry.first_day))
        .set("last_day", day_or_no_end(entry.last_day))
        .set("amount", entry.amount)
        .set("code", entry.code)
        .set("tags", Json::array_of(entry.tags))
        .set("provider", entry.provider)
        .set("result", domain::to_text(entry.result))
        .set("asserted_by", line.asserted_by)
        .set("typed_by", entry.typed_by)
        .set("recorded_at", domain::to_text(entry.recorded_at))
        .set("counts", entry.counts());
    if (entry.authority)
        json.set("authority", Json::object()
                                  .set("role", entry.authority->role)
                                  .set("credential", entry.authority->credential)
                                  .set("first_day", day(entry.authority->held.first))
                                  .set("last_day", day(entry.authority->held.last)));
    if (entry.late_reason)
        json.set("late_reason", domain::to_text(*entry.late_reason));
    if (entry.replaces)
        json.set("replaces", entry.replaces.value()).set("withdrawn", entry.withdrawn);
    if (entry.superseded_by)
        json.set("superseded_by", entry.superseded_by.value());
    return json;
}

Json fee_json(const rules::FeeAnswer& fee) {
    Json json = Json::object();
    json.set("cents", fee.cents).set("complete", !fee.is_open);
    json.set("lines", list(fee.lines, [](const Fee& line) {
                 return Json::object()
                     .set("name", line.name)
                     .set("cents", line.cents.is_stated() ? Json(line.cents.value) : Json());
             }));
    return json;
}

Json open_clause_json(const services::OpenClause& open) {
    Json json = Json::object();
    json.set("clause", open.clause).set("kind", open.kind).set("to_decide", open.to_decide);
    if (open.missing)
        json.set("missing", *open.missing).set("unit", exchange::unit_word(open.unit));
    if (open.within_total)
        json.set("within_total", true);
    if (!open.one_of.empty())
        json.set("one_of", Json::array_of(open.one_of));
    if (open.over_limit)
        json.set("over_limit", true);
    if (open.next.kind != NextStep::Kind::nothing)
        json.set("next", exchange::step_word(open.next.kind)).set("what", open.next.what);
    if (open.next.day)
        json.set("day", to_text(*open.next.day));
    return json;
}

Json assessment_json(const services::Assessment& assessment) {
    Json json = Json::object();
    json.set("answer", exchange::answer_word(assessment.finding.verdict))
        .set("passes", assessment.finding.verdict.passes())
        .set("person", person_json(assessment.person))
        .set("track", assessment.track)
        .set("edition", assessment.edition)
        .set("edition_digest", assessment.edition_digest)
        .set("edition_chosen_by", assessment.edition_chosen_by)
        .set("edition_chosen_by_day", to_text(assessment.edition_day))
        .set("edition_published", assessment.edition_published)
        .set("title", assessment.title)
        .set("step", assessment.step)
        .set("as_of", to_text(assessment.as_of))
        .set("projection", assessment.projection);
    if (!assessment.rung.empty())
        json.set("after_expiry", assessment.rung);
    if (assessment.term)
        json.set("term", Json::object()
                             .set("first_day", to_text(assessment.term->first))
                             .set("last_day", day(assessment.term->last)));
    if (!assessment.term_open.empty())
        json.set("term_open", assessment.term_open);
    if (!assessment.by_each_edition.empty())
        json.set("by_each_edition", list(assessment.by_each_edition, [](const auto& one) {
                     return Json::object().set("edition", one.first).set("answer", exchange::answer_word(one.second));
                 }));
    json.set("holds_until", day(assessment.holds_until))
        .set("changes", list(assessment.changes,
                             [](const services::AnswerChange& one) {
                                 return Json::object()
                                     .set("day", to_text(one.day))
                                     .set("called", one.called)
                                     .set("fee", fee_json(one.fee));
                             }))
        .set("met_by_waiting", day(assessment.met_by_waiting))
        .set("not_before", day(assessment.not_before))
        .set("missing", list(assessment.open, open_clause_json))
        .set("not_counted", list(assessment.not_counted,
                                 [](const services::NotCounted& one) {
                                     Json json_line = Json::object();
                                     json_line.set("clause", one.clause)
                                         .set("entry", one.entry.entry.value())
                                         .set("amount", one.entry.amount)
                                         .set("reason", exchange::reason_word(one.entry.reason));
                                     if (!one.entry.detail.empty())
                                         json_line.set("detail", one.entry.detail);
                                     return json_line;
                                 }))
        .set("under_review", list(assessment.under_review,
                                  [](const services::Assessment::UnderReview& one) {
                                      return Json::object()
                                          .set("entry", one.entry.value())
                                          .set("competency", one.competency)
                                          .set("seen_on", to_text(one.seen_on));
                                  }))
        .set("held", assessment.held ? term_standing_json(*assessment.held) : Json());
    return json.set("fee", fee_json(assessment.fee)).set("finding", exchange::finding_json(assessment.finding));
}

Json application_json(const services::ApplicationView& view) {
    Json json = Json::object();
    json.set("application", view.application.id.value())
        .set("person", view.person)
        .set("track", view.application.track)
        .set("edition", view.application.edition)
        .set("step", view.application.step)
        .set("received_on", to_text(view.application.received_on))
        .set("recorded_at", domain::to_text(view.application.recorded_at));
    if (!view.application.choice.empty())
        json.set("asks_for", view.application.choice);
    if (view.closes_on)
        json.set("closes_on", to_text(*view.closes_on));
    if (view.decide_by)
        json.set("decide_by", to_text(*view.decide_by));
    return json.set("decisions", list(view.decisions, [](const domain::Decision& decision) {
                        return Json::object()
                            .set("decision", decision.id.value())
                            .set("outcome", domain::to_text(decision.outcome))
                            .set("decided_on", to_text(decision.decided_on))
                            .set("decided_by", decision.decided_by)
                            .set("edition_digest", decision.edition_digest)
                            .set("engine", decision.engine);
                    }));
}

Json coverage_json(const services::Coverage& coverage) {
    Json json = Json::object();
    json.set("curriculum", coverage.curriculum)
        .set("title", coverage.title)
        .set("format", coverage.format)
        .set("on", to_text(coverage.on))
        .set("current", coverage.current)
        .set("lapsed", coverage.lapsed)
        .set("out_of_force", coverage.out_of_force)
        .set("lapsing_within_days", Json::object()
                                        .set("30", coverage.lapsing_30)
                                        .set("90", coverage.lapsing_90)
                                        .set("180", coverage.lapsing_180))
        .set("valid_teams", coverage.teams)
        .set("groups_at_once", coverage.groups_at_once)
        .set("may_leave", coverage.may_leave)
        .set("valid_teams_if_one_leaves", coverage.teams_if_one_leaves);
    return json.set("leaders", list(coverage.leaders, [](const services::Coverage::Leader& leader) {
                        return Json::object()
                            .set("person", leader.person)
                            .set("level", leader.level)
                            .set("current", leader.current)
                            .set("out_of_force",
                                 leader.out_of_force() ? Json(credentials::to_text(leader.credential)) : Json())
                            .set("current_until", day(leader.current_until))
                            .set("counted", leader.counted);
                    }));
}

} // namespace peercert::words
