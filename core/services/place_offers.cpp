#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <peercert/error.hpp>

#include "domain/lot.hpp"
#include "services/cohorts.hpp"
#include "services/place_order.hpp"
#include "services/places.hpp"

/// From points to an order, from the order to offers; and the proof that it was kept to.
namespace peercert::services {

namespace {

using domain::PlaceCall;
using domain::PlaceEvent;
using domain::PlaceFree;
using domain::PlaceRequest;
using domain::PlaceState;
using domain::PlaceStep;

std::optional<Date> first_session_of(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    const auto sessions = work.cohorts.sessions(cohort.id);
    return sessions.empty() ? std::nullopt : std::optional(sessions.front().held_on);
}

void offer_to(storage::UnitOfWork& work, const domain::Cohort& cohort, const PlaceCall& call,
              const PlaceRequest& request, Date today, PlaceFree why) {
    Date until = add_days(today, call.offer_days);
    if (const auto first = first_session_of(work, cohort))
        until = std::min(until, *first);
    work.places.add_event(request.id, {.step = PlaceStep::offered,
                                       .day = today,
                                       .until = until,
                                       .position = domain::position_of(request),
                                       .why = why});
    work.audit.append({.action = "place.offered", .object = object_of_place(request)});
}

Asking asking_of(storage::UnitOfWork& work, const PlaceRequest& request) {
    Asking asking{request.number, 0, 0};
    std::map<PersonId, PersonId> reviewers; // two records of one human are one reviewer, and one of them counts
    for (const auto& score : work.papers.scores(request.id))
        if (reviewers.emplace(work.merges.kept(score.reviewer), score.reviewer).first->second == score.reviewer)
            asking.points += score.points;
    asking.reviews = static_cast<int>(reviewers.size());
    return asking;
}

PersonId reviewer_of(storage::UnitOfWork& work, const Actor& actor, const domain::Cohort& cohort,
                     std::string_view typed, Date today) {
    if (typed.empty() && actor.is_operator())
        throw Error(ErrorCode::invalid_input, "who has read and scored? name the reviewer");
    if (typed.empty())
        return work.merges.kept(actor.person);
    const PersonId reviewer = person_of(work, actor, typed, today).id;
    authorize(work, {"", reviewer}, Action::decide, {PersonId{}, cohort.organization}, today);
    return work.merges.kept(reviewer);
}

void refuse_when_ordered(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    if (is_ordered(work.places.of_cohort(cohort.id)))
        throw Error(ErrorCode::conflict,
                    "the order in " + cohort.code + " was made; the points are sealed, and nothing is scored any more");
}

} // namespace

void CohortPlaces::score(const Actor& actor, std::string_view code, std::string_view who, std::string_view by,
                         const std::vector<std::pair<std::string, int>>& points, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::decide, code, today);
        const PlaceCall call = call_of(work, cohort);
        if (call.criteria.empty())
            throw Error(ErrorCode::conflict, "places in " + cohort.code + " are not given by score");
        refuse_when_ordered(work, cohort);
        const PlaceRequest request = request_of(work, cohort, person_of(work, actor, who, today));
        const PersonId reviewer = reviewer_of(work, actor, cohort, by, today);
        refuse_self(work, reviewer, request.person, "score a request");
        for (const PlaceEvent& event : request.history)
            if (event.step == PlaceStep::recused && work.merges.same(event.reviewer, reviewer))
                throw Error(ErrorCode::conflict, "this reviewer does not score this request, as was said before");
        std::vector<storage::PlacePapers::Score> scores;
        for (const domain::Criterion& criterion : call.criteria) {
            const auto given = std::find_if(points.begin(), points.end(),
                                            [&](const auto& one) { return one.first == criterion.called; });
            if (given == points.end())
                throw Error(ErrorCode::invalid_input, "points for \"" + criterion.called +
                                                          "\" are missing; every "
                                                          "criterion is scored");
            if (given->second < 0 || given->second > criterion.most)
                throw Error(ErrorCode::invalid_input,
                            "\"" + criterion.called + "\" has 0 to " + std::to_string(criterion.most) + " points");
            scores.push_back({reviewer, criterion.called, given->second});
        }
        if (points.size() != scores.size())
            throw Error(ErrorCode::invalid_input, "there are points for something that is no criterion, or twice for "
                                                  "one; the criteria were stated when the call was opened");
        work.papers.set_scores(request.id, reviewer, scores);
        work.places.add_event(request.id, {.step = PlaceStep::scored, .day = today, .reviewer = reviewer});
        work.audit.append({.action = "place.scored", .object = object_of_place(request)});
    });
}

void CohortPlaces::recuse(const Actor& actor, std::string_view code, std::string_view who, std::string_view by,
                          Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::decide, code, today);
        refuse_when_ordered(work, cohort);
        const PlaceRequest request = request_of(work, cohort, person_of(work, actor, who, today));
        const PersonId reviewer = reviewer_of(work, actor, cohort, by, today);
        work.papers.set_scores(request.id, reviewer, {});
        work.places.add_event(request.id, {.step = PlaceStep::recused, .day = today, .reviewer = reviewer});
        work.audit.append({.action = "place.recused", .object = object_of_place(request)});
    });
}

PlaceView CohortPlaces::offer(const Actor& actor, std::string_view code, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, today);
        const PlaceCall call = call_of(work, cohort);
        const auto requests = work.places.of_cohort(cohort.id);
        if (is_ordered(requests))
            throw Error(ErrorCode::conflict, "the order in " + cohort.code +
                                                 " was made already and stays; `peercert place advance " + cohort.code +
                                                 "` offers what has become free");
        if (today <= call.closes_on)
            throw Error(ErrorCode::conflict, "people may ask until " + to_text(call.closes_on) +
                                                 ", that day included; the order is made after it");
        std::vector<Asking> standings;
        std::string missing;
        for (const PlaceRequest& request : requests) {
            if (domain::state_of(request, today) == PlaceState::declined)
                continue;
            standings.push_back(asking_of(work, request));
            if (standings.back().reviews < call.reviewers)
                missing += "\n  " + work.people.of(request.person).code.str() + ": " +
                           std::to_string(standings.back().reviews) + " of " + std::to_string(call.reviewers);
        }
        if (standings.empty())
            throw Error(ErrorCode::conflict, "nobody asks for a place in " + cohort.code);
        if (!missing.empty())
            throw Error(ErrorCode::conflict, "the order is made when everybody was scored by as many people as was "
                                             "stated; missing are reviews of:" +
                                                 missing);
        const std::vector<int> order = fair_order(call.given_by, standings, call.seed);
        for (std::size_t i = 0; i < order.size(); ++i) {
            const PlaceRequest& request = requests[static_cast<std::size_t>(order[i]) - 1]; // numbered from 1
            work.places.add_event(request.id,
                                  {.step = PlaceStep::ranked, .day = today, .position = static_cast<int>(i) + 1});
        }
        work.papers.delete_scores(cohort.id);
        work.audit.append({.action = "place.ordered", .object = "cohort " + std::to_string(cohort.id.value())});
        (void)advance_places(work, cohort, today, PlaceFree::first_round);
        PlaceView view = place_view(work, cohort, today);
        if (mode == Mode::rehearse && call.given_by == domain::GivenBy::score)
            for (PlaceLine& line : view.lines)
                for (const Asking& one : standings)
                    if (one.number == line.number)
                        line.points = one.points;
        return view;
    });
}

PlacesMoved advance_places(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today, PlaceFree cause) {
    PlacesMoved moved;
    moved.cohort = cohort.code;
    const auto call = work.places.call(cohort.id);
    const auto requests = work.places.of_cohort(cohort.id);
    if (!call || !is_ordered(requests))
        return moved;
    int standing = 0;
    std::map<int, const PlaceRequest*> waiting; // by position
    std::vector<const PlaceRequest*> ran_out;
    for (const PlaceRequest& request : requests) {
        const PlaceState state = domain::state_of(request, today);
        if (state == PlaceState::ran_out &&
            std::none_of(request.history.begin(), request.history.end(),
                         [](const PlaceEvent& event) { return event.step == PlaceStep::ran_out; }))
            ran_out.push_back(&request);
        standing += state == PlaceState::offered ? 1 : 0;
        if (state == PlaceState::waiting)
            waiting.emplace(domain::position_of(request), &request);
    }
    for (const PlaceRequest* request : ran_out) {
        work.places.add_event(request->id,
                              {.step = PlaceStep::ran_out, .day = today, .position = domain::position_of(*request)});
        work.audit.append({.action = "place.ran_out", .object = object_of_place(*request)});
    }
    const auto first = first_session_of(work, cohort);
    int taken = 0;
    for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id))
        taken += place.state() == domain::EnrolmentState::moved_on ? 0 : 1;
    std::vector<PersonId> offered;
    for (int free = call->capacity - taken - standing; free > 0 && !waiting.empty() && !(first && *first < today);
         --free) {
        const PlaceRequest& next = *waiting.begin()->second;
        offer_to(work, cohort, *call, next, today, offered.size() < ran_out.size() ? PlaceFree::ran_out : cause);
        offered.push_back(next.person);
        waiting.erase(waiting.begin());
    }
    for (const PlaceRequest* request : ran_out)
        moved.ran_out.push_back(place_line(work, *work.places.find(cohort.id, request->person), today));
    for (const PersonId person : offered)
        moved.offered.push_back(place_line(work, *work.places.find(cohort.id, person), today));
    return moved;
}

std::vector<PlacesMoved> CohortPlaces::advance(const Actor& actor, std::string_view code, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        std::vector<domain::Cohort> cohorts;
        if (!code.empty())
            cohorts.push_back(cohort_of(work, actor, Action::run_cohort, code, today));
        else
            for (const CohortId id : work.places.cohorts_with_calls())
                if (auto cohort = work.cohorts.of(id);
                    may(work, actor, Action::run_cohort, {PersonId{}, cohort.organization}, today))
                    cohorts.push_back(std::move(cohort));
        std::vector<PlacesMoved> moved;
        for (const domain::Cohort& cohort : cohorts)
            if (PlacesMoved one = advance_places(work, cohort, today, PlaceFree::given_back); !one.nothing())
                moved.push_back(std::move(one));
        return moved;
    });
}

FairnessRecord CohortPlaces::fairness(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto found = work.cohorts.find(code);
        const bool asked = found && actor.person && work.places.find(found->id, actor.person);
        const domain::Cohort cohort = asked ? *found : cohort_of(work, actor, Action::run_cohort, code, today);
        FairnessRecord record;
        record.view = place_view(work, cohort, today);
        record.view.lines.clear();
        const auto requests = work.places.of_cohort(cohort.id);
        record.requests = static_cast<int>(requests.size());
        std::vector<Asking> ranked;
        std::map<int, int> number_at; // by position
        using Moment = std::pair<const PlaceRequest*, const PlaceEvent*>;
        std::vector<Moment> moments;
        for (const PlaceRequest& request : requests)
            for (const PlaceEvent& event : request.history)
                if (event.step != PlaceStep::scored && event.step != PlaceStep::recused &&
                    event.step != PlaceStep::told) {
                    moments.emplace_back(&request, &event);
                    if (event.step == PlaceStep::ranked) {
                        ranked.push_back({request.number, 0, 0});
                        number_at[event.position] = request.number;
                    }
                }
        std::sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) {
            return std::tuple(a.second->sequence, a.second->position, a.first->number, a.second->n) <
                   std::tuple(b.second->sequence, b.second->position, b.first->number, b.second->n);
        });
        std::set<int> open; // positions that wait
        for (const auto& [request, event] : moments) {
            const int position = domain::position_of(*request);
            record.lines.push_back(
                {request->number, position, event->step, event->day, event->until, event->why, event->recorded_at});
            if (event->step == PlaceStep::ranked) {
                open.insert(position);
                continue;
            }
            if (event->step == PlaceStep::offered && (open.empty() || *open.begin() != position))
                record.in_order = false;
            open.erase(position);
        }
        if (record.view.call.given_by == domain::GivenBy::lot && record.view.ordered_on) {
            const auto order = fair_order(domain::GivenBy::lot, ranked, record.view.call.seed);
            int position = 0;
            for (const int number : order) {
                record.lots.push_back({number, domain::lot_of(record.view.call.seed, number)});
                if (number_at[++position] != number)
                    record.in_order = false;
            }
        }
        return record;
    });
}

} // namespace peercert::services
