#pragma once

#include <peercert/plugin.hpp>

namespace peercert::state_tracks {

/// `state_tracks:parity`, Wisconsin's way: whoever passed the exam in an odd year renews in odd years, the others in
/// even years, all on one printed day of the year and never on an anniversary.
///
///     ends: state_tracks:parity
///     last day: October 31        # or 10-31; not February 29
///
/// The first term ends on that day of the second year after passing. A later term ends on it two years after the year
/// in which the term before ended, or as many times two years as its own first day asks for; so whom a decree moved to
/// another year (2021: certificates dated to 2023-08-30) stays in step with that year. Whoever passed again after the
/// last term starts anew.
class Parity final : public TermClock {
public:
    std::string_view name() const override { return "state_tracks:parity"; }
    std::string_view help() const override;
    Parameters example() const override;
    void check(const Parameters&) const override;
    Date last_day(const TermQuestion&, const Parameters&) const override;
};

} // namespace peercert::state_tracks
