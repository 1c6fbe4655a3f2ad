#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/status.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

struct CoverageRequest {
    std::string curriculum;
    std::string format; ///< empty: the first one with leaders
    std::string county; ///< people with a role in an organization there; empty: everybody
    std::optional<Date> on;
    std::vector<std::string> without; ///< person codes: "what if they leave"
};

/// Who can lead a curriculum on a day, and how little it takes until nobody can. Roles are public work, so they are
/// counted exactly; people are named by code only.
struct Coverage {
    std::string curriculum;
    std::string title;
    std::string format;
    Date on{};
    struct Leader {
        std::string person; ///< code
        std::string level;
        std::optional<Date> current_until; ///< last day they are current if nothing more is recorded
        bool current{false};
        credentials::StatusCode credential{
            credentials::StatusCode::certified}; ///< certified, unless put out of force by that day
        bool out_of_force() const { return credential != credentials::StatusCode::certified; }
        bool counted{true}; ///< false: left out by "without"
    };
    std::vector<Leader> leaders; ///< current ones first, by the day they lapse
    int current{0};
    int lapsed{0};       ///< holds it, and is not current
    int out_of_force{0}; ///< suspended, revoked, given back: nothing has lapsed
    int lapsing_30{0};
    int lapsing_90{0};
    int lapsing_180{0};
    std::int64_t teams{0}; ///< different sets of leaders that may run a session (pairs, where two lead)
    int groups_at_once{0}; ///< sessions that could meet at the same time
    int may_leave{0};      ///< how many of them may leave, whoever it is, before no session can be led
    std::optional<std::int64_t> teams_if_one_leaves; ///< fewest left when one of them goes; absent when nobody is there
};

Coverage coverage(House& house, const Rulebook& rulebook, const Actor& actor, const CoverageRequest& request);

} // namespace peercert::services
