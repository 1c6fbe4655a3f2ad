#pragma once

#include <cstdint>
#include <filesystem>

namespace peercert::storage {

class Connection;

/// A page-by-page copy of a SQLite database in use, of one moment, into a file that stands alone (no log beside it).
void copy_sqlite_file(Connection& from, const std::filesystem::path& to);
/// Throws Error{unavailable} unless the file is a sound SQLite database.
void require_sound(const std::filesystem::path& file);
/// How many rows the record in a SQLite file has, all tables together.
std::int64_t count_rows(Connection& sqlite);
/// Every row of every table of the record, from one database of this schema into another that has the tables and no
/// rows, both within the transactions they are in. One of the two is SQLite. Says how many rows.
std::int64_t copy_rows(Connection& from, Connection& to);

} // namespace peercert::storage
