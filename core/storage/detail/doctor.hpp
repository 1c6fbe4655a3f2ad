#pragma once

#include <string>
#include <vector>

namespace peercert::storage {

class Connection;

/// Where the data is, without passwords.
std::string location_of(Connection& connection);
/// Store::problems on one session.
std::vector<std::string> problems_of(Connection& connection, bool thorough);

} // namespace peercert::storage
