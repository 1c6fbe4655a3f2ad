#include "house_fixture.hpp"
#include "services/planner.hpp"
#include "services/standing.hpp"
#include "services/what_if.hpp"

/// Which edition, and which day: one answer for whoever asks.
namespace peercert::services {
namespace {

class AskedEdition_ : public AHouse {
protected:
    AssessRequest renewal(const std::string& person, const char* track = "ga-cps") {
        return {.person = person, .track = track, .verb = Step::Verb::renew, .level = "certified"};
    }
    Assessment assess(const AssessRequest& asked) { return Assessments(house(), rulebook).assess(host, asked); }
    PlanAnswer plan(const AssessRequest& asked) {
        PlanRequest request;
        request.person = asked.person;
        request.track = asked.track;
        request.verb = asked.verb;
        request.level = asked.level;
        request.edition = asked.edition;
        return Planner(house(), rulebook).plan(host, request);
    }
    Standing status(const std::string& person) { return Standings(house(), rulebook).of(host, person, {}, {}).at(0); }
    /// Certified in Georgia for that calendar year, with more hours in it than are asked for.
    std::string in_georgia(const std::string& name, const std::string& year) {
        if (!georgia_) {
            organizations->add(host, {{}, "GMHCN", "Invented Network", domain::OrganizationKind::provider, ""});
            georgia_ = true;
        }
        const std::string person = somebody(name);
        certification->take_over(host, {person, "ga-cps", "certified", "office", day((year + "-01-01").c_str()),
                                        day((year + "-12-31").c_str())});
        NewRecord line;
        line.person = person;
        line.kind = EntryKind::ce;
        line.first_day = day((year + "-06-01").c_str());
        line.amount = 13 * 60;
        line.tags = {"peer ethics"};
        line.provider = "GMHCN";
        ledger->add(host, line);
        return person;
    }

private:
    bool georgia_{false};
};
PEERCERT_IN_BOTH(AskedEdition_);

TEST_P(AskedEdition_, ADeadlineIsTheLastDayOfTheTermWheneverOneAsks) {
    today_is("2025-02-20");
    const std::string person = in_georgia("Ida Invented", "2024");
    const Assessment late = assess(renewal(person));
    EXPECT_EQ(late.edition, "2024");
    EXPECT_EQ(late.edition_chosen_by, "deadline");
    EXPECT_EQ(late.edition_day, day("2024-12-31"));
    EXPECT_EQ(late.rung, "late");
    EXPECT_EQ(late.fee.cents, 2600);
    EXPECT_EQ(plan(renewal(person)).stages.back().edition, "2024");
    WhatIfRequest otherwise;
    otherwise.asked = renewal(person);
    EXPECT_EQ(WhatIfs(house(), rulebook).ask(host, otherwise).after.edition, "2024");
    EXPECT_EQ(status(person).term->now.called, "late");
    EXPECT_EQ(certification->apply(host, {person, "ga-cps", Step::Verb::renew, "certified", {}}).application.edition,
              "2024");
}

TEST_P(AskedEdition_, TheYearAfterBelongsToTheLaterEdition) {
    today_is("2026-02-20");
    const std::string person = in_georgia("Ida Invented", "2025");
    const Assessment inactive = assess(renewal(person));
    EXPECT_EQ(inactive.edition, "2025");
    EXPECT_EQ(inactive.edition_day, day("2025-12-31"));
    EXPECT_EQ(inactive.rung, "inactive");
    EXPECT_EQ(inactive.fee.cents, 10500);
    EXPECT_EQ(status(person).term->now.called, "inactive");
}

TEST_P(AskedEdition_, WhoAsksForTheFirstTimeHasTheDayOfApplyingAsDeadline) {
    today_is("2025-02-20");
    const std::string person = somebody("Ida Invented");
    AssessRequest first{.person = person, .track = "ga-cps", .level = "certified"};
    EXPECT_EQ(assess(first).edition, "2025");
    first.received_on = day("2024-12-31");
    EXPECT_EQ(assess(first).edition, "2024");
}

TEST_P(AskedEdition_, EverybodyIsJudgedByTheEditionOfTheirOwnDeadline) {
    today_is("2025-01-10"); // in the grace of 2024, in the second week of 2025
    in_georgia("Ida Invented", "2024");
    in_georgia("Ada Invented", "2025");
    AssessRequest asked = renewal("");
    const auto total = Assessments(house(), rulebook).assess_everybody(host, asked, 1);
    EXPECT_EQ(total.people, 2);
}

TEST_P(AskedEdition_, TheDayIsThatOfTheTrack) {
    // Eight in the evening of June 30 on the coast, July 1 in Chicago too late to tell: 03:00 UTC on July 1.
    clock.set(std::chrono::sys_days{day("2025-07-01")} + std::chrono::hours{6});
    const std::string person = somebody("Ida Invented");
    AssessRequest asked{.person = person, .track = "wa-cpc", .level = "certified"};
    const Assessment assessed = assess(asked);
    EXPECT_EQ(assessed.as_of, day("2025-06-30")) << "in Chicago it is July 1 already";
    EXPECT_EQ(assessed.edition, "until-2025-06");
    EXPECT_EQ(plan(asked).stages.front().edition, "until-2025-06");
    EXPECT_EQ(certification->apply(host, {person, "wa-cpc", Step::Verb::become, "certified", {}}).application.edition,
              "until-2025-06");
    clock.set(std::chrono::sys_days{day("2025-07-01")} + std::chrono::hours{7}); // midnight in Seattle
    EXPECT_EQ(assess({.person = person, .track = "wa-cpss", .level = "certified"}).as_of, day("2025-07-01"));
}

TEST_P(AskedEdition_, ACertificateMayBeOlderThanEveryRuleOnFile) {
    today_is("2026-02-20");
    const std::string person = somebody("Ida Invented"); // Washington's rule on file begins on July 1, 2025
    const auto view = certification->take_over(
        host, {person, "wa-cpss", "certified", "office", day("2025-06-30"), day("2026-06-30")});
    EXPECT_EQ(view.record.terms.back().edition, "2025-07");
    EXPECT_EQ(view.record.terms.back().first_day, day("2025-06-30"));
    EXPECT_EQ(view.record.terms.back().last_day, day("2026-06-30"));  // as the paper says, and not as a clock would
    EXPECT_EQ(assess(renewal(person, "wa-cpss")).edition, "2025-07"); // the next term is chosen by its own days
    const std::string other = somebody("Ada Invented");
    const Error no = refusal([&] { // a rule that had ended by then is on file: that is no day before the first
        certification->take_over(host, {other, "wa-cpc", "certified", "office", day("2027-01-01"), day("2027-12-31")});
    });
    EXPECT_EQ(no.code(), ErrorCode::not_found);
}

TEST_P(AskedEdition_, WhatBeginsOnTheCoastTomorrowCannotBeAskedForToday) {
    clock.set(std::chrono::sys_days{day("2025-07-01")} + std::chrono::hours{6});
    const std::string person = somebody("Ida Invented");
    const Error no = refusal([&] { assess({.person = person, .track = "wa-cpss", .level = "certified"}); });
    EXPECT_THAT(no.what(), ::testing::HasSubstr("2025-06-30"));
}

} // namespace
} // namespace peercert::services
