#include "rules/closed_days.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

const ClosedDays known = office(2026, 2027);

std::string counted(std::string_view from, int count, bool back = false) {
    const DaySpan days = business_day(to_day(on(from)), count, back, &known);
    const std::string first = to_text(to_date(days.earliest));
    return days.earliest == days.latest ? first : first + " to " + to_text(to_date(days.latest));
}

TEST(BusinessDays, LeaveOutTheDayTheyAreCountedFromAndClosedDays) {
    EXPECT_EQ(counted("2026-05-15", 1), "2026-05-18"); // a Friday
    EXPECT_EQ(counted("2026-05-16", 1), "2026-05-18"); // a Saturday
    EXPECT_EQ(counted("2026-05-15", 10), "2026-05-29");
    EXPECT_EQ(counted("2026-12-31", 1), "2027-01-04"); // New Year's Day is a Friday
    EXPECT_EQ(counted("2027-01-04", 1, true), "2026-12-31");
    EXPECT_EQ(counted("2026-05-18", 1, true), "2026-05-15");
    EXPECT_EQ(counted("2026-05-18", 5, true), "2026-05-11");
}

TEST(BusinessDays, NoneIsTheDayItselfOrTheNearestOpenOne) {
    EXPECT_EQ(counted("2026-05-15", 0), "2026-05-15");
    EXPECT_EQ(counted("2026-05-16", 0), "2026-05-18");
    EXPECT_EQ(counted("2026-05-17", 0, true), "2026-05-15");
    EXPECT_EQ(counted("2027-01-01", 0, true), "2026-12-31");
}

TEST(BusinessDays, OfAYearThatNobodyListedLieBetweenTwoDays) {
    EXPECT_EQ(counted("2027-12-30", 1), "2027-12-31"); // known to its last day
    EXPECT_EQ(counted("2027-12-31", 1), "2028-01-03 to 2028-01-07");
    EXPECT_EQ(counted("2028-01-03", 0), "2028-01-03 to 2028-01-07");
    EXPECT_EQ(counted("2026-01-02", 1, true), "2025-12-25 to 2025-12-31"); // New Year's Day itself is known
}

/// Whatever list is published later, with at most two more closed days in each week, the day lies in between.
RC_GTEST_PROP(BusinessDays, LieWhereAnyListToComePutsThem, ()) {
    const Day from = to_day(on("2028-03-01")) + *rc::gen::inRange(0, 60);
    const int count = *rc::gen::inRange(1, 40);
    const bool back = *rc::gen::arbitrary<bool>();
    ClosedDays listed = office(2027, 2029);
    for (Day monday = to_day(on("2027-11-29")); monday < to_day(on("2028-09-01")); monday += 7)
        for (int more = *rc::gen::inRange(0, 3); more > 0; --more)
            listed.days.push_back({to_date(monday + *rc::gen::inRange(0, 5)), "a holiday"});
    const DaySpan open = business_day(from, count, back, &known);
    const DaySpan sure = business_day(from, count, back, &listed);
    RC_ASSERT(sure.earliest == sure.latest);
    RC_ASSERT(open.earliest <= sure.earliest && sure.latest <= open.latest);
}

TEST(LastDayInTime, GivesWayOneWayOrTheOther) {
    const auto in_time = [](std::string_view day, GivesWay way) { return last_day_in_time(on(day), way, &known); };
    EXPECT_EQ(in_time("2026-05-16", GivesWay::to_the_next).certain, on("2026-05-18"));
    EXPECT_EQ(in_time("2026-05-16", GivesWay::to_the_one_before).certain, on("2026-05-15"));
    EXPECT_EQ(in_time("2026-05-16", GivesWay::no).certain, on("2026-05-16"));
    EXPECT_EQ(in_time("2026-05-15", GivesWay::to_the_one_before).certain, on("2026-05-15"));
    const Deadline open = in_time("2028-05-16", GivesWay::to_the_one_before);
    EXPECT_EQ(open.certain, on("2028-05-09"));
    EXPECT_EQ(open.possible, on("2028-05-16"));
}

TEST(DecideBy, IsCountedInBusinessDaysWhereTheRuleSaysSo) {
    World world;
    world.edition->closed_days = {known};
    world.edition->business_days = "office";
    Step step;
    step.decided_within = days(10);
    EXPECT_EQ(decide_by(*world.edition, step, on("2026-05-15")), on("2026-05-25"));
    step.decided_in_business_days = true;
    EXPECT_EQ(decide_by(*world.edition, step, on("2026-05-15")), on("2026-05-29"));
    EXPECT_EQ(decide_by(*world.edition, step, on("2027-12-28")), std::nullopt); // no list says which day that is
    step.decided_within = std::nullopt;
    EXPECT_EQ(decide_by(*world.edition, step, on("2026-05-15")), std::nullopt);
}

} // namespace
} // namespace peercert::rules
