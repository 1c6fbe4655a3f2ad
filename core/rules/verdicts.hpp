#pragma once

#include <array>
#include <cstdint>
#include <span>

#include <peercert/finding.hpp>

/// Logic over sets of possible outcomes. Each operator is defined on single outcomes and lifted: the answer is every
/// outcome that some choice among the possible ones gives.
namespace peercert::rules {

using Bits = std::uint8_t; ///< Verdict::bits()

/// "All": not applicable is dropped; one unmet makes it unmet; nothing left is not applicable.
Bits both(Bits left, Bits right);
/// "Any": not applicable is dropped; one met makes it met; nothing left is not applicable.
Bits either(Bits left, Bits right);
/// At least `needed` of these are met; all not applicable is not applicable.
Bits at_least(int needed, std::span<const Bits> parts);
/// Met and unmet change places; not applicable stays.
Bits negated(Bits bits);
/// The clause, unless the exemption is met: then it is not applicable.
Bits unless(Bits clause, Bits exemption);
/// Condition met: `then`; unmet: `otherwise`; not applicable: not applicable.
Bits choose(Bits condition, Bits then, Bits otherwise);

inline constexpr Bits met_bits = Verdict::met_bit;
inline constexpr Bits unmet_bits = Verdict::unmet_bit;
inline constexpr Bits skipped_bits = Verdict::not_applicable_bit;
inline constexpr Bits open_bits = Verdict::met_bit | Verdict::unmet_bit;

constexpr bool passes(Bits bits) { return (bits & Verdict::unmet_bit) == 0; }
constexpr bool settled(Bits bits) { return bits == met_bits || bits == unmet_bits || bits == skipped_bits; }

/// What a measured amount known up to `low`..`high` says about a bound.
constexpr Bits reaches(std::int64_t low, std::int64_t high, std::int64_t wanted) {
    return low >= wanted ? met_bits : high < wanted ? unmet_bits : open_bits;
}
constexpr Bits stays_within(std::int64_t low, std::int64_t high, std::int64_t limit) {
    return high <= limit ? met_bits : low > limit ? unmet_bits : open_bits;
}

} // namespace peercert::rules
