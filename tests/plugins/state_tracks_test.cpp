#include "plugins/state_tracks/parity.hpp"

#include <gmock/gmock.h>

#include <peercert/error.hpp>
#include <peercert/testkit.hpp>

namespace peercert::state_tracks {
namespace {

using testing::HasSubstr;
using testkit::day;

Parameters ending(std::string_view last_day) {
    Parameters parameters;
    parameters.named["last day"] = Parameters::of(last_day);
    return parameters;
}

std::string first_term(std::string_view passed, std::string_view last_day = "October 31",
                       std::string_view issued = {}) {
    TermQuestion asked;
    asked.passing = day(passed);
    asked.issued = day(issued.empty() ? passed : issued);
    try {
        return to_text(Parity().last_day(asked, ending(last_day)));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
}

std::string next_term(std::string_view passed, std::string_view previous_last, std::string_view issued) {
    TermQuestion asked;
    asked.passing = day(passed);
    asked.previous_last = day(previous_last);
    asked.issued = day(issued);
    return to_text(Parity().last_day(asked, ending("October 31")));
}

TEST(Parity, PassedInAnOddYearMeansAnOddYearWhateverTheMonth) {
    EXPECT_EQ(first_term("2023-11-20"), "2025-10-31");
    EXPECT_EQ(first_term("2023-03-01"), "2025-10-31");
    EXPECT_EQ(first_term("2023-01-01"), "2025-10-31");
    EXPECT_EQ(first_term("2023-12-31"), "2025-10-31");
}

TEST(Parity, PassedInAnEvenYearMeansALaterEvenYear) {
    EXPECT_EQ(first_term("2024-02-03"), "2026-10-31");
    EXPECT_EQ(first_term("2024-02-29"), "2026-10-31");
    EXPECT_EQ(first_term("2024-10-31"), "2026-10-31");
    EXPECT_EQ(first_term("2024-11-01"), "2026-10-31");
}

TEST(Parity, AnotherPrintedDayIsAnotherTrack) {
    EXPECT_EQ(first_term("2023-11-20", "January 31"), "2025-01-31");
    EXPECT_EQ(first_term("2023-11-20", "01-31"), "2025-01-31");
    EXPECT_EQ(first_term("2019-11-20", "August 30"), "2021-08-30");
}

TEST(Parity, LaterTermsStayOnTheDayAndInStep) {
    EXPECT_EQ(next_term("2023-11-20", "2025-10-31", "2025-11-01"), "2027-10-31");
    EXPECT_EQ(next_term("2024-02-03", "2026-10-31", "2026-11-01"), "2028-10-31");
    // Late within grace, and years late: never backdated, still in step.
    EXPECT_EQ(next_term("2023-11-20", "2025-10-31", "2025-12-15"), "2027-10-31");
    EXPECT_EQ(next_term("2023-11-20", "2025-10-31", "2027-10-31"), "2027-10-31");
    EXPECT_EQ(next_term("2023-11-20", "2025-10-31", "2027-11-01"), "2029-10-31");
}

TEST(Parity, WhomADecreeMovedToAnotherYearStaysInThatYearsStep) {
    EXPECT_EQ(next_term("2018-05-05", "2023-08-30", "2023-08-31"), "2025-10-31");
}

TEST(Parity, PassingAgainAfterTheLastTermStartsAnew) {
    EXPECT_EQ(next_term("2028-02-01", "2025-10-31", "2028-02-10"), "2030-10-31");
    EXPECT_EQ(next_term("2025-10-31", "2025-10-31", "2025-11-01"), "2027-10-31")
        << "on the last day it is the same cohort";
}

TEST(Parity, SaysWhichDayItLacks) {
    TermQuestion asked;
    asked.issued = day("2024-01-01");
    try {
        Parity().last_day(asked, ending("October 31"));
        FAIL() << "it answered";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        EXPECT_THAT(error.what(), HasSubstr("exam was passed is not on record"));
    }
    asked.previous_last = day("2023-10-31");
    EXPECT_EQ(Parity().last_day(asked, ending("October 31")), day("2025-10-31")) << "a term on record is enough";
}

TEST(Parity, AFirstTermThatWouldHaveEndedBeforeItBeganIsRefused) {
    EXPECT_EQ(first_term("2023-11-20", "October 31", "2025-10-31"), "2025-10-31");
    EXPECT_THAT(first_term("2023-11-20", "October 31", "2025-11-01"),
                HasSubstr("ended on 2025-10-31, before the first day"));
}

TEST(Parity, TakesOneDayOfEveryYear) {
    for (const char* good : {"October 31", "10-31", "January 1", "2-28"})
        EXPECT_NO_THROW(Parity().check(ending(good))) << good;
    for (const char* bad : {"", "October", "October 32", "Octobre 31", "31 October", "10-32", "13-01", "02-29",
                            "February 29", "October 031", "October  31", "-31", "10-", "october 31"})
        EXPECT_THROW(Parity().check(ending(bad)), Error) << bad;
    Parameters more = ending("10-31");
    more.named["lastday"] = Parameters::of("x");
    EXPECT_THROW(Parity().check(more), Error);
}

} // namespace
} // namespace peercert::state_tracks
