#pragma once

#include <vector>

#include "exchange/json.hpp"
#include "services/consents.hpp"

namespace peercert::words {

exchange::Json consents_json(const std::vector<services::ConsentLine>& lines);

} // namespace peercert::words
