#include <peercert/date.hpp>

#include <gtest/gtest.h>

namespace peercert {
namespace {

using namespace std::chrono_literals;

Date day(const char* text) { return parse_date(text).value(); }

TEST(CivilDays, AMonthThatLacksTheDayEndsOnItsLast) {
    EXPECT_EQ(add_months(day("2024-01-31"), 1), day("2024-02-29"));
    EXPECT_EQ(add_months(day("2025-08-31"), 6), day("2026-02-28"));
    EXPECT_EQ(add_months(day("2025-08-31"), 12), day("2026-08-31"));
    EXPECT_EQ(add_months(day("2025-03-31"), -1), day("2025-02-28"));
}

TEST(CivilDays, TheLeapDayFollowsTheStatedPolicy) {
    EXPECT_EQ(add_years(day("1988-02-29"), 37), day("2025-02-28"));
    EXPECT_EQ(add_years(day("1988-02-29"), 37, LeapDay::march_1), day("2025-03-01"));
    EXPECT_EQ(add_years(day("1988-02-29"), 40, LeapDay::march_1), day("2028-02-29"));
    EXPECT_EQ(add_months(day("2025-01-31"), 1, LeapDay::march_1), day("2025-02-28")) << "only for the leap day itself";
}

TEST(CivilDays, AgeTurnsOnTheBirthday) {
    EXPECT_EQ(age_on(day("2000-05-10"), day("2018-05-09"), LeapDay::february_28), 17);
    EXPECT_EQ(age_on(day("2000-05-10"), day("2018-05-10"), LeapDay::february_28), 18);
    EXPECT_EQ(age_on(day("2004-02-29"), day("2022-02-28"), LeapDay::february_28), 18);
    EXPECT_EQ(age_on(day("2004-02-29"), day("2022-02-28"), LeapDay::march_1), 17);
    EXPECT_EQ(age_on(day("2004-02-29"), day("2022-03-01"), LeapDay::march_1), 18);
}

TEST(CivilDays, OnlyRealDaysInTheOneFormAreRead) {
    EXPECT_EQ(parse_date("2024-02-29"), 2024y / 2 / 29);
    for (const char* wrong : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01", "2024/01/01",
                              "2024-01-01 ", "", "1899-12-31", "2024-01-0x", "-024-01-01"})
        EXPECT_EQ(parse_date(wrong), std::nullopt) << wrong;
}

TEST(CivilDays, TextAndDayGoBothWays) {
    for (Date date = day("2023-12-25"); date <= day("2024-03-05"); date = add_days(date, 1))
        EXPECT_EQ(parse_date(to_text(date)), date);
    EXPECT_EQ(days_between(day("2024-02-28"), day("2024-03-01")), 2);
}

TEST(CivilDays, ARangeHoldsBothItsEnds) {
    const DayRange range{day("2024-01-01"), day("2024-01-31")};
    EXPECT_TRUE(range.contains(day("2024-01-01")));
    EXPECT_TRUE(range.contains(day("2024-01-31")));
    EXPECT_FALSE(range.contains(day("2023-12-31")));
    EXPECT_FALSE(range.contains(day("2024-02-01")));
    EXPECT_TRUE(DayRange{}.contains(day("1950-01-01")));
}

} // namespace
} // namespace peercert
