#include <gtest/gtest.h>

#include "rules/building.hpp"

/// Clauses that look at several others, or at one thing in a special way. Everybody here is invented.
namespace peercert::rules {
namespace {

using namespace test;

Goal becoming(World& world) { return world.program().step(Step::Verb::become, "certified"); }
Verdict answer(World& world, Person& person, std::string_view day) {
    return judge(world.program(), becoming(world), person, asked(day));
}
Finding told(World& world, Person& person, std::string_view day) {
    return explain(world.program(), becoming(world), person, asked(day));
}

Requirement fact_clause(const std::string& code, Absence absent) {
    HasEntries rule;
    rule.kind = EntryKind::fact;
    rule.codes = {code};
    rule.absent = absent;
    return clause(code, "fact", rule);
}
Requirement none_of(std::vector<Requirement> parts) {
    return clause("no bar", "none of", Group{Group::Op::none, 0, std::move(parts)});
}

TEST(NoneOf, IsMetWhenNothingOfItIsSoAndUnmetWhenOneIs) {
    World world;
    world.step(Step::Verb::become, "certified",
               {none_of({fact_clause("on probation", Absence::unmet), fact_clause("on parole", Absence::unmet)})});
    Person nobody(world);
    EXPECT_TRUE(answer(world, nobody, "2024-05-01").is_met());
    Person until_april(world);
    until_april.fact("2023-01-01", "2024-04-30", "on parole");
    EXPECT_TRUE(answer(world, until_april, "2024-04-30").is_unmet());
    EXPECT_TRUE(answer(world, until_april, "2024-05-01").is_met());
    const Finding finding = told(world, until_april, "2024-04-30");
    const Finding* bar = find(finding, "no bar");
    ASSERT_NE(bar, nullptr);
    EXPECT_EQ(bar->parts.front().clause, "on parole"); // what stands in the way comes first
    EXPECT_EQ(bar->next.kind, NextStep::Kind::wait_until);
    EXPECT_EQ(bar->next.day, on("2024-05-01"));
}

TEST(NoneOf, IsOpenWhileNobodyHasLooked) {
    World world;
    world.step(Step::Verb::become, "certified", {none_of({fact_clause("conservator", Absence::open)})});
    Person nobody(world);
    EXPECT_EQ(answer(world, nobody, "2024-05-01"), Verdict::open());
    const Finding finding = told(world, nobody, "2024-05-01");
    EXPECT_EQ(find(finding, "no bar")->open_because, "missing");
    Person looked(world);
    looked.fact("2020-01-01", "2021-01-01", "conservator"); // somebody looked: it is over
    EXPECT_TRUE(answer(world, looked, "2024-05-01").is_met());
}

TEST(NoneOf, DropsWhatIsNotAsked) {
    World world;
    Requirement exempt = fact_clause("on probation", Absence::unmet);
    exempt.unless = {statement("pardoned")};
    world.step(Step::Verb::become, "certified", {none_of({exempt})});
    Person person(world);
    person.fact("2023-01-01", "no end", "on probation").states("2024-01-01", "pardoned");
    EXPECT_TRUE(judge(world.program(), becoming(world), person, asked("2024-05-01")).is_not_applicable());
}

InOrder order_of(std::vector<Requirement> parts, Stated<bool> same_day) { return InOrder{std::move(parts), same_day}; }
Requirement applying_day() { return clause("applying", "day", Happened{day(Anchor::applying)}); }

World& ordered(World& world, Stated<bool> same_day) {
    world.step(
        Step::Verb::become, "certified",
        {clause("order", "in this order",
                order_of({entry(EntryKind::training, "core"), entry(EntryKind::training, "supplement"), applying_day()},
                         same_day))});
    return world;
}

TEST(InOrder, ADayTooEarlyIsOutOfOrder) {
    World world;
    ordered(world, {Knowing::stated, true});
    Person in_order(world);
    in_order.trained("2024-03-01", "core").trained("2024-03-02", "supplement");
    EXPECT_TRUE(answer(world, in_order, "2024-04-01").is_met());
    Person reversed(world);
    reversed.trained("2024-03-03", "core").trained("2024-03-02", "supplement");
    EXPECT_TRUE(answer(world, reversed, "2024-04-01").is_unmet());
    const Finding finding = told(world, reversed, "2024-04-01");
    EXPECT_EQ(find(finding, "order")->next.what, "supplement");
    EXPECT_EQ(find(finding, "order")->next.kind, NextStep::Kind::do_it);
    reversed.trained("2024-03-20", "supplement"); // taken again, after the core
    EXPECT_TRUE(answer(world, reversed, "2024-04-01").is_met());
}

TEST(InOrder, OneDayForTwoIsAsTheEditionSays) {
    for (const auto& [same_day, expected] : {std::pair{Stated<bool>{Knowing::stated, true}, Verdict::met()},
                                             std::pair{Stated<bool>{Knowing::stated, false}, Verdict::unmet()},
                                             std::pair{Stated<bool>{Knowing::nothing_said, false}, Verdict::open()}}) {
        World world;
        ordered(world, same_day);
        Person person(world);
        person.trained("2024-03-01", "core").trained("2024-03-01", "supplement");
        EXPECT_EQ(answer(world, person, "2024-04-01"), expected);
        const Finding finding = told(world, person, "2024-04-01");
        EXPECT_EQ(finding.verdict, expected);
        EXPECT_EQ(find(finding, "order")->open_because, expected == Verdict::open() ? "nothing said" : "");
    }
}

TEST(InOrder, WhatWaitsForConfirmationLeavesItOpen) {
    World world;
    ordered(world, {Knowing::stated, true});
    Person person(world);
    person.trained("2024-03-01", "core").trained("2024-03-02", "supplement").pending();
    EXPECT_EQ(answer(world, person, "2024-04-01"), Verdict::open());
    EXPECT_EQ(find(told(world, person, "2024-04-01"), "order")->open_because, "pending");
}

TEST(InOrder, TheApplicationComesLast) {
    World world;
    ordered(world, {Knowing::stated, true});
    Person person(world);
    person.trained("2024-03-01", "core").trained("2024-03-10", "supplement");
    Situation when = asked("2024-04-01");
    when.applying = on("2024-03-10");
    EXPECT_TRUE(judge(world.program(), becoming(world), person, when).is_met());
    when.applying = on("2024-03-09");
    EXPECT_TRUE(judge(world.program(), becoming(world), person, when).is_unmet());
}

TEST(InOrder, ADecisionAndAnExamHaveDaysToo) {
    World world;
    Passed exam;
    exam.parts = {"written"};
    exam.mark = {Knowing::stated, {8000, Unit::hundredths}};
    world.step(Step::Verb::become, "certified",
               {clause("order", "in this order",
                       order_of({clause("file approved", "body decides", BodyDecides{"is the file complete?"}),
                                 clause("exam", "exam", exam)},
                                {Knowing::stated, false}))});
    Person person(world);
    person.decided("2024-03-01", "file approved", EntryResult::approved).sat("2024-03-01", "written", {}, 9000);
    EXPECT_TRUE(answer(world, person, "2024-04-01").is_unmet());
    person.sat("2024-03-02", "written", {}, 7999);
    EXPECT_TRUE(answer(world, person, "2024-04-01").is_unmet());
    person.sat("2024-03-03", "written", {}, 8000);
    EXPECT_TRUE(answer(world, person, "2024-04-01").is_met());
    Person undecided(world);
    undecided.sat("2024-03-02", "written", {}, 9000);
    EXPECT_TRUE(answer(world, undecided, "2024-04-01").is_unmet()) << "a decision from now on comes after that exam";
}

TEST(InOrder, OnlyWhatHasADayStandsInIt) {
    World world;
    world.step(Step::Verb::become, "certified",
               {clause("order", "in this order",
                       order_of({entry(EntryKind::training, "core"), age_at_least(18)}, {Knowing::stated, true}))});
    EXPECT_THROW(world.program(), Error);
}

World& held(World& world, Span length, HasEntries::Run run, Stated<LeapDay> leap_day,
            std::optional<Window> dated = std::nullopt) {
    HasEntries rule;
    rule.kind = EntryKind::fact;
    rule.codes = {"in recovery"};
    rule.held_for = length;
    rule.run = run;
    rule.leap_day = leap_day;
    rule.selection.dated = std::move(dated);
    world.step(Step::Verb::become, "certified", {clause("recovery", "fact", rule)});
    return world;
}

TEST(InARow, AnInterruptionBeginsItAnew) {
    World world;
    held(world, months(24), HasEntries::Run::up_to_the_day, {Knowing::stated, LeapDay::february_28});
    Person person(world);
    person.fact("2020-01-01", "2021-06-30", "in recovery").fact("2021-07-02", "no end", "in recovery");
    EXPECT_TRUE(answer(world, person, "2023-06-30").is_unmet());
    EXPECT_TRUE(answer(world, person, "2023-07-01").is_met());
    EXPECT_EQ(find(told(world, person, "2023-06-30"), "recovery")->next.day, on("2023-07-01"));
    Person unbroken(world);
    unbroken.fact("2020-01-01", "2021-06-30", "in recovery").fact("2021-07-01", "no end", "in recovery");
    EXPECT_TRUE(answer(world, unbroken, "2021-12-30").is_unmet());
    EXPECT_TRUE(answer(world, unbroken, "2021-12-31").is_met());
}

TEST(InARow, ItHasToReachTheDayUnlessOnceIsEnough) {
    World world;
    held(world, months(12), HasEntries::Run::up_to_the_day, {Knowing::stated, LeapDay::february_28});
    Person person(world);
    person.fact("2020-01-01", "2022-12-31", "in recovery");
    EXPECT_TRUE(answer(world, person, "2022-12-31").is_met());
    EXPECT_TRUE(answer(world, person, "2023-01-01").is_unmet());
    EXPECT_EQ(find(told(world, person, "2022-12-31"), "recovery")->holds_until, on("2022-12-31"));
    World kind_world;
    held(kind_world, months(12), HasEntries::Run::once, {Knowing::stated, LeapDay::february_28});
    Person same(kind_world);
    same.fact("2020-01-01", "2022-12-31", "in recovery");
    EXPECT_TRUE(answer(kind_world, same, "2024-01-01").is_met());
}

TEST(InARow, The29thOfFebruaryIsAsTheEditionSays) {
    const std::array stated{std::tuple{Stated<LeapDay>{Knowing::stated, LeapDay::february_28}, Verdict::met()},
                            std::tuple{Stated<LeapDay>{Knowing::stated, LeapDay::march_1}, Verdict::unmet()},
                            std::tuple{Stated<LeapDay>{Knowing::nothing_said, {}}, Verdict::open()}};
    for (const auto& [leap_day, on_the_27th] : stated) {
        World world;
        held(world, months(12), HasEntries::Run::up_to_the_day, leap_day);
        Person person(world);
        person.fact("2024-02-29", "no end", "in recovery");
        EXPECT_EQ(answer(world, person, "2025-02-27"), on_the_27th); // the day after is 12 months on, or not yet
        EXPECT_TRUE(answer(world, person, "2025-02-26").is_unmet());
        EXPECT_TRUE(answer(world, person, "2025-02-28").is_met());
        EXPECT_EQ(told(world, person, "2025-02-27").verdict, on_the_27th);
    }
}

TEST(GoodStanding, AComplaintThatIsPendingStandsAgainstIt) {
    World world;
    HoldsCredential rule;
    rule.track = "other";
    rule.good_standing = true;
    world.step(Step::Verb::become, "certified", {clause("standing", "holds", rule)});
    Person person(world);
    person.holds_of("other", "certified", "2024-01-01", "2025-12-31");
    person.fact("2024-05-01", "2024-05-31", "complaint pending");
    EXPECT_TRUE(answer(world, person, "2024-04-30").is_met());
    EXPECT_TRUE(answer(world, person, "2024-05-01").is_unmet());
    EXPECT_TRUE(answer(world, person, "2024-05-31").is_unmet());
    EXPECT_TRUE(answer(world, person, "2024-06-01").is_met());
    Person suspended(world);
    suspended.holds_of("other", "certified", "2024-01-01", "2025-12-31").out_of_force("2024-05-01", "2024-05-31");
    EXPECT_TRUE(answer(world, suspended, "2024-05-31").is_unmet());
    EXPECT_TRUE(answer(world, suspended, "2024-06-01").is_met());
}

TEST(AppliedOn, TheDayOfApplyingDecidesNotTheAskedDay) {
    World world;
    world.step(Step::Verb::become, "certified",
               {clause("since then", "applied on", AskedOn{{on("2018-08-31"), std::nullopt}, true})});
    Person person(world);
    Situation when = asked("2018-12-01");
    when.applying = on("2018-08-30");
    EXPECT_TRUE(judge(world.program(), becoming(world), person, when).is_unmet());
    when.applying = on("2018-08-31");
    EXPECT_TRUE(judge(world.program(), becoming(world), person, when).is_met());
}

TEST(RenumberedSource, IsCitedAsTheEditionOfTheDayHasIt) {
    const auto cited_in = [](const std::string& name, const std::string& number) {
        World world;
        world.edition->edition = name;
        world.edition->sources = {{"Rule", number, "2024", Confidence::verified}};
        Requirement asked_for = statement("code of ethics");
        asked_for.see = "Rule";
        world.step(Step::Verb::become, "certified", {asked_for});
        Person nobody(world);
        return find(told(world, nobody, "2024-02-01"), "code of ethics")->source->what;
    };
    EXPECT_EQ(cited_in("2020", "OAR 410-180-0312"), "OAR 410-180-0312");
    EXPECT_EQ(cited_in("2023", "OAR 950-060-0312"), "OAR 950-060-0312");
}

} // namespace
} // namespace peercert::rules
