#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/import_mapping.hpp"

namespace peercert::storage {

class Connection;

/// Names of columns, remembered. A later one under the same name stands in the place of the earlier.
class ImportMappings {
public:
    explicit ImportMappings(Connection& connection) : connection_(connection) {}

    std::optional<domain::ImportMapping> find(std::string_view name);
    std::vector<domain::ImportMapping> list(); ///< the newest of each name, by name
    /// `recorded_at` and an empty `typed_by` are the unit's.
    void remember(const domain::ImportMapping& mapping);

private:
    Connection& connection_;
};

} // namespace peercert::storage
