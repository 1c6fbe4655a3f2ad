#include <peercert/edition.hpp>
#include <peercert/plugin.hpp>

#include <gtest/gtest.h>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

namespace peercert {
namespace {

TEST(Amounts, AreWholeMinutesOrRefused) {
    EXPECT_EQ(parse_minutes("16 h"), Minutes{960});
    EXPECT_EQ(parse_minutes("2.5 h"), Minutes{150});
    EXPECT_EQ(parse_minutes("90 min"), Minutes{90});
    for (const char* wrong :
         {"16", "16h", "h", " 16 h", "-1 h", "1. h", ".5 h", "1.333 h", "0.5 min", "1e3 h", "9999999999 h"})
        EXPECT_EQ(parse_minutes(wrong), std::nullopt) << wrong;
}

TEST(Parameters, AnUnknownWordIsRefusedWithTheNearestOne) {
    Parameters all;
    all.named["at_leest"].place = "wrap.yaml:3:5";
    try {
        all.only({"at_least", "units"});
        FAIL() << "it was accepted";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "wrap.yaml:3:5: unknown word \"at_leest\"; did you mean \"at_least\"?");
    }
}

TEST(NearestWord, ANeighbourSwapIsOneSlipAndAStrangerIsNoMatch) {
    EXPECT_EQ(nearest("ecpr.practise", {"ecpr.practice", "wrap.components"}), "ecpr.practice");
    EXPECT_EQ(nearest("etihcs", {"ethics", "peer"}), "ethics");
    EXPECT_EQ(nearest("zebra", {"ethics", "peer"}), "");
}

TEST(Holdings, ATermInForceExcludesTheDaysItWasSuspended) {
    Holding held;
    held.terms.push_back({1, Symbol::none, *parse_date("2024-01-01"), *parse_date("2025-12-31")});
    held.out_of_force.push_back({parse_date("2024-06-01"), parse_date("2024-06-30")});
    EXPECT_NE(held.in_force(*parse_date("2024-05-31")), nullptr);
    EXPECT_EQ(held.in_force(*parse_date("2024-06-01")), nullptr);
    EXPECT_EQ(held.in_force(*parse_date("2024-06-30")), nullptr);
    EXPECT_NE(held.in_force(*parse_date("2024-07-01")), nullptr);
    EXPECT_NE(held.in_force(*parse_date("2025-12-31")), nullptr);
    EXPECT_EQ(held.in_force(*parse_date("2026-01-01")), nullptr);
}

TEST(EntryWords, ANinthWordIsRefused) {
    Tags tags;
    for (std::uint32_t word = 1; word <= 8; ++word)
        tags.add(static_cast<Symbol>(word));
    tags.add(static_cast<Symbol>(3));
    EXPECT_THROW(tags.add(static_cast<Symbol>(9)), std::length_error);
}

} // namespace
} // namespace peercert
