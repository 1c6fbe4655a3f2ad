#include <gtest/gtest.h>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

FirstRenewal in_full() { return FirstRenewal::asked_in_full; }

/// A renewal that asks for 30 h in the term: 14 peer-specific, 2 law and ethics, the rest at most 14 (Washington).
struct RenewalWorld {
    World world;
    Measure ce = measure_of(EntryKind::ce, hours(30));

    RenewalWorld() {
        ce.selection.dated = in_the_term();
        ce.of_which = {part("peer-specific", at_least(hours(14))), part("law and ethics", at_least(hours(2))),
                       part("other", at_most(hours(14)))};
        ce.first_renewal = Stated<FirstRenewal>{Knowing::stated, in_full()};
        ce.carry_over = Stated<Amount>{Knowing::none, {}};
        world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    }
    const Program& program() {
        if (!world.compiled)
            world.step(Step::Verb::renew, "certified", {clause("continuing education", "CE", ce)});
        return world.program();
    }
    Person holder() { return Person(world).holds("certified", "2026-01-01", "2027-12-31"); }
    Finding renew(Person& person, std::string_view day = "2027-12-01") {
        const Goal goal = program().step(Step::Verb::renew, "certified");
        const Finding finding = explain(program(), goal, person, asked(day));
        EXPECT_EQ(judge(program(), goal, person, asked(day)), finding.verdict);
        return finding;
    }
};

struct Renewal : testing::Test, RenewalWorld {};

TEST_F(Renewal, CapLimitsUseAndDoesNotFail) { // vector 8, first half
    Person person = holder();
    person.ce("2026-02-01", hours(14), {"peer-specific"})
        .ce("2026-03-01", hours(2), {"law and ethics"})
        .ce("2026-04-01", hours(20), {"other"});
    const Finding finding = renew(person);
    EXPECT_TRUE(finding.verdict.is_met());
    const Finding* ce_finding = find(finding, "continuing education");
    ASSERT_NE(ce_finding, nullptr);
    EXPECT_EQ(ce_finding->have, hours(30));
    EXPECT_EQ(refusal(*ce_finding, 3), RefusalReason::over_cap);
    EXPECT_EQ(ce_finding->refused.front().amount, hours(6));
}

TEST_F(Renewal, ShortPartIsNamedAndTheSurplusOfAnotherIsRefused) { // vector 8, second half
    Person person = holder();
    person.ce("2026-02-01", hours(10), {"peer-specific"})
        .ce("2026-03-01", hours(2), {"law and ethics"})
        .ce("2026-04-01", hours(18), {"other"});
    const Finding finding = renew(person);
    EXPECT_TRUE(finding.verdict.is_unmet());
    const Finding* ce_finding = find(finding, "continuing education");
    EXPECT_EQ(ce_finding->have, hours(26));
    const Finding* peer = find(finding, "peer-specific");
    ASSERT_NE(peer, nullptr);
    EXPECT_TRUE(peer->verdict.is_unmet());
    EXPECT_EQ(peer->next.amount, hours(4));
    ASSERT_EQ(ce_finding->refused.size(), 1U);
    EXPECT_EQ(ce_finding->refused.front().amount, hours(4));
    EXPECT_EQ(finding.next.what, "peer-specific");
}

TEST_F(Renewal, HoursWithTwoTopicsAreSplitAsItHelpsMost) { // vector 9
    Person person = holder();
    person.ce("2026-02-01", hours(6), {"law and ethics", "peer-specific"})
        .ce("2026-03-01", hours(12), {"peer-specific"})
        .ce("2026-04-01", hours(12), {"other"});
    EXPECT_TRUE(renew(person).verdict.is_met());

    Person short_by_one = holder();
    short_by_one.ce("2026-02-01", hours(6) - 1, {"law and ethics", "peer-specific"})
        .ce("2026-03-01", hours(12), {"peer-specific"})
        .ce("2026-04-01", hours(12), {"other"});
    EXPECT_TRUE(renew(short_by_one).verdict.is_unmet());
}

TEST_F(Renewal, NineCategoriesAndATotal) { // vector 10
    const std::vector<std::pair<std::string, int>> categories{{"a", 2}, {"b", 2}, {"c", 2}, {"d", 2},     {"e", 2},
                                                              {"f", 2}, {"g", 2}, {"h", 1}, {"ethics", 1}};
    ce.of_which.clear();
    for (const auto& [name, minimum] : categories)
        ce.of_which.push_back(part(name, at_least(hours(minimum))));
    const auto with_sixteen_exact = [&](std::int64_t ethics_on_top) {
        Person person = holder();
        for (const auto& [name, minimum] : categories)
            person.ce("2026-02-01", hours(minimum), {name});
        person.ce("2026-03-01", hours(ethics_on_top), {"ethics"});
        return renew(person);
    };
    Person all_ethics = holder();
    all_ethics.ce("2026-02-01", hours(30), {"ethics"});
    const Finding only_ethics = renew(all_ethics);
    EXPECT_TRUE(only_ethics.verdict.is_unmet());
    const Finding* ce_finding = find(only_ethics, "continuing education");
    EXPECT_EQ(std::count_if(ce_finding->parts.begin(), ce_finding->parts.end(),
                            [](const Finding& part) { return part.verdict.is_unmet(); }),
              8);
    EXPECT_TRUE(with_sixteen_exact(14).verdict.is_met());
    const Finding one_short = with_sixteen_exact(13);
    EXPECT_TRUE(one_short.verdict.is_unmet());
    for (const Finding& part : find(one_short, "continuing education")->parts)
        EXPECT_TRUE(part.verdict.is_met());
    EXPECT_EQ(one_short.next.amount, hours(1));
}

TEST_F(Renewal, NestedCapLimitsWhatIsInside) {
    ce.of_which.push_back(part("boards", at_most(hours(6)), "other"));
    Person person = holder();
    person.ce("2026-02-01", hours(14), {"peer-specific"})
        .ce("2026-03-01", hours(2), {"law and ethics"})
        .ce("2026-04-01", hours(8), {"other"});
    Person without_boards = person;
    EXPECT_TRUE(renew(without_boards).verdict.is_unmet());
    person.ce("2026-05-01", hours(9), {"boards"});
    const Finding finding = renew(person);
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(find(finding, "other")->have, hours(14));
    EXPECT_EQ(find(finding, "boards")->have, hours(6));
}

TEST_F(Renewal, SurplusOfAPartMayCountForNothing) {
    ce.surplus_in_total = false;
    Person person = holder();
    person.ce("2026-02-01", hours(20), {"peer-specific"})
        .ce("2026-03-01", hours(2), {"law and ethics"})
        .ce("2026-04-01", hours(14), {"other"});
    const Finding finding = renew(person);
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(find(finding, "continuing education")->have, hours(30));

    ce.surplus_in_total = true;
    RenewalWorld other;
    Person same = other.holder();
    same.ce("2026-02-01", hours(20), {"peer-specific"})
        .ce("2026-03-01", hours(2), {"law and ethics"})
        .ce("2026-04-01", hours(14), {"other"});
    EXPECT_EQ(find(other.renew(same), "continuing education")->have, hours(36));
}

TEST_F(Renewal, AnHourMayCountInSeveralParts) {
    ce.several_parts = true;
    ce.of_which = {part("peer-specific", at_least(hours(14))), part("law and ethics", at_least(hours(14)))};
    Person person = holder();
    person.ce("2026-02-01", hours(14), {"peer-specific", "law and ethics"})
        .ce("2026-03-01", hours(16), {"peer-specific"});
    EXPECT_TRUE(renew(person).verdict.is_met());
}

TEST_F(Renewal, FirstAndLastDayOfTheTermCountAndTheirNeighboursDoNot) {
    ce.of_which.clear();
    for (const auto& [day, counts] : std::vector<std::pair<std::string, bool>>{
             {"2025-12-31", false}, {"2026-01-01", true}, {"2027-12-31", true}, {"2028-01-01", false}}) {
        Person person = holder();
        person.ce(day, hours(30));
        const Finding finding = renew(person, "2027-12-31");
        EXPECT_EQ(find(finding, "continuing education")->verdict.is_met(), counts) << day;
    }
    Person early = holder();
    early.ce("2025-12-31", hours(30));
    EXPECT_EQ(refusal(*find(renew(early), "continuing education"), 1), RefusalReason::before_start);
    Person future = holder();
    future.ce("2027-12-15", hours(30));
    EXPECT_EQ(refusal(*find(renew(future, "2027-12-14"), "continuing education"), 1), RefusalReason::after_asked_day);
    EXPECT_TRUE(renew(future, "2027-12-15").verdict.is_met());
}

TEST_F(Renewal, PendingHoursLeaveTheAnswerOpenOnlyWhenTheyMatter) {
    ce.of_which.clear();
    Person person = holder();
    person.ce("2026-02-01", hours(29)).ce("2026-03-01", hours(1)).pending();
    const Finding open = renew(person);
    EXPECT_FALSE(open.verdict.is_settled());
    EXPECT_EQ(find(open, "continuing education")->open_because, "pending");
    EXPECT_EQ(find(open, "continuing education")->have_most, hours(30));
    EXPECT_EQ(open.next.kind, NextStep::Kind::confirm);

    Person enough = holder();
    enough.ce("2026-02-01", hours(30)).ce("2026-03-01", hours(1)).pending();
    EXPECT_TRUE(renew(enough).verdict.is_met());
    Person too_little = holder();
    too_little.ce("2026-02-01", hours(20)).ce("2026-03-01", hours(1)).pending();
    EXPECT_TRUE(renew(too_little).verdict.is_unmet());
}

TEST_F(Renewal, SameCourseTwiceCountsOnceInOneTerm) { // vector 15
    ce.of_which.clear();
    ce.bound = at_least(hours(6));
    ce.selection.same_course = Selection::Repeats::once_per_term;
    Person person = holder();
    person.ce("2026-02-01", hours(3), {}, "programme").ce("2026-08-01", hours(3), {}, "programme");
    const Finding finding = renew(person);
    EXPECT_EQ(find(finding, "continuing education")->have, hours(3));
    EXPECT_EQ(refusal(*find(finding, "continuing education"), 2), RefusalReason::repeated);

    Person two_terms = holder();
    two_terms.holds("certified", "2028-01-01", "2029-12-31");
    two_terms.ce("2026-02-01", hours(3), {}, "programme").ce("2028-08-01", hours(3), {}, "programme");
    EXPECT_EQ(find(renew(two_terms, "2029-12-01"), "continuing education")->have, hours(3));

    ce.selection.same_course = Selection::Repeats::once_ever;
    RenewalWorld once;
    once.ce = ce;
    Person again = once.holder();
    again.holds("certified", "2028-01-01", "2029-12-31");
    again.ce("2026-02-01", hours(3), {}, "programme").ce("2028-08-01", hours(3), {}, "programme");
    EXPECT_EQ(find(once.renew(again, "2029-12-01"), "continuing education")->have, 0);
}

TEST_F(Renewal, NothingIsAskedBeforeTheFirstFullTerm) { // vector 7
    world.lasts("certified", "birthday", years(2),
                {{"February 29", "february 28"}, {"the one after when issued within", "90 days"}});
    ce.first_renewal = Stated<FirstRenewal>{Knowing::stated, FirstRenewal::not_before_first_full_term};
    ce.of_which.clear();
    Person person(world);
    person.born("1980-03-15");
    Situation issue = asked("2025-09-10");
    const PresentTerm first = first_term(program(), "certified", person, issue);
    EXPECT_EQ(first.last, on("2026-03-15"));
    person.holds("certified", "2025-09-10", "2026-03-15");
    person.ce("2025-11-01", hours(40));
    EXPECT_TRUE(find(renew(person, "2026-03-01"), "continuing education")->verdict.is_not_applicable());
    EXPECT_TRUE(renew(person, "2026-03-01").verdict.passes());

    const PresentTerm second = next_term(program(), "certified", person, asked("2026-03-01"));
    EXPECT_EQ(second.first, on("2026-03-16"));
    EXPECT_EQ(second.last, on("2028-03-15"));
    person.holds("certified", "2026-03-16", "2028-03-15");
    const Finding finding = renew(person, "2028-03-01"); // the hours of the first, short term are not credited
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(find(finding, "continuing education")->have, 0);
}

TEST_F(Renewal, FirstRenewalThatTheRulesAreSilentAboutIsOpenUnlessEverythingIsThere) {
    ce.first_renewal = Stated<FirstRenewal>{Knowing::nothing_said, {}};
    ce.of_which.clear();
    Person without = holder();
    const Finding open = renew(without);
    EXPECT_FALSE(open.verdict.is_settled());
    EXPECT_FALSE(open.verdict.passes());
    EXPECT_EQ(find(open, "continuing education")->open_because, "nothing said");
    Person with = holder();
    with.ce("2026-05-05", hours(30));
    EXPECT_TRUE(renew(with).verdict.passes());
    Person second = holder();
    second.holds("certified", "2028-01-01", "2029-12-31");
    EXPECT_TRUE(renew(second, "2029-12-01").verdict.is_unmet());
}

TEST_F(Renewal, ProratedFirstTermAsksForItsShareRoundedUp) {
    ce.first_renewal = Stated<FirstRenewal>{Knowing::stated, FirstRenewal::prorated};
    ce.of_which.clear();
    Person person(world);
    person.holds("certified", "2026-07-02", "2027-12-31"); // 548 of 731 days
    const std::int64_t share = (hours(30) * 548 + 730) / 731;
    person.ce("2026-08-01", share - 1);
    EXPECT_TRUE(renew(person).verdict.is_unmet());
    person.ce("2026-08-02", 1);
    EXPECT_TRUE(renew(person).verdict.is_met());
}

TEST_F(Renewal, CarryOverCountsUpToItsCap) {
    ce.of_which.clear();
    ce.carry_over = Stated<Amount>{Knowing::stated, {hours(5), Unit::minutes}};
    const auto second_renewal = [&](std::int64_t first_term_hours, std::int64_t second_term_hours) {
        Person person = holder();
        person.holds("certified", "2028-01-01", "2029-12-31");
        person.ce("2026-06-01", first_term_hours).ce("2028-06-01", second_term_hours);
        return renew(person, "2029-12-01").verdict;
    };
    EXPECT_TRUE(second_renewal(hours(40), hours(25)).is_met());
    EXPECT_TRUE(second_renewal(hours(40), hours(24)).is_unmet());
    EXPECT_TRUE(second_renewal(hours(30), hours(25)).is_unmet());
}

TEST_F(Renewal, CarryOverTheRulesAreSilentAboutIsOpenOnlyWhereItMatters) {
    ce.of_which.clear();
    ce.carry_over = Stated<Amount>{Knowing::nothing_said, {}};
    Person person = holder();
    person.holds("certified", "2028-01-01", "2029-12-31");
    person.ce("2026-06-01", hours(35)).ce("2028-06-01", hours(26));
    EXPECT_EQ(renew(person, "2029-12-01").verdict, Verdict::open());
    Person no_surplus = holder();
    no_surplus.holds("certified", "2028-01-01", "2029-12-31");
    no_surplus.ce("2026-06-01", hours(30)).ce("2028-06-01", hours(26));
    EXPECT_TRUE(renew(no_surplus, "2029-12-01").verdict.is_unmet());
}

TEST_F(Renewal, TopicOnItsOwnClockCoversSixYearsAndLiesInTheTotalOfItsTerm) { // vectors 35 and 36
    ce.of_which.clear();
    Measure suicide = measure_of(EntryKind::ce, hours(3));
    suicide.selection.only = {"suicide prevention"};
    suicide.own_clock = years(6);
    suicide.counts_in_total = Stated<bool>{Knowing::stated, true};
    world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    world.step(Step::Verb::renew, "certified",
               {clause("continuing education", "CE", ce), clause("suicide prevention", "CE", suicide)});
    const auto holding = [&](std::string_view first, std::string_view last) {
        Person person(world);
        person.holds("certified", "2019-01-01", "2020-12-31").holds("certified", first, last);
        person.ce("2026-02-01", hours(3), {"suicide prevention"});
        return person;
    };
    const auto renewal_in = [&](std::string_view first, std::string_view last) {
        Person person = holding(first, last);
        return explain(world.program(), world.program().step(Step::Verb::renew, "certified"), person, asked(last));
    };
    EXPECT_TRUE(find(renewal_in("2029-06-01", "2031-05-31"), "suicide prevention")->verdict.is_met());
    EXPECT_TRUE(find(renewal_in("2031-06-01", "2033-05-31"), "suicide prevention")->verdict.is_unmet());
    // The term ending on 2032-02-01 is the last one covered.
    EXPECT_TRUE(find(renewal_in("2030-02-02", "2032-02-01"), "suicide prevention")->verdict.is_met());
    EXPECT_TRUE(find(renewal_in("2030-02-03", "2032-02-02"), "suicide prevention")->verdict.is_unmet());
    // The same three hours sit in the total only of the term in which they were earned.
    EXPECT_EQ(find(renewal_in("2025-06-01", "2027-05-31"), "continuing education")->have, hours(3));
    EXPECT_EQ(find(renewal_in("2027-06-01", "2029-05-31"), "continuing education")->have, 0);
}

TEST_F(Renewal, TopicOnTopOfTheTotalNeedsItsHoursForItself) {
    ce.of_which.clear();
    Measure supervision = measure_of(EntryKind::ce, hours(6));
    supervision.selection.only = {"supervision"};
    supervision.selection.dated = in_the_term();
    const auto renewal_with = [&](Stated<bool> inside, std::int64_t other_hours, bool acts) {
        World other;
        other.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
        supervision.counts_in_total = inside;
        other.step(Step::Verb::renew, "certified",
                   {clause("continuing education", "CE", ce),
                    clause("supervisors", "if",
                           Conditional{{entry(EntryKind::fact, "acting as supervisor"),
                                        clause("supervision", "CE", supervision)}})});
        Person person(other);
        person.holds("certified", "2026-01-01", "2027-12-31");
        person.ce("2026-02-01", hours(6), {"supervision"}).ce("2026-03-01", other_hours);
        if (acts)
            person.fact("2026-01-01", "no end", "acting as supervisor");
        return judge(other.program(), other.program().step(Step::Verb::renew, "certified"), person,
                     asked("2027-12-01"));
    };
    EXPECT_TRUE(renewal_with({Knowing::stated, true}, hours(24), true).is_met());
    EXPECT_TRUE(renewal_with({Knowing::stated, false}, hours(29), true).is_unmet());
    EXPECT_TRUE(renewal_with({Knowing::stated, false}, hours(30), true).is_met());
    EXPECT_TRUE(renewal_with({Knowing::stated, false}, hours(24), false).is_met()); // not asked of this person
    EXPECT_EQ(renewal_with({Knowing::nothing_said, false}, hours(24), true), Verdict::open());
    EXPECT_TRUE(renewal_with({Knowing::nothing_said, false}, hours(30), true).is_met());
    EXPECT_TRUE(renewal_with({Knowing::nothing_said, false}, hours(23), true).is_unmet());
}

/// Hours of experience for a first certificate.
struct Experience : testing::Test {
    World world;
    Measure practice = measure_of(EntryKind::practice, hours(1000));

    Experience() {
        world.level("trainee");
        world.edition->meanings.push_back(
            clause("approved supervisor", "fact", entry(EntryKind::fact, "behavioral-health provider").body));
    }
    Finding apply(Person& person, std::string_view day) {
        if (!world.compiled)
            world.step(Step::Verb::become, "certified", {clause("experience", "practice", practice)});
        const Goal goal = world.program().step(Step::Verb::become, "certified");
        const Finding finding = explain(world.program(), goal, person, asked(day));
        EXPECT_EQ(judge(world.program(), goal, person, asked(day)), finding.verdict);
        return *find(finding, "experience");
    }
    void washington() {
        Part as_trainee;
        as_trainee.name = "as trainee";
        as_trainee.selection.dated = window(day("2025-07-01"), std::nullopt);
        as_trainee.selection.while_level = "trainee";
        as_trainee.selection.vouched_by = "approved supervisor";
        Part earlier;
        earlier.name = "before July 2025";
        earlier.selection.dated = window(std::nullopt, day("2025-06-30"));
        earlier.selection.proof = {"statement of an employer"};
        Part agency;
        agency.name = "agency-affiliated";
        agency.selection.dated = window(std::nullopt, day("2025-06-30"));
        agency.fact = "agency-affiliated and working as peer counselor";
        agency.held_for = years(1);
        agency.worth = hours(1000);
        practice.adds_up_from = {as_trainee, earlier, agency};
    }
};

TEST_F(Experience, HoursFromJuly2025CountOnlyAsATrainee) { // vector 28, first half
    washington();
    Person person(world);
    person.holds("trainee", "2025-09-01", "2026-09-01");
    person.practice("2025-08-01", "2025-08-31", hours(700)).by("approved supervisor", "2020-01-01", "2030-01-01");
    person.practice("2025-09-02", "2026-05-30", hours(400)).by("approved supervisor", "2020-01-01", "2030-01-01");
    const Finding finding = apply(person, "2026-06-01");
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.have, hours(400));
    EXPECT_EQ(refusal(finding, 1), RefusalReason::not_at_level);
    EXPECT_EQ(finding.next.amount, hours(600));
}

TEST_F(Experience, AttestedEarlierHoursAreAdded) { // vector 28, second half
    washington();
    Person person(world);
    person.holds("trainee", "2025-09-01", "2026-09-01");
    person.practice("2024-01-01", "2024-12-31", hours(700), {"statement of an employer"});
    person.practice("2025-09-02", "2026-05-30", hours(300)).by("approved supervisor", "2020-01-01", "2030-01-01");
    EXPECT_EQ(apply(person, "2026-06-01").have, hours(1000));
    EXPECT_TRUE(apply(person, "2026-06-01").verdict.is_met());

    Person unattested(world);
    unattested.holds("trainee", "2025-09-01", "2026-09-01");
    unattested.practice("2024-01-01", "2024-12-31", hours(700));
    EXPECT_EQ(refusal(apply(unattested, "2026-06-01"), 1), RefusalReason::missing_field);
}

TEST_F(Experience, AFactHeldForAYearIsWorthAllOfIt) {
    washington();
    Person person(world);
    person.fact("2024-06-30", "2025-06-29", "agency-affiliated and working as peer counselor");
    EXPECT_TRUE(apply(person, "2025-07-15").verdict.is_met());
    Person a_day_short(world);
    a_day_short.fact("2024-06-30", "2025-06-28", "agency-affiliated and working as peer counselor");
    EXPECT_TRUE(apply(a_day_short, "2025-07-15").verdict.is_unmet());
    Person too_late(world); // only until June 30 do such days count
    too_late.fact("2024-07-15", "2025-12-31", "agency-affiliated and working as peer counselor");
    EXPECT_TRUE(apply(too_late, "2026-01-15").verdict.is_unmet());
}

TEST_F(Experience, HoursThatCrossAnEdgeAskToBeSplit) {
    washington();
    Person person(world);
    person.holds("trainee", "2025-09-01", "2026-09-01");
    person.practice("2025-08-15", "2025-12-31", hours(1000)).by("approved supervisor", "2020-01-01", "2030-01-01");
    const Finding finding = apply(person, "2026-06-01");
    EXPECT_EQ(finding.verdict, Verdict::open());
    EXPECT_EQ(finding.open_because, "split it");
    EXPECT_EQ(finding.have, 0);
    EXPECT_EQ(finding.have_most, hours(1000));
    EXPECT_EQ(refusal(finding, 1), RefusalReason::spans_edge);
}

TEST_F(Experience, HoursExpireOneByOneAsTheDayMoves) { // vector 26
    practice.bound = at_least(hours(2000));
    practice.selection.dated = within_before(years(5), Anchor::applying);
    Person person(world);
    for (const char* month :
         {"2019-07", "2019-08", "2019-09", "2019-10", "2019-11", "2019-12", "2020-01", "2020-02", "2020-03", "2020-04"})
        person.practice(std::string(month) + "-15", std::string(month) + "-15", hours(200));
    const Finding in_time = apply(person, "2024-07-15");
    EXPECT_TRUE(in_time.verdict.is_met());
    EXPECT_EQ(in_time.holds_until, on("2024-07-15"));
    EXPECT_TRUE(apply(person, "2024-07-16").verdict.is_unmet());
    EXPECT_EQ(apply(person, "2025-03-01").have, hours(400));
    EXPECT_EQ(apply(person, "2025-03-15").have, hours(400));
    EXPECT_EQ(apply(person, "2025-03-16").have, hours(200));
}

TEST_F(Experience, ExceptionInsideAnExclusion) { // vector 33
    practice.bound = at_least(hours(250));
    practice.selection.does_not_count = {"supervision meeting"};
    practice.selection.except = {"observed service"};
    Person person(world);
    person.practice("2024-01-05", "2024-01-05", hours(245))
        .practice("2024-01-06", "2024-01-06", hours(9), {"supervision meeting"})
        .practice("2024-01-07", "2024-01-07", hours(6), {"supervision meeting", "observed service"});
    const Finding finding = apply(person, "2024-02-01");
    EXPECT_EQ(finding.have, hours(251));
    EXPECT_EQ(refusal(finding, 2), RefusalReason::excluded);
}

TEST_F(Experience, SupervisionCountsOnlyWhileTheSupervisorWasEntitled) { // vectors 30 and 31
    Measure supervision = measure_of(EntryKind::supervision, hours(1));
    supervision.selection.vouched_by = "approved supervisor";
    practice = supervision;
    // 30: a non-peer provider may supervise until 2028-06-30.
    Person last_day(world);
    last_day.supervision("2028-06-30", hours(1)).by("approved supervisor", "2025-07-01", "2028-06-30");
    EXPECT_TRUE(apply(last_day, "2028-09-01").verdict.is_met()); // what was counted stays counted later
    Person day_after(world);
    day_after.supervision("2028-07-01", hours(1)).by("approved supervisor", "2025-07-01", "2028-06-30");
    EXPECT_EQ(refusal(apply(day_after, "2028-09-01"), 1), RefusalReason::authority_not_held);
    // 31: certified on 2026-03-10, so not entitled a week before.
    Person too_early(world);
    too_early.supervision("2026-03-03", hours(1)).by("approved supervisor", "2026-03-10", "2030-01-01");
    EXPECT_EQ(refusal(apply(too_early, "2026-04-01"), 1), RefusalReason::authority_not_held);
    Person on_the_day(world);
    on_the_day.supervision("2026-03-10", hours(1)).by("approved supervisor", "2026-03-10", "2030-01-01");
    EXPECT_TRUE(apply(on_the_day, "2026-04-01").verdict.is_met());
    Person nobody(world);
    nobody.supervision("2026-03-10", hours(1));
    EXPECT_EQ(refusal(apply(nobody, "2026-04-01"), 1), RefusalReason::no_authority);
}

TEST_F(Experience, MeetingsEveryTwoWeeksUnlessThereWasNoContact) {
    Measure meetings = measure_of(EntryKind::supervision, hours(1));
    meetings.selection.while_level = "trainee";
    meetings.every = weeks(2);
    meetings.no_gap_when = "no participant contact";
    practice = meetings;
    const auto with = [&](const std::vector<std::string>& days) {
        Person person(world);
        person.holds("trainee", "2025-09-01", "2026-09-01");
        for (const std::string& one : days)
            person.supervision(one, hours(1));
        return person;
    };
    Person regular = with({"2025-09-01", "2025-09-15", "2025-09-29"});
    EXPECT_TRUE(apply(regular, "2025-10-12").verdict.is_met());
    EXPECT_TRUE(apply(regular, "2025-10-13").verdict.is_unmet()); // fourteen days without one
    Person late = with({"2025-09-01", "2025-09-16", "2025-09-29"});
    EXPECT_TRUE(apply(late, "2025-09-30").verdict.is_unmet());
    late.fact("2025-09-10", "2025-09-12", "no participant contact");
    EXPECT_TRUE(apply(late, "2025-09-30").verdict.is_met());
    Person late_start = with({"2025-09-15"});
    EXPECT_TRUE(apply(late_start, "2025-09-15").verdict.is_unmet()); // nothing from the 1st to the 14th
}

TEST_F(Experience, DifferentCoursesAreCountedOnce) {
    Measure courses;
    courses.kind = EntryKind::training;
    courses.counter = Measure::Counter::distinct_codes;
    courses.bound = {3, std::nullopt, Unit::count};
    practice = courses;
    Person person(world);
    person.trained("2024-01-01", "a").trained("2024-01-02", "b").trained("2024-01-03", "b");
    EXPECT_EQ(apply(person, "2024-02-01").have, 2);
    person.trained("2024-01-04", "c");
    EXPECT_TRUE(apply(person, "2024-02-01").verdict.is_met());
}

} // namespace
} // namespace peercert::rules
