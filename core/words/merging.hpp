#pragma once

#include <string>

#include "exchange/json.hpp"
#include "services/merging.hpp"

/// What merging two records, and taking them apart, is told as.
namespace peercert::words {

exchange::Json merged_json(const services::Merged& merged);
exchange::Json unmerged_json(const services::Unmerged& unmerged);

/// One sentence without its full stop, about `kept` and `other`.
std::string told(const services::MergeConflict& conflict);
/// "12 lines of the ledger, 1 credential, 2 places, 1 role, 1 application"; "nothing" for nothing.
std::string told(const services::RecordShare& share);

} // namespace peercert::words
