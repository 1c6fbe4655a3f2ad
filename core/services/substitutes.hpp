#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"
#include "services/house.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"

/// Who could lead a session when a leader cannot: by the curriculum's own rule on that very day.
namespace peercert::services {

struct Substitute {
    PersonLine person;
    std::string level;                 ///< with which they would lead
    std::optional<Date> current_until; ///< absent: no end in sight
    bool completes{false};             ///< with them and those who lead it now, the session is led as asked
};

struct Substitutes {
    domain::Session session;
    bool led_as_asked{false};     ///< as it stands
    std::string gap;              ///< what is still wanted; empty where nothing is
    std::vector<Substitute> free; ///< those who complete it first, then by how long they are current, longest first
    int leading_elsewhere{0};     ///< qualified, but leading another session that day
};

/// Needs Action::run_cohort. Of people with no role in the cohort's organization only those are named whom the actor
/// may know. Throws Error{invalid_input} where the curriculum asks no level of a leader.
Substitutes substitutes(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view cohort,
                        int session);

} // namespace peercert::services
