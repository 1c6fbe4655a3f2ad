#pragma once

#include <optional>
#include <string_view>

#include "domain/codes.hpp"
#include "domain/instant.hpp"

namespace peercert::domain {

enum class InstallationKind {
    live,
    demo ///< invented people; its clock stands where the demo put it
};

/// The one row that says what this database is.
struct Installation {
    InstallationKind kind{InstallationKind::live};
    std::optional<Instant> demo_clock{}; ///< demo only: what time it is there
    CodeBook::Key number_key{};
    CodeBook::Key audit_salt{};
    Instant created_at{};
    bool issuing_paused{false}; ///< after a restore, until the highest number handed out is confirmed
};

std::string_view to_text(InstallationKind kind);
std::optional<InstallationKind> parse_installation_kind(std::string_view text);

} // namespace peercert::domain
