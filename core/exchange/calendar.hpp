#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>

#include "domain/instant.hpp"

namespace peercert::exchange {

/// A day in a calendar. There is no time of day: the record knows days and lengths.
struct CalendarDay {
    std::string uid; ///< the same for the same thing for ever, so that a later file moves it instead of adding another
    Date on{};
    std::string summary;
    std::string description; ///< may be empty
};

/// An iCalendar file (RFC 5545): CR LF, lines folded at 75 octets between two characters, text escaped. `made` stamps
/// its days. A day that was on another date in an earlier file moves when this one is read.
std::string calendar_text(std::string_view name, const std::vector<CalendarDay>& days, domain::Instant made);

} // namespace peercert::exchange
