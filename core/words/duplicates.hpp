#pragma once

#include <vector>

#include "exchange/json.hpp"
#include "services/duplicates.hpp"

namespace peercert::words {

exchange::Json duplicates_json(const std::vector<services::DuplicatePair>& pairs);

} // namespace peercert::words
