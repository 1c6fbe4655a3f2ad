#include "domain/place.hpp"

namespace peercert::domain {

PlaceState state_of(const PlaceRequest& request, Date today) {
    PlaceState state = PlaceState::received;
    for (const PlaceEvent& event : request.history)
        switch (event.step) {
        case PlaceStep::ranked: state = PlaceState::waiting; break;
        case PlaceStep::offered:
            state = event.until && *event.until < today ? PlaceState::ran_out : PlaceState::offered;
            break;
        case PlaceStep::accepted: state = PlaceState::accepted; break;
        case PlaceStep::declined: state = PlaceState::declined; break;
        case PlaceStep::ran_out: state = PlaceState::ran_out; break;
        case PlaceStep::scored:
        case PlaceStep::recused:
        case PlaceStep::told: break;
        }
    return state;
}

int position_of(const PlaceRequest& request) {
    for (const PlaceEvent& event : request.history)
        if (event.step == PlaceStep::ranked)
            return event.position;
    return 0;
}

std::optional<PlaceEvent> newest_offer(const PlaceRequest& request) {
    for (auto event = request.history.rbegin(); event != request.history.rend(); ++event)
        if (event->step == PlaceStep::offered)
            return *event;
    return std::nullopt;
}

std::optional<PlaceEvent> untold(const PlaceRequest& request) {
    for (auto event = request.history.rbegin(); event != request.history.rend(); ++event)
        switch (event->step) {
        case PlaceStep::ranked:
        case PlaceStep::offered:
        case PlaceStep::ran_out: return *event;
        case PlaceStep::accepted: // it was the person who said so
        case PlaceStep::declined:
        case PlaceStep::told: return std::nullopt;
        case PlaceStep::scored:
        case PlaceStep::recused: break;
        }
    return std::nullopt;
}

} // namespace peercert::domain
