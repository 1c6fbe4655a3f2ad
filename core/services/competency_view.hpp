#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/signatures.hpp"

namespace peercert::services {

/// How far somebody is with one competency, by what others saw and signed.
struct CompetencyStanding {
    enum class How { shown, waiting, under_review, not_yet, not_seen };
    Competency competency;
    How how{How::not_seen};
    std::optional<SignatureView> by; ///< the newest line that says so
};

struct CompetencyView {
    std::string framework;
    std::string edition;
    std::string title;
    std::vector<CompetencyStanding> competencies; ///< in the order of the file; headings are left out
};

/// Somebody's way through a framework as it stands on `on` (its edition of that day). Self-ratings are no part of it.
CompetencyView competencies_of(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view person,
                               std::string_view framework, Date on);

} // namespace peercert::services
