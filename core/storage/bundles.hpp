#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/bundle.hpp"

namespace peercert::storage {

class Connection;

/// Cohorts taken away as files, and what came back. Rows are only added.
class Bundles {
public:
    explicit Bundles(Connection& connection) : connection_(connection) {}

    void add(const domain::Bundle& bundle);
    std::optional<domain::Bundle> find(std::string_view id);
    std::vector<domain::Bundle> of_cohort(CohortId cohort); ///< oldest first
    void withdraw(std::string_view id);

    void add_line(const domain::BundleLine& line);
    std::vector<domain::BundleLine> lines(std::string_view bundle); ///< by n
    std::vector<domain::BundleLine> to_decide(CohortId cohort);     ///< not settled yet; by bundle and n
    void settle(const domain::BundleLine& line, Minutes minutes);

private:
    Connection& connection_;
};

} // namespace peercert::storage
