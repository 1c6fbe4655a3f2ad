#include <gtest/gtest.h>

#include "rules/building.hpp"

/// What a measure can ask beyond a sum: pieces, shares, units, words of its own. Everybody here is invented.
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
Bound times_at_most(std::int64_t count) { return {std::nullopt, count, Unit::count}; }

Measure references(std::int64_t count) {
    Measure made;
    made.kind = EntryKind::document;
    made.counter = Measure::Counter::entries;
    made.bound = times_at_least(count);
    made.selection.courses = {"reference"};
    made.from_different_providers = true;
    return made;
}
Person& letter(World& world, Person& person, const std::string& from, const std::vector<std::string>& words = {},
               const std::string& code = "reference") {
    person.has(EntryKind::document, "2024-01-01", "2024-01-01", 0, code, words);
    person.provider(world.word(from));
    return person;
}

TEST(References, ThreeOfThemAtMostTwoFromColleagues) {
    World world;
    Measure rule = references(3);
    rule.of_which = {part("colleague", times_at_most(2))};
    asking(world, rule);
    Person person(world);
    letter(world, person, "a", {"colleague"});
    letter(world, person, "b", {"colleague"});
    letter(world, person, "c", {"colleague"});
    EXPECT_TRUE(answer(world, person).is_unmet());
    const Finding finding = told(world, person);
    EXPECT_EQ(find(finding, "asked")->have, 2);
    EXPECT_EQ(refusal(*find(finding, "asked"), 3), RefusalReason::over_cap);
    letter(world, person, "d");
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(References, OnePersonFillsOneSlotOnly) {
    World world;
    Measure rule = references(2);
    rule.of_which = {part("supervisor", times_at_least(1)), part("friend", times_at_least(1))};
    asking(world, rule);
    Person person(world);
    letter(world, person, "a", {"supervisor"});
    letter(world, person, "a", {"friend"});
    EXPECT_TRUE(answer(world, person).is_unmet());
    const Finding finding = told(world, person);
    EXPECT_EQ(find(finding, "asked")->have, 1);
    EXPECT_EQ(refusal(*find(finding, "asked"), 2), RefusalReason::repeated);
    letter(world, person, "b", {"supervisor"}); // so that a can be the friend
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(References, TheSlotsAreMatchedNotFilledFirstComeFirstServed) {
    World world;
    Measure rule = references(2);
    rule.of_which = {part("known a year", times_at_least(1)), part("colleague", times_at_least(1))};
    asking(world, rule);
    Person person(world);
    letter(world, person, "a", {"known a year", "colleague"});
    letter(world, person, "b", {"known a year"});
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(References, WithoutSlotsOfOnePersonOneCounts) {
    World world;
    asking(world, references(2));
    Person person(world);
    letter(world, person, "a");
    letter(world, person, "a");
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(refusal(*find(told(world, person), "asked"), 2), RefusalReason::repeated);
    person.has(EntryKind::document, "2024-01-01", "2024-01-01", 0, "reference"); // nobody knows from whom
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(refusal(*find(told(world, person), "asked"), 3), RefusalReason::missing_field);
    letter(world, person, "b");
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(FromManyCourses, HoursAndCoursesAreBothAsked) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(15));
    rule.from_at_least = 5;
    asking(world, rule);
    Person person(world);
    for (const auto* course : {"a", "b", "c", "d"})
        person.ce("2024-03-01", hours(5), {}, course);
    EXPECT_TRUE(answer(world, person).is_unmet());
    const Finding four = told(world, person);
    EXPECT_EQ(find(four, "different courses")->have, 4);
    EXPECT_EQ(find(four, "asked")->next.what, "different courses");
    Person waiting = person;
    waiting.ce("2024-03-01", hours(1), {}, "e").pending();
    EXPECT_EQ(answer(world, waiting), Verdict::open());
    person.ce("2024-03-01", 0, {}, "e"); // nothing of it counts, so it is no course
    EXPECT_TRUE(answer(world, person).is_unmet());
    person.ce("2024-03-01", 1, {}, "e");
    EXPECT_TRUE(answer(world, person).is_met());
    Person short_of_hours(world);
    for (const auto* course : {"a", "b", "c", "d", "e"})
        short_of_hours.ce("2024-03-01", hours(3) - (course == std::string_view("e") ? 1 : 0), {}, course);
    EXPECT_TRUE(answer(world, short_of_hours).is_unmet());
}

Part share(std::string name, std::optional<std::int64_t> least, std::optional<std::int64_t> most, Part::ShareOf of) {
    Part made = part(std::move(name), {std::nullopt, std::nullopt, Unit::minutes});
    made.share_at_least = least;
    made.share_at_most = most;
    made.share_of = of;
    return made;
}

TEST(ShareOfRequired, IsAnAmountWhateverIsClaimed) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(500));
    rule.of_which = {share("similar experience", 5000, std::nullopt, Part::ShareOf::required)};
    asking(world, rule);
    Person person(world);
    person.ce("2024-03-01", hours(250) - 1, {"similar experience"}).ce("2024-03-02", hours(900));
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(find(told(world, person), "similar experience")->need, hours(250));
    person.ce("2024-03-03", 1, {"similar experience"});
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(ShareOfClaimed, GrowsWithWhatIsClaimed) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(40));
    rule.of_which = {share("face to face", 5000, std::nullopt, Part::ShareOf::claimed)};
    asking(world, rule);
    Person person(world);
    person.ce("2024-03-01", hours(25), {"face to face"}).ce("2024-03-02", hours(25));
    EXPECT_TRUE(answer(world, person).is_met());
    person.ce("2024-03-03", 1);
    EXPECT_TRUE(answer(world, person).is_unmet()); // 25 h 0.5 min are needed, rounded up
    EXPECT_EQ(find(told(world, person), "face to face")->need, hours(25) + 1);
    person.ce("2024-03-04", 1, {"face to face"});
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(ShareOfClaimed, ACapLimitsUseAndIsRoundedDown) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(45));
    rule.of_which = {share("presentation", std::nullopt, 5000, Part::ShareOf::claimed)};
    asking(world, rule);
    Person person(world);
    person.ce("2024-03-01", hours(30), {"presentation"}).ce("2024-03-02", hours(20) + 1);
    const Finding finding = told(world, person); // claimed 50 h 1 min, of which at most 25 h 0 min
    EXPECT_EQ(find(finding, "presentation")->have, hours(25));
    EXPECT_EQ(find(finding, "asked")->have, hours(45) + 1);
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(refusal(*find(finding, "asked"), 1), RefusalReason::over_cap);
}

TEST(ShareOfClaimed, WhatWaitsForApprovalLeavesItOpenWhenItWouldMatter) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(40));
    rule.of_which = {share("face to face", 5000, std::nullopt, Part::ShareOf::claimed)};
    asking(world, rule);
    Person person(world);
    person.ce("2024-03-01", hours(25), {"face to face"}).ce("2024-03-02", hours(20));
    Person waiting = person;
    waiting.ce("2024-03-03", hours(5)).pending();
    EXPECT_TRUE(answer(world, waiting).is_met()); // 25 of 50 at most
    waiting.ce("2024-03-04", 2).pending();
    EXPECT_EQ(answer(world, waiting), Verdict::open());
    EXPECT_EQ(told(world, waiting).verdict, Verdict::open());
}

TEST(ShareOfClaimed, OfNothingAsksForNothing) {
    World world;
    Measure rule = measure_of(EntryKind::ce, 0);
    rule.of_which = {share("face to face", 5000, std::nullopt, Part::ShareOf::claimed)};
    asking(world, rule);
    Person nobody(world);
    EXPECT_TRUE(answer(world, nobody).is_met());
}

TEST(RefusedUnits, CountForNothing) {
    World world;
    world.edition->units = {{"CEU", hours(10)}, {"college credit", std::nullopt}};
    asking(world, measure_of(EntryKind::ce, hours(15)));
    Person person(world);
    person.ce("2024-01-01", hours(14)).ce("2024-01-02", hours(10), {"college credit"});
    EXPECT_TRUE(answer(world, person).is_unmet());
    EXPECT_EQ(refusal(*find(told(world, person), "asked"), 2), RefusalReason::excluded);
    person.ce("2024-01-03", hours(1), {"CEU"}); // the word alone does no harm
    EXPECT_TRUE(answer(world, person).is_met());
}

World& with_older_words(World& world) {
    world.edition->older_words = {{"advocacy-2016", "advocacy"}, {"wellness-2016", ""}};
    Measure rule = measure_of(EntryKind::ce, hours(10));
    rule.of_which = {part("advocacy", at_least(hours(4)))};
    return asking(world, rule);
}

TEST(OlderWords, AreReadAsTodays) {
    World world;
    with_older_words(world);
    Person person(world);
    person.ce("2016-01-01", hours(4), {"advocacy-2016"}).ce("2024-01-01", hours(6));
    EXPECT_TRUE(answer(world, person).is_met());
    Person other(world);
    other.ce("2016-01-01", hours(4), {"advocacy-2015"}).ce("2024-01-01", hours(6));
    EXPECT_TRUE(answer(world, other).is_unmet());
}

TEST(OlderWords, ThatNobodyAssignedLeaveAmountsOpen) {
    World world;
    with_older_words(world);
    Person person(world);
    person.ce("2016-01-01", hours(4), {"wellness-2016"}).ce("2024-01-01", hours(6));
    EXPECT_EQ(answer(world, person), Verdict::open());
    EXPECT_EQ(told(world, person).verdict, Verdict::open());
    person.ce("2024-02-01", hours(4), {"advocacy"});
    EXPECT_TRUE(answer(world, person).is_met()); // it does not matter any more
    Person too_little(world);
    too_little.ce("2016-01-01", hours(3), {"wellness-2016"}).ce("2024-01-01", hours(7));
    EXPECT_TRUE(answer(world, too_little).is_unmet());
}

TEST(NotUsedBy, WhatADecisionReliedOnIsUsedUpFromItsDayOn) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(10));
    rule.selection.not_used_by = {{"other", {}, {"cultural humility", "trauma"}}};
    asking(world, rule);
    Person person(world);
    person.ce("2024-01-01", hours(4), {"trauma"}).used("other", "2024-05-01");
    person.ce("2024-01-02", hours(6), {"ethics"}).used("other", "2024-05-01");
    EXPECT_TRUE(answer(world, person, "2024-04-30").is_met());
    EXPECT_TRUE(answer(world, person, "2024-05-01").is_unmet());
    const Finding finding = told(world, person, "2024-05-01");
    EXPECT_EQ(refusal(*find(finding, "asked"), 1), RefusalReason::used_elsewhere);
    EXPECT_FALSE(refusal(*find(finding, "asked"), 2)) << "other words may be shared";
    EXPECT_EQ(find(told(world, person, "2024-04-30"), "asked")->holds_until, on("2024-04-30"));
    Person elsewhere(world);
    elsewhere.ce("2024-01-01", hours(10), {"trauma"}).used("third", "2024-05-01");
    EXPECT_TRUE(answer(world, elsewhere, "2024-05-01").is_met());
}

TEST(NotUsedBy, AListOfWordsMeansAllOfThem) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(4));
    rule.selection.not_used_by = {{"other", {"live", "ethics"}, {}}};
    asking(world, rule);
    Person one_word(world);
    one_word.ce("2024-01-01", hours(4), {"ethics"}).used("other", "2024-02-01");
    EXPECT_TRUE(answer(world, one_word).is_met());
    Person both(world);
    both.ce("2024-01-01", hours(4), {"ethics", "live"}).used("other", "2024-02-01");
    EXPECT_TRUE(answer(world, both).is_unmet());
}

TEST(LetterOfEachProvider, HoursCountWhereTheEmployerSentOne) {
    World world;
    Measure rule = measure_of(EntryKind::practice, hours(250));
    rule.selection.letter = "confirmation";
    asking(world, rule);
    Person person(world);
    person.practice("2024-01-01", "2024-03-31", hours(200)).provider(world.word("agency a"));
    person.practice("2024-04-01", "2024-04-30", hours(50)).provider(world.word("agency b"));
    letter(world, person, "agency a", {}, "confirmation");
    EXPECT_TRUE(answer(world, person).is_unmet());
    const Finding finding = told(world, person);
    EXPECT_EQ(find(finding, "asked")->have, hours(200));
    EXPECT_EQ(refusal(*find(finding, "asked"), 2), RefusalReason::missing_field);
    Person waiting = person;
    letter(world, waiting, "agency b", {}, "confirmation").pending();
    EXPECT_EQ(answer(world, waiting), Verdict::open());
    letter(world, person, "agency b", {}, "confirmation");
    EXPECT_TRUE(answer(world, person).is_met());
}

TEST(UnknownMinimum, OnlyWhatIsKnownCanSayNo) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(40));
    Part recovery = part("recovery support", {std::nullopt, std::nullopt, Unit::minutes});
    recovery.minimum = Knowing::unknown;
    rule.of_which = {part("ethics", at_least(hours(4))), recovery};
    asking(world, rule);
    Person person(world);
    person.ce("2024-01-01", hours(4) - 1, {"ethics"}).ce("2024-01-02", hours(40));
    EXPECT_TRUE(answer(world, person).is_unmet());
    person.ce("2024-01-03", 1, {"ethics"});
    EXPECT_EQ(answer(world, person), Verdict::open());
    EXPECT_EQ(find(told(world, person), "asked")->open_because, "unknown");
}

TEST(UnknownSurplus, MattersOnlyWhereItWouldFillTheTotal) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(10));
    rule.of_which = {part("core", at_least(hours(4)))};
    rule.surplus = Knowing::nothing_said;
    asking(world, rule);
    Person person(world);
    person.ce("2024-01-01", hours(5), {"core"}).ce("2024-01-02", hours(5));
    EXPECT_EQ(answer(world, person), Verdict::open());
    EXPECT_EQ(find(told(world, person), "asked")->open_because, "nothing said");
    Person enough = person;
    enough.ce("2024-01-03", hours(1));
    EXPECT_TRUE(answer(world, enough).is_met());
    Person little(world);
    little.ce("2024-01-01", hours(5), {"core"}).ce("2024-01-02", hours(5) - 1);
    EXPECT_TRUE(answer(world, little).is_unmet());
}

TEST(UnsureParts, AnEntryThatMayLieInACappedPartCountsForNothingSettled) {
    World world;
    Measure rule = measure_of(EntryKind::ce, hours(20));
    Part other = part("other", {std::nullopt, hours(10), Unit::minutes});
    other.selection.dated = window(std::nullopt, day("2024-06-30"));
    rule.of_which = {other};
    asking(world, rule);
    Person person(world); // ten days, some before and some after the part's last day
    person.has(EntryKind::ce, "2024-06-26", "2024-07-05", hours(20), "", {"other"});
    EXPECT_EQ(answer(world, person), Verdict::open());
}

} // namespace
} // namespace peercert::rules
