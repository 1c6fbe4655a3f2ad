#include "services/places.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/lot.hpp"
#include "domain/sha256.hpp"
#include "services/cohorts.hpp"
#include "services/departure.hpp"

namespace peercert::services {

namespace {

using domain::PlaceCall;
using domain::PlaceEvent;
using domain::PlaceRequest;
using domain::PlaceState;
using domain::PlaceStep;

constexpr int most_offer_days = 60;
constexpr int most_keep_days = 60;
constexpr int most_points = 100;
constexpr int most_places = 10'000;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

int capacity_for(const Format& format, int asked) {
    const Bound bounds = format.size.value_or(Bound{});
    if (asked == 0 && bounds.at_most)
        asked = static_cast<int>(*bounds.at_most);
    if (asked < 1 || asked > most_places)
        refuse("how many places are there? the curriculum does not say; give 1 to " + std::to_string(most_places));
    if (bounds.at_most && asked > *bounds.at_most)
        refuse("\"" + format.name + "\" is for at most " + std::to_string(*bounds.at_most) + " people");
    if (bounds.at_least && asked < *bounds.at_least)
        refuse("\"" + format.name + "\" is for at least " + std::to_string(*bounds.at_least) + " people");
    return asked;
}

void check_criteria(const NewPlaceCall& asked) {
    const bool by_score = asked.given_by == domain::GivenBy::score;
    if (by_score == asked.criteria.empty())
        refuse(by_score ? "by score needs criteria: each a word and its most points"
                        : "only an order by score has criteria; nobody is asked to score for nothing");
    for (auto one = asked.criteria.begin(); one != asked.criteria.end(); ++one) {
        if (one->most < 1 || one->most > most_points)
            refuse("\"" + one->called + "\" has 1 to " + std::to_string(most_points) + " points at most");
        if (std::any_of(asked.criteria.begin(), one, [&](const auto& other) { return other.called == one->called; }))
            refuse("\"" + one->called + "\" stands there twice");
    }
    if (!by_score && asked.reviewers != 0)
        refuse("only an order by score has reviewers");
    if (by_score && asked.reviewers == 1)
        refuse("two different people score at least; one alone is no fair order");
    if (asked.reviewers < 0 || asked.reviewers > 10)
        refuse("two to ten people score");
}

bool same_rules(const PlaceCall& a, const PlaceCall& b) {
    const auto same = [](const domain::Criterion& x, const domain::Criterion& y) {
        return x.called == y.called && x.most == y.most;
    };
    return a.given_by == b.given_by && a.reviewers == b.reviewers && a.offer_days == b.offer_days &&
           a.keep_days == b.keep_days && a.criteria.size() == b.criteria.size() &&
           std::equal(a.criteria.begin(), a.criteria.end(), b.criteria.begin(), same);
}

Date since_of(const PlaceRequest& request, PlaceState state) {
    for (auto event = request.history.rbegin(); event != request.history.rend(); ++event)
        switch (event->step) {
        case PlaceStep::offered: return state == PlaceState::ran_out ? add_days(*event->until, 1) : event->day;
        case PlaceStep::ranked:
        case PlaceStep::accepted:
        case PlaceStep::declined:
        case PlaceStep::ran_out: return event->day;
        case PlaceStep::scored:
        case PlaceStep::recused:
        case PlaceStep::told: break;
        }
    return request.received_on;
}

/// For what is done by whoever runs the cohort or by the person it is about.
std::pair<domain::Cohort, domain::Person> concerned(storage::UnitOfWork& work, const Actor& actor,
                                                    std::string_view code, std::string_view who, Date today) {
    const auto cohort = work.cohorts.find(code);
    if (cohort && !actor.is_operator()) {
        const domain::Person person = person_of(work, actor, who, today);
        if (work.merges.same(person.id, actor.person))
            return {*cohort, person};
    }
    const domain::Cohort run = cohort_of(work, actor, Action::run_cohort, code, today);
    return {run, person_of(work, actor, who, today)};
}

} // namespace

std::string object_of_place(const PlaceRequest& request) { return "place " + std::to_string(request.id.value()); }

bool is_ordered(const std::vector<PlaceRequest>& requests) {
    return std::any_of(requests.begin(), requests.end(),
                       [](const PlaceRequest& one) { return domain::position_of(one) != 0; });
}

PlaceCall call_of(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    if (auto call = work.places.call(cohort.id))
        return *call;
    throw Error(ErrorCode::not_found, "how the places of " + cohort.code +
                                          " are given has not been stated; do that first: `peercert place call " +
                                          cohort.code + "`");
}

PlaceRequest request_of(storage::UnitOfWork& work, const domain::Cohort& cohort, const domain::Person& person) {
    if (auto request = work.places.find(cohort.id, person.id))
        return *request;
    throw Error(ErrorCode::not_found, person.code.str() + " has not asked for a place in " + cohort.code);
}

PlaceLine place_line(storage::UnitOfWork& work, const PlaceRequest& request, Date today) {
    PlaceLine line;
    line.number = request.number;
    const domain::Person person = work.people.of(request.person);
    line.person = {person.code, work.people.name_used(person.id), person.born};
    line.state = domain::state_of(request, today);
    line.since = since_of(request, line.state);
    line.position = domain::position_of(request);
    if (line.state == PlaceState::offered)
        line.until = domain::newest_offer(request)->until;
    std::vector<PersonId> reviewers;
    for (const PlaceEvent& event : request.history) {
        if (event.step == PlaceStep::scored && std::count(reviewers.begin(), reviewers.end(), event.reviewer) == 0)
            reviewers.push_back(event.reviewer);
        if (event.step == PlaceStep::recused)
            std::erase(reviewers, event.reviewer);
    }
    line.reviews = static_cast<int>(reviewers.size());
    if (line.state == PlaceState::accepted) {
        const auto place = work.enrolments.find(request.cohort, request.person);
        line.moved_on = place && place->state() == domain::EnrolmentState::moved_on;
    }
    return line;
}

PlaceView place_view(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today) {
    PlaceView view;
    view.cohort = cohort.code;
    view.call = call_of(work, cohort);
    if (view.call.given_by == domain::GivenBy::lot)
        view.seed_digest = domain::sha256_hex(view.call.seed);
    for (const PlaceRequest& request : work.places.of_cohort(cohort.id)) {
        view.lines.push_back(place_line(work, request, today));
        view.offered += view.lines.back().state == PlaceState::offered ? 1 : 0;
        for (const PlaceEvent& event : request.history)
            if (event.step == PlaceStep::ranked)
                view.ordered_on = event.day;
    }
    for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id))
        view.taken += place.state() == domain::EnrolmentState::moved_on ? 0 : 1;
    if (!view.ordered_on)
        view.call.seed.clear();
    std::stable_sort(view.lines.begin(), view.lines.end(), [](const PlaceLine& a, const PlaceLine& b) {
        return (a.position == 0 ? most_places + 1 : a.position) < (b.position == 0 ? most_places + 1 : b.position);
    });
    return view;
}

void refuse_around_places(storage::UnitOfWork& work, const domain::Cohort& cohort) {
    if (work.places.call(cohort.id))
        throw Error(ErrorCode::conflict, "places in " + cohort.code +
                                             " are given in a stated order; let the person ask for one: `peercert "
                                             "place ask " +
                                             cohort.code + " PERSON`");
}

std::pair<PlaceView, PlacesMoved> CohortPlaces::call(const Actor& actor, std::string_view code,
                                                     const NewPlaceCall& asked, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, today);
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        const Format& format = format_of(*program, cohort);
        refuse_register(program->edition(), format);
        const auto before = work.places.call(cohort.id);
        PlaceCall call;
        call.cohort = cohort.id;
        call.capacity = capacity_for(format, asked.capacity == 0 && before ? before->capacity : asked.capacity);
        check_criteria(asked);
        if (!asked.closes_on && !before)
            refuse("until which day may people ask?");
        call.closes_on = asked.closes_on ? *asked.closes_on : before->closes_on;
        call.given_by = asked.given_by;
        call.criteria = asked.criteria;
        call.reviewers = asked.criteria.empty() ? 0 : asked.reviewers == 0 ? 2 : asked.reviewers;
        if (asked.offer_days < 1 || asked.offer_days > most_offer_days)
            refuse("an offer stands for 1 to " + std::to_string(most_offer_days) + " days");
        if (asked.keep_days < 0 || asked.keep_days > most_keep_days)
            refuse("essays and notes are kept for at most " + std::to_string(most_keep_days) +
                   " days after the order is made");
        call.offer_days = asked.offer_days;
        call.keep_days = asked.keep_days;
        const bool moves_last_day = !before || before->closes_on != call.closes_on;
        if (before && !same_rules(*before, call))
            throw Error(ErrorCode::conflict, "how places in " + cohort.code +
                                                 " are given was stated already and people rely on it; only the "
                                                 "number of places and the last day can change");
        if (moves_last_day && (call.closes_on < today || (before && before->closes_on < today)))
            throw Error(before ? ErrorCode::conflict : ErrorCode::invalid_input,
                        before && before->closes_on < today
                            ? "the last day to ask was " + to_text(before->closes_on) + " and has passed"
                            : "the last day to ask has passed already");
        call.seed = before ? before->seed : call.given_by == domain::GivenBy::lot ? domain::new_seed() : "";
        if (!before || moves_last_day || before->capacity != call.capacity) {
            work.places.add_call(call);
            work.audit.append({.action = "place.call", .object = "cohort " + std::to_string(cohort.id.value())});
        }
        PlacesMoved moved = advance_places(work, cohort, today, domain::PlaceFree::more_places);
        return std::pair(place_view(work, cohort, today), std::move(moved));
    });
}

PlaceLine CohortPlaces::ask(const Actor& actor, std::string_view code, std::string_view who, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto [cohort, person] = concerned(work, actor, code, who, today);
        const PlaceCall call = call_of(work, cohort);
        if (today > call.closes_on)
            throw Error(ErrorCode::conflict,
                        "the last day to ask for a place in " + cohort.code + " was " + to_text(call.closes_on));
        if (work.enrolments.find(cohort.id, person.id))
            throw Error(ErrorCode::conflict, person.code.str() + " has a place in " + cohort.code + " already");
        refuse_from_departure(person, today, "a place asked for");
        const PlaceRequest request = work.places.add_request(cohort.id, person.id, today);
        work.audit.append({.action = "place.asked", .object = object_of_place(request)});
        return place_line(work, request, today);
    });
}

PlaceLine CohortPlaces::accept(const Actor& actor, std::string_view code, std::string_view who, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto [cohort, person] = concerned(work, actor, code, who, today);
        const PlaceRequest request = request_of(work, cohort, person);
        const PlaceState state = domain::state_of(request, today);
        if (state != PlaceState::offered)
            throw Error(ErrorCode::conflict,
                        state == PlaceState::ran_out
                            ? "the offer stood until " + to_text(*domain::newest_offer(request)->until) + " and ran out"
                        : state == PlaceState::accepted ? "the place was accepted already"
                                                        : "there is no offer that stands");
        refuse_from_departure(person, today, "a place");
        work.places.add_event(request.id, {.step = PlaceStep::accepted, .day = today});
        work.enrolments.add(cohort.id, person.id, today);
        work.audit.append({.action = "place.accepted", .object = object_of_place(request)});
        return place_line(work, request_of(work, cohort, person), today);
    });
}

PlacesMoved CohortPlaces::decline(const Actor& actor, std::string_view code, std::string_view who, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto [cohort, person] = concerned(work, actor, code, who, today);
        const PlaceRequest request = request_of(work, cohort, person);
        const PlaceState state = domain::state_of(request, today);
        if (state == PlaceState::accepted)
            throw Error(ErrorCode::conflict, "the place was accepted; giving it back is `peercert cohort place " +
                                                 cohort.code + " " + person.code.str() + " moved_on`");
        if (state == PlaceState::declined)
            throw Error(ErrorCode::conflict, "that is how it stands already");
        work.places.add_event(request.id, {.step = PlaceStep::declined, .day = today});
        work.audit.append({.action = "place.declined", .object = object_of_place(request)});
        return advance_places(work, cohort, today, domain::PlaceFree::declined);
    });
}

PlaceView CohortPlaces::list(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const auto found = work.cohorts.find(code);
        const bool reviews =
            found && may(work, actor, Action::decide, {PersonId{}, found->organization}, house_.today());
        return place_view(work, reviews ? *found : cohort_of(work, actor, Action::run_cohort, code, house_.today()),
                          house_.today());
    });
}

} // namespace peercert::services
