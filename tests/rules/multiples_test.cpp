#include <gtest/gtest.h>

#include "rules/building.hpp"

/// Amounts that other amounts, years, weeks or months multiply, and how each entry counts. Everybody here is invented.
namespace peercert::rules {
namespace {

using namespace test;

Goal becoming(World& world) { return world.program().step(Step::Verb::become, "certified"); }
Verdict answer(World& world, Person& person, std::string_view day = "2024-12-31") {
    return judge(world.program(), becoming(world), person, asked(day));
}
Finding told(World& world, Person& person, std::string_view day = "2024-12-31") {
    return explain(world.program(), becoming(world), person, asked(day));
}
World& asking(World& world, Measure rule, const std::string& name = "asked") {
    world.step(Step::Verb::become, "certified", {clause(name, "CE", std::move(rule))});
    return world;
}
Bound times_at_least(std::int64_t count) { return {count, std::nullopt, Unit::count}; }

World& ratio(World& world, Stated<bool> more) {
    Measure supervised = measure_of(EntryKind::supervision, hours(1));
    supervised.for_every = ForEvery{hours(25), Unit::minutes, "practice", more};
    world.step(Step::Verb::become, "certified",
               {clause("supervision", "supervision", supervised),
                clause("practice", "practice", measure_of(EntryKind::practice, hours(75)))});
    return world;
}

TEST(ForEvery, SupervisionFollowsPractice) {
    World world;
    ratio(world, {Knowing::stated, false}); // a part of 25 h asks for nothing
    Person person(world);
    person.practice("2024-01-01", "2024-01-01", hours(75)).supervision("2024-02-01", hours(2) + 30);
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(find(told(world, person), "supervision")->need, hours(3));
    person.practice("2024-01-02", "2024-01-02", hours(5)).supervision("2024-02-02", 30);
    EXPECT_TRUE(answer(world, person).is_met()); // 80 h ask for 3 h
    person.practice("2024-01-03", "2024-01-03", hours(20));
    EXPECT_TRUE(answer(world, person).is_unmet()); // 100 h ask for 4 h
}

TEST(ForEvery, APartIsRoundedAsTheEditionSays) {
    for (const auto& [more, expected] : {std::pair{Stated<bool>{Knowing::stated, false}, Verdict::met()},
                                         std::pair{Stated<bool>{Knowing::stated, true}, Verdict::unmet()},
                                         std::pair{Stated<bool>{Knowing::nothing_said, false}, Verdict::open()}}) {
        World world;
        ratio(world, more);
        Person person(world);
        person.practice("2024-01-01", "2024-01-01", hours(80)).supervision("2024-02-01", hours(3));
        EXPECT_EQ(answer(world, person), expected);
        EXPECT_EQ(told(world, person).verdict, expected);
        person.supervision("2024-02-02", hours(1));
        EXPECT_TRUE(answer(world, person).is_met());
    }
}

TEST(ForEvery, PracticeThatWaitsForConfirmationMayAskForMore) {
    World world;
    ratio(world, {Knowing::stated, false});
    Person person(world);
    person.practice("2024-01-01", "2024-01-01", hours(75)).supervision("2024-02-01", hours(3));
    person.practice("2024-01-02", "2024-01-02", hours(25)).pending();
    EXPECT_EQ(answer(world, person), Verdict::open());
    EXPECT_EQ(find(told(world, person), "supervision")->open_because, "pending");
}

TEST(ForEvery, TheOtherClauseStandsInTheSameStep) {
    World world;
    Measure supervised = measure_of(EntryKind::supervision, hours(1));
    supervised.for_every = ForEvery{hours(25), Unit::minutes, "practise", {Knowing::stated, false}};
    world.step(Step::Verb::become, "certified",
               {clause("supervision", "supervision", supervised),
                clause("practice", "practice", measure_of(EntryKind::practice, hours(75)))});
    try {
        world.program();
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean \"practice\"?"), std::string::npos) << error.what();
    }
}

TEST(ForEachYear, TheTermAskedForDecides) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(10));
    rule.for_each_year = true;
    world.step(Step::Verb::renew, "certified", {clause("asked", "CE", rule)});
    Person person(world);
    person.holds("certified", "2023-01-01", "2024-12-31").ce("2024-03-01", hours(25));
    const Goal renewing = world.program().step(Step::Verb::renew, "certified");
    Situation when = asked("2024-12-01");
    EXPECT_EQ(judge(world.program(), renewing, person, when), Verdict::open());
    EXPECT_EQ(find(explain(world.program(), renewing, person, when), "asked")->open_because, "missing");
    when.term_asked = years(3);
    EXPECT_TRUE(judge(world.program(), renewing, person, when).is_unmet());
    EXPECT_EQ(find(explain(world.program(), renewing, person, when), "asked")->need, hours(30));
    when.term_asked = years(2);
    EXPECT_TRUE(judge(world.program(), renewing, person, when).is_met());
    when.term_asked = months(30);
    EXPECT_TRUE(judge(world.program(), renewing, person, when).is_met()); // 25 h, to the minute
    when.term_asked = months(31);
    EXPECT_TRUE(judge(world.program(), renewing, person, when).is_unmet());
}

TEST(ForEachYear, ATermThatTheLevelSaysNeedsNoAsking) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(10));
    rule.for_each_year = true;
    world.step(Step::Verb::renew, "certified", {clause("asked", "CE", rule)});
    world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    Person person(world);
    person.holds("certified", "2023-01-01", "2024-12-31").ce("2024-03-01", hours(20) - 1);
    const Goal renewing = world.program().step(Step::Verb::renew, "certified");
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-12-01")).is_unmet());
    person.ce("2024-03-02", 1);
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-12-01")).is_met());
}

Measure monthly(std::int64_t count) {
    Measure made;
    made.kind = EntryKind::supervision;
    made.counter = Measure::Counter::entries;
    made.bound = times_at_least(1);
    made.selection.dated = window(day("2024-01-10"), day("2024-04-10"));
    made.in_each = InEach{InEach::Piece::month, times_at_least(count), {Knowing::stated, false}};
    made.no_gap_when = "on leave";
    return made;
}

TEST(InEachMonth, WholeMonthsAreAskedAndLeaveExcuses) {
    World world;
    asking(world, monthly(2));
    Person person(world);
    person.supervision("2024-02-01", 30).supervision("2024-02-29", 30).supervision("2024-03-15", 30);
    EXPECT_TRUE(answer(world, person, "2024-03-30").is_met()); // March is not over
    EXPECT_TRUE(answer(world, person, "2024-03-31").is_unmet());
    EXPECT_EQ(find(told(world, person, "2024-03-30"), "asked")->holds_until, on("2024-03-30"));
    Person twice = person;
    twice.supervision("2024-03-31", 30);
    EXPECT_TRUE(answer(world, twice, "2024-03-31").is_met()); // January and April are cut by the window
    Person away = person;
    away.fact("2024-02-20", "2024-03-20", "on leave").fact("2024-03-21", "2024-04-02", "on leave");
    EXPECT_TRUE(answer(world, away, "2024-03-31").is_met());
    Person back_for_a_day = person;
    back_for_a_day.fact("2024-02-20", "2024-03-30", "on leave");
    EXPECT_TRUE(answer(world, back_for_a_day, "2024-03-31").is_unmet());
}

TEST(InEachMonth, ARenewalWithoutATimeOfItsOwnAsksForEveryMonthOfTheTerm) {
    World world;
    Measure rule = monthly(1);
    rule.selection.dated.reset();
    rule.no_gap_when.clear();
    world.step(Step::Verb::renew, "certified", {clause("asked", "supervision", rule)});
    const Goal renewing = world.program().step(Step::Verb::renew, "certified");
    Person person(world);
    person.holds("certified", "2024-01-01", "2024-04-30");
    person.supervision("2023-12-10", 30); // before the term
    person.supervision("2024-03-05", 30).supervision("2024-04-05", 30);
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-01-30")).is_met()) << "January is not over";
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-04-30")).is_unmet()) << "nothing in January";
    const Finding finding = explain(world.program(), renewing, person, asked("2024-04-30"));
    EXPECT_EQ(find(finding, "asked")->next.kind, NextStep::Kind::add_amount);
    EXPECT_EQ(find(finding, "asked")->next.amount, 1);
    person.supervision("2024-01-05", 30);
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-04-30")).is_unmet()) << "nothing in February";
    person.supervision("2024-02-29", 30).pending();
    EXPECT_EQ(judge(world.program(), renewing, person, asked("2024-04-30")), Verdict::open());
    const Finding open = explain(world.program(), renewing, person, asked("2024-04-30"));
    EXPECT_EQ(find(open, "asked")->next.kind, NextStep::Kind::confirm);
    person.supervision("2024-02-01", 30);
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-04-30")).is_met());
    EXPECT_TRUE(judge(world.program(), renewing, person, asked("2024-06-30")).is_met()) << "May is after the term";
}

TEST(InEachWeek, WhereAWeekBeginsMatters) {
    for (const auto& [monday, expected] : {std::pair{Stated<bool>{Knowing::stated, true}, Verdict::unmet()},
                                           std::pair{Stated<bool>{Knowing::stated, false}, Verdict::met()},
                                           std::pair{Stated<bool>{Knowing::nothing_said, false}, Verdict::open()}}) {
        World world;
        Measure rule = monthly(1);
        rule.selection.dated = window(day("2024-01-01"), day("2024-01-20")); // a Monday to a Saturday
        rule.in_each = InEach{InEach::Piece::week, times_at_least(1), monday};
        asking(world, rule);
        Person person(world); // Sunday 7 January ends the first week, or begins the second
        person.supervision("2024-01-01", 30).supervision("2024-01-07", 30).supervision("2024-01-16", 30);
        EXPECT_EQ(answer(world, person, "2024-02-01"), expected);
        EXPECT_EQ(told(world, person, "2024-02-01").verdict, expected);
    }
}

TEST(InEachMonth, HoursMayBeAskedToo) {
    World world;
    Measure rule = monthly(1);
    rule.in_each = InEach{InEach::Piece::month, at_least(30), {Knowing::stated, false}};
    asking(world, rule);
    Person person(world);
    person.supervision("2024-02-01", 15).supervision("2024-02-02", 14).supervision("2024-03-01", 30);
    EXPECT_TRUE(answer(world, person, "2024-04-30").is_unmet());
    person.supervision("2024-02-03", 1);
    EXPECT_TRUE(answer(world, person, "2024-04-30").is_met());
}

TEST(WholeUnits, TheRestOfEachEntryIsRefused) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(3));
    rule.whole = hours(1);
    asking(world, rule);
    Person person(world);
    person.ce("2024-01-01", hours(2) + 59).ce("2024-01-02", 59);
    EXPECT_TRUE(answer(world, person).is_unmet());
    const Finding finding = told(world, person);
    EXPECT_EQ(find(finding, "asked")->have, hours(2));
    EXPECT_EQ(refusal(*find(finding, "asked"), 1), RefusalReason::not_whole);
    EXPECT_EQ(refusal(*find(finding, "asked"), 2), RefusalReason::not_whole);
    person.ce("2024-01-03", 60);
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(ShortEntries, CountForNothing) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(1));
    rule.each_at_least = 60;
    asking(world, rule);
    Person person(world);
    person.ce("2024-01-01", 59).ce("2024-01-02", 59);
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(refusal(*find(told(world, person), "asked"), 1), RefusalReason::too_short);
    person.ce("2024-01-03", 60);
    EXPECT_TRUE(answer(world, person).is_met());
}

} // namespace
} // namespace peercert::rules
