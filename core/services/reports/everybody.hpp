#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

/// How everybody in the record stands on one day, in every track at once.
namespace peercert::services {

/// Everybody who stands before the same step of the same track.
struct StepCount {
    std::string track; ///< code
    std::string step;  ///< "to become certified", "to renew certified", "to keep certified"
    std::int64_t people{0};
    std::int64_t passing{0};
    std::int64_t not_yet{0};
    std::int64_t needing_a_decision{0};
    std::string not_judged; ///< why some could not be judged; they are among those needing a decision. Empty: all were
};

/// Judges everybody by what lies before them: each open application as its decision would be judged on that day, under
/// its own edition; each credential in force (or lapsed) by its renewal, or, where the rules know none, by what keeps
/// it current; under the edition that applies on the day. Credentials that are suspended, revoked or given up on that
/// day are left out. One pass over the ledger shared by `threads` (0: as many as the machine has cores); answers only.
/// By track, then step; the counts do not depend on the threads. Needs Action::report.
std::vector<StepCount> everybody(House& house, const Rulebook& rulebook, const Actor& actor, std::optional<Date> as_of,
                                 std::size_t threads = 0);

} // namespace peercert::services
