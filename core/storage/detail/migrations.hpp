#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/store.hpp"

namespace peercert::storage {

class Connection;

struct Migration {
    int number{0};
    std::string name{};
    std::vector<std::string> statements{}; ///< for one database
    std::string digest{};                  ///< hex, of the statements
    void (*then)(Connection&){nullptr};    ///< what SQL alone cannot do, in the same transaction
};

/// Every migration this program knows, in order.
std::vector<Migration> migrations(Backend backend);
int newest_schema();

/// 0 for a database without our tables. Throws Error{conflict} if an applied migration is not the one this program
/// knows.
int schema_of(Connection& connection);
/// Whether there are any tables at all, ours or not.
bool is_empty(Connection& connection);
/// Throws Error{unavailable} with what to do unless the schema is exactly this program's.
void require_schema(Connection& connection);
/// Applies those after schema `from`, one transaction each; their names.
std::vector<std::string> apply_migrations(Connection& connection, int from, const WriteContext& by);

} // namespace peercert::storage
