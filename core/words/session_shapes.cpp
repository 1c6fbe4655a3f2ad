#include "words/session_shapes.hpp"

#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

namespace {

Json minutes_json(std::optional<Minutes> amount) { return amount ? Json(amount->count()) : Json(); }

Json missed_json(const services::MissedSession& missed) {
    return Json::object()
        .set("session", missed.session.number)
        .set("held_on", to_text(missed.session.held_on))
        .set("unit", missed.session.unit)
        .set("minutes_missed", missed.missed.count())
        .set("can_be_made_up", missed.why_not.empty())
        .set("why_not", missed.why_not);
}

} // namespace

Json cohort_status_json(const services::CohortStatus& status) {
    return cohort_json(status.cohort)
        .set("sessions", status.sessions)
        .set("held", status.held)
        .set("next", status.next ? Json(to_text(*status.next)) : Json())
        .set("people", status.people)
        .set("size_as_asked", status.size_as_asked)
        .set("gaps", status.gaps)
        .set("first_gap", status.first_gap ? Json(to_text(*status.first_gap)) : Json());
}

Json hours_left_json(const services::HoursLeft& left) {
    return progress_json(left.progress)
        .set("minutes_to_come", left.to_come.count())
        .set("minutes_wanted", minutes_json(left.wanted))
        .set("minutes_may_miss", minutes_json(left.may_miss))
        .set("missed", list(left.missed, missed_json));
}

Json substitutes_json(const services::Substitutes& found) {
    return Json::object()
        .set("session", found.session.number)
        .set("held_on", to_text(found.session.held_on))
        .set("led_as_asked", found.led_as_asked)
        .set("gap", found.gap)
        .set("free", list(found.free,
                          [](const services::Substitute& one) {
                              return Json::object()
                                  .set("person", person_json(one.person))
                                  .set("level", one.level)
                                  .set("current_until", one.current_until ? Json(to_text(*one.current_until)) : Json())
                                  .set("completes", one.completes);
                          }))
        .set("leading_elsewhere", found.leading_elsewhere);
}

Json brought_line_json(const services::BroughtLine& line) {
    return Json::object()
        .set("bundle", line.bundle)
        .set("line", line.n)
        .set("session", line.session)
        .set("person", person_json(line.person))
        .set("minutes_brought", line.brought.count())
        .set("minutes_here", minutes_json(line.here))
        .set("minutes_in_common", minutes_json(line.common))
        .set("claimed_at", domain::to_text(line.claimed));
}

Json brought_back_json(const services::BroughtBack& brought) {
    return Json::object()
        .set("cohort", brought.cohort)
        .set("bundle", brought.bundle)
        .set("recorded", list(brought.recorded, brought_line_json))
        .set("to_decide", list(brought.to_decide, brought_line_json))
        .set("to_come", list(brought.to_come, brought_line_json))
        .set("known", brought.known)
        .set("brought_before", brought.before)
        .set("reviews", list(brought.reviews, review_json));
}

Json bundle_json(const services::BundleFile& file) {
    return Json::object()
        .set("bundle", file.id)
        .set("cohort", file.cohort)
        .set("title", file.title)
        .set("taken", domain::to_text(file.taken))
        .set("sessions",
             list(file.sessions,
                  [&](const domain::Session& session) {
                      Json people = Json::array();
                      for (const auto& person : file.people)
                          if (const auto minutes = file.minutes(session.number, person.code))
                              people.push(
                                  Json::object().set("person", person.code.str()).set("minutes", minutes->count()));
                      return Json::object()
                          .set("number", session.number)
                          .set("held_on", to_text(session.held_on))
                          .set("minutes", session.length.count())
                          .set("unit", session.unit)
                          .set("attendance", std::move(people));
                  }))
        .set("people", list(file.people,
                            [](const services::BundleFile::Person& person) {
                                return Json::object()
                                    .set("code", person.code.str())
                                    .set("name", person.name)
                                    .set("state", domain::to_text(person.state));
                            }))
        .set("lines", file.attended.size());
}

Json sheet_json(const services::SheetContent& sheet) {
    return Json::object()
        .set("cohort", sheet.cohort.code)
        .set("session", sheet.session.number)
        .set("held_on", to_text(sheet.session.held_on))
        .set("rows", list(sheet.rows, [](const services::SheetContent::Row& row) {
                 return Json::object().set("code", row.code.str()).set("name", row.name);
             }));
}

} // namespace peercert::words
