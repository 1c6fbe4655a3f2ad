#pragma once

#include <functional>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

/// The schema of this program as its migrations make it, in a database in memory: what there ought to be is asked of
/// the migrations themselves, so that no list can fall behind them. Not to be included together with SOCI.
namespace peercert::storage {

void with_scratch_schema(const std::function<void(sqlite3* database)>& look);
void rows_of(sqlite3* database, const std::string& query, const std::function<void(sqlite3_stmt*)>& row);
/// Empty for NULL.
std::string text_of(sqlite3_stmt* row, int column);

} // namespace peercert::storage
