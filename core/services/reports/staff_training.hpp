#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

struct StaffTrainingRequest {
    std::string curriculum;   ///< one whose learners are an organization's staff (wa-ops)
    std::string organization; ///< code
    std::string role;         ///< whose role on the day makes them staff it is meant for: "supervisor"
    std::optional<Date> on;   ///< absent: today
};

/// "All supervisors of peers trained: three of four." A property of the organization: who has not come is not listed
/// as lacking anything, only as still to be offered it.
struct StaffTraining {
    std::string curriculum;
    std::string title;
    std::string organization;
    std::string role;
    Date on{};
    struct Member {
        std::string person;               ///< code
        std::optional<Date> completed_on; ///< first completion by the day; absent: not yet
    };
    std::vector<Member> members; ///< by code
    int trained{0};
    bool is_everybody() const { return !members.empty() && trained == static_cast<int>(members.size()); }
};

/// Throws Error{invalid_input} for a curriculum that people take for themselves.
StaffTraining staff_training(House& house, const Rulebook& rulebook, const Actor& actor,
                             const StaffTrainingRequest& request);

} // namespace peercert::services
