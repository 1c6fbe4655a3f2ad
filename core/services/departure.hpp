#pragma once

#include <optional>
#include <string_view>

#include <peercert/date.hpp>

#include "domain/person.hpp"

/// What can still be recorded of somebody who is gone. The day of leaving itself may have been lived; nothing new
/// begins on it.
namespace peercert::services {

/// Whether the person is gone on that day.
bool is_gone(const domain::Person& person, Date on);

/// Whether the day can be recorded as the one on which the person was gone (absent: it is taken back). Throws
/// Error{invalid_input} for a day to come or before birth, Error{conflict} where it stands so already.
void check_departure(const domain::Person& person, std::optional<Date> day, Date today);

/// For what happened: refuses a day after the person was gone, with the kind word for `what` ("an exam"); earlier days
/// may be recorded late. Throws Error{conflict}.
void refuse_after_departure(const domain::Person& person, Date day, std::string_view what);

/// For what begins or is given on `day`: refuses the day of leaving too. Throws Error{conflict}.
void refuse_from_departure(const domain::Person& person, Date day, std::string_view what);

} // namespace peercert::services
