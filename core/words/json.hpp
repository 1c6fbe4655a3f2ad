#pragma once

#include "exchange/json.hpp"

namespace peercert::words {

using exchange::append_json_string;
using exchange::Json;

} // namespace peercert::words
