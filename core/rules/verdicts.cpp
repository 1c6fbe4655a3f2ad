#include "rules/verdicts.hpp"

#include <cassert>

namespace peercert::rules {

namespace {

constexpr std::array<Bits, 3> outcomes{met_bits, unmet_bits, skipped_bits};

constexpr Bits both_single(Bits left, Bits right) {
    if (left == skipped_bits)
        return right;
    if (right == skipped_bits)
        return left;
    return left == met_bits && right == met_bits ? met_bits : unmet_bits;
}

constexpr Bits either_single(Bits left, Bits right) {
    if (left == skipped_bits)
        return right;
    if (right == skipped_bits)
        return left;
    return left == met_bits || right == met_bits ? met_bits : unmet_bits;
}

using Table = std::array<std::array<Bits, 8>, 8>;

constexpr Table lifted(Bits (*single)(Bits, Bits)) {
    Table table{};
    for (unsigned left = 0; left < 8; ++left)
        for (unsigned right = 0; right < 8; ++right)
            for (const Bits a : outcomes)
                for (const Bits b : outcomes)
                    if ((left & a) != 0 && (right & b) != 0)
                        table[left][right] = static_cast<Bits>(table[left][right] | single(a, b));
    return table;
}

constexpr Table all_table = lifted(both_single);
constexpr Table any_table = lifted(either_single);

} // namespace

Bits both(Bits left, Bits right) { return all_table[left][right]; }
Bits either(Bits left, Bits right) { return any_table[left][right]; }

Bits at_least(int needed, std::span<const Bits> parts) {
    int met_least = 0;
    int met_most = 0;
    bool can_all_skip = true;
    bool must_all_skip = true;
    int only_skips_or_met = 0; // parts that, not being met, could also be dropped
    for (const Bits part : parts) {
        met_least += part == met_bits ? 1 : 0;
        met_most += (part & met_bits) != 0 ? 1 : 0;
        can_all_skip = can_all_skip && (part & skipped_bits) != 0;
        must_all_skip = must_all_skip && part == skipped_bits;
        only_skips_or_met += (part & unmet_bits) == 0 ? 1 : 0;
    }
    if (must_all_skip)
        return skipped_bits;
    Bits answer = 0;
    if (met_most >= needed)
        answer |= met_bits;
    if (can_all_skip)
        answer |= skipped_bits;
    // Unmet: fewer than needed are met while at least one part is not dropped.
    if (met_least < needed) {
        const bool somebody_stays =
            met_least > 0 || only_skips_or_met < static_cast<int>(parts.size()) || (needed > 1 && met_most > 0);
        if (somebody_stays)
            answer |= unmet_bits;
    }
    return answer;
}

Bits negated(Bits bits) {
    return static_cast<Bits>((bits & skipped_bits) | ((bits & met_bits) != 0 ? unmet_bits : 0) |
                             ((bits & unmet_bits) != 0 ? met_bits : 0));
}

Bits unless(Bits clause, Bits exemption) {
    Bits answer = 0;
    if ((exemption & met_bits) != 0)
        answer |= skipped_bits;
    if ((exemption & (unmet_bits | skipped_bits)) != 0)
        answer = static_cast<Bits>(answer | clause);
    return answer;
}

Bits choose(Bits condition, Bits then, Bits otherwise) {
    Bits answer = 0;
    if ((condition & met_bits) != 0)
        answer = static_cast<Bits>(answer | then);
    if ((condition & unmet_bits) != 0)
        answer = static_cast<Bits>(answer | otherwise);
    if ((condition & skipped_bits) != 0)
        answer |= skipped_bits;
    return answer;
}

} // namespace peercert::rules
