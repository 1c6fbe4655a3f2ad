#include "house_fixture.hpp"

namespace peercert::services {
namespace {

using std::chrono::Friday;
using std::chrono::Monday;
using std::chrono::Thursday;
using ::testing::HasSubstr;
using ::testing::Not;

Format eight_units() {
    Format format;
    format.name = "weekly group";
    format.sessions = 4;
    format.session_length = Minutes{150};
    format.units = {"one", "two", "three"};
    return format;
}
std::vector<std::string> days_of(const std::vector<domain::Session>& sessions) {
    std::vector<std::string> days;
    for (const auto& session : sessions)
        days.push_back(to_text(session.held_on));
    return days;
}

TEST(PlannedSessions, FollowWeekByWeekWithTheUnitsAndTheLengthOfTheFormat) {
    Meetings meetings;
    meetings.from = day("2026-03-06");
    const auto sessions = planned_sessions(eight_units(), meetings);
    EXPECT_THAT(days_of(sessions), ::testing::ElementsAre("2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"));
    EXPECT_EQ(sessions[2].unit, "three");
    EXPECT_EQ(sessions[3].unit, "") << "there are three units";
    EXPECT_EQ(sessions[3].number, 4);
    EXPECT_EQ(sessions[0].length, Minutes{150});
}

TEST(PlannedSessions, LeaveOutDaysAndCountWeeksFromMonday) {
    Meetings meetings;
    meetings.from = day("2026-03-05"); // a Thursday
    meetings.weekdays = {Monday, Thursday};
    meetings.every_weeks = 2;
    meetings.except = {day("2026-03-19")};
    meetings.length = Minutes{90};
    const auto sessions = planned_sessions(eight_units(), meetings);
    EXPECT_THAT(days_of(sessions), ::testing::ElementsAre("2026-03-05", "2026-03-16", "2026-03-30", "2026-04-02"));
    EXPECT_EQ(sessions[0].length, Minutes{90});
}

TEST(PlannedSessions, ReachTheHoursOfTheWholeWhereNoLengthIsStated) {
    Format format;
    format.sessions = 3;
    format.content_at_least = Minutes{1000};
    Meetings meetings;
    meetings.from = day("2026-03-06");
    EXPECT_EQ(planned_sessions(format, meetings)[0].length, Minutes{334});
    Meetings named;
    named.held_on = {day("2026-03-06")};
    EXPECT_EQ(planned_sessions(format, named)[0].length, domain::length_not_given);
}

TEST(PlannedSessions, RefuseWhatCannotBeMeant) {
    const auto complaint = [](const Meetings& meetings, const Format& format = eight_units()) {
        return std::string(refusal([&] { planned_sessions(format, meetings); }).what());
    };
    Meetings meetings;
    EXPECT_THAT(complaint(meetings), HasSubstr("give the first day"));
    meetings.from = day("2026-03-06");
    meetings.weekdays = {Monday};
    EXPECT_THAT(complaint(meetings), HasSubstr("none of the weekdays"));
    meetings.weekdays = {Friday};
    meetings.except = {day("2026-03-07")};
    EXPECT_THAT(complaint(meetings), HasSubstr("would not meet on 2026-03-07 anyway"));
    meetings.except = {};
    meetings.every_weeks = 0;
    EXPECT_THAT(complaint(meetings), HasSubstr("every 1 to 12 weeks"));
    meetings.every_weeks = 1;
    meetings.sessions = 201;
    EXPECT_THAT(complaint(meetings), HasSubstr("1 to 200 sessions"));
    meetings.sessions = 0;
    EXPECT_THAT(complaint(meetings, Format{}), HasSubstr("does not say how many sessions"));
    meetings.held_on = {day("2026-03-06")};
    EXPECT_THAT(complaint(meetings), HasSubstr("not both"));
}

class OpeningACohort : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        today_is("2025-01-06");
        odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
        bernard = a_facilitator("Bernard Kowalczyk", "2023-02-14"); // current until 14 February 2025
        cohort.code = "winter";
        cohort.curriculum = "wrap";
        cohort.format = "weekly group";
        cohort.organization = "centre";
        cohort.meetings.from = day("2025-01-10");
        cohort.leaders = {odessa, bernard};
    }
    std::string odessa, bernard;
    NewCohort cohort;
};
PEERCERT_IN_BOTH(OpeningACohort);

TEST_P(OpeningACohort, NamesEveryGapAmongItsLeadersAndStopsAtThem) {
    const Error gaps = refusal([&] { cohorts->open(host, cohort); });
    EXPECT_EQ(gaps.code(), ErrorCode::conflict);
    EXPECT_THAT(gaps.what(), HasSubstr("session 7 on 2025-02-21: still wanted: a current co-facilitator"));
    EXPECT_THAT(gaps.what(), HasSubstr("Bernard Kowalczyk is not current as co-facilitator on that day"));
    EXPECT_THAT(gaps.what(), HasSubstr("session 8 on 2025-02-28"));
    EXPECT_THAT(gaps.what(), Not(HasSubstr("session 6"))) << "14 February is the last day inside";
    EXPECT_TRUE(cohorts->list(host).empty()) << "nothing was opened";

    cohort.with_gaps = true;
    const CohortView opened = cohorts->open(host, cohort);
    EXPECT_EQ(opened.conformity.sessions.size(), 8U);
    EXPECT_EQ(opened.conformity.sessions[7].session.unit, "post-crisis plan");
    EXPECT_EQ(opened.conformity.sessions[7].session.length, Minutes{150});
    ASSERT_TRUE(opened.size);
    EXPECT_EQ(opened.size->at_least, 8);
    EXPECT_EQ(opened.size->at_most, 12);
}

TEST_P(OpeningACohort, WhoseLeadersAreCurrentThroughoutIsOneStep) {
    record(bernard, EntryKind::training, "wrap-refresher", "2025-01-02");
    EXPECT_EQ(cohorts->open(host, cohort).conformity.outside().size(), 0U);
}

TEST_P(OpeningACohort, OfThePastIsAFactWhoeverLedIt) {
    today_is("2025-04-02");
    EXPECT_EQ(cohorts->open(host, cohort).conformity.outside().size(), 2U);
}

TEST_P(OpeningACohort, RehearsedChangesNothing) {
    record(bernard, EntryKind::training, "wrap-refresher", "2025-01-02");
    EXPECT_EQ(cohorts->open(host, cohort, Mode::rehearse).conformity.sessions.size(), 8U);
    EXPECT_TRUE(cohorts->list(host).empty());
}

} // namespace
} // namespace peercert::services
