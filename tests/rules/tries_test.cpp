#include <gtest/gtest.h>

#include "rules/building.hpp"

/// Examinations taken together, and tries with hurdles, pauses and terms. Everybody here is invented.
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

World& together(World& world, Stated<std::vector<int>> weights) {
    Passed rule;
    rule.parts = {"oral", "written"};
    rule.together = 8000;
    rule.weights = std::move(weights);
    world.step(Step::Verb::become, "certified", {clause("exam", "exam", rule)});
    return world;
}

TEST(TogetherExam, TheMeanDecidesNotEachPart) {
    World world;
    together(world, {Knowing::stated, {1, 1}});
    Person person(world);
    person.sat("2024-01-01", "oral", {}, 7000).sat("2024-01-02", "written", {}, 8999);
    EXPECT_TRUE(answer(world, person, "2024-02-01").is_unmet());
    person.sat("2024-01-03", "written", {}, 9000);
    EXPECT_TRUE(answer(world, person, "2024-02-01").is_met());
    EXPECT_TRUE(answer(world, person, "2024-01-02").is_unmet());
}

TEST(TogetherExam, WeightsCount) {
    World world;
    together(world, {Knowing::stated, {1, 3}});
    Person person(world);
    person.sat("2024-01-01", "oral", {}, 9000).sat("2024-01-02", "written", {}, 7600);
    EXPECT_TRUE(answer(world, person, "2024-02-01").is_unmet()); // 79.5
    person.sat("2024-01-03", "written", {}, 7667);
    EXPECT_TRUE(answer(world, person, "2024-02-01").is_met());
}

TEST(TogetherExam, UnknownWeightsMatterOnlyBetweenTheScores) {
    World world;
    together(world, {Knowing::nothing_said, {}});
    Person both_above(world);
    both_above.sat("2024-01-01", "oral", {}, 8000).sat("2024-01-02", "written", {}, 9900);
    EXPECT_TRUE(answer(world, both_above, "2024-02-01").is_met());
    Person both_below(world);
    both_below.sat("2024-01-01", "oral", {}, 7999).sat("2024-01-02", "written", {}, 1000);
    EXPECT_TRUE(answer(world, both_below, "2024-02-01").is_unmet());
    Person between(world);
    between.sat("2024-01-01", "oral", {}, 7999).sat("2024-01-02", "written", {}, 9900);
    EXPECT_EQ(answer(world, between, "2024-02-01"), Verdict::open());
    EXPECT_EQ(find(told(world, between, "2024-02-01"), "exam")->open_because, "nothing said");
    Person one_part(world);
    one_part.sat("2024-01-02", "written", {}, 9900);
    EXPECT_TRUE(answer(world, one_part, "2024-02-01").is_unmet());
}

TEST(TogetherExam, APassWithoutAFigureWaitsForIt) {
    World world;
    together(world, {Knowing::stated, {1, 1}});
    Person person(world);
    person.sat("2024-01-01", "oral", EntryResult::passed).sat("2024-01-02", "written", {}, 6100);
    EXPECT_EQ(answer(world, person, "2024-02-01"), Verdict::open());
    EXPECT_EQ(find(told(world, person, "2024-02-01"), "exam")->open_because, "missing");
}

World& tries(World& world, const Attempts& rule) {
    world.step(Step::Verb::become, "certified", {clause("attempts", "attempts", rule)});
    return world;
}
Attempts at_most_tries(int count) {
    Attempts rule;
    rule.parts = {"written"};
    rule.at_most = {Knowing::stated, count};
    rule.no_show_counts = {Knowing::stated, true};
    return rule;
}

TEST(AttemptHurdles, AfterThreeTriesTheBodyDecides) {
    World world;
    Attempts rule = at_most_tries(6);
    rule.after = {{3, "remediation done"}};
    tries(world, rule);
    Person person(world);
    person.sat("2024-01-01", "written", EntryResult::not_yet).sat("2024-02-01", "written", EntryResult::not_yet);
    EXPECT_TRUE(answer(world, person, "2024-02-10").is_met());
    person.decided("2024-02-15", "remediation done", EntryResult::approved); // before the third try: not for this
    person.sat("2024-03-01", "written", EntryResult::not_yet);
    EXPECT_EQ(answer(world, person, "2024-03-10"), Verdict::open());
    EXPECT_EQ(find(told(world, person, "2024-03-10"), "attempts")->next.what, "remediation done");
    Person refused = person;
    refused.decided("2024-03-05", "remediation done", EntryResult::refused);
    EXPECT_TRUE(answer(world, refused, "2024-03-10").is_unmet());
    person.decided("2024-03-05", "remediation done", EntryResult::approved);
    EXPECT_TRUE(answer(world, person, "2024-03-10").is_met());
}

World& with_terms(World& world, const Attempts& rule, Knowing knowing = Knowing::stated) {
    Calendar terms{"academic term", {}, knowing};
    if (knowing == Knowing::stated)
        terms.periods = {{on("2025-01-15"), on("2025-05-15")}, {on("2025-09-01"), on("2025-12-20")}};
    world.edition->calendars = {terms};
    return tries(world, rule);
}

TEST(AttemptsInACalendar, TwoATermThenTheNextTerm) {
    World world;
    Attempts rule = at_most_tries(2);
    rule.counted_in = "academic term";
    with_terms(world, rule);
    Person person(world);
    person.sat("2025-02-01", "written", EntryResult::not_yet).sat("2025-05-15", "written", EntryResult::not_yet);
    EXPECT_TRUE(answer(world, person, "2025-05-14").is_met());
    EXPECT_TRUE(answer(world, person, "2025-05-15").is_unmet());
    EXPECT_TRUE(answer(world, person, "2025-06-01").is_not_applicable()); // no term is running
    EXPECT_TRUE(answer(world, person, "2025-09-01").is_met());
    EXPECT_EQ(answer(world, person, "2026-02-01"), Verdict::open()) << "nobody knows when that term is";
    EXPECT_EQ(find(told(world, person, "2025-05-15"), "attempts")->next.day, on("2025-05-16"));
}

TEST(AttemptsInACalendar, WhileItsDaysAreUnknownOnlyMoreThanTheLimitIsOpen) {
    World world;
    Attempts rule = at_most_tries(2);
    rule.counted_in = "academic term";
    with_terms(world, rule, Knowing::unknown);
    Person person(world);
    person.sat("2025-02-01", "written", EntryResult::not_yet);
    EXPECT_TRUE(answer(world, person, "2025-05-14").is_met());
    person.sat("2025-03-01", "written", EntryResult::not_yet);
    EXPECT_EQ(answer(world, person, "2025-05-14"), Verdict::open());
}

TEST(AttemptsOfEachPart, AreCountedByThemselves) {
    World world;
    Attempts rule = at_most_tries(2);
    rule.parts = {"course 1", "course 2"};
    rule.each_part = true;
    tries(world, rule);
    Person person(world);
    person.sat("2025-02-01", "course 1", EntryResult::not_yet).sat("2025-02-02", "course 2", EntryResult::not_yet);
    EXPECT_TRUE(answer(world, person, "2025-03-01").is_met());
    person.sat("2025-02-03", "course 2", EntryResult::not_yet);
    EXPECT_TRUE(answer(world, person, "2025-03-01").is_unmet());
    const Finding finding = told(world, person, "2025-03-01");
    EXPECT_TRUE(find(finding, "course 1")->verdict.is_met());
    EXPECT_TRUE(find(finding, "course 2")->verdict.is_unmet());
}

TEST(AttemptPause, APassWithinItDoesNotCount) {
    World world;
    Attempts rule = at_most_tries(4);
    rule.pause = days(90);
    tries(world, rule);
    Person early(world);
    early.sat("2025-01-15", "written", EntryResult::not_yet).sat("2025-04-14", "written", EntryResult::passed);
    EXPECT_TRUE(answer(world, early, "2025-08-01").is_unmet());
    const Finding finding = told(world, early, "2025-08-01");
    EXPECT_EQ(refusal(*find(finding, "attempts"), 2), RefusalReason::too_soon);
    Person patient(world);
    patient.sat("2025-01-15", "written", EntryResult::not_yet).sat("2025-04-15", "written", EntryResult::passed);
    EXPECT_TRUE(answer(world, patient, "2025-08-01").is_met());
}

TEST(ExamClause, IsHeldAgainstItsOwnMarkWhereverItStands) {
    World world;
    Passed rule;
    rule.parts = {"final"};
    rule.mark = {Knowing::stated, {8000, Unit::hundredths}};
    Format format;
    format.name = "course";
    format.completion = clause("grade", "exam", rule);
    world.edition->formats = {format};
    Person person(world);
    person.sat("2024-01-01", "final", EntryResult::none, 7999);
    EXPECT_TRUE(judge(world.program(), world.program().completion("course"), person, asked("2024-02-01")).is_unmet());
    person.sat("2024-01-02", "final", EntryResult::none, 8000);
    EXPECT_TRUE(judge(world.program(), world.program().completion("course"), person, asked("2024-02-01")).is_met());
}

/// How somebody was helped to sit an exam is on record for who runs it, and changes nothing that anybody judges.
TEST(Accommodation, ChangesNoAnswer) {
    World world;
    Passed exam;
    exam.parts = {"written"};
    exam.mark = {Knowing::stated, {8000, Unit::hundredths}};
    Attempts rule = at_most_tries(2);
    world.step(Step::Verb::become, "certified", {clause("exam", "exam", exam), clause("attempts", "attempts", rule)});
    for (const std::int64_t score : {7999, 8000}) {
        Person plain(world);
        plain.has(EntryKind::exam, "2024-01-01", "2024-01-01", score, "written");
        Person helped(world);
        helped.has(EntryKind::exam, "2024-01-01", "2024-01-01", score, "written", {"extra time", "in Spanish"});
        EXPECT_EQ(told(world, plain, "2024-02-01"), told(world, helped, "2024-02-01"));
    }
}

} // namespace
} // namespace peercert::rules
