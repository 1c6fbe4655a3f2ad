#pragma once

#include <string>
#include <string_view>

#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

struct CohortCalendar {
    std::string cohort;  ///< code
    std::string text;    ///< the file, RFC 5545
    std::size_t days{0}; ///< sessions in it
};

/// A cohort's sessions for everybody's calendar: what is held and which session it is. Nobody's name is in it, so that
/// it can be shared. A session that moves keeps its UID, so a later file moves it. For whoever may record its
/// attendance or has a place in it. Throws Error{not_found, forbidden}.
CohortCalendar cohort_calendar(House& house, const Actor& actor, std::string_view cohort);

} // namespace peercert::services
