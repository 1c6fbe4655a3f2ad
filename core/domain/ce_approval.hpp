#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

namespace peercert::domain {

using CeApprovalId = Id<struct CeApprovalTag>;

/// What a certifying body approved for continuing education.
struct CeApproval {
    CeApprovalId id{};
    OrganizationId body{};           ///< who approved it
    OrganizationId provider{};       ///< whose course it is
    std::string course;              ///< code of the course; empty: whatever that provider holds
    std::vector<std::string> topics; ///< words that an entry of it carries; none: as the provider says
    std::optional<Minutes> minutes;  ///< what one completion counts at most; absent: as long as it was
    DayRange days;                   ///< days on which it is held to count; an absent last day has no end
    CeApprovalId replaces{};         ///< 0 if none
    bool withdrawn{false};           ///< with `replaces`: that one never stood
};

} // namespace peercert::domain
