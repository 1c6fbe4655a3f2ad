#include <fstream>

#include <unistd.h>

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
        line.first_day = day((year + "-01-05").c_str());
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
    EXPECT_EQ(assess(first).edition_chosen_by, "applying") << "there is no term whose last day could be told";
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
    EXPECT_EQ(total.passing, 1) << "the year 2024 can be renewed in its grace";
    EXPECT_EQ(total.not_yet, 1) << "that of 2025 not before October";
}

TEST_P(AskedEdition_, TheDayIsThatOfTheTrack) {
    // Eleven in the evening of June 30 in Seattle is one in the morning of July 1 in Chicago, where this house is.
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

/// An invented track whose editions are chosen by the day of issue.
constexpr const char* invented_track = R"(track: yy-ps
edition: 2024
title: Invented Peer Specialist
zone: America/Chicago
in force: {from: 2024-01-01, until: 2025-04-30, chosen by: issue}
levels: [certified]
to become certified:
  see: Page
  needs: [{name: ethics, statement: code of ethics}]
  lasts: {term: 1 year, ends: month end}
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";

class ByIssue : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        std::string newer = invented_track;
        const auto put = [&newer](const std::string& what, const std::string& with) {
            newer.replace(newer.find(what), what.size(), with);
        };
        put("edition: 2024", "edition: 2025");
        put("{from: 2024-01-01, until: 2025-04-30, chosen by: issue}",
            "{from: 2025-05-01, until: further notice, chosen by: issue}\nreplaces: 2024");
        put("term: 1 year", "term: 2 years");
        folder_ = std::filesystem::temp_directory_path() / ("peercert-issue-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_ / "yy-ps");
        std::ofstream(folder_ / "yy-ps" / "2024.yaml") << invented_track;
        std::ofstream(folder_ / "yy-ps" / "2025.yaml") << newer;
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        deciding.emplace(house(), *rules);
        today_is("2025-04-20");
        person = somebody("Ida Invented");
        house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
            domain::NewEntry entry;
            entry.person = person_of(work, host, person, house().today()).id;
            entry.kind = EntryKind::attestation;
            entry.code = "code of ethics";
            entry.first_day = entry.last_day = day("2025-04-01");
            work.entries.add(entry);
            work.audit.append({.action = "entry.added", .object = "entry"});
        });
        asked = deciding->apply(host, {person, "yy-ps", Step::Verb::become, "certified", {}}).application.id;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    domain::Term granted() {
        return deciding->decide(host, {asked, domain::Outcome::granted, "", "office"}).credential->record.terms.at(0);
    }

    std::optional<Rulebook> rules;
    std::optional<Certification> deciding;
    std::string person;
    ApplicationId asked;

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
};
PEERCERT_IN_BOTH(ByIssue);

TEST_P(ByIssue, WhatIsGrantedOnTheLastDayIsByTheEditionOfThatDay) {
    today_is("2025-04-30");
    const domain::Term term = granted();
    EXPECT_EQ(term.edition, "2024");
    EXPECT_EQ(term.last_day, day("2026-04-30"));
}

TEST_P(ByIssue, WhatIsGrantedTheDayAfterIsByTheNext) {
    today_is("2025-05-01");
    const domain::Term term = granted();
    EXPECT_EQ(term.edition, "2025");
    EXPECT_EQ(term.last_day, day("2027-05-31"));
}

} // namespace
} // namespace peercert::services
