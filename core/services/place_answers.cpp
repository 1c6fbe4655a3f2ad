#include <algorithm>

#include <peercert/error.hpp>

#include "services/cohorts.hpp"
#include "services/places.hpp"

/// Everybody gets an answer: who has none yet, who was not told, and that somebody was told.
namespace peercert::services {

namespace {

using domain::PlaceEvent;
using domain::PlaceRequest;
using domain::PlaceState;
using domain::PlaceStep;

std::optional<Date> told_on(const PlaceRequest& request) {
    for (auto event = request.history.rbegin(); event != request.history.rend(); ++event)
        if (event->step == PlaceStep::told)
            return event->day;
    return std::nullopt;
}

/// What is still to be said to somebody, and since when.
std::optional<std::pair<Unanswered::What, Date>> to_be_told(const PlaceRequest& request, std::optional<Date> first,
                                                            Date today) {
    using What = Unanswered::What;
    const PlaceState state = domain::state_of(request, today);
    if (state == PlaceState::received)
        return std::pair(What::no_answer_yet, request.received_on);
    const bool begun = first && *first < today;
    if (state == PlaceState::waiting && begun) {
        const auto told = told_on(request);
        if (!told || *told <= *first)
            return std::pair(What::no_place_this_time, add_days(*first, 1));
        return std::nullopt;
    }
    const auto offer = domain::newest_offer(request);
    if (state == PlaceState::ran_out) {
        const auto told = told_on(request);
        const Date since = add_days(*offer->until, 1);
        return told && *told >= since ? std::nullopt : std::optional(std::pair(What::ran_out, since));
    }
    const auto untold = domain::untold(request);
    if (!untold)
        return std::nullopt;
    return std::pair(untold->step == PlaceStep::offered ? What::offered : What::waiting, untold->day);
}

std::optional<Date> first_session_of(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    const auto sessions = work.cohorts.sessions(cohort.id);
    return sessions.empty() ? std::nullopt : std::optional(sessions.front().held_on);
}

} // namespace

std::string_view word_of(Unanswered::What what) {
    switch (what) {
    case Unanswered::What::no_answer_yet: return "no_answer_yet";
    case Unanswered::What::waiting: return "waiting";
    case Unanswered::What::offered: return "offered";
    case Unanswered::What::ran_out: return "ran_out";
    case Unanswered::What::no_place_this_time: return "no_place_this_time";
    }
    return "";
}

void CohortPlaces::told(const Actor& actor, std::string_view code, std::string_view who, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, today);
        const domain::Person person = person_of(work, actor, who, today);
        const PlaceRequest request = request_of(work, cohort, person);
        const auto news = to_be_told(request, first_session_of(work, cohort), today);
        if (!news || news->first == Unanswered::What::no_answer_yet)
            throw Error(ErrorCode::conflict,
                        news ? "there is no answer yet that could be told"
                             : "there is nothing new to tell; " + person.code.str() + " was told how it stands");
        work.places.add_event(request.id, {.step = PlaceStep::told, .day = today});
        work.audit.append({.action = "place.told", .object = object_of_place(request)});
    });
}

std::vector<Unanswered> CohortPlaces::answers(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        std::vector<domain::Cohort> cohorts;
        if (!code.empty())
            cohorts.push_back(cohort_of(work, actor, Action::run_cohort, code, today));
        else
            for (const CohortId id : work.places.cohorts_with_calls())
                if (auto cohort = work.cohorts.of(id);
                    may(work, actor, Action::run_cohort, {PersonId{}, cohort.organization}, today))
                    cohorts.push_back(std::move(cohort));
        std::vector<Unanswered> found;
        for (const domain::Cohort& cohort : cohorts) {
            const auto first = first_session_of(work, cohort);
            for (const PlaceRequest& request : work.places.of_cohort(cohort.id))
                if (const auto news = to_be_told(request, first, today))
                    found.push_back({cohort.code, place_line(work, request, today), news->first, news->second,
                                     days_between(news->second, today)});
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const Unanswered& a, const Unanswered& b) { return a.since < b.since; });
        return found;
    });
}

} // namespace peercert::services
