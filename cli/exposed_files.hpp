#pragma once

#include <string>
#include <vector>

#include "cli/settings.hpp"

namespace peercert::cli {

/// Files of this installation that others on the machine may read or change, one sentence each with what to do: the
/// database (it holds people's records and the keys of their codes), what SQLite keeps beside it, the copies made
/// before migrations, and the configuration. Empty for a database on a server; plugins are looked at when they are
/// loaded.
std::vector<std::string> exposed_files(const Settings& settings);

} // namespace peercert::cli
