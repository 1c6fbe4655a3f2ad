#pragma once

#include <string>

namespace peercert::curricula {

/// JSON Schema (draft 7) of edition files and case files, made from the table of words that the reader checks by. For
/// editors: completion, help at the cursor, a first check while typing. The reader refuses more than a schema can say.
std::string json_schema();

} // namespace peercert::curricula
