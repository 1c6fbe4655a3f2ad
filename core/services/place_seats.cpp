#include "services/place_seats.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "services/cohorts.hpp"
#include "services/places.hpp"

namespace peercert::services {

namespace {

/// Whoever no longer wants a place, lost the offer or has left sits on no seat.
bool uses_a_seat(storage::UnitOfWork& work, const domain::PlaceRequest& request, Date today) {
    const PlaceLine line = place_line(work, request, today);
    return line.state != domain::PlaceState::declined && line.state != domain::PlaceState::ran_out && !line.moved_on;
}

std::vector<SeatPoolView> pools_of(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today) {
    std::vector<SeatPoolView> views;
    const auto requests = work.places.of_cohort(cohort.id);
    for (const domain::SeatPool& pool : work.places.pools(cohort.id)) {
        const domain::Organization payer = work.organizations.of(pool.payer);
        SeatPoolView view{payer.code, payer.name, pool.seats, 0};
        view.used = static_cast<int>(std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
            return work.places.payer(request.id) == pool.payer && uses_a_seat(work, request, today);
        }));
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace

SeatPoolView Seats::fund(const Actor& actor, std::string_view code, std::string_view payer, int seats, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        const domain::Organization organization = organization_of(work, payer);
        if (seats < 0 || seats > 10'000)
            throw Error(ErrorCode::invalid_input, "an organization pays for 0 to 10000 seats");
        work.places.set_pool(cohort.id, organization.id, seats);
        for (SeatPoolView& view : pools_of(work, cohort, house_.today())) {
            if (view.payer != organization.code)
                continue;
            if (view.used > view.seats)
                throw Error(ErrorCode::conflict, std::to_string(view.used) + " seats of " + view.payer +
                                                     " are used already; take those back first");
            work.audit.append({.action = "place.funded",
                               .object = "cohort " + std::to_string(cohort.id.value()) + " organization " +
                                         std::to_string(organization.id.value())});
            return view;
        }
        throw Error(ErrorCode::internal, "the pool just recorded is not there");
    });
}

void Seats::seat(const Actor& actor, std::string_view code, std::string_view who, std::string_view payer, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, today);
        const domain::PlaceRequest request = request_of(work, cohort, person_of(work, actor, who, today));
        const OrganizationId organization = payer.empty() ? OrganizationId{} : organization_of(work, payer).id;
        if (work.places.payer(request.id) == organization)
            throw Error(ErrorCode::conflict, "that is how it stands already");
        if (organization) {
            const auto views = pools_of(work, cohort, today);
            const auto pool =
                std::find_if(views.begin(), views.end(), [&](const auto& one) { return one.payer == payer; });
            if (pool == views.end())
                throw Error(ErrorCode::not_found, std::string(payer) + " pays for no seats in " + cohort.code +
                                                      "; `peercert place fund` says so");
            if (pool->used >= pool->seats)
                throw Error(ErrorCode::conflict,
                            "all " + std::to_string(pool->seats) + " seats of " + pool->payer + " are used");
        }
        work.places.set_payer(request.id, organization);
        work.audit.append({.action = "place.seat", .object = object_of_place(request)});
    });
}

std::vector<SeatPoolView> Seats::pools(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        return pools_of(work, cohort_of(work, actor, Action::run_cohort, code, house_.today()), house_.today());
    });
}

std::string Seats::payer_of(const Actor& actor, std::string_view code, std::string_view who) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const auto cohort = work.cohorts.find(code);
        const domain::Person person = person_of(work, actor, who, house_.today());
        if (!actor.person || !work.merges.same(person.id, actor.person))
            throw Error(ErrorCode::forbidden,
                        "who pays for a seat is shown to the person who sits on it, and to nobody "
                        "else");
        const auto request = cohort ? work.places.find(cohort->id, person.id) : std::nullopt;
        const OrganizationId payer = request ? work.places.payer(request->id) : OrganizationId{};
        return payer ? work.organizations.of(payer).name : std::string{};
    });
}

} // namespace peercert::services
