#pragma once

#include "exchange/json.hpp"
#include "services/bundles.hpp"
#include "services/cohort_status.hpp"
#include "services/hours_left.hpp"
#include "services/sheets.hpp"
#include "services/substitutes.hpp"

/// Sessions of a cohort: hours left, who could stand in, sheets. In the shapes of words/shapes.hpp.
namespace peercert::words {

using exchange::Json;

Json cohort_status_json(const services::CohortStatus& status);
Json hours_left_json(const services::HoursLeft& left);
Json substitutes_json(const services::Substitutes& found);
Json brought_line_json(const services::BroughtLine& line);
Json brought_back_json(const services::BroughtBack& brought);
Json bundle_json(const services::BundleFile& file);
Json sheet_json(const services::SheetContent& sheet);

} // namespace peercert::words
