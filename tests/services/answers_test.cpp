#include <sstream>

#include "house_fixture.hpp"
#include "services/planner.hpp"
#include "services/reports/departures.hpp"
#include "services/standing.hpp"
#include "services/what_if.hpp"

namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Somebody certified in Washington whose second term ends on 2029-03-15: 26 of 30 hours count, 10 of 14 peer-specific.
class Answers : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        today_is("2029-01-10");
        person = somebody("Farida Invented", "1988-03-15");
        number = certification
                     ->take_over(host, {person, "wa-cpss", "certified", "office", day("2025-09-10"), day("2027-03-15")})
                     .record.credential.number.str();
        certification->take_over(host,
                                 {person, "wa-cpss", "certified", "office", day("2027-03-16"), day("2029-03-15")});
        ce("2027-10-02", 10 * 60, {"peer-specific"});
        ce("2026-02-01", 3 * 60, {"suicide prevention", "other"});
        long_talk = ce("2028-04-04", 18 * 60, {"other"});
        ce("2028-04-05", 2 * 60, {"law and ethics"});
    }
    EntryId ce(const char* on, std::int64_t minutes, std::vector<std::string> tags) {
        NewRecord line;
        line.person = person;
        line.kind = EntryKind::ce;
        line.first_day = day(on);
        line.amount = minutes;
        line.tags = std::move(tags);
        return ledger->add(host, line);
    }
    AssessRequest renewal(const char* on = "2029-01-10") {
        return {
            .person = person, .track = "wa-cpss", .verb = Step::Verb::renew, .level = "certified", .as_of = day(on)};
    }
    Assessment assess(const AssessRequest& asked) { return Assessments(house(), rulebook).assess(host, asked); }
    PlanAnswer plan(const std::string& table, rules::PlanOrder order = rules::PlanOrder::earliest) {
        std::istringstream offers(table);
        PlanRequest asked;
        asked.person = person;
        asked.track = "wa-cpss";
        asked.verb = Step::Verb::renew;
        asked.level = "certified";
        asked.order = order;
        asked.offers = &offers;
        asked.offers_name = "offers.csv";
        return Planner(house(), rulebook).plan(host, asked);
    }
    static std::vector<std::string> names(const PlanStage& stage) {
        std::vector<std::string> all;
        for (const PlanItem& item : stage.items)
            all.push_back(item.what);
        return all;
    }
    WhatIf what_if(WhatIfRequest request) {
        request.asked = renewal();
        return WhatIfs(house(), rulebook).ask(host, request);
    }

    std::string person;
    std::string number;
    EntryId long_talk;
};

TEST_P(Answers, AnAssessmentSaysWhatIsMissingWithAmountsAndWhatDidNotCount) {
    const Assessment answer = assess(renewal());
    ASSERT_EQ(answer.open.size(), 2U);
    EXPECT_EQ(answer.open[0].clause, "continuing education: peer-specific");
    EXPECT_EQ(answer.open[0].missing, 4 * 60);
    EXPECT_EQ(answer.open[1].clause, "health equity");
    EXPECT_EQ(answer.open[1].missing, 2 * 60);
    EXPECT_EQ(answer.edition_chosen_by, "applying");
    EXPECT_EQ(answer.edition_day, day("2029-01-10"));
    EXPECT_EQ(answer.edition_in_force.first, day("2025-07-01"));
    EXPECT_EQ(answer.fee.cents, 10000);
    const auto over = std::find_if(answer.not_counted.begin(), answer.not_counted.end(), [&](const NotCounted& one) {
        return one.entry.entry == long_talk && one.entry.reason == RefusalReason::over_cap;
    });
    ASSERT_NE(over, answer.not_counted.end());
    EXPECT_EQ(over->entry.amount, 4 * 60);
    ASSERT_TRUE(answer.held);
    EXPECT_EQ(answer.held->term.last, day("2029-03-15"));
    EXPECT_FALSE(answer.holds_until);
}

TEST_P(Answers, AnAssessmentSaysUntilWhenAYesStaysOneAndFromWhenTimeAloneMakesIt) {
    ce("2029-01-05", 6 * 60, {"peer-specific", "health equity"});
    EXPECT_EQ(assess(renewal()).holds_until, day("2031-03-15"))
        << "late, with its fee, it is asked for two years after the last day too";
    const Assessment early = assess(renewal("2028-12-14"));
    EXPECT_FALSE(early.finding.verdict.passes());
    EXPECT_EQ(early.not_before, day("2028-12-15"));
    EXPECT_EQ(early.not_before_because, "filing");
    EXPECT_EQ(early.met_by_waiting, day("2029-01-05")) << "when the last hours on record have been done";
    EXPECT_EQ(assess(renewal("2028-12-15")).not_before, std::nullopt);
}

TEST_P(Answers, ALateRenewalNamesItsStretchAndItsFee) {
    const Assessment late = assess(renewal("2029-03-16"));
    EXPECT_EQ(late.rung, "expired");
    EXPECT_EQ(late.fee.cents, 15000);
    EXPECT_TRUE(late.projection);
}

TEST_P(Answers, APlanIsTheSoonestThenTheCheapestAndPassesTheSameJudgement) {
    const char* table = "course,day,hours,topics,price\n"
                        "Walking alongside,2029-02-03,6 h,peer-specific,90.00\n"
                        "Peer circles,2029-02-10,4 h,peer-specific,40.00\n"
                        "Equity,2029-01-27,2 h,health equity; other,0\n"
                        "Equity again,2029-02-01,2 h,health equity; other,5.00\n"
                        "Long talk,2029-01-13,10 h,other,10.00\n";
    const PlanAnswer soonest = plan(table);
    ASSERT_EQ(soonest.stages.size(), 1U);
    EXPECT_TRUE(soonest.reached());
    EXPECT_EQ(soonest.by, day("2029-03-15")) << "the last day of the term that is renewed";
    EXPECT_THAT(names(soonest.stages[0]), ElementsAre("Equity", "Walking alongside"));
    EXPECT_EQ(soonest.stages[0].day, day("2029-02-03"));
    EXPECT_EQ(soonest.stages[0].cents, 9000);
    EXPECT_EQ(soonest.stages[0].minutes, 8 * 60);
    EXPECT_EQ(soonest.stages[0].proof, rules::Plan::Proof::best);
    EXPECT_TRUE(soonest.stages[0].finding.verdict.passes());
    EXPECT_EQ(soonest.stages[0].fee.cents, 10000);

    const PlanAnswer cheapest = plan(table, rules::PlanOrder::cheapest);
    EXPECT_THAT(names(cheapest.stages[0]), ElementsAre("Equity", "Peer circles"));

    // What is planned, once it is on record, is a yes to the question that decides.
    today_is("2029-02-03");
    ce("2029-01-27", 2 * 60, {"health equity", "other"});
    EXPECT_FALSE(assess(renewal("2029-02-03")).finding.verdict.passes()) << "nothing can be left out";
    ce("2029-02-03", 6 * 60, {"peer-specific"});
    EXPECT_TRUE(assess(renewal("2029-02-03")).finding.verdict.passes());
}

TEST_P(Answers, APlanThatCannotReachSaysWhatStaysOpen) {
    const PlanAnswer answer = plan("course,day,hours,topics\nPeer circles,2029-02-10,3 h,peer-specific\n");
    EXPECT_FALSE(answer.reached());
    EXPECT_THAT(names(answer.stages[0]), ElementsAre("Peer circles"));
    ASSERT_EQ(answer.stages[0].missing.size(), 2U);
    EXPECT_EQ(answer.stages[0].missing[0].missing, 60);
    EXPECT_EQ(answer.stages[0].missing[1].missing, 120);
}

TEST_P(Answers, OffersWithMistakesAreAllNamedAtOnce) {
    const auto error = refusal([&] {
        (void)plan("course,day,hours,topics,price\n"
                   "A,2029-02-30,6 h,peer-specific,90\n"
                   "B,2029-02-10,6 km,peer-specific,90\n"
                   "C,2029-02-10,6 h,peer-specifc,90\n"
                   "D,2029-02-10,6 h,peer-specific,cheap\n"
                   ",2029-02-10,6 h,peer-specific,1\n");
    });
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    for (const char* part : {"offers.csv:2: day \"2029-02-30\"", "offers.csv:3: \"6 km\"",
                             "offers.csv:4: no rule on file knows the word \"peer-specifc\"; did you mean",
                             "offers.csv:5: \"cheap\" is no price", "offers.csv:6: the column course is empty"})
        EXPECT_THAT(error.what(), HasSubstr(part));
}

TEST_P(Answers, APlanGoesThroughTheLevelThatHasToComeFirst) {
    person = somebody("Noor Invented", "1990-05-01");
    record(person, EntryKind::attestation, "one year in recovery", "2028-12-01");
    record(person, EntryKind::training, "wa-peer-course", "2028-12-05");
    std::istringstream offers("course,kind,code,day,until,each,hours,vouched as\n"
                              "Oral exam,exam,oral,2029-01-20,,,,\n"
                              "Written exam,exam,written,2029-01-21,,,,\n"
                              "Work at the centre,practice,,2029-02-01,2030-01-31,week,40 h,approved supervisor\n"
                              "Meetings,supervision,,2029-01-24,2030-01-31,week,1 h,approved supervisor\n");
    PlanRequest asked;
    asked.person = person;
    asked.track = "wa-cpss";
    asked.level = "certified";
    asked.offers = &offers;
    asked.offers_name = "offers.csv";
    const PlanAnswer answer = Planner(house(), rulebook).plan(host, asked);
    ASSERT_EQ(answer.stages.size(), 2U);
    EXPECT_EQ(answer.stages[0].step, "to become trainee");
    EXPECT_EQ(answer.stages[0].day, day("2029-01-21"));
    EXPECT_EQ(answer.stages[1].step, "to become certified");
    EXPECT_NE(answer.stages[1].outcome, rules::Plan::Outcome::not_reached);
    int weeks = 0;
    for (const PlanItem& item : answer.stages[1].items)
        weeks += item.what == "Work at the centre" ? 1 : 0;
    EXPECT_EQ(weeks, 25) << "a thousand hours at forty a week";
}

TEST_P(Answers, WhatIfAddsMovesAndTakesAwayAndWritesNothing) {
    WhatIfRequest more;
    more.add = {"CE 4 h peer-specific on 2029-01-10", "CE 2 h health equity, other on 2029-01-09"};
    const WhatIf added = what_if(more);
    EXPECT_FALSE(added.before.finding.verdict.passes());
    EXPECT_TRUE(added.after.finding.verdict.passes());
    ASSERT_GE(added.changes.size(), 2U);
    EXPECT_EQ(added.changes.front().clause, "continuing education");
    EXPECT_EQ(added.changes.front().have_before, 26 * 60);
    EXPECT_EQ(added.changes.front().have_after, 30 * 60);

    WhatIfRequest less;
    less.remove = {long_talk};
    EXPECT_EQ(what_if(less).changes.front().have_after, 12 * 60);

    WhatIfRequest moved;
    moved.move = {{long_talk, day("2027-03-15")}}; // a day before the term
    EXPECT_EQ(what_if(moved).changes.front().have_after, 12 * 60);

    WhatIfRequest same;
    EXPECT_THAT(what_if(same).changes, IsEmpty());
    EXPECT_EQ(ledger->of(host, person).size(), 4U) << "nothing was written";
}

TEST_P(Answers, WhatIfSomebodyMovesItSaysWhatCountsThereAndWhatIsMissing) {
    record(person, EntryKind::document, "GED", "2020-01-01");
    WhatIfRequest away;
    away.move_to = "wi-cps";
    const WhatIf answer = what_if(away);
    EXPECT_TRUE(answer.another_track);
    EXPECT_EQ(answer.after.track, "wi-cps");
    EXPECT_EQ(answer.carried.size(), 1U) << "the diploma counts there too";
    const auto training = std::find_if(answer.after.open.begin(), answer.after.open.end(),
                                       [](const OpenClause& one) { return one.clause == "training"; });
    EXPECT_NE(training, answer.after.open.end());
}

TEST_P(Answers, AStandingHasTheTrueLastDayThePurposesAndTheDaysAhead) {
    const auto all = Standings(house(), rulebook).of(host, number, day("2029-01-10"), {});
    ASSERT_EQ(all.size(), 1U);
    const Standing& standing = all.front();
    EXPECT_TRUE(standing.status.yes());
    ASSERT_TRUE(standing.term);
    EXPECT_EQ(standing.term->term.number, 2);
    EXPECT_EQ(standing.term->term.last, day("2029-03-15"));
    const auto purpose = [&](const char* name) -> const PurposeAnswer& {
        return *std::find_if(standing.term->purposes.begin(), standing.term->purposes.end(),
                             [name](const PurposeAnswer& one) { return one.purpose == name; });
    };
    EXPECT_TRUE(purpose("practise").answer.verdict.is_met());
    EXPECT_EQ(purpose("practise").until, day("2029-03-15"));
    EXPECT_FALSE(purpose("bill Medicaid").answer.employer_confirms.empty());
    ASSERT_GE(standing.term->deadlines.size(), 2U);
    EXPECT_EQ(standing.term->deadlines[0].kind, Deadline::Kind::last_day);
    EXPECT_EQ(standing.term->deadlines[1].day, day("2029-03-16"));
    EXPECT_EQ(standing.term->deadlines[1].called, "expired");
    EXPECT_EQ(standing.term->deadlines[1].fee->cents, 15000);

    const auto late = Standings(house(), rulebook).of(host, person, day("2029-03-16"), {});
    EXPECT_FALSE(late.front().status.yes());
    EXPECT_TRUE(late.front().projection);
    EXPECT_EQ(late.front().term->now.called, "expired");
    EXPECT_TRUE(late.front().term->purposes.front().answer.verdict.is_unmet());
}

TEST_P(Answers, AStandingCanBeAskedFromWhatWasKnownThen) {
    today_is("2029-02-01");
    certification->change_standing(host, number, domain::CredentialEventKind::suspend, day("2029-01-20"));
    const auto status = [&](const char* on, std::optional<domain::Instant> known) {
        return Standings(house(), rulebook).of(host, number, day(on), known).front().status.code;
    };
    EXPECT_EQ(status("2029-01-25", {}), credentials::StatusCode::suspended);
    EXPECT_EQ(status("2029-01-25", noon("2029-01-26")), credentials::StatusCode::certified);
    EXPECT_EQ(status("2029-01-25", noon("2025-01-01")), credentials::StatusCode::unknown);
}

PEERCERT_IN_BOTH(Answers);

TEST(DeparturesFromTheModel, ComeOutAsTheProfileItselfSays) {
    const curricula::Catalogue& catalogue = RuleFiles::all().catalogue;
    ASSERT_EQ(catalogue.profiles().size(), 1U);
    const curricula::Profile& profile = catalogue.profiles().front();
    ASSERT_FALSE(profile.cases.empty());
    for (const curricula::ProfileCase& one : profile.cases) {
        const Departures report = departures(catalogue, one.track, one.edition, profile.code);
        EXPECT_EQ(report.standards.size(), 11U);
        for (const Departure& standard : report.standards) {
            const auto expected = one.expect.find(standard.standard);
            const std::string wanted =
                expected == one.expect.end() ? std::string(to_text(standard.stance)) : expected->second;
            EXPECT_EQ(to_text(standard.stance), wanted) << one.place << ": " << standard.standard;
        }
    }
}

TEST(DeparturesFromTheModel, ConcludeNothingFromWhatWasNotRead) {
    const curricula::Catalogue& catalogue = RuleFiles::all().catalogue;
    for (const auto& edition : catalogue.all()) {
        if (edition->kind != Edition::Kind::track)
            continue;
        for (const Departure& one : departures(*edition, catalogue.profiles().front()).standards)
            if (one.trust == "recalled" || one.trust == "not found") {
                EXPECT_EQ(one.stance, Stance::open) << edition->code << ": " << one.standard;
                EXPECT_EQ(one.figure, "");
                EXPECT_EQ(one.says, "");
            }
    }
}

TEST(AReferenceProfile, IsReadStrictly) {
    const auto problem = [](const std::string& standard) {
        const auto read = curricula::read_profile({"p.profile.yaml",
                                                   "profile: p\nedition: 1\ntitle: T\nstandards:\n  - " + standard +
                                                       "\nsources:\n  Read: {what: W, as of: 2024, trust: secondary}\n"
                                                       "  Unread: {what: W, as of: 2024, trust: recalled}\n",
                                                   "test"});
        return read.problems.empty() ? std::string("none") : read.problems.front().sentence;
    };
    EXPECT_EQ(problem("{name: n, says: s, looks at: practice hours, figure: at most 120 h, see: Read}"), "none");
    EXPECT_THAT(problem("{name: n, looks at: practice hours, figure: at most 120 h, see: Unread}"),
                HasSubstr("only recalled"));
    EXPECT_THAT(problem("{name: n, looks at: practice hours, see: Read}"), HasSubstr("against a \"figure\""));
    EXPECT_THAT(problem("{name: n, look at: fee, see: Read}"), HasSubstr("did you mean \"looks at\""));
    EXPECT_THAT(problem("{name: n, looks at: weather, see: Read}"), HasSubstr("none of"));
    EXPECT_THAT(problem("{name: n, looks at: fee, see: Nowhere}"), HasSubstr("no source is called"));
}

} // namespace
} // namespace peercert::services
