#include "house_fixture.hpp"

/// What somebody missed and made up later, as the rules of real trainings have it. People are invented.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class MakingUp : public AHouse {
protected:
    void a_cohort(const std::string& curriculum, const std::string& format, int sessions) {
        today_is("2025-03-01");
        std::vector<Date> days;
        for (int i = 0; i < sessions; ++i)
            days.push_back(add_days(day("2025-02-03"), i));
        cohorts->open(host, {"round", curriculum, format, "centre", "", "", days, {somebody("Lou Invented")}});
        person = somebody("Rosa Invented");
        cohorts->enrol(host, "round", person, day("2025-02-03"));
    }
    /// Everything but the one session, of which nothing.
    void all_but(int missed, int sessions, Minutes length) {
        for (int number = 1; number <= sessions; ++number)
            cohorts->attend(host, "round", number, person, number == missed ? Minutes{0} : length);
    }
    Attended made_up(int session, int minutes, const char* on = "2025-02-28") {
        return cohorts->make_up(host, "round", session, person, {Minutes{minutes}, day(on)});
    }
    Error refused(int session, int minutes, const char* on = "2025-02-28") {
        return refusal([&] { made_up(session, minutes, on); });
    }
    Progress progress() { return cohorts->show(host, "round").people.at(0); }

    std::string person;
};
PEERCERT_IN_BOTH(MakingUp);

TEST_P(MakingUp, TheNextRoundCountsForThisOneToTheMinute) {
    a_cohort("me-cipss", "round of nine days of six hours", 9);
    all_but(5, 9, Minutes{360});
    EXPECT_TRUE(progress().completion.verdict.is_unmet()) << "six hours missed, five may be";
    EXPECT_TRUE(made_up(5, 59).changed);
    EXPECT_TRUE(progress().completion.verdict.is_unmet()) << "five hours and a minute";
    EXPECT_TRUE(made_up(5, 60).changed) << "a correction of the same day";
    EXPECT_FALSE(made_up(5, 60).changed) << "the same again";
    EXPECT_TRUE(progress().completion.verdict.passes());
    EXPECT_EQ(progress().made_up, Minutes{60});
    EXPECT_EQ(progress().present, Minutes{8 * 360 + 60});
    EXPECT_EQ(progress().sessions, 9) << "the one made up in part is one of them";
    EXPECT_EQ(cohorts->complete(host, "round").completed.size(), 1U);
}

TEST_P(MakingUp, IsAWithdrawalsWayBackToo) {
    a_cohort("me-cipss", "round of nine days of six hours", 9);
    all_but(5, 9, Minutes{360});
    made_up(5, 60);
    cohorts->complete(host, "round");
    const Attended less = made_up(5, 30);
    ASSERT_TRUE(less.review);
    EXPECT_EQ(less.review->outcome, CompletionReview::Outcome::withdrawn) << "a correction is judged again";
}

TEST_P(MakingUp, NamedDaysAreNeverMadeUpAndNobodyMakesUpMoreThanWasMissed) {
    a_cohort("me-cipss", "round of nine days of six hours", 9);
    all_but(5, 9, Minutes{360});
    EXPECT_THAT(refused(2, 60).what(), HasSubstr("\"day 2\" has to be attended from beginning to end"));
    EXPECT_THAT(refused(5, 361).what(), HasSubstr("at most 360 can be made up"));
    EXPECT_THAT(refused(4, 1).what(), HasSubstr("at most 0 can be made up"));
    made_up(5, 300, "2025-02-20");
    EXPECT_THAT(refused(5, 61).what(), HasSubstr("at most 60 can be made up")) << "with another day's";
    EXPECT_THAT(refused(5, 60, "2025-02-07").what(), HasSubstr("made up on a later day")) << "the day itself";
    EXPECT_THAT(refused(5, 60, "2025-03-02").what(), HasSubstr("still to come"));
    EXPECT_TRUE(made_up(5, 60, "2025-02-08").changed) << "the day after";
}

TEST_P(MakingUp, WhereNothingCanBeMadeUpItIsRefused) {
    a_cohort("mhanky-swoh", "", 5);
    EXPECT_THAT(refused(1, 60).what(), HasSubstr("cannot be made up, says its rule"));
}

TEST_P(MakingUp, WhereTheRuleIsSilentPeopleDecide) {
    a_cohort("mo-cps-training", "class of five days of eight hours", 5);
    all_but(2, 5, Minutes{480});
    EXPECT_TRUE(made_up(2, 400).changed);
    EXPECT_FALSE(progress().completion.verdict.is_settled());
    EXPECT_TRUE(cohorts->complete(host, "round").completed.empty());
}

TEST_P(MakingUp, SomebodyWithoutAPlaceHasNothingToMakeUp) {
    a_cohort("me-cipss", "round of nine days of six hours", 9);
    person = somebody("Lea Invented");
    EXPECT_EQ(refused(5, 60).code(), ErrorCode::not_found);
}

} // namespace
} // namespace peercert::services
