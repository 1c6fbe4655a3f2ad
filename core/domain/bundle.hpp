#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

/// A cohort taken away as a file, and what came back in it.
namespace peercert::domain {

struct Bundle {
    std::string id{};
    CohortId cohort{};
    std::string public_key{}; ///< its secret half stands in the file alone
    Instant recorded_at{};
    bool withdrawn{false}; ///< nothing of it is taken back any more
};

enum class BundleOutcome {
    recorded, ///< it is the attendance on record
    known,    ///< it was on record already
    replaced, ///< a later line of the same file says something else
    to_decide ///< both sides changed what they had in common: people decide
};

/// A line of a bundle as it came back.
struct BundleLine {
    std::string bundle{};
    int n{0};
    SessionId session{};
    PersonId person{};
    Minutes minutes{0};
    Instant claimed_at{}; ///< by the clock of the machine it was typed on: a claim; `recorded_at` is the record's own
    BundleOutcome outcome{BundleOutcome::recorded};
    std::optional<Minutes> settled{}; ///< what people decided, of one to be decided
    Instant recorded_at{};
};

std::string_view to_text(BundleOutcome outcome);
std::optional<BundleOutcome> parse_bundle_outcome(std::string_view text);

} // namespace peercert::domain
