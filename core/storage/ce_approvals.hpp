#pragma once

#include <optional>
#include <vector>

#include "domain/ce_approval.hpp"

namespace peercert::storage {

class Connection;

/// Approvals for continuing education. Rows are only ever added; what stands is what nothing replaced.
class CeApprovals {
public:
    explicit CeApprovals(Connection& connection) : connection_(connection) {}

    /// `id` of the argument is ignored. Throws Error{not_found} when it replaces none, Error{conflict} when that one is
    /// replaced already, Error{invalid_input} for days the wrong way round or words that are none.
    domain::CeApprovalId add(const domain::CeApproval& approval);
    std::optional<domain::CeApproval> find(domain::CeApprovalId id);
    bool stands(domain::CeApprovalId id);
    std::vector<domain::CeApproval> standing();                           ///< by id
    std::vector<domain::CeApproval> standing_of(OrganizationId provider); ///< by id

private:
    Connection& connection_;
};

} // namespace peercert::storage
