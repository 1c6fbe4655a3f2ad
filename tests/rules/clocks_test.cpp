#include <gtest/gtest.h>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;
using Said = std::vector<std::pair<std::string, std::string>>;

/// One clock, asked for first and following terms.
struct Clock : testing::Test {
    std::unique_ptr<World> world{std::make_unique<World>()};
    void set(std::string clock, Span term, Said said = {}) {
        world = std::make_unique<World>();
        world->lasts("certified", std::move(clock), term, std::move(said));
    }
    std::optional<Date> first(std::string_view issued) {
        Person person(*world);
        return first_term(world->program(), "certified", person, asked(issued)).last;
    }
    /// The term after one that ended on `last`.
    PresentTerm after(std::string_view began, std::string_view last, std::string_view decided) {
        Person person(*world);
        person.holds("certified", began, last);
        return next_term(world->program(), "certified", person, asked(decided));
    }
};

TEST_F(Clock, MonthEndIsTheLastDayOfTheDueMonth) { // V4, vector 20
    set("month end", years(2));
    EXPECT_EQ(first("2023-03-05"), on("2025-03-31"));
    EXPECT_EQ(first("2023-03-31"), on("2025-03-31"));
    EXPECT_EQ(first("2022-02-28"), on("2024-02-29"));
    EXPECT_EQ(first("2024-02-29"), on("2026-02-28"));
    EXPECT_EQ(after("2022-02-28", "2024-02-29", "2024-02-01").last, on("2026-02-28"));
    EXPECT_EQ(after("2023-03-05", "2025-03-31", "2025-03-31").first, on("2025-04-01"));
    EXPECT_EQ(after("2023-03-05", "2025-03-31", "2025-03-31").last, on("2027-03-31"));
    EXPECT_EQ(after("2023-03-05", "2025-03-31", "2025-04-20").first, on("2025-04-20")); // nothing is backdated
    EXPECT_EQ(after("2023-03-05", "2025-03-31", "2025-04-20").last, on("2027-04-30"));
}

TEST_F(Clock, MonthStartIsTheFirstOrTheDayBefore) {
    set("month start", years(2), {{"last day", "the first of the month"}});
    EXPECT_EQ(first("2023-11-14"), on("2025-11-01"));
    EXPECT_EQ(first("2023-11-01"), on("2025-11-01"));
    EXPECT_EQ(after("2023-11-14", "2025-11-01", "2025-10-20").last, on("2027-11-01"));
    set("month start", years(2), {{"last day", "the day before"}});
    EXPECT_EQ(first("2023-11-14"), on("2025-10-31"));
    EXPECT_EQ(first("2022-03-31"), on("2024-02-29"));
    EXPECT_EQ(after("2023-11-14", "2025-10-31", "2025-10-20").last, on("2027-10-31"));
    set("month start", years(2), {{"last day", "nothing said"}});
    EXPECT_THROW(first("2023-11-14"), Error);
}

TEST_F(Clock, FixedDayOfOddYears) { // NE, vector 14
    set("fixed day", years(2), {{"day", "September 1"}, {"years", "odd"}, {"at least", "none"}});
    EXPECT_EQ(first("2024-10-15"), on("2025-09-01"));
    EXPECT_EQ(first("2025-08-31"), on("2025-09-01"));
    EXPECT_EQ(first("2025-09-01"), on("2027-09-01"));
    EXPECT_EQ(after("2024-10-15", "2025-09-01", "2025-08-15").last, on("2027-09-01"));
    // Late, the cycle stays: the next such day after the decision.
    EXPECT_EQ(after("2024-10-15", "2025-09-01", "2026-12-31").last, on("2027-09-01"));
    EXPECT_EQ(after("2024-10-15", "2025-09-01", "2027-08-31").last, on("2027-09-01"));
    EXPECT_EQ(after("2024-10-15", "2025-09-01", "2027-09-01").last, on("2027-09-01"));
    EXPECT_EQ(after("2024-10-15", "2025-09-01", "2027-09-02").last, on("2029-09-01"));
}

TEST_F(Clock, FirstTermIsAsShortAsTheRulesAllow) {
    set("fixed day", years(2), {{"day", "September 1"}, {"years", "even"}, {"at least", "1 year"}});
    EXPECT_EQ(first("2023-09-01"), on("2024-09-01")); // a year to the day
    EXPECT_EQ(first("2023-09-02"), on("2026-09-01"));
    EXPECT_EQ(first("2024-02-29"), on("2026-09-01"));
    set("fixed day", years(1), {{"day", "February 29"}, {"years", "every"}, {"at least", "none"}});
    EXPECT_EQ(first("2025-01-01"), on("2025-02-28"));
    EXPECT_EQ(first("2027-03-01"), on("2028-02-29"));
    set("fixed day", years(2), {{"day", "September 1"}, {"years", "even"}, {"at least", "nothing said"}});
    EXPECT_THROW(first("2024-10-15"), Error);
}

TEST_F(Clock, EveryThirdYearIsCountedFromAStatedOne) {
    set("fixed day", years(3),
        {{"day", "June 30"}, {"years", "every third"}, {"counted from", "2023"}, {"at least", "none"}});
    EXPECT_EQ(first("2023-06-29"), on("2023-06-30"));
    EXPECT_EQ(first("2023-06-30"), on("2026-06-30"));
    EXPECT_EQ(first("2019-01-01"), on("2020-06-30"));
    EXPECT_EQ(after("2023-06-30", "2026-06-30", "2026-06-30").last, on("2029-06-30"));
}

TEST_F(Clock, FixedDayRefusesWhatDoesNotFit) {
    const auto refused = [this](Span term, Said said) {
        set("fixed day", term, std::move(said));
        try {
            world->program();
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("taken");
    };
    EXPECT_EQ(refused(years(3), {{"day", "September 1"}, {"years", "odd"}, {"at least", "none"}}),
              "\"years: odd\" come every 2 years, so \"term\" is 2 years");
    EXPECT_EQ(refused(years(2), {{"day", "September 1"}, {"at least", "1 year"}}),
              "\"at least\" and \"counted from\" belong beside \"years\"");
    EXPECT_EQ(refused(years(2), {{"day", "September 1"}, {"years", "every second"}, {"at least", "none"}}),
              "\"years: every second\" wants \"counted from\": a year in which terms end, such as 2024");
    EXPECT_EQ(refused(years(2), {{"day", "September 1"}, {"years", "odd"}, {"at least", "none"}}), "taken");
}

TEST_F(Clock, CalendarYearsCountTheYearOfIssueOrNot) { // GA; CPRP
    set("calendar year", years(1), {{"year of issue", "counts as the first"}});
    EXPECT_EQ(first("2022-05-10"), on("2022-12-31"));
    EXPECT_EQ(first("2022-12-31"), on("2022-12-31"));
    EXPECT_EQ(after("2022-05-10", "2022-12-31", "2022-12-01").last, on("2023-12-31"));
    EXPECT_EQ(after("2022-05-10", "2022-12-31", "2023-02-01").last, on("2023-12-31"));
    set("calendar year", years(3), {{"year of issue", "counts as the first"}});
    EXPECT_EQ(first("2022-05-10"), on("2024-12-31"));
    set("calendar year", years(3), {{"year of issue", "does not count"}});
    EXPECT_EQ(first("2022-05-10"), on("2025-12-31"));
    EXPECT_EQ(after("2022-05-10", "2025-12-31", "2025-12-31").last, on("2028-12-31"));
    set("calendar year", years(3), {{"year of issue", "nothing said"}});
    EXPECT_THROW(first("2022-05-10"), Error);
}

TEST_F(Clock, RegimeCyclesBeginInTheMonthOfCertification) { // MI, vector 16
    set("regime", years(2), {{"anchor", "2023-02-01"}, {"last day", "the first of the month"}});
    EXPECT_EQ(first("2009-11-14"), on("2025-11-01")); // 2023-11-01 .. 2025-11-01
    EXPECT_EQ(first("2018-01-12"), on("2026-01-01")); // 2024-01-01 .. 2026-01-01
    EXPECT_EQ(first("2018-02-28"), on("2025-02-01")); // the first month of the regime
    EXPECT_EQ(first("2023-01-31"), on("2026-01-01")); // certified the day before it
    EXPECT_EQ(first("2023-02-01"), on("2025-02-01"));
    EXPECT_EQ(first("2024-05-20"), on("2026-05-01"));
    EXPECT_EQ(after("2009-11-14", "2025-11-01", "2025-10-31").last, on("2027-11-01"));
    EXPECT_EQ(after("2009-11-14", "2025-11-01", "2026-03-31").last, on("2027-11-01")); // late: the cycle stays
    EXPECT_EQ(after("2009-11-14", "2025-11-01", "2026-03-31").first, on("2026-03-31"));
}

TEST_F(Clock, RegimeWhoseFirstDayNobodyPrintedAnswersWhereItDoesNotMatter) {
    set("regime", years(2), {{"anchor", "from 2023-01-02 until 2023-08-01"}, {"last day", "the first of the month"}});
    EXPECT_EQ(first("2009-11-14"), on("2025-11-01"));
    EXPECT_EQ(first("2018-01-12"), on("2026-01-01"));
    EXPECT_EQ(first("2021-08-10"), on("2025-08-01"));
    EXPECT_THROW(first("2018-02-12"), Error);
    EXPECT_THROW(first("2018-07-31"), Error);
    EXPECT_EQ(first("2023-09-30"), on("2025-09-01"));
    set("regime", years(2), {{"anchor", "some day in 2023"}, {"last day", "the first of the month"}});
    EXPECT_THROW(world->program(), Error);
}

TEST_F(Clock, AnniversaryOfPassing) { // PA
    set("anniversary", years(2), {{"last day", "the day before"}, {"anchor", "passing"}});
    const auto last = [this](std::string_view passed, std::string_view issued) {
        Person person(*world);
        Situation when = asked(issued);
        when.passing = on(passed);
        return first_term(world->program(), "certified", person, when).last;
    };
    EXPECT_EQ(last("2024-03-10", "2024-05-01"), on("2026-03-09"));
    EXPECT_EQ(last("2024-02-29", "2024-05-01"), on("2026-02-27"));
    EXPECT_THROW(first("2024-05-01"), Error);              // no pass on record
    EXPECT_THROW(last("2021-03-10", "2023-03-10"), Error); // over before it began
    EXPECT_EQ(last("2021-03-10", "2023-03-09"), on("2023-03-09"));
    EXPECT_EQ(after("2024-05-01", "2026-03-09", "2026-02-01").last, on("2028-03-09"));
}

TEST_F(Clock, TermWhoseLengthIsNotKnownIsForOthersToDecide) {
    set("", years(1));
    world->level("certified").lasts = Lasts{};
    world->level("certified").lasts->term_known = Knowing::unknown;
    EXPECT_THROW(first("2024-05-01"), Error);
}

TEST_F(Clock, TwoTracksFollowTheLatestCertification) { // MI, vector 17
    set("regime", years(2), {{"anchor", "2023-02-01"}, {"last day", "the first of the month"}});
    world->level("certified").lasts->aligned_with = {"other-track"};
    const auto term = [this](std::string_view own, std::string_view other, std::string_view as_of) {
        Person person(*world);
        person.holds_of("other-track", "certified", other, "no end");
        Situation when = asked(as_of);
        when.issue = on(own);
        return first_term(world->program(), "certified", person, when).last;
    };
    EXPECT_EQ(term("2019-01-10", "2021-08-10", "2024-01-01"), on("2025-08-01"));
    EXPECT_EQ(term("2021-08-10", "2019-01-10", "2024-01-01"), on("2025-08-01")); // the same in either order
    EXPECT_EQ(term("2019-01-10", "2021-08-10", "2021-08-09"), on("2026-01-01")); // not held yet
    // A second credential earned later moves the first, from its own day on.
    Person person(*world);
    person.holds("certified", "2023-03-15", "2025-03-01")
        .holds_of("other-track", "certified", "2024-08-10", "2026-08-01");
    const auto moved_term = aligned_term(world->program(), "certified", person, asked("2024-08-10"));
    ASSERT_TRUE(moved_term);
    EXPECT_EQ(moved_term->first, on("2024-08-10"));
    EXPECT_EQ(moved_term->last, on("2026-08-01"));
    EXPECT_EQ(aligned_term(world->program(), "certified", person, asked("2024-08-09")), std::nullopt);
    EXPECT_EQ(aligned_term(world->program(), "certified", person, asked("2025-03-02")), std::nullopt); // it had run out
}

TEST_F(Clock, ABirthdayTermMayEndWithTheMonthOrTheDayBefore) {
    const auto last = [this](std::string_view born, std::string_view issued) {
        Person person(*world);
        person.born(born);
        return first_term(world->program(), "certified", person, asked(issued)).last;
    };
    set("birthday", years(2), {{"February 29", "nothing said"}, {"last day", "the last day of its month"}});
    EXPECT_EQ(last("1980-03-15", "2024-03-30"), on("2024-03-31")) << "the birthday is over, its month is not";
    EXPECT_EQ(last("1980-03-15", "2024-03-31"), on("2025-03-31"));
    EXPECT_EQ(last("1980-02-29", "2025-01-10"), on("2025-02-28")) << "which day it is then makes no difference";
    EXPECT_EQ(last("1980-02-10", "2024-01-10"), on("2024-02-29"));
    set("birthday", years(2), {{"February 29", "march 1"}, {"last day", "the day before"}});
    EXPECT_EQ(last("1980-03-15", "2024-03-13"), on("2024-03-14"));
    EXPECT_EQ(last("1980-03-15", "2024-03-14"), on("2025-03-14"));
    EXPECT_EQ(last("1980-02-29", "2025-01-10"), on("2025-02-28"));
    set("birthday", years(2), {{"February 29", "march 1"}, {"last day", "its month"}});
    EXPECT_THROW(world->program(), Error);
}

TEST_F(Clock, OnlyClocksThatHangOnCertificationAreAligned) {
    set("birthday", years(2), {{"February 29", "march 1"}});
    world->level("certified").lasts->aligned_with = {"other-track"};
    EXPECT_THROW(world->program(), Error);
}

TEST_F(Clock, HolderChoosesAmongTheTermsOffered) { // NY, vector 18
    set("anniversary", years(1), {{"last day", "the day before"}});
    Lasts& lasts = *world->level("certified").lasts;
    lasts.term.reset();
    lasts.chosen = {years(1), years(2), years(3)};
    const auto chosen = [this](std::optional<Span> term) {
        Person person(*world);
        Situation when = asked("2025-06-01");
        when.term_asked = term;
        return first_term(world->program(), "certified", person, when).last;
    };
    EXPECT_EQ(chosen(years(1)), on("2026-05-31"));
    EXPECT_EQ(chosen(years(3)), on("2028-05-31"));
    EXPECT_EQ(chosen(months(24)), on("2027-05-31")); // the same length in other words
    const auto refused = [&chosen](std::optional<Span> term) {
        try {
            chosen(term);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("taken");
    };
    EXPECT_EQ(refused(std::nullopt), "the holder chooses how long the term is (1 year, 2 years or 3 years); say which");
    EXPECT_EQ(refused(years(4)),
              "the holder chooses how long the term is (1 year, 2 years or 3 years); 4 years is not offered");
    set("anniversary", years(2), {{"last day", "the day before"}});
    EXPECT_EQ(refused(years(3)), "the holder does not choose how long a term is here: it is 2 years");
    EXPECT_EQ(chosen(years(2)), on("2027-05-31"));
}

TEST_F(Clock, AddedLevelEndsWithTheTermItIsAddedTo) { // L4
    set("anniversary", years(2), {{"last day", "the day before"}});
    world->level("family");
    world->lasts("family", "unchanged", std::nullopt);
    world->step(Step::Verb::add, "family", {});
    Person person(*world);
    person.holds("certified", "2024-03-01", "2026-02-28");
    const PresentTerm added = first_term(world->program(), "family", person, asked("2025-07-01"));
    EXPECT_EQ(added.first, on("2025-07-01"));
    EXPECT_EQ(added.last, on("2026-02-28"));
    EXPECT_EQ(first_term(world->program(), "family", person, asked("2026-02-28")).last, on("2026-02-28"));
    EXPECT_THROW(first_term(world->program(), "family", person, asked("2026-03-01")), Error);
}

TEST_F(Clock, RegisterMayShowALaterDay) { // F1, vector 20
    set("month end", years(2));
    world->level("certified").lasts->shown_until = day(Anchor::expiry, {days(30)});
    EXPECT_EQ(shown_until(world->program(), "certified", {1, on("2023-03-05"), on("2025-03-31")}), on("2025-04-30"));
    EXPECT_EQ(shown_until(world->program(), "certified", {1, on("2023-03-05"), std::nullopt}), std::nullopt);
}

} // namespace
} // namespace peercert::rules
