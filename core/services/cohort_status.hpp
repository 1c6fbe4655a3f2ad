#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/cohort.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

/// Every open cohort at a glance: what a coordinator looks at in the morning.
namespace peercert::services {

struct CohortStatus {
    domain::Cohort cohort;
    int sessions{0};
    int held{0};              ///< before today
    std::optional<Date> next; ///< today's session counts as the next
    int people{0};            ///< who has a place and has not moved on
    bool size_as_asked{true}; ///< within the bounds of the format, where it has any
    int gaps{0};              ///< sessions to come that are not led as the curriculum asks
    std::optional<Date> first_gap;
};

/// Cohorts whose last session is today or later, of organizations where the actor may run cohorts; by the day of the
/// next session, then by code.
std::vector<CohortStatus> open_cohorts(House& house, const Rulebook& rulebook, const Actor& actor);

} // namespace peercert::services
