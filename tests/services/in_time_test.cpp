#include <sstream>

#include "house_fixture.hpp"
#include "services/authority.hpp"
#include "services/planner.hpp"
#include "services/standing.hpp"
#include "words/answers.hpp"

/// Answers as time goes on: what waiting brings, until when a yes lasts and what it becomes, a renewal granted ahead, a
/// holder who is gone. And what is missing, to the last clause.
namespace peercert::services {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class InTime : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (!IsSkipped())
            organizations->add(host, {{}, "GMHCN", "Invented Network", domain::OrganizationKind::provider, ""});
    }
    static AssessRequest renewal(const std::string& person, const std::string& track, const char* on) {
        return {.person = person, .track = track, .verb = Step::Verb::renew, .level = "certified", .as_of = day(on)};
    }
    Assessment assess(const AssessRequest& asked) { return Assessments(house(), rulebook).assess(host, asked); }
    PlanAnswer plan(const std::string& person, const std::string& track, const std::string& level,
                    Step::Verb verb = Step::Verb::become) {
        PlanRequest asked;
        asked.person = person;
        asked.track = track;
        asked.verb = verb;
        asked.level = level;
        return Planner(house(), rulebook).plan(host, asked);
    }
    Standing status(const std::string& person, const char* on) {
        return Standings(house(), rulebook).of(host, person, day(on), {}).at(0);
    }
    std::string holding(const std::string& track, const char* from, const char* until) {
        const std::string person = somebody("Ida Invented");
        certification->take_over(host, {person, track, "certified", "office", day(from), day(until)});
        return person;
    }
    /// Certified in Georgia for 2024 and 2025: the renewal of the second year asks for hours, that of a first does not.
    std::string in_georgia() {
        const std::string person = holding("ga-cps", "2024-01-01", "2024-12-31");
        certification->take_over(host, {person, "ga-cps", "certified", "office", day("2025-01-01"), day("2025-12-31")});
        return person;
    }
    void ce(const std::string& person, const char* on, std::int64_t hours, std::vector<std::string> tags) {
        NewRecord line;
        line.person = person;
        line.kind = EntryKind::ce;
        line.first_day = day(on);
        line.amount = hours * 60;
        line.tags = std::move(tags);
        line.provider = "GMHCN";
        ledger->add(host, line);
    }
    static std::string text(const Assessment& answer, words::Language language = words::Language::english) {
        static const words::Messages messages;
        return text(words::told(answer, words::Speaker(messages, language), false));
    }
    static std::string text(const PlanAnswer& answer) {
        static const words::Messages messages;
        return text(words::told(answer, words::Speaker(messages, words::Language::english)));
    }
    static std::string text(const Standing& standing) {
        static const words::Messages messages;
        return text(words::told(standing, words::Speaker(messages, words::Language::english)));
    }
    static std::string text(const words::Sheet& sheet) {
        std::string all;
        for (const words::SheetLine& one : sheet)
            all += one.mark + " " + one.text + "\n";
        return all;
    }
    static std::vector<std::string> missing(const Assessment& answer) {
        std::vector<std::string> clauses;
        for (const OpenClause& one : answer.open)
            clauses.push_back(one.clause);
        return clauses;
    }
};
PEERCERT_IN_BOTH(InTime);

TEST_P(InTime, TimeAloneBringsItOnlyWhereNothingElseIsOpen) {
    today_is("2025-06-01");
    const std::string person = in_georgia();
    const Assessment short_of_hours = assess(renewal(person, "ga-cps", "2025-06-01"));
    EXPECT_EQ(short_of_hours.met_by_waiting, std::nullopt) << "the hours are open too";
    EXPECT_EQ(short_of_hours.not_before, day("2025-10-01"));
    EXPECT_THAT(text(short_of_hours), Not(HasSubstr("Time alone")));
    EXPECT_THAT(text(short_of_hours, words::Language::spanish), Not(HasSubstr("Basta el tiempo")));
    ce(person, "2025-05-01", 12, {"peer ethics"});
    const Assessment only_early = assess(renewal(person, "ga-cps", "2025-06-01"));
    EXPECT_EQ(only_early.met_by_waiting, day("2025-10-01"));
    EXPECT_FALSE(assess(renewal(person, "ga-cps", "2025-09-30")).finding.verdict.passes());
    EXPECT_TRUE(assess(renewal(person, "ga-cps", "2025-10-01")).finding.verdict.passes());
}

TEST_P(InTime, AYesGoesOnAsALateOneAndSaysFromWhenAndWhatItCosts) {
    today_is("2025-12-01");
    const std::string person = in_georgia();
    ce(person, "2025-05-01", 12, {"peer ethics"});
    const Assessment answer = assess(renewal(person, "ga-cps", "2025-12-01"));
    ASSERT_TRUE(answer.finding.verdict.passes());
    ASSERT_EQ(answer.changes.size(), 2U);
    EXPECT_EQ(answer.changes[0].day, day("2026-01-01"));
    EXPECT_EQ(answer.changes[0].called, "grace");
    EXPECT_EQ(answer.changes[1].day, day("2026-01-16"));
    EXPECT_EQ(answer.changes[1].fee.cents, 2600);
    EXPECT_EQ(answer.holds_until, day("2026-01-31"));
    EXPECT_TRUE(assess(renewal(person, "ga-cps", "2026-01-31")).finding.verdict.passes());
    EXPECT_FALSE(assess(renewal(person, "ga-cps", "2026-02-01")).finding.verdict.passes());
    EXPECT_THAT(text(answer),
                HasSubstr("So until January 15, 2026. From January 16, 2026 on it can still be asked for"));
    AssessRequest received = renewal(person, "ga-cps", "2025-12-01");
    received.received_on = day("2025-11-30");
    EXPECT_THAT(assess(received).changes, IsEmpty()) << "it has been filed in time, and stays so";
}

TEST_P(InTime, ARenewalGrantedAheadIsWhatTheDaysAheadAreAbout) {
    today_is("2025-12-01");
    const std::string person = in_georgia();
    ce(person, "2025-05-01", 12, {"peer ethics"});
    const auto asked = certification->apply(host, {person, "ga-cps", Step::Verb::renew, "certified", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", ""});
    const Standing now = status(person, "2025-12-01");
    ASSERT_TRUE(now.term && now.term->next);
    EXPECT_EQ(now.term->term.last, day("2025-12-31"));
    EXPECT_EQ(now.term->next->first, day("2026-01-01"));
    EXPECT_EQ(now.term->next->last, day("2026-12-31"));
    ASSERT_FALSE(now.term->deadlines.empty());
    EXPECT_EQ(now.term->deadlines.front().day, day("2026-10-01")) << "the next renewal opens";
    EXPECT_THAT(text(now), HasSubstr("Renewed already"));
    const Assessment again = assess(renewal(person, "ga-cps", "2025-12-01"));
    EXPECT_FALSE(again.finding.verdict.passes()) << "the year that begins has no hours yet";
    EXPECT_EQ(again.not_before, day("2026-10-01"));
    EXPECT_EQ(again.edition_day, day("2026-12-31"));
    const Error twice = refusal([&] {
        certification->apply(host, {person, "ga-cps", Step::Verb::renew, "certified", {}});
    });
    EXPECT_EQ(twice.code(), ErrorCode::conflict);
    EXPECT_THAT(twice.what(), HasSubstr("2026-01-01"));
    today_is("2026-01-01");
    EXPECT_EQ(status(person, "2026-01-01").term->next, std::nullopt);
}

TEST_P(InTime, WhatWasAskedBeforeIsKnownOfADayBeforeTheGrant) {
    today_is("2025-12-01");
    const std::string person = in_georgia();
    ce(person, "2025-05-01", 12, {"peer ethics"});
    const auto asked = certification->apply(host, {person, "ga-cps", Step::Verb::renew, "certified", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", ""});
    EXPECT_EQ(status(person, "2025-11-30").term->next, std::nullopt);
}

TEST_P(InTime, WhatIsMissingNamesEveryClauseOfAnotherStepAndItsAmount) {
    today_is("2025-06-01");
    const std::string lapsed = holding("nc-nccpss", "2021-04-01", "2023-03-31");
    const Assessment answer = assess(renewal(lapsed, "nc-nccpss", "2025-06-01"));
    EXPECT_THAT(missing(answer), Not(Contains("everything")));
    EXPECT_GT(answer.open.size(), 4U);
    EXPECT_TRUE(std::any_of(answer.open.begin(), answer.open.end(), [](const OpenClause& one) {
        return one.missing == 50 * 60 || one.missing == 40 * 60;
    })) << text(answer);
    for (const OpenClause& one : answer.open) {
        EXPECT_NE(one.kind, "everything");
        EXPECT_THAT(one.one_of, Not(Contains("all of"))) << "a way is called by what is in it";
        EXPECT_THAT(one.one_of, Not(Contains(HasSubstr("schooling ")))) << "the thing itself";
    }
}

TEST_P(InTime, AnAmountInsideATotalIsNotAddedToIt) {
    today_is("2025-12-01");
    const std::string person = in_georgia();
    const Assessment answer = assess(renewal(person, "ga-cps", "2025-12-01"));
    const auto total = std::find_if(answer.open.begin(), answer.open.end(),
                                    [](const OpenClause& one) { return one.clause == "continuing education"; });
    ASSERT_NE(total, answer.open.end());
    EXPECT_EQ(total->missing, 12 * 60);
    EXPECT_FALSE(total->within_total);
    EXPECT_TRUE((total + 1)->within_total) << "six of the twelve are from the network";
    EXPECT_THAT(text(answer), HasSubstr("of them 6 CEU"));
}

TEST_P(InTime, AnUpperAgeIsToldAsOneAndTimeDoesNotBringItBack) {
    today_is("2025-06-01");
    const std::string over = somebody("Ida Invented", "1994-05-31");   // 31
    const std::string within = somebody("Ada Invented", "1994-06-02"); // 30
    const auto asked = [&](const std::string& person) {
        return assess({.person = person, .track = "ga-cps", .level = "youth", .as_of = day("2025-06-01")});
    };
    const Assessment answer = asked(over);
    ASSERT_THAT(missing(answer), Contains("age"));
    EXPECT_TRUE(answer.open.front().over_limit);
    EXPECT_THAT(text(answer), HasSubstr("31 years; at most 30 years are asked"));
    EXPECT_THAT(text(answer), HasSubstr("exception"));
    EXPECT_EQ(answer.met_by_waiting, std::nullopt);
    EXPECT_THAT(missing(asked(within)), Not(Contains("age")));
    const PlanAnswer plan_of = plan(over, "ga-cps", "youth");
    EXPECT_THAT(plan_of.stages.back().out_of_reach, ElementsAre("age"));
    EXPECT_THAT(text(plan_of), HasSubstr("Out of reach: age"));
    EXPECT_THAT(text(plan_of), Not(HasSubstr("2030"))) << "five years on are no better";
    EXPECT_THAT(plan(within, "ga-cps", "youth").stages.back().out_of_reach, IsEmpty());
}

TEST_P(InTime, WhereNobodyFoundWhichEditionAppliesBothAnswer) {
    today_is("2025-06-01");
    const std::string person = somebody("Ida Invented");
    const AssessRequest asked{.person = person, .track = "mha-ncps", .level = "certified"};
    const Assessment answer = assess(asked);
    ASSERT_EQ(answer.by_each_edition.size(), 2U);
    EXPECT_EQ(answer.by_each_edition[0].first, "2017");
    EXPECT_EQ(answer.by_each_edition[1].first, "later");
    EXPECT_EQ(answer.edition, "later");
    EXPECT_THAT(text(answer), HasSubstr("Nobody found on which day edition later took the place of edition 2017"));
    AssessRequest older = asked;
    older.edition = "2017";
    EXPECT_EQ(assess(older).edition, "2017");
    EXPECT_THAT(assess(older).by_each_edition, IsEmpty());
    const ApplyRequest submit{person, "mha-ncps", Step::Verb::become, "certified", {}};
    const Error which = refusal([&] { certification->apply(host, submit); });
    EXPECT_THAT(which.what(), HasSubstr("--edition \"2017\""));
    ApplyRequest named = submit;
    named.edition = "2017";
    EXPECT_EQ(certification->apply(host, named).application.edition, "2017");
    Certification::Held held{person, "oh-cprs", "certified", "office", day("2024-06-01"), day("2026-05-31")};
    EXPECT_THAT(refusal([&] { certification->take_over(host, held); }).what(), HasSubstr("--edition"));
    held.edition = "2024";
    EXPECT_EQ(certification->take_over(host, held).record.terms.back().edition, "2024");
    EXPECT_EQ(plan(person, "mha-ncps", "certified").stages.back().undecided.size(), 2U);
    EXPECT_EQ(RuleFiles::all().catalogue.get("oh-cprs")->edition, "2024") << "what is shown is the newer";
    EXPECT_EQ(RuleFiles::all().catalogue.get("naadac-ncprss")->edition, "newer");
    EXPECT_EQ(RuleFiles::all().catalogue.get("mha-ncps")->edition, "later");
}

TEST_P(InTime, WhatMustNotBeIsToldAsNothingOfTheKindOnRecord) {
    today_is("2025-06-01");
    const std::string person = somebody("Ida Invented");
    const AssessRequest asked{.person = person, .track = "or-pss", .level = "certified"};
    const std::string none = text(assess(asked));
    EXPECT_THAT(none, HasSubstr("there not on the exclusion list: nothing of this kind on record (on the Medicaid"));
    EXPECT_THAT(none, Not(HasSubstr("not yet fact on the Medicaid exclusion list")));
    record(person, EntryKind::fact, "on the Medicaid exclusion list", "2025-05-01");
    const Assessment found = assess(asked);
    EXPECT_THAT(text(found), HasSubstr("not yet not on the exclusion list: something is on record"));
    EXPECT_THAT(text(found), HasSubstr("ask the certifying body"));
    EXPECT_THAT(text(found), Not(HasSubstr("there on the Medicaid exclusion list")));
    EXPECT_THAT(text(found, words::Language::spanish), HasSubstr("organismo certificador"));
}

TEST_P(InTime, WhoIsGoneHoldsNothingFromThatDayOn) {
    today_is("2025-06-01");
    const std::string person = in_georgia();
    people->set_departed(host, person, day("2025-05-10"));
    const Standing after = status(person, "2025-05-10");
    EXPECT_EQ(after.gone_since, day("2025-05-10"));
    ASSERT_TRUE(after.term);
    EXPECT_FALSE(after.term->now.in_force);
    for (const PurposeAnswer& one : after.term->purposes)
        EXPECT_TRUE(one.answer.verdict.is_unmet()) << one.purpose;
    EXPECT_THAT(after.term->deadlines, IsEmpty());
    EXPECT_THAT(text(after), HasSubstr("The person is gone since May 10, 2025"));
    const Standing before = status(person, "2025-05-09");
    EXPECT_EQ(before.gone_since, std::nullopt);
    EXPECT_TRUE(before.term->now.in_force);
    EXPECT_TRUE(before.term->purposes.front().answer.verdict.is_met());
}

TEST_P(InTime, WhoIsGoneNeitherLeadsNorSigns) {
    today_is("2025-02-20");
    const std::string gone = a_facilitator("Gone Invented", "2024-09-01");
    const std::string here = a_facilitator("Here Invented", "2024-09-01");
    const CohortView view = a_wrap_cohort({gone, here});
    people->set_departed(host, gone, day("2025-01-24")); // the day of the third session
    const auto sessions = cohorts->show(host, view.cohort.code).conformity.sessions;
    EXPECT_TRUE(sessions.at(1).answer.verdict.passes());
    EXPECT_FALSE(sessions.at(2).answer.verdict.passes());
    const auto authority = [&](const char* on) {
        return house().store.read([&](storage::UnitOfWork& work) {
            return authority_on(work, rulebook, person_of(work, host, gone, day(on)).id, "wrap/co-facilitator",
                                day(on));
        });
    };
    EXPECT_TRUE(authority("2025-01-23").entitled);
    const AuthorityAnswer then = authority("2025-01-24");
    EXPECT_FALSE(then.entitled);
    EXPECT_FALSE(then.finding.verdict.passes()) << "a refusal never says that everything is there";
    ASSERT_FALSE(then.finding.parts.empty());
    EXPECT_EQ(then.finding.parts.front().anchors.front().name, "gone since");
}

TEST_P(InTime, WhichStatementIsTrueIsNoChoiceOfThePlan) {
    today_is("2025-09-01");
    const std::string person = somebody("Ida Invented");
    const auto statements = [&] {
        std::vector<std::vector<std::string>> found;
        for (const PlanStage& stage : plan(person, "wa-cpss", "certified").stages)
            for (const PlanItem& item : stage.items)
                if (item.code == "one year in recovery" || item.code == "parent or guardian") {
                    found.push_back({item.code});
                    found.back().insert(found.back().end(), item.or_else.begin(), item.or_else.end());
                    std::sort(found.back().begin(), found.back().end());
                }
        return found;
    };
    for (const auto& both : statements())
        EXPECT_THAT(both, ElementsAre("one year in recovery", "parent or guardian"));
    EXPECT_FALSE(statements().empty());
    EXPECT_THAT(text(plan(person, "wa-cpss", "certified")), HasSubstr("only the person can know which"));
    record(person, EntryKind::attestation, "parent or guardian", "2025-08-01");
    EXPECT_THAT(statements(), IsEmpty()) << "it has been said; a plan asks for nothing else";
}

TEST_P(InTime, APlanPromisesNoDayOfWhatNobodyOffers) {
    today_is("2025-08-01");
    const std::string person = somebody("Ida Invented");
    const PlanAnswer answer = plan(person, "wa-cpss", "certified");
    for (const PlanStage& stage : answer.stages)
        for (const PlanItem& item : stage.items)
            if (item.how == PlanItem::How::assumed) {
                EXPECT_FALSE(item.dated) << item.what;
            }
    EXPECT_TRUE(answer.stages.back().assumes);
    EXPECT_THAT(text(answer), Not(HasSubstr("and is a yes, on")));
}

} // namespace
} // namespace peercert::services
