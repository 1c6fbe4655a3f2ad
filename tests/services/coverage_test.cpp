#include "house_fixture.hpp"

#include "services/reports/teams.hpp"

namespace peercert::services {
namespace {

const Places a_pair{{"certified"}, {"certified", "provisional"}};

TEST(Teams, TwoCertifiedAreExactlyOnePairAndNoneMayLeave) {
    const auto answer = count_teams(a_pair, {{"certified", 2}});
    EXPECT_EQ(answer.teams, 1);
    EXPECT_EQ(answer.at_once, 1);
    EXPECT_EQ(answer.may_leave, 0);
    EXPECT_EQ(answer.teams_if_one_leaves, 0);
}

TEST(Teams, TwoProvisionalAreNoPair) {
    const auto answer = count_teams(a_pair, {{"provisional", 2}});
    EXPECT_EQ(answer.teams, 0);
    EXPECT_EQ(answer.at_once, 0);
    EXPECT_EQ(answer.may_leave, 0);
}

TEST(Teams, TenCertifiedAreFiveGroupsAndEightMayLeave) {
    const auto answer = count_teams(a_pair, {{"certified", 10}});
    EXPECT_EQ(answer.teams, 45);
    EXPECT_EQ(answer.at_once, 5);
    EXPECT_EQ(answer.may_leave, 8);
    EXPECT_EQ(answer.teams_if_one_leaves, 36);
}

TEST(Teams, NobodyIsNoTeamAndNobodyCanLeave) {
    const auto answer = count_teams(a_pair, {});
    EXPECT_EQ(answer.teams, 0);
    EXPECT_EQ(answer.teams_if_one_leaves, std::nullopt);
}

/// The same by trying every subset of people.
TEST(Teams, AgreeWithCountingEverySubset) {
    for (int certified = 0; certified <= 5; ++certified)
        for (int provisional = 0; provisional <= 4; ++provisional) {
            const int all = certified + provisional;
            std::int64_t teams = 0;
            int smallest_break = all + 1;
            for (unsigned gone = 0; gone < 1u << all; ++gone) {
                int left_certified = 0, left_provisional = 0;
                for (int i = 0; i < all; ++i)
                    if ((gone >> i & 1u) == 0)
                        ++(i < certified ? left_certified : left_provisional);
                const bool works = left_certified >= 1 && left_certified + left_provisional >= 2;
                if (works && left_certified + left_provisional == 2)
                    ++teams;
                if (!works)
                    smallest_break = std::min(smallest_break, __builtin_popcount(gone));
            }
            const auto answer = count_teams(a_pair, {{"certified", certified}, {"provisional", provisional}});
            EXPECT_EQ(answer.teams, teams) << certified << " certified, " << provisional << " provisional";
            EXPECT_EQ(answer.may_leave, std::max(0, smallest_break - 1)) << certified << "+" << provisional;
            EXPECT_EQ(answer.at_once, std::min(certified, all / 2)) << certified << "+" << provisional;
        }
}

class CoverageOfACounty : public AHouse {};
PEERCERT_IN_BOTH(CoverageOfACounty);

TEST_P(CoverageOfACounty, ChangesOnTheDayAfterARefresherRunsOut) {
    a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto bernard = a_facilitator("Bernard Kowalczyk", "2023-06-10");
    CoverageRequest request{.curriculum = "wrap", .county = "Milwaukee", .on = day("2025-06-10")};
    Coverage report = coverage(house(), rulebook, host, request);
    EXPECT_EQ(report.current, 2);
    EXPECT_EQ(report.teams, 1);
    EXPECT_EQ(report.lapsing_30, 1);
    request.on = day("2025-06-11");
    report = coverage(house(), rulebook, host, request);
    EXPECT_EQ(report.current, 1);
    EXPECT_EQ(report.lapsed, 1);
    EXPECT_EQ(report.teams, 0);
    request.on = day("2025-06-10");
    request.without = {bernard};
    EXPECT_EQ(coverage(house(), rulebook, host, request).teams, 0);
}

TEST_P(CoverageOfACounty, CountsNobodyWhoIsGone) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    people->set_departed(host, odessa, day("2025-04-01"));
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap"}).current, 0);
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap", .on = day("2025-03-31")}).current, 1);
}

TEST_P(CoverageOfACounty, ASuspendedLeaderHasNotLapsed) {
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto number = certification->of_person(host, odessa).at(0).record.credential.number.str();
    certification->change_standing(host, number, domain::CredentialEventKind::suspend, day("2025-04-02"));
    const auto report = coverage(house(), rulebook, host, {.curriculum = "wrap"});
    EXPECT_EQ(report.current, 0);
    EXPECT_EQ(report.lapsed, 0);
    EXPECT_EQ(report.out_of_force, 1);
    ASSERT_EQ(report.leaders.size(), 1u);
    EXPECT_EQ(report.leaders[0].credential, credentials::StatusCode::suspended);
    const auto later = coverage(house(), rulebook, host, {.curriculum = "wrap", .on = day("2026-06-02")});
    EXPECT_EQ(later.out_of_force, 1) << "still suspended, whatever has run out meanwhile";
    certification->change_standing(host, number, domain::CredentialEventKind::reinstate, day("2025-04-02"));
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap", .on = day("2026-06-02")}).lapsed, 1);
}

TEST_P(CoverageOfACounty, LeavesOutPeopleOfOtherCounties) {
    a_facilitator("Odessa Whitfield", "2024-06-01");
    organizations->add(host, {{}, "dane", "Invented Agency", domain::OrganizationKind::employer, "Dane"});
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap", .county = "Dane"}).leaders.size(), 0u);
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap", .county = "milwaukee"}).leaders.size(), 1u);
    EXPECT_EQ(refusal([&] { coverage(house(), rulebook, host, {.curriculum = "wrap", .county = "Atlantis"}); }).code(),
              ErrorCode::not_found);
    EXPECT_EQ(coverage(house(), rulebook, host, {.curriculum = "wrap"}).leaders.size(), 1u);
}

} // namespace
} // namespace peercert::services
