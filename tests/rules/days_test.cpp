#include <gtest/gtest.h>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

/// Whether one statement, made on `made`, lies within `dated` when the renewal is asked for on `as_of`.
struct DayPhrases : testing::Test {
    Window dated;
    std::string filed;
    std::string decided; ///< day of the decision about the present term

    Finding finding(std::string_view made, std::string_view as_of) {
        World world;
        world.edition->closed_days = {office(2025, 2026)};
        world.edition->business_days = "office";
        world.lasts("certified", "no end", std::nullopt);
        world.step(Step::Verb::renew, "certified", {entry(EntryKind::attestation, "s", dated)});
        Person person(world);
        person.holds("certified", "2022-05-31", "2024-05-30").holds("certified", "2024-05-31", "2026-05-30");
        person.decided("2025-02-10", "made-up/approval", EntryResult::approved);
        person.has(EntryKind::training, "2025-03-03", "2025-03-07", 0, "course");
        person.states(made, "s");
        Record record = person.record();
        if (!decided.empty())
            record.holdings.front().terms.back().decided = on(decided);
        Situation when = asked(as_of);
        if (!filed.empty())
            when.applying = on(filed);
        return explain(world.program(), world.program().step(Step::Verb::renew, "certified"), record, when);
    }
    bool counts(std::string_view made, std::string_view as_of) {
        const Finding whole = finding(made, as_of);
        return find(whole, "s")->verdict.is_met();
    }
};

TEST_F(DayPhrases, MonthsAndYearsHaveFirstAndLastDays) {
    dated =
        window(made_of(Anchor::month_start, {day(Anchor::expiry)}), made_of(Anchor::month_end, {day(Anchor::expiry)}));
    EXPECT_FALSE(counts("2026-04-30", "2026-06-15"));
    EXPECT_TRUE(counts("2026-05-01", "2026-06-15"));
    EXPECT_TRUE(counts("2026-05-31", "2026-06-15"));
    EXPECT_FALSE(counts("2026-06-01", "2026-06-15"));
    dated = window(made_of(Anchor::year_start, {day(Anchor::applying, {years(-1)})}),
                   made_of(Anchor::year_end, {day(Anchor::applying, {years(-1)})}));
    EXPECT_FALSE(counts("2023-12-31", "2025-07-01"));
    EXPECT_TRUE(counts("2024-01-01", "2025-07-01"));
    EXPECT_TRUE(counts("2024-12-31", "2025-07-01"));
    EXPECT_FALSE(counts("2025-01-01", "2025-07-01"));
}

TEST_F(DayPhrases, SpansAreCountedFromTheDayThatIsMade) {
    // 2 months after the last day of the month of 3 months before expiry (2026-02-28): clamped once, 2026-04-28
    dated = window(std::nullopt, made_of(Anchor::month_end, {day(Anchor::expiry, {months(-3)})}, {months(2)}));
    EXPECT_TRUE(counts("2026-04-28", "2026-06-01"));
    EXPECT_FALSE(counts("2026-04-29", "2026-06-01"));
}

TEST_F(DayPhrases, LaterAndEarlierOfTwo) { // R11, vector 38
    dated = window(std::nullopt, made_of(Anchor::later_of, {day("2026-01-15"), day(Anchor::expiry, {days(-30)})}));
    EXPECT_TRUE(counts("2026-04-30", "2026-06-01"));
    EXPECT_FALSE(counts("2026-05-01", "2026-06-01"));
    dated = window(std::nullopt, made_of(Anchor::earlier_of, {day("2026-01-15"), day(Anchor::expiry, {days(-30)})}));
    EXPECT_TRUE(counts("2026-01-15", "2026-06-01"));
    EXPECT_FALSE(counts("2026-01-16", "2026-06-01"));
    // One of them absent: the bound is absent, and the window says what then.
    dated =
        window(std::nullopt, made_of(Anchor::later_of, {day("2026-01-15"), day(Anchor::passing)}), WhenAbsent::empty);
    EXPECT_FALSE(counts("2026-01-01", "2026-06-01"));
}

TEST_F(DayPhrases, ApprovalOfThisApplication) {
    dated = window(day(Anchor::approval), day(Anchor::approval, {months(12)}), WhenAbsent::empty);
    EXPECT_TRUE(counts("2025-02-10", "2026-03-01"));
    EXPECT_FALSE(counts("2025-02-09", "2026-03-01"));
    EXPECT_TRUE(counts("2026-02-10", "2026-03-01"));
    EXPECT_FALSE(counts("2026-02-11", "2026-03-01"));
    filed = "2025-02-10";
    EXPECT_TRUE(counts("2025-03-01", "2026-03-01"));
    filed = "2025-02-11"; // approved before this application was filed: an approval of an earlier one
    EXPECT_FALSE(counts("2025-03-01", "2026-03-01"));
}

TEST_F(DayPhrases, TheTermBeforeAndTheLastRenewal) {
    dated = window(day(Anchor::previous_start), day(Anchor::previous_end), WhenAbsent::empty);
    EXPECT_FALSE(counts("2022-05-30", "2026-05-01"));
    EXPECT_TRUE(counts("2022-05-31", "2026-05-01"));
    EXPECT_TRUE(counts("2024-05-30", "2026-05-01"));
    EXPECT_FALSE(counts("2024-05-31", "2026-05-01"));
    EXPECT_FALSE(counts("2022-06-01", "2024-05-01")); // in the first term there is none before
    dated = window(day(Anchor::last_renewal), std::nullopt, WhenAbsent::empty);
    EXPECT_TRUE(counts("2024-05-31", "2026-05-01"));
    EXPECT_FALSE(counts("2024-05-30", "2026-05-01"));
    EXPECT_FALSE(counts("2022-06-01", "2024-05-01"));
}

TEST_F(DayPhrases, LastCertificationIsTheDayOfTheDecision) { // NC, NY
    dated = window(day(Anchor::last_certification), std::nullopt);
    dated.from_excluded = true;
    EXPECT_FALSE(counts("2024-05-31", "2026-05-01")); // not on record: the first day of the term
    EXPECT_TRUE(counts("2024-06-01", "2026-05-01"));
    decided = "2024-04-20"; // renewed early
    EXPECT_FALSE(counts("2024-04-20", "2026-05-01"));
    EXPECT_TRUE(counts("2024-04-21", "2026-05-01"));
}

TEST_F(DayPhrases, StartOfACourse) { // MI: employed on the day the training starts
    dated = window(day(Anchor::starting, {}, "course"), day(Anchor::starting, {}, "course"), WhenAbsent::empty);
    EXPECT_TRUE(counts("2025-03-03", "2026-05-01"));
    EXPECT_FALSE(counts("2025-03-07", "2026-05-01"));
    EXPECT_FALSE(counts("2025-03-02", "2026-05-01"));
}

TEST_F(DayPhrases, AnswerOfAMovingCalendarYearEndsWithTheYear) {
    dated = window(made_of(Anchor::year_start, {day(Anchor::asked)}), made_of(Anchor::year_end, {day(Anchor::asked)}));
    const Finding now = finding("2025-03-01", "2025-06-01");
    EXPECT_TRUE(now.verdict.passes());
    EXPECT_EQ(now.holds_until, on("2025-12-31"));
    // The year of the day six months before: the answer turns in the middle of a year.
    const DayExpression half_a_year_ago = day(Anchor::asked, {months(-6)});
    dated = window(made_of(Anchor::year_start, {half_a_year_ago}), made_of(Anchor::year_end, {half_a_year_ago}));
    EXPECT_FALSE(finding("2025-03-01", "2025-06-30").verdict.passes());
    EXPECT_TRUE(finding("2025-03-01", "2025-07-01").verdict.passes());
    EXPECT_EQ(finding("2025-03-01", "2025-09-01").holds_until, on("2026-06-30"));
}

TEST_F(DayPhrases, QuartersBeginInJanuaryAprilJulyAndOctober) {
    dated = window(made_of(Anchor::quarter_start, {day(Anchor::asked)}),
                   made_of(Anchor::quarter_end, {day(Anchor::asked)}));
    EXPECT_FALSE(counts("2025-03-31", "2025-06-30"));
    EXPECT_TRUE(counts("2025-04-01", "2025-06-30"));
    EXPECT_FALSE(counts("2025-06-30", "2025-07-01"));
    EXPECT_TRUE(counts("2025-10-01", "2025-12-31"));
    EXPECT_EQ(finding("2025-04-01", "2025-05-01").holds_until, on("2025-06-30"));
}

TEST_F(DayPhrases, BusinessDaysBeforeTheAskedDay) {
    dated = window(business(-10, day(Anchor::asked)), day(Anchor::asked));
    EXPECT_TRUE(counts("2026-05-18", "2026-06-01"));
    EXPECT_FALSE(counts("2026-05-15", "2026-06-01")); // the Friday before
    EXPECT_TRUE(counts("2026-05-18", "2026-05-30"));  // asked on a Saturday
    EXPECT_EQ(finding("2026-05-18", "2026-05-20").holds_until, on("2026-06-01"));
}

TEST_F(DayPhrases, BusinessDaysThatNoCalendarListsLeaveItOpen) {
    dated = window(business(-10, day(Anchor::asked)), day(Anchor::asked)); // 2027 is not listed
    EXPECT_TRUE(counts("2027-02-15", "2027-03-01")) << "ten weekdays at most lie between, whatever is closed";
    const Finding open = finding("2027-02-08", "2027-03-01");
    EXPECT_EQ(find(open, "s")->verdict, Verdict::open());
    EXPECT_EQ(find(open, "s")->open_because, "unknown");
    EXPECT_EQ(find(open, "s")->refused.at(0).reason, RefusalReason::day_not_known);
    EXPECT_TRUE(find(finding("2027-01-04", "2027-03-01"), "s")->verdict.is_unmet()) << "too old with any calendar";
}

TEST_F(DayPhrases, FindingsSayWhereTheDayCameFrom) {
    dated = window(made_of(Anchor::later_of, {day("2026-01-15"), day(Anchor::expiry)}), std::nullopt);
    const Finding whole = finding("2026-06-01", "2026-06-15");
    const auto& anchors = find(whole, "s")->anchors;
    EXPECT_NE(std::find(anchors.begin(), anchors.end(), AnchorDay{"expiry", on("2026-05-30")}), anchors.end());
    EXPECT_NE(std::find(anchors.begin(), anchors.end(), AnchorDay{"from", on("2026-05-30")}), anchors.end());
}

} // namespace
} // namespace peercert::rules
