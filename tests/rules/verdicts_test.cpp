#include <gtest/gtest.h>

#include "rules/verdicts.hpp"

namespace peercert::rules {
namespace {

constexpr Bits M = met_bits;
constexpr Bits U = unmet_bits;
constexpr Bits N = skipped_bits;
constexpr Bits O = open_bits;

TEST(Verdicts, AllHasTheTableOfTheRuleLanguage) {
    const Bits order[] = {M, U, N, O};
    const Bits table[4][4] = {{M, U, M, O}, {U, U, U, U}, {M, U, N, O}, {O, U, O, O}};
    for (int left = 0; left < 4; ++left)
        for (int right = 0; right < 4; ++right)
            EXPECT_EQ(both(order[left], order[right]), table[left][right]) << left << ' ' << right;
}

TEST(Verdicts, AnyHasTheTableOfTheRuleLanguage) {
    const Bits order[] = {M, U, N, O};
    const Bits table[4][4] = {{M, M, M, M}, {M, U, U, O}, {M, U, N, O}, {M, O, O, O}};
    for (int left = 0; left < 4; ++left)
        for (int right = 0; right < 4; ++right)
            EXPECT_EQ(either(order[left], order[right]), table[left][right]) << left << ' ' << right;
}

TEST(Verdicts, EveryOperatorIsTheUnionOverSingleOutcomes) {
    const Bits single[] = {M, U, N};
    for (Bits a = 1; a < 8; ++a)
        for (Bits b = 1; b < 8; ++b) {
            Bits all = 0, any = 0, exempt = 0;
            for (const Bits x : single)
                for (const Bits y : single)
                    if ((a & x) != 0 && (b & y) != 0) {
                        all = static_cast<Bits>(all | both(x, y));
                        any = static_cast<Bits>(any | either(x, y));
                        exempt = static_cast<Bits>(exempt | unless(x, y));
                    }
            EXPECT_EQ(both(a, b), all);
            EXPECT_EQ(either(a, b), any);
            EXPECT_EQ(unless(a, b), exempt);
            EXPECT_EQ(both(a, b), both(b, a));
            EXPECT_EQ(either(a, b), either(b, a));
            for (Bits c = 1; c < 8; ++c) {
                EXPECT_EQ(both(a, both(b, c)), both(both(a, b), c));
                EXPECT_EQ(either(a, either(b, c)), either(either(a, b), c));
                Bits chosen = 0;
                for (const Bits x : single)
                    for (const Bits y : single)
                        for (const Bits z : single)
                            if ((a & x) != 0 && (b & y) != 0 && (c & z) != 0)
                                chosen = static_cast<Bits>(chosen | (x == M ? y : x == U ? z : N));
                EXPECT_EQ(choose(a, b, c), chosen);
            }
        }
}

TEST(Verdicts, AtLeastNOfIsTheUnionOverSingleOutcomes) {
    const Bits single[] = {M, U, N};
    for (int needed = 1; needed <= 3; ++needed)
        for (Bits a = 1; a < 8; ++a)
            for (Bits b = 1; b < 8; ++b)
                for (Bits c = 1; c < 8; ++c) {
                    Bits expected = 0;
                    for (const Bits x : single)
                        for (const Bits y : single)
                            for (const Bits z : single) {
                                if ((a & x) == 0 || (b & y) == 0 || (c & z) == 0)
                                    continue;
                                const int met = (x == M) + (y == M) + (z == M);
                                const bool nothing = x == N && y == N && z == N;
                                expected = static_cast<Bits>(expected | (nothing ? N : met >= needed ? M : U));
                            }
                    const Bits parts[] = {a, b, c};
                    EXPECT_EQ(at_least(needed, parts), expected)
                        << needed << ": " << int{a} << ' ' << int{b} << ' ' << int{c};
                }
}

TEST(Verdicts, OneOfSeveralIsAnyAndAllOfThemIsNotAll) {
    for (Bits a = 1; a < 8; ++a)
        for (Bits b = 1; b < 8; ++b) {
            const Bits parts[] = {a, b};
            EXPECT_EQ(at_least(1, parts), either(a, b));
        }
    const Bits with_skipped[] = {M, N};
    EXPECT_EQ(at_least(2, with_skipped), U); // n stays n: what is not applicable does not lower it
    EXPECT_EQ(both(M, N), M);
}

TEST(Verdicts, WhatIsNotApplicableNeverMeetsAnAlternative) {
    EXPECT_EQ(either(N, U), U); // "waived or exam passed", exam not passed
    EXPECT_TRUE(passes(both(N, N)));
    EXPECT_TRUE(passes(static_cast<Bits>(M | N)));
    EXPECT_FALSE(passes(O));
}

TEST(Verdicts, AmountsKnownOnlyUpToWhatIsPendingStayOpenBetween) {
    EXPECT_EQ(reaches(30, 30, 30), M);
    EXPECT_EQ(reaches(29, 29, 30), U);
    EXPECT_EQ(reaches(29, 30, 30), O);
    EXPECT_EQ(stays_within(3, 3, 3), M);
    EXPECT_EQ(stays_within(4, 4, 3), U);
    EXPECT_EQ(stays_within(3, 4, 3), O);
}

} // namespace
} // namespace peercert::rules
