#include <gtest/gtest.h>

#include <peercert/plugin.hpp>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

struct Becoming : testing::Test {
    World world;
    void needs(Requirement requirement) { world.step(Step::Verb::become, "certified", {std::move(requirement)}); }
    Finding ask(const Record& record, const Situation& when) {
        const Goal goal = world.program().step(Step::Verb::become, "certified");
        const Finding finding = explain(world.program(), goal, record, when);
        EXPECT_EQ(judge(world.program(), goal, record, when), finding.verdict);
        return finding;
    }
    Finding ask(Person& person, std::string_view day) { return ask(person.record(), asked(day)); }
    Verdict answer(Person& person, std::string_view day) { return ask(person, day).verdict; }
};

TEST_F(Becoming, EighteenIsReachedOnTheBirthday) {
    needs(age_at_least(18));
    Person person(world);
    person.born("2006-05-10");
    EXPECT_TRUE(answer(person, "2024-05-10").is_met());
    const Finding finding = ask(person, "2024-05-09");
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.next.kind, NextStep::Kind::wait_until);
    EXPECT_EQ(finding.next.day, on("2024-05-10"));
    EXPECT_EQ(find(finding, "age")->have, 17);
}

TEST_F(Becoming, NoOlderThanThirtyLastsUntilTheDayBeforeThirtyOne) { // vector 22
    needs(clause("age", "age",
                 AgeRule{{18, 30, Unit::years}, day(Anchor::issue), {Knowing::stated, LeapDay::february_28}}));
    Person person(world);
    person.born("1995-06-01");
    Situation when = asked("2026-05-20");
    when.issue = on("2026-05-31");
    EXPECT_TRUE(ask(person, when).verdict.is_met());
    when.issue = on("2026-06-01");
    EXPECT_TRUE(ask(person, when).verdict.is_unmet());
    EXPECT_EQ(ask(person, "2026-05-20").holds_until, on("2026-05-31"));
}

TEST_F(Becoming, BornOnTheLeapDayIsOpenOnlyOnTheDayThatMatters) {
    AgeRule rule{{18, std::nullopt, Unit::years}, day(Anchor::applying), {Knowing::nothing_said, {}}};
    needs(clause("age", "age", rule));
    Person person(world);
    person.born("2004-02-29");
    EXPECT_TRUE(answer(person, "2022-02-27").is_unmet());
    EXPECT_EQ(ask(person, "2022-02-28").parts.front().open_because, "nothing said");
    EXPECT_FALSE(answer(person, "2022-02-28").is_settled());
    EXPECT_TRUE(answer(person, "2022-03-01").is_met());
}

TEST_F(Becoming, WithoutABirthDateAgeIsNotGuessed) {
    needs(age_at_least(18));
    Person person(world);
    const Finding finding = ask(person, "2024-01-01");
    EXPECT_EQ(finding.verdict, Verdict::open());
    EXPECT_EQ(finding.open_because, "missing");
}

TEST_F(Becoming, StatementsAreThereOrNot) {
    needs(statement("lived experience"));
    Person person(world);
    const Finding missing = ask(person, "2024-01-01");
    EXPECT_TRUE(missing.verdict.is_unmet());
    EXPECT_EQ(missing.next.kind, NextStep::Kind::do_it);
    EXPECT_EQ(missing.next.what, "lived experience");
    person.states("2024-01-01", "lived experience");
    EXPECT_TRUE(answer(person, "2023-12-31").is_unmet());
    const Finding finding = ask(person, "2024-01-01");
    EXPECT_TRUE(finding.verdict.is_met());
    ASSERT_EQ(finding.parts.front().used.size(), 1U);
    EXPECT_EQ(finding.parts.front().used.front().entry, EntryId{1});
}

TEST_F(Becoming, SilenceAboutAFactMeansWhatTheRuleSays) {
    HasEntries rule;
    rule.kind = EntryKind::fact;
    rule.codes = {"not on an exclusion list"};
    rule.absent = Absence::open;
    needs(clause("exclusion list", "fact", rule));
    Person unknown(world);
    EXPECT_EQ(answer(unknown, "2024-01-01"), Verdict::open());
    Person checked(world);
    checked.fact("2023-12-01", "no end", "not on an exclusion list");
    EXPECT_TRUE(answer(checked, "2024-01-01").is_met());
    Person over(world); // it was so, and is no longer
    over.fact("2023-01-01", "2023-12-31", "not on an exclusion list");
    EXPECT_TRUE(answer(over, "2023-12-31").is_met());
    EXPECT_TRUE(answer(over, "2024-01-01").is_unmet());
}

TEST_F(Becoming, FactsHeldForAWhileAddUpInAllWithoutCountingADayTwice) {
    HasEntries rule;
    rule.kind = EntryKind::fact;
    rule.codes = {"supervised peers"};
    rule.held_for = years(1);
    needs(clause("a year", "fact", rule));
    Person person(world);
    person.fact("2023-01-01", "2023-06-30", "supervised peers").fact("2023-06-01", "2023-09-30", "supervised peers");
    EXPECT_TRUE(answer(person, "2024-06-01").is_unmet());
    person.fact("2024-01-01", "2024-12-31", "supervised peers"); // 273 days; 92 more are needed
    EXPECT_TRUE(answer(person, "2024-04-01").is_met());
    EXPECT_TRUE(answer(person, "2024-03-31").is_unmet());
    EXPECT_EQ(ask(person, "2024-03-01").next.day, on("2024-04-01"));
}

TEST_F(Becoming, CourseMustNotBeOlderThanTheWindow) {
    needs(entry(EntryKind::training, "core course", within_before(months(12), Anchor::applying)));
    Person person(world);
    person.has(EntryKind::training, "2024-02-20", "2024-02-29", hours(40), "core course");
    EXPECT_TRUE(
        answer(person, "2025-02-28").is_met()); // completed on its last day; 28 February less 12 months is the 28th
    EXPECT_TRUE(answer(person, "2025-03-01").is_unmet());
    EXPECT_EQ(ask(person, "2024-06-01").holds_until, on("2025-02-28"));
    const Finding old = ask(person, "2025-03-01");
    EXPECT_EQ(refusal(old.parts.front(), 1), RefusalReason::before_start);
    EXPECT_EQ(old.parts.front().refused.front().detail, "2024-03-01");
}

TEST_F(Becoming, DecisionsAreOpenUntilSomebodyDecides) {
    needs(clause("competence", "body decides", BodyDecides{"is the person competent?"}));
    Person person(world);
    const Finding open = ask(person, "2024-05-01");
    EXPECT_EQ(open.verdict, Verdict::open());
    EXPECT_EQ(open.next.kind, NextStep::Kind::decision);
    person.decided("2024-05-02", "competence", EntryResult::refused);
    EXPECT_EQ(answer(person, "2024-05-01"), Verdict::open());
    EXPECT_TRUE(answer(person, "2024-05-02").is_unmet());
    person.decided("2024-06-02", "competence", EntryResult::approved);
    EXPECT_TRUE(answer(person, "2024-06-02").is_met());
}

TEST_F(Becoming, AnUnknownRuleNeverBecomesAYes) {
    needs(any_of({statement("a"), clause("b", "unknown", NotKnown{Knowing::unknown})}));
    Person person(world);
    EXPECT_EQ(answer(person, "2024-01-01"), Verdict::open());
    person.states("2023-01-01", "a"); // then the unknown branch does not matter
    const Finding finding = ask(person, "2024-01-01");
    EXPECT_TRUE(finding.verdict.is_met());
    ASSERT_EQ(finding.parts.size(), 1U);
    EXPECT_EQ(finding.parts.front().parts.size(), 1U); // only the branch that was met is told
    EXPECT_EQ(finding.parts.front().parts.front().clause, "a");
}

TEST_F(Becoming, ClauseIsNotAskedWhenItsExemptionHolds) {
    Requirement clause_with = statement("suicide prevention");
    clause_with.unless = {entry(EntryKind::fact, "employer training exempts")};
    needs(clause_with);
    Person person(world);
    EXPECT_TRUE(answer(person, "2024-01-01").is_unmet());
    person.fact("2024-01-01", "2024-12-31", "employer training exempts");
    EXPECT_TRUE(answer(person, "2024-01-01").is_not_applicable());
    EXPECT_TRUE(answer(person, "2025-01-01").is_unmet());
    EXPECT_EQ(ask(person, "2024-01-01").holds_until, on("2024-12-31"));
}

TEST_F(Becoming, ConditionDecidesWhichHalfIsAsked) {
    needs(clause("supervisors", "if",
                 Conditional{{entry(EntryKind::fact, "acting as supervisor"), statement("supervision course")}}));
    Person person(world);
    EXPECT_TRUE(answer(person, "2024-01-01").is_not_applicable());
    person.fact("2024-01-01", "no end", "acting as supervisor");
    const Finding finding = ask(person, "2024-01-01");
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.next.what, "supervision course");
}

TEST_F(Becoming, TwoOfThree) {
    Requirement two = any_of({statement("a"), statement("b"), statement("c")}, "two of three");
    std::get<Group>(two.body).op = Group::Op::at_least;
    std::get<Group>(two.body).needed = 2;
    needs(two);
    Person person(world);
    person.states("2024-01-01", "a");
    EXPECT_TRUE(answer(person, "2024-02-01").is_unmet());
    person.states("2024-01-01", "c");
    EXPECT_TRUE(answer(person, "2024-02-01").is_met());
}

struct Exams : Becoming {
    Passed exam;
    Attempts limit;
    Exams() {
        exam.parts = {"written"};
        exam.mark = {Knowing::stated, {8500, Unit::hundredths}};
        limit.parts = {"written"};
        limit.at_most = {Knowing::stated, 3};
        limit.no_show_counts = {Knowing::stated, true};
    }
    void ask_both() {
        needs(all_of({clause("examination", "exam", exam), clause("tries", "attempts", limit)}, "exam"));
    }
    Verdict part_of(Person& person, std::string_view day, std::string_view name) {
        const Finding finding = ask(person, day);
        return find(finding, name)->verdict;
    }
};

TEST_F(Exams, PassMarkIsInclusive) {
    ask_both();
    Person person(world);
    person.sat("2024-01-10", "written", EntryResult::none, 8499);
    EXPECT_TRUE(answer(person, "2024-02-01").is_unmet());
    person.sat("2024-01-20", "written", EntryResult::none, 8500);
    EXPECT_TRUE(answer(person, "2024-02-01").is_met());
}

TEST_F(Exams, AResultWithoutAFigureIsTheExaminersWord) {
    exam.mark = {Knowing::none, {}};
    ask_both();
    Person person(world);
    person.sat("2024-01-10", "written", EntryResult::passed);
    EXPECT_TRUE(answer(person, "2024-02-01").is_met());
    Person other(world);
    other.sat("2024-01-10", "written", EntryResult::not_yet);
    EXPECT_TRUE(answer(other, "2024-02-01").is_unmet());
}

TEST_F(Exams, AFigureWithoutAKnownMarkIsOpen) {
    exam.mark = {Knowing::nothing_said, {}};
    ask_both();
    Person person(world);
    person.sat("2024-01-10", "written", EntryResult::none, 8000);
    EXPECT_EQ(part_of(person, "2024-02-01", "examination"), Verdict::open());
}

TEST_F(Exams, TriesAreUsedUpByTheLimitUnlessTheLastOneWasPassed) {
    limit.when_used_up = "retake the training";
    ask_both();
    Person person(world);
    EXPECT_TRUE(part_of(person, "2024-02-01", "tries").is_met()); // a first try is allowed
    person.sat("2024-01-10", "written", EntryResult::not_yet).sat("2024-01-11", "written", EntryResult::not_yet);
    EXPECT_TRUE(part_of(person, "2024-02-01", "tries").is_met());
    Person third_passed = person;
    person.sat("2024-01-12", "written", EntryResult::not_yet);
    const Finding used_up = *find(ask(person, "2024-02-01"), "tries");
    EXPECT_TRUE(used_up.verdict.is_unmet());
    EXPECT_EQ(used_up.have, 3);
    EXPECT_EQ(used_up.next.kind, NextStep::Kind::start_again);
    EXPECT_EQ(used_up.next.what, "retake the training");
    third_passed.sat("2024-01-12", "written", EntryResult::passed);
    EXPECT_TRUE(answer(third_passed, "2024-02-01").is_met());
    person.sat("2024-01-13", "written", EntryResult::passed); // a fourth that should not have been
    EXPECT_TRUE(part_of(person, "2024-02-01", "tries").is_unmet());
}

TEST_F(Exams, ANoShowIsATryOnlyIfTheRuleSaysSo) {
    limit.at_most = {Knowing::stated, 1};
    const auto verdict_when = [&](Stated<bool> counts) {
        World other;
        limit.no_show_counts = counts;
        other.step(Step::Verb::become, "certified", {clause("tries", "attempts", limit)});
        Person person(other);
        person.sat("2024-01-10", "written", EntryResult::no_show);
        return judge(other.program(), other.program().step(Step::Verb::become, "certified"), person,
                     asked("2024-02-01"));
    };
    EXPECT_TRUE(verdict_when({Knowing::stated, true}).is_unmet());
    EXPECT_TRUE(verdict_when({Knowing::stated, false}).is_met());
    EXPECT_EQ(verdict_when({Knowing::nothing_said, false}), Verdict::open());
}

TEST_F(Exams, UnknownLimitIsOpenFromTheSecondTryOn) {
    limit.at_most = {Knowing::unknown, 0};
    ask_both();
    Person first(world);
    first.sat("2024-01-10", "written", EntryResult::passed);
    EXPECT_TRUE(answer(first, "2024-02-01").is_met()); // any limit allows one
    Person second(world);
    second.sat("2024-01-10", "written", EntryResult::not_yet);
    EXPECT_EQ(part_of(second, "2024-02-01", "tries"), Verdict::open());
}

TEST_F(Exams, PauseOfNinetyDaysEndsOnTheNinetieth) { // vector 25
    limit.pause = days(90);
    ask_both();
    Person person(world);
    person.sat("2025-01-15", "written", EntryResult::not_yet);
    EXPECT_TRUE(part_of(person, "2025-04-14", "tries").is_unmet());
    EXPECT_EQ(find(ask(person, "2025-02-01"), "tries")->next.day, on("2025-04-15"));
    EXPECT_TRUE(part_of(person, "2025-04-15", "tries").is_met());
}

TEST_F(Exams, WindowOnAFirstAttemptDoesNotBiteBeforeIt) {
    limit.counted = window(day(Anchor::first_attempt, {}, "written"), day(Anchor::first_attempt, {years(1)}, "written"),
                           WhenAbsent::not_begun);
    ask_both();
    Person person(world);
    EXPECT_TRUE(part_of(person, "2024-01-01", "tries").is_not_applicable());
    person.sat("2024-01-10", "written", EntryResult::not_yet);
    EXPECT_TRUE(part_of(person, "2024-02-01", "tries").is_met());
}

TEST_F(Becoming, TheSameWindowIsEmptyForHoursThatMayOnlyCountAfterAnEvent) {
    Measure practice = measure_of(EntryKind::practice, hours(10));
    practice.selection.dated = window(day(Anchor::completing, {}, "core course"), std::nullopt, WhenAbsent::empty);
    practice.selection.dated->from_excluded = true;
    needs(clause("practice", "practice", practice));
    Person person(world);
    person.practice("2024-03-01", "2024-03-01", hours(10));
    EXPECT_TRUE(answer(person, "2024-04-01").is_unmet());
    person.trained("2024-03-01", "core course");
    EXPECT_TRUE(answer(person, "2024-04-01").is_unmet()); // "after" leaves the day itself out
    person.practice("2024-03-02", "2024-03-02", hours(10));
    EXPECT_TRUE(answer(person, "2024-04-01").is_met());
}

TEST_F(Becoming, AnotherCredentialMustBeInForceOnTheDay) {
    needs(clause("state credential", "holds",
                 HoldsCredential{"other-track", "certified", day(Anchor::applying), std::nullopt}));
    Person person(world);
    person.holds_of("other-track", "certified", "2024-01-01", "2025-12-31").out_of_force("2024-06-01", "2024-06-30");
    EXPECT_TRUE(answer(person, "2023-12-31").is_unmet());
    EXPECT_TRUE(answer(person, "2024-01-01").is_met());
    EXPECT_EQ(ask(person, "2024-01-01").holds_until, on("2024-05-31"));
    EXPECT_TRUE(answer(person, "2024-06-15").is_unmet());
    EXPECT_EQ(ask(person, "2024-06-15").next.day, on("2024-07-01"));
    EXPECT_TRUE(answer(person, "2025-12-31").is_met());
    EXPECT_TRUE(answer(person, "2026-01-01").is_unmet());
}

TEST_F(Becoming, HeldForAYearCountsDaysInForceOnly) {
    needs(clause("a year certified", "holds", HoldsCredential{"other-track", "", day(Anchor::asked), years(1)}));
    Person person(world);
    person.holds_of("other-track", "certified", "2024-01-01", "2026-12-31");
    EXPECT_TRUE(answer(person, "2024-12-30").is_unmet());
    EXPECT_TRUE(answer(person, "2024-12-31").is_met());
    person.out_of_force("2024-03-01", "2024-03-10");
    EXPECT_TRUE(answer(person, "2025-01-09").is_unmet());
    EXPECT_TRUE(answer(person, "2025-01-10").is_met());
}

TEST_F(Becoming, LevelsOneComesFromAreAskedFirst) {
    world.level("trainee");
    world.step(Step::Verb::become, "certified", {statement("a")}).coming_from = {"trainee"};
    Person person(world);
    person.states("2024-01-01", "a");
    EXPECT_TRUE(answer(person, "2024-06-01").is_unmet());
    person.holds("trainee", "2024-02-01", "2025-02-01");
    EXPECT_TRUE(answer(person, "2024-06-01").is_met());
    EXPECT_TRUE(answer(person, "2025-02-02").is_unmet());
}

TEST_F(Becoming, RuleWithASunsetIsMetUntilIt) {
    needs(clause("old route", "asked on", AskedOn{{std::nullopt, on("2028-06-30")}}));
    Person person(world);
    EXPECT_TRUE(answer(person, "2028-06-30").is_met());
    EXPECT_TRUE(answer(person, "2028-07-01").is_unmet());
    EXPECT_EQ(ask(person, "2026-01-01").holds_until, on("2028-06-30"));
}

/// A kind as a plugin would bring it.
class Odd final : public RequirementKind {
public:
    std::string_view name() const override { return "odd:entries"; }
    void check(const Parameters& parameters) const override { parameters.only({"mood"}); }
    Finding evaluate(const Record& record, const Parameters& parameters, const JudgingDay& day) const override {
        if (parameters.has("mood") && parameters.word("mood") == "throws")
            throw std::runtime_error("not today");
        if (parameters.has("mood") && parameters.word("mood") == "throws a number")
            throw 7;
        Finding finding;
        finding.have = static_cast<std::int64_t>(record.entries.size());
        finding.verdict = record.entries.size() % 2 == 1 ? Verdict::met() : Verdict::unmet();
        if (parameters.has("mood") && parameters.word("mood") == "nonsense")
            finding.verdict = Verdict::of(0);
        finding.anchors.push_back({"asked", day.as_of});
        return finding;
    }
};

struct WithPlugin : Becoming {
    Odd odd;
    PluginRule rule{"odd:entries", {}};
    WithPlugin() { world.kinds.add(odd); }
};

TEST_F(WithPlugin, KindOfAPluginJudgesAndIsNamedByItsClause) {
    needs(clause("odd number", "odd:entries", rule));
    Person person(world);
    EXPECT_TRUE(answer(person, "2024-01-01").is_unmet());
    person.states("2023-01-01", "a");
    const Finding finding = ask(person, "2024-01-01");
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(finding.parts.front().clause, "odd number");
    EXPECT_EQ(finding.parts.front().have, 1);
    EXPECT_EQ(finding.parts.front().anchors.front().day, on("2024-01-01"));
}

TEST_F(WithPlugin, WhatCannotBeJudgedIsNeverAYes) {
    for (const char* mood : {"throws", "throws a number", "nonsense"}) {
        rule.parameters.named["mood"].text = mood;
        World other;
        other.kinds.add(odd);
        other.step(Step::Verb::become, "certified", {clause("odd number", "odd:entries", rule)});
        Person person(other);
        try {
            judge(other.program(), other.program().step(Step::Verb::become, "certified"), person, asked("2024-01-01"));
            ADD_FAILURE() << mood;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::plugin_failure);
            EXPECT_NE(std::string(error.what()).find("odd:entries"), std::string::npos);
        }
    }
}

TEST_F(WithPlugin, SeesOnlyTheCohortWhoseCompletionIsAsked) {
    world.edition->formats.push_back({});
    world.edition->formats.back().name = "weekly group";
    world.edition->formats.back().completion = clause("odd number", "odd:entries", rule);
    Person person(world);
    person.has(EntryKind::attendance, "2024-01-01", "2024-01-01", 120, "unit 1")
        .has(EntryKind::attendance, "2024-01-02", "2024-01-02", 120, "unit 2");
    Record record = person.record();
    record.entries[0].cohort = 1;
    record.entries[1].cohort = 2;
    Situation when = asked("2024-02-01");
    const Goal goal = world.program().completion("weekly group");
    EXPECT_TRUE(judge(world.program(), goal, record, when).is_unmet());
    when.cohort = 2;
    EXPECT_TRUE(judge(world.program(), goal, record, when).is_met());
}

TEST_F(Becoming, AttendanceOfAnotherCohortDoesNotCount) {
    Measure attendance = measure_of(EntryKind::attendance, hours(16));
    world.edition->formats.push_back({});
    world.edition->formats.back().name = "weekly group";
    world.edition->formats.back().completion = clause("contact hours", "attendance", attendance);
    const auto after_sessions = [&](int sessions, std::int64_t other_cohort) {
        Person person(world);
        for (int session = 1; session <= 8; ++session)
            person.has(EntryKind::attendance, "2024-01-0" + std::to_string(session),
                       "2024-01-0" + std::to_string(session), 120, "");
        Record record = person.record();
        for (int session = 0; session < 8; ++session)
            record.entries[static_cast<std::size_t>(session)].cohort = session < sessions ? 5 : other_cohort;
        Situation when = asked("2024-02-01");
        when.cohort = 5;
        return judge(world.program(), world.program().completion("weekly group"), record, when);
    };
    EXPECT_TRUE(after_sessions(8, 6).is_met()); // eight sessions of two hours
    EXPECT_TRUE(after_sessions(7, 6).is_unmet());
}

TEST(Age, AnUpperLimitIsToldWhenItIsPassedAndNothingWaitsForIt) {
    World world;
    world.step(
        Step::Verb::become, "certified",
        {clause("age", "age",
                AgeRule{{18, 30, Unit::years}, day(Anchor::applying), {Knowing::stated, LeapDay::february_28}})});
    const Goal goal = world.program().step(Step::Verb::become, "certified");
    Person person(world);
    person.born("1994-06-01");
    EXPECT_TRUE(judge(world.program(), goal, person, asked("2025-05-31")).is_met());
    const Finding over = *find(explain(world.program(), goal, person, asked("2025-06-01")), "age");
    EXPECT_TRUE(over.verdict.is_unmet());
    EXPECT_TRUE(over.need_is_limit);
    EXPECT_EQ(over.need, 30);
    EXPECT_EQ(over.next.kind, NextStep::Kind::start_again);
    const Finding under = *find(explain(world.program(), goal, person, asked("2012-05-31")), "age");
    EXPECT_FALSE(under.need_is_limit);
    EXPECT_EQ(under.need, 18);
    EXPECT_EQ(under.next.day, on("2012-06-01"));
}

TEST(Waiting, OfSeveralOpenThingsOneThatWaitsIsNotTheWayOfTheWhole) {
    World world;
    world.step(Step::Verb::become, "certified", {age_at_least(18), statement("code of ethics")});
    const Goal goal = world.program().step(Step::Verb::become, "certified");
    Person person(world);
    person.born("2007-06-01");
    EXPECT_EQ(explain(world.program(), goal, person, asked("2025-05-01")).next.kind, NextStep::Kind::do_it);
    person.states("2025-04-01", "code of ethics");
    const Finding only_age = explain(world.program(), goal, person, asked("2025-05-01"));
    EXPECT_EQ(only_age.next.kind, NextStep::Kind::wait_until);
    EXPECT_EQ(only_age.next.day, on("2025-06-01"));
}

TEST(Anchors, TheFirstDayOfTheYearIsThatDay) {
    World world;
    HasEntries check;
    check.kind = EntryKind::document;
    check.codes = {"background check"};
    check.selection.dated = window(made_of(Anchor::year_start, {day(Anchor::applying)}),
                                   made_of(Anchor::year_end, {day(Anchor::applying)}));
    world.step(Step::Verb::become, "certified", {clause("check", "document", check)});
    Person person(world);
    const Finding finding = *find(
        explain(world.program(), world.program().step(Step::Verb::become, "certified"), person, asked("2025-06-24")),
        "check");
    for (const AnchorDay& one : finding.anchors) {
        if (one.name == "the first day of the year" || one.name == "from") {
            EXPECT_EQ(one.day, on("2025-01-01"));
        }
        if (one.name == "the last day of the year" || one.name == "until") {
            EXPECT_EQ(one.day, on("2025-12-31"));
        }
    }
    EXPECT_GE(finding.anchors.size(), 4U);
}

} // namespace
} // namespace peercert::rules
