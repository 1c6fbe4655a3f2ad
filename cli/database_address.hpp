#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace peercert::cli {

/// The file that a setting of the database names; nothing for a database on a server.
std::optional<std::filesystem::path> database_file(const std::string& value);

/// A database address may hold a password: the same without it, to be shown.
std::string without_password(const std::string& value);

} // namespace peercert::cli
