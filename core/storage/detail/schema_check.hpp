#pragma once

#include <string>
#include <vector>

namespace peercert::storage {

class Connection;

/// What is missing from the tables, indexes, triggers and the list of migrations of the database, or not as this
/// program's migrations make it.
/// A sentence each; empty when all is there. Reads the catalogue only, so it costs the same however large the record
/// is.
std::vector<std::string> schema_problems(Connection& connection);

/// Why nothing could be written just now: the file is gone or may not be written, the server takes no changes. A
/// PostgreSQL standby is no problem: it is meant to be read only.
std::vector<std::string> writing_problems(Connection& connection);

} // namespace peercert::storage
