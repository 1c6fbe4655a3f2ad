#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// The numbers of ledger lines inside what is frozen with a decision.
namespace peercert::storage {

using NumberMap = std::function<std::int64_t(std::int64_t entry)>;

/// A frozen finding (exchange/finding_json.hpp) whose members "entry" name other lines; every other byte stays.
std::string with_entry_numbers(std::string_view finding, const NumberMap& map);
/// A list of numbers with commas or blanks between them, each mapped.
std::string mapped_list(std::string_view list, const NumberMap& map);

} // namespace peercert::storage
