#include "services/clock.hpp"

#include <chrono>

#include <date/tz.h>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

const date::time_zone& zone_named(std::string_view zone) {
    try {
        return *date::locate_zone(std::string(zone));
    } catch (const std::runtime_error&) {
        throw Error(ErrorCode::invalid_input,
                    "unknown time zone \"" + std::string(zone) + "\"; give an IANA name such as America/Chicago");
    }
}

} // namespace

domain::Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Date day_in_zone(domain::Instant instant, std::string_view zone) {
    if (zone == "UTC") // the zone database need not be read for it
        return Date{std::chrono::floor<std::chrono::days>(instant)};
    const date::time_zone& where = zone_named(zone);
    const auto local = date::floor<date::days>(where.to_local(instant));
    return Date{std::chrono::sys_days{std::chrono::days{local.time_since_epoch().count()}}};
}

void check_zone(std::string_view zone) {
    if (zone != "UTC")
        zone_named(zone);
}

} // namespace peercert::services
