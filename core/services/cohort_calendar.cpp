#include "services/cohort_calendar.hpp"

#include "exchange/calendar.hpp"
#include "services/cohorts.hpp"

namespace peercert::services {

namespace {

/// Of somebody who has a place in it, whatever their roles.
std::optional<domain::Cohort> own_cohort(storage::UnitOfWork& work, const Actor& actor, std::string_view code) {
    const auto cohort = work.cohorts.find(code);
    const bool own = cohort && !actor.is_operator() && work.enrolments.find(cohort->id, actor.person);
    return own ? cohort : std::nullopt;
}

} // namespace

CohortCalendar cohort_calendar(House& house, const Actor& actor, std::string_view code) {
    return house.store.read([&](storage::UnitOfWork& work) {
        auto own = own_cohort(work, actor, code);
        const domain::Cohort cohort =
            own ? std::move(*own) : cohort_of(work, actor, Action::record_attendance, code, house.today());
        const std::string title = cohort.title.empty() ? cohort.code : cohort.title;
        const auto sessions = work.cohorts.sessions(cohort.id);
        const std::string at = "@" + work.packets.installation_mark() + ".peercert";
        std::vector<exchange::CalendarDay> days;
        for (const domain::Session& session : sessions) {
            const std::string number = std::to_string(session.number);
            exchange::CalendarDay day;
            day.uid = "session-" + number + "." + cohort.code + at;
            day.on = session.held_on;
            day.summary = title + ": session " + number + " of " + std::to_string(sessions.size());
            if (!session.unit.empty())
                day.summary += ", " + session.unit;
            if (session.length != domain::length_not_given) {
                const auto minutes = session.length.count();
                day.description = std::to_string(minutes / 60) + " h" +
                                  (minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " min");
            }
            days.push_back(std::move(day));
        }
        return CohortCalendar{cohort.code, exchange::calendar_text(title, days, house.clock.now()), days.size()};
    });
}

} // namespace peercert::services
