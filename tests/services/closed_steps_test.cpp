#include "house_fixture.hpp"

#include "services/assessment.hpp"

namespace peercert::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Washington's older certificate: nobody becomes one since 1 July 2025, and it ends with 2026.
class AClosedTrack : public AHouse {
protected:
    std::string assess(std::optional<Date> as_of, std::optional<Date> received, const std::string& level = "",
                       Step::Verb verb = Step::Verb::become) {
        Assessments assessments(house(), rulebook);
        return refusal([&] {
                   assessments.assess(
                       host, {somebody("Farida " + std::to_string(++people_)), "wa-cpc", verb, level, as_of, received});
               })
            .what();
    }

private:
    int people_{0};
};
PEERCERT_IN_BOTH(AClosedTrack);

TEST_P(AClosedTrack, SaysWhenItClosedWhatReplacedItAndWhatCanBeDoneNow) {
    today_is("2025-12-01");
    for (const std::string level : {"", "certified"}) {
        const std::string said = assess({}, {}, level);
        EXPECT_THAT(said,
                    AllOf(HasSubstr("closed on 2025-06-30"), HasSubstr("peercert assess wa-cpss PERSON"),
                          HasSubstr("may still bill Medicaid until 2026-12-31"), HasSubstr("--received 2025-06-30")))
            << level;
    }
}

TEST_P(AClosedTrack, IsJudgedByTheOlderRulesForWhatArrivedOnTheLastDay) {
    today_is("2025-12-01");
    Assessments assessments(house(), rulebook);
    const auto person = somebody("Farida Haidari");
    EXPECT_EQ(assessments.assess(host, {person, "wa-cpc", Step::Verb::become, "", {}, day("2025-06-30")}).edition,
              "until-2025-06");
    EXPECT_THAT(assess({}, day("2025-07-01")), HasSubstr("closed on 2025-06-30"));
}

TEST_P(AClosedTrack, AnApplicationIsRefusedWithTheSameWords) {
    today_is("2025-12-01");
    const auto person = somebody("Farida Haidari");
    EXPECT_THAT(refusal([&] {
                    certification->apply(host, {person, "wa-cpc", Step::Verb::become, "", {}});
                }).what(),
                HasSubstr("closed on 2025-06-30"));
}

TEST_P(AClosedTrack, AfterItsLastDaySaysThatItEnded) {
    today_is("2027-01-01");
    EXPECT_THAT(assess({}, {}), AllOf(HasSubstr("ended on 2026-12-31"), HasSubstr("wa-cpss")));
    today_is("2026-12-31");
    EXPECT_THAT(assess({}, {}), AllOf(HasSubstr("closed on"), Not(HasSubstr("ended on"))));
}

TEST_P(AClosedTrack, AStepThatNeverWasIsNotCalledClosed) {
    today_is("2025-12-01");
    EXPECT_THAT(assess({}, {}, "", Step::Verb::renew), AllOf(HasSubstr("has no step"), Not(HasSubstr("closed"))));
}

} // namespace
} // namespace peercert::services
