#pragma once

#include <string>
#include <string_view>

#include <peercert/date.hpp>

#include "domain/instant.hpp"

namespace peercert::services {

/// The one source of "now". Built by whoever wires the house and passed down; nothing below asks the machine.
class Clock {
public:
    virtual ~Clock() = default;
    virtual domain::Instant now() const = 0;
};

/// The machine's clock, in whole seconds.
class SystemClock final : public Clock {
public:
    domain::Instant now() const override;
};

/// Stands still: for demonstration databases and tests.
class FixedClock final : public Clock {
public:
    explicit FixedClock(domain::Instant instant) : instant_(instant) {}
    domain::Instant now() const override { return instant_; }
    void set(domain::Instant instant) { instant_ = instant; }

private:
    domain::Instant instant_;
};

/// The civil day that an instant falls on in an IANA zone. Throws Error{invalid_input} for a zone nobody knows.
Date day_in_zone(domain::Instant instant, std::string_view zone);

/// Throws Error{invalid_input} with a hint when the zone is unknown.
void check_zone(std::string_view zone);

} // namespace peercert::services
