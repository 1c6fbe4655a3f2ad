#include "services/reports/agreement.hpp"
#include "signing_fixture.hpp"

namespace peercert::services {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Worked by hand.
TEST(WeightedKappa, OfTwoRatings) {
    const RatingTable table{{4, 1}, {2, 3}};
    // Apart: 3 of 10. By chance: rows 5 and 5, columns 6 and 4: 5 * 4 + 5 * 6 = 50 of 100. 1 - 30 / 50.
    EXPECT_EQ(weighted_kappa(table), (Fraction{20, 50}));
    EXPECT_EQ(weighted_kappa(table)->hundredths(), 40);
    EXPECT_EQ(percent_agreement(table), (Fraction{7, 10}));
}

TEST(WeightedKappa, OfThreeRatingsCountsHowFarApart) {
    const RatingTable table{{3, 1, 0}, {1, 2, 1}, {0, 0, 2}};
    // Apart: 1 + 1 + 1 = 3, times 10 is 30. Rows 4, 4, 2; columns 4, 3, 3: 4 (3 + 6) + 4 (4 + 3) + 2 (8 + 3) = 86.
    EXPECT_EQ(weighted_kappa(table), (Fraction{56, 86}));
    EXPECT_EQ(weighted_kappa(table)->hundredths(), 65);
    const RatingTable further{{3, 0, 1}, {1, 2, 1}, {0, 0, 2}}; // one pair two steps apart instead of one
    // Apart: 2 + 1 + 1 = 4, 40. Columns 4, 2, 4: 4 (2 + 8) + 4 (4 + 4) + 2 (8 + 2) = 92.
    EXPECT_EQ(weighted_kappa(further), (Fraction{52, 92}));
}

TEST(WeightedKappa, IsOneForTheSameThroughoutAndBelowZeroForWorseThanChance) {
    EXPECT_EQ(weighted_kappa({{5, 0}, {0, 5}})->hundredths(), 100);
    EXPECT_EQ(weighted_kappa({{0, 5}, {5, 0}})->hundredths(), -100);
    EXPECT_EQ(weighted_kappa({{7, 0}, {0, 0}}), std::nullopt) << "everybody says one word: chance explains it";
    EXPECT_EQ(weighted_kappa({{0, 0}, {0, 0}}), std::nullopt);
    EXPECT_EQ(percent_agreement({{0, 0}, {0, 0}}), std::nullopt);
}

TEST(WeightedKappa, DoesNotHangOnWhoTypedFirst) {
    const RatingTable table{{4, 3}, {0, 3}}, turned{{4, 0}, {3, 3}};
    EXPECT_EQ(in_both_orders(table), in_both_orders(turned));
    EXPECT_EQ(in_both_orders(table), (RatingTable{{8, 3}, {3, 6}}));
    // Apart: 6 of 20, 120. Rows and columns 11 and 9: 2 * 99 = 198.
    EXPECT_EQ(weighted_kappa(in_both_orders(table)), (Fraction{78, 198}));
}

TEST(Hundredths, RoundHalvesAwayFromZero) {
    EXPECT_EQ((Fraction{1, 200}).hundredths(), 1);
    EXPECT_EQ((Fraction{-1, 200}).hundredths(), -1);
    EXPECT_EQ((Fraction{1, 201}).hundredths(), 0);
    EXPECT_EQ((Fraction{2, 3}).hundredths(), 67);
    EXPECT_EQ((Fraction{-2, 3}).hundredths(), -67);
}

class Agreement : public ASigningHouse {
protected:
    void rated(const std::string& assessor, const std::string& whom, const char* rating, int session = 7) {
        NewSignOff request = in_session({assessor}, session);
        request.person = whom;
        request.rating = rating;
        request.late_reason = domain::LateReason::paper_form;
        ASSERT_TRUE(competencies->sign_off(as(assessor), request).accepted());
    }
    std::vector<std::string> people_in_the_cohort(int count) {
        std::vector<std::string> all;
        for (int i = 0; i < count; ++i) {
            all.push_back(somebody("Learner " + std::string(1, static_cast<char>('A' + i))));
            cohorts->enrol(host, "wrap-1", all.back(), day("2025-01-10"));
        }
        return all;
    }
    AgreementReport report() { return agreement(house(), rulebook, host, "samhsa-core"); }
};
PEERCERT_IN_BOTH(Agreement);

TEST_P(Agreement, IsToldFromTenObservationsOnThatTwoRatedEachForThemselves) {
    EXPECT_THAT(report().editions, IsEmpty());
    const auto all = people_in_the_cohort(10);
    for (std::size_t i = 0; i < 9; ++i) {
        rated(odessa, all[i], "shown", 5);
        rated(bernard, all[i], i < 6 ? "shown" : "not yet", 5);
    }
    ASSERT_THAT(report().editions, SizeIs(1));
    ASSERT_THAT(report().editions[0].lines, SizeIs(1));
    EXPECT_EQ(report().editions[0].lines[0].double_rated, 9);
    EXPECT_FALSE(report().editions[0].lines[0].same) << "nine are too few";
    rated(odessa, all[9], "not yet", 5);
    rated(bernard, all[9], "not yet", 5);
    const auto line = report().editions[0].lines[0];
    EXPECT_EQ(line.double_rated, 10);
    EXPECT_EQ(line.same, (Fraction{7, 10}));
    // not yet both 1, shown both 6, apart 3; in both orders {{2, 3}, {3, 12}}: 20, apart 6; rows 5 and 15.
    EXPECT_EQ(line.kappa, (Fraction{2 * 75 - 120, 2 * 75}));
}

TEST_P(Agreement, TakesNoPairFromOneSignOffNorFromNotObserved) {
    const auto all = people_in_the_cohort(3);
    NewSignOff together = in_session({odessa, bernard}, 5);
    together.person = all[0];
    together.late_reason = domain::LateReason::paper_form;
    const auto made = competencies->sign_off(as(odessa), together);
    signatures->confirm(as(bernard), {made.entries.at(1)}, {});
    rated(odessa, all[1], "shown", 5);
    rated(bernard, all[1], "not observed", 5);
    rated(odessa, all[2], "shown", 5);
    rated(odessa, all[2], "not yet", 5);  // the same person twice
    rated(bernard, all[2], "not yet", 6); // another session
    EXPECT_EQ(report().editions.at(0).lines.at(0).double_rated, 0);
    rated(bernard, all[2], "not yet", 5);
    EXPECT_EQ(report().editions.at(0).lines.at(0).double_rated, 1);
}

TEST_P(Agreement, OfAFrameworkNobodyKnowsIsNotFound) {
    EXPECT_EQ(refusal([&] { agreement(house(), rulebook, host, "samhsa-kore"); }).code(), ErrorCode::not_found);
    EXPECT_EQ(refusal([&] { agreement(house(), rulebook, as(learner), "samhsa-core"); }).code(), ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
