#pragma once

#include "exchange/json.hpp"
#include "services/place_papers.hpp"
#include "services/place_seats.hpp"
#include "services/places.hpp"

/// Places in cohorts, in the shapes of words/shapes.hpp.
namespace peercert::words {

using exchange::Json;

Json place_json(const services::PlaceLine& line);
Json places_json(const services::PlaceView& view);
Json moved_json(const services::PlacesMoved& moved);
Json unanswered_json(const services::Unanswered& one);
Json fairness_json(const services::FairnessRecord& record);
Json seat_pool_json(const services::SeatPoolView& pool);
Json purged_json(const services::Purged& purged);

} // namespace peercert::words
