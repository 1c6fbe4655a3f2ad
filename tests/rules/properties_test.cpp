#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <clocale>
#include <cstdlib>
#include <thread>

#include "rules/invented.hpp"

namespace peercert::rules {
namespace {

using namespace test;

Goal only_goal(World& world) { return world.program().step(world.edition->steps.front().verb, "certified"); }

RC_GTEST_PROP(Judging, AnswersTheSameWithAndWithoutReasons, ()) {
    World world;
    fill_edition(world);
    Workspace room;
    const Goal goal = only_goal(world);
    for (int people = 0; people < 5; ++people) {
        Person person = some_person(world);
        const Situation when = some_situation();
        const Verdict fast = judge(world.program(), goal, person, when, room);
        const Finding finding = explain(world.program(), goal, person, when, room);
        RC_ASSERT(fast == finding.verdict);
        RC_ASSERT(judge(world.program(), goal, person, when, room) == fast); // the room is left clean
    }
}

RC_GTEST_PROP(Judging, EntriesOfKindsThatAreNotReadMakeNoDifference, ()) {
    World world;
    fill_edition(world);
    const Goal goal = only_goal(world);
    Person person = some_person(world);
    const Situation when = some_situation();
    Record without = person.record();
    std::erase_if(without.entries, [kinds = world.program().kinds_read(goal)](const Entry& entry) {
        return (kinds >> static_cast<unsigned>(entry.kind) & 1U) == 0;
    });
    RC_ASSERT(judge(world.program(), goal, without, when) == judge(world.program(), goal, person.record(), when));
}

RC_GTEST_PROP(Judging, HoldsUntilIsTheLastDayOnWhichItHoldsWhenEveryDayIsTried, ()) {
    World world;
    fill_edition(world);
    const Goal goal = only_goal(world);
    Person person = some_person(world);
    const Situation when = asked(text_day());
    Workspace room;
    const Finding finding = explain(world.program(), goal, person, when, room);
    const bool passes_today = finding.verdict.passes();
    std::optional<Date> change;
    Situation later = when;
    for (int ahead = 1; ahead <= 4 * 365 && !change; ++ahead) {
        later.as_of = add_days(when.as_of, ahead);
        if (judge(world.program(), goal, person, later, room).passes() != passes_today)
            change = later.as_of;
    }
    if (passes_today) {
        if (change)
            RC_ASSERT(finding.holds_until == add_days(*change, -1));
        else
            RC_ASSERT(!finding.holds_until || *finding.holds_until >= later.as_of);
    } else if (finding.verdict.is_unmet()) {
        const std::optional<Date> waiting =
            finding.next.kind == NextStep::Kind::wait_until ? finding.next.day : std::nullopt;
        if (change)
            RC_ASSERT(waiting == change);
        else
            RC_ASSERT(!waiting || *waiting > later.as_of || *waiting == *finding.next.day);
    }
}

RC_GTEST_PROP(Judging, DaysMetAreThoseOfTryingEveryDay, ()) {
    World world;
    fill_edition(world);
    const Goal goal = only_goal(world);
    Person person = some_person(world);
    const Date from = some_day();
    const Date until = add_days(from, pick<int>(0, 900));
    Situation when;
    when.as_of = from;
    const std::vector<DayRange> stretches = days_met(world.program(), goal, person, when, from, until);
    Workspace room;
    for (Date day = from; day <= until; day = add_days(day, 1)) {
        when.as_of = day;
        const bool met = judge(world.program(), goal, person, when, room).passes();
        const bool told =
            std::any_of(stretches.begin(), stretches.end(), [day](const DayRange& one) { return one.contains(day); });
        RC_ASSERT(met == told);
    }
}

RC_GTEST_PROP(Judging, EveryAmountIsUsedOrRefusedAndNeverTwice, ()) {
    World world;
    Measure rule = some_measure();
    rule.several_parts = false;
    rule.counter = Measure::Counter::sum;
    rule.from_different_providers = false;
    rule.own_clock.reset();
    rule.adds_up_from.erase(std::remove_if(rule.adds_up_from.begin(), rule.adds_up_from.end(),
                                           [](const Part& one) { return !one.fact.empty(); }),
                            rule.adds_up_from.end());
    for (Part& piece : rule.adds_up_from)
        piece.weight.reset(); // what is worth half is used whole and counts half
    rule.carry_over.reset();
    world.level("trainee");
    count_business_days(world);
    world.step(Step::Verb::become, "certified", {clause("measured", "CE", rule)});
    Person person = some_person(world);
    const Finding finding = explain(world.program(), only_goal(world), person, some_situation());
    const Finding* measured = find(finding, "measured");
    std::map<std::int64_t, std::int64_t> told;
    std::int64_t used = 0;
    for (const UsedEntry& one : measured->used) {
        told[one.entry.value()] += one.counted;
        used += one.counted;
    }
    for (const RefusedEntry& one : measured->refused)
        told[one.entry.value()] += one.amount;
    for (const Entry& entry : person.record().entries)
        if (entry.kind == rule.kind)
            RC_ASSERT(told[entry.id.value()] == entry.amount);
    RC_ASSERT(measured->have == used);
}

bool hangs_on_a_course(const DayExpression& day) {
    return day.anchor == Anchor::completing || std::any_of(day.of.begin(), day.of.end(), hangs_on_a_course);
}

/// An edition whose clauses all grow with evidence: no caps, no exclusions, no limits, no gaps, no exemptions.
RC_GTEST_PROP(Judging, MoreEvidenceNeverTakesEligibilityAwayWhereTheRuleImpliesIt, ()) {
    World world;
    Measure ce = measure_of(EntryKind::ce, pick<std::int64_t>(0, 900));
    ce.selection.dated = some_window();
    for (int number = 0; number < 4; ++number)
        ce.of_which.push_back(part("topic " + std::to_string(number), at_least(pick<std::int64_t>(0, 200))));
    for (const auto* end : {ce.selection.dated ? &ce.selection.dated->from : nullptr,
                            ce.selection.dated ? &ce.selection.dated->until : nullptr})
        if (ce.selection.dated && *end && hangs_on_a_course(**end)) {
            ce.selection.dated.reset(); // a later course moves such a window on
            break;
        }
    Requirement any = any_of({clause("hours", "CE", ce), entry(EntryKind::training, "course 0")});
    world.level("trainee");
    count_business_days(world);
    world.step(Step::Verb::become, "certified", {any, entry(EntryKind::fact, "fact 0")});
    Person person = some_person(world);
    const Situation when = some_situation();
    const Verdict before = judge(world.program(), only_goal(world), person, when);
    person.ce(to_text(some_day()), pick<std::int64_t>(0, 500), {numbered("topic", 4)});
    person.fact(text_day(), "no end", "fact 0");
    const Verdict after = judge(world.program(), only_goal(world), person, when);
    RC_ASSERT(!before.is_met() || after.is_met());
    RC_ASSERT(before.is_unmet() || !after.is_unmet());
}

TEST(Determinism, NeitherZoneNorLocaleNorThreadChangesAnAnswer) {
    const auto answers = [] {
        std::vector<Finding> findings;
        for (int seed = 0; seed < 40; ++seed) {
            rc::Random random(static_cast<std::uint64_t>(seed));
            const auto made = rc::gen::exec([] {
                World world;
                fill_edition(world);
                Person person = some_person(world);
                return explain(world.program(), only_goal(world), person, some_situation());
            })(random, rc::kNominalSize);
            findings.push_back(made.value());
        }
        return findings;
    };
    const std::vector<Finding> here = answers();
    const char* zone = std::getenv("TZ");
    const std::string zone_before = zone == nullptr ? "" : zone;
    for (const char* other : {"Pacific/Kiritimati", "America/Los_Angeles"}) {
        setenv("TZ", other, 1);
        tzset();
        EXPECT_EQ(answers(), here) << other;
    }
    if (zone == nullptr)
        unsetenv("TZ");
    else
        setenv("TZ", zone_before.c_str(), 1);
    for (const char* locale : {"C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"}) {
        std::setlocale(LC_ALL, locale); // nothing happens where a locale is not installed
        EXPECT_EQ(answers(), here) << locale;
    }
    std::setlocale(LC_ALL, "C");
    std::vector<Finding> elsewhere;
    std::thread([&] { elsewhere = answers(); }).join();
    EXPECT_EQ(elsewhere, here);
}

TEST(Determinism, OneProgramJudgesOnManyThreadsAtOnce) {
    World world;
    Measure ce = measure_of(EntryKind::ce, hours(10));
    ce.of_which = {part("a", at_least(hours(4))), part("b", at_least(hours(4)))};
    world.step(Step::Verb::become, "certified", {clause("hours", "CE", ce), age_at_least(18)});
    Person person(world);
    person.born("1990-01-01").ce("2024-01-01", hours(8), {"a", "b"}).ce("2024-02-01", hours(2), {"b"});
    const Record record = person.record();
    const Program& program = world.program();
    const Goal goal = program.step(Step::Verb::become, "certified");
    const Finding expected = explain(program, goal, record, asked("2024-06-01"));
    std::vector<std::thread> threads;
    std::atomic<int> different{0};
    for (int count = 0; count < 4; ++count)
        threads.emplace_back([&] {
            Workspace room;
            for (int round = 0; round < 200; ++round)
                different += explain(program, goal, record, asked("2024-06-01"), room) == expected ? 0 : 1;
        });
    for (std::thread& one : threads)
        one.join();
    EXPECT_EQ(different, 0);
}

} // namespace
} // namespace peercert::rules
