#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// How the hours of a job are spent: peer work, and what is outside the role. It says something about the job, never
/// about whoever does it.
struct RoleShare {
    struct Part {
        std::string activity; ///< a word of domain::activities()
        bool is_peer_work{true};
        std::int64_t minutes{0};
        std::int64_t assigned{0}; ///< of these, minutes that were assigned rather than chosen or agreed
    };
    std::string employer; ///< code; empty: of one person, wherever they worked
    Date from{};
    Date until{};
    std::vector<Part> parts; ///< peer work first, in the order of domain::activities(); what has no minutes is left out
    std::int64_t peer_work{0};
    std::int64_t outside{0};
    std::int64_t not_said{0}; ///< lines without an activity: counted in neither
    std::int64_t people{0};
    bool too_few{false}; ///< fewer than `fewest_people_told_of`: the figures are withheld and 0

    /// In hundredths of a percent, rounded down; nothing where no line says what it was.
    std::optional<std::int64_t> share() const {
        const std::int64_t said = peer_work + outside;
        return said == 0 ? std::nullopt : std::optional(peer_work * 10'000 / said);
    }
};

/// An employer's figures are told from so many workers on, so that nobody can be picked out (practice.md 3.4).
inline constexpr std::int64_t fewest_people_told_of = 11;

/// Of one person, for themselves (and the operator who looks on their behalf): nobody else sees it.
RoleShare role_share_of_person(House& house, const Actor& actor, const std::string& person, Date from, Date until);

/// Of every job at one employer; of lines that lie wholly within those days.
RoleShare role_share_of_employer(House& house, const Actor& actor, const std::string& employer, Date from, Date until);

} // namespace peercert::services
