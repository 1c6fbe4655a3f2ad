#pragma once

#include "domain/packet.hpp"
#include "exchange/json.hpp"
#include "services/planner.hpp"
#include "services/preview.hpp"
#include "services/replay.hpp"
#include "services/reports/departures.hpp"
#include "services/standing.hpp"
#include "services/what_if.hpp"
#include "words/sheet.hpp"

/// Answers for reading, strengths first: what is there, then what is open and the way to it. And the same as JSON, in
/// the manner of shapes.hpp; entries that are only supposed have negative numbers there.
namespace peercert::words {

using exchange::Json;

Sheet told(const services::Assessment& assessment, const Speaker& speaker, bool brief);
Sheet told(const services::WhatIf& answer, const Speaker& speaker, bool brief);
Sheet told(const services::Standing& standing, const Speaker& speaker);
Sheet told(const services::PlanAnswer& plan, const Speaker& speaker);
Sheet told(const services::Replayed& replayed, const Speaker& speaker);
Sheet told(const services::Departures& report, const Speaker& speaker);
Sheet told(const services::Preview& seen, const Speaker& speaker);
Sheet told(const domain::Packet& packet, const Speaker& speaker);

Json what_if_json(const services::WhatIf& answer);
Json standing_json(const services::Standing& standing);
Json term_standing_json(const services::TermStanding& standing);
Json plan_json(const services::PlanAnswer& plan);
Json replayed_json(const services::Replayed& replayed);
Json departures_json(const services::Departures& report);

} // namespace peercert::words
