#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/ledger.hpp"

/// A line of the ledger in words.
namespace peercert::cli {

/// Minutes as hours, a score as points, times as a number; empty where there is none.
std::string amount_of(EntryKind kind, std::int64_t amount);
/// In what an amount of the kind is counted, for JSON: "minutes", "hundredths", "times"; empty if in nothing.
std::string_view counted_in(EntryKind kind);
/// What now stands in the ledger, for whoever typed it to compare: "20 min of continuing education on 2026-02-01".
std::string told(const services::NewRecord& record);

} // namespace peercert::cli
