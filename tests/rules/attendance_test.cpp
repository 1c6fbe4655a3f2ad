#include <gtest/gtest.h>

#include "rules/building.hpp"
#include "rules/leading.hpp"

/// What may be missed of a group, how it ends, and how many learners a leader may have.
namespace peercert::rules {
namespace {

using namespace test;

/// Maine: of forty hours five may be missed, the first two days never.
struct Missing : testing::Test {
    World world;
    Format& format() { return world.edition->formats.front(); }
    Missing() {
        Format course;
        course.name = "course";
        course.sessions = 5;
        course.session_length = Minutes{hours(8)};
        course.units = {"day 1", "day 2", "day 3", "day 4", "day 5"};
        course.missed_at_most = Minutes{hours(5)};
        course.never_missed = {"day 1", "day 2"};
        course.made_up_by = {Knowing::stated, "next round"};
        world.edition->formats = {course};
    }
    Person attended(std::vector<std::int64_t> hours_a_day) {
        Person person(world);
        for (std::size_t number = 0; number < hours_a_day.size(); ++number)
            person.has(EntryKind::attendance, "2025-03-0" + std::to_string(number + 1),
                       "2025-03-0" + std::to_string(number + 1), hours_a_day[number],
                       "day " + std::to_string(number + 1));
        return person;
    }
    Verdict completed(Person person, Situation when = asked("2025-04-01")) {
        return judge(world.program(), world.program().completion("course"), person, when);
    }
};

TEST_F(Missing, HoursAndLatenessAreCountedToTheMinute) {
    EXPECT_TRUE(completed(attended({hours(8), hours(8), hours(8), hours(8), hours(3)})).passes());
    EXPECT_TRUE(completed(attended({hours(8), hours(8), hours(8), hours(8), hours(3) - 1})).is_unmet());
    EXPECT_TRUE(completed(attended({hours(8), hours(8), hours(8), hours(6), hours(5)})).passes()); // late twice
    // Nobody makes up for a day by staying longer on another.
    EXPECT_TRUE(completed(attended({hours(8), hours(8), hours(12), hours(8), hours(0)})).is_unmet());
}

TEST_F(Missing, FirstDaysMayNotBeMissedAtAll) {
    EXPECT_TRUE(completed(attended({hours(8) - 1, hours(8), hours(8), hours(8), hours(8)})).is_unmet());
    const Person person = attended({hours(8), hours(7), hours(8), hours(8), hours(8)});
    const Finding finding =
        explain(world.program(), world.program().completion("course"), Person(person).record(), asked("2025-04-01"));
    EXPECT_TRUE(find(finding, "day 2")->verdict.is_unmet());
    EXPECT_EQ(find(finding, "day 2")->have, hours(7));
    EXPECT_EQ(find(finding, "day 2")->need, hours(8));
    EXPECT_TRUE(find(finding, "missed")->verdict.is_met());
    EXPECT_EQ(find(finding, "missed")->have, hours(1));
}

TEST_F(Missing, MakeUpCountsWhereTheRuleSaysSo) {
    const auto with_makeup = [this] {
        Person person = attended({hours(8), hours(8), hours(8), hours(8)});
        person.has(EntryKind::attendance, "2025-09-05", "2025-09-05", hours(8), "day 5", {"make-up"});
        return person;
    };
    EXPECT_TRUE(completed(with_makeup(), asked("2025-09-04")).is_unmet());
    EXPECT_TRUE(completed(with_makeup(), asked("2025-09-05")).passes());
    World other;
    other.edition->formats = {format()};
    other.edition->formats.front().made_up_by.knowing = Knowing::none;
    std::swap(world.edition, other.edition);
    world.compiled.reset();
    EXPECT_TRUE(completed(with_makeup(), asked("2025-09-05")).is_unmet());
    world.edition->formats.front().made_up_by.knowing = Knowing::nothing_said;
    world.compiled.reset();
    EXPECT_FALSE(completed(with_makeup(), asked("2025-09-05")).is_settled());
}

TEST_F(Missing, SessionsThatACohortHeldCountInsteadOfThePlan) {
    Person person = attended({hours(8), hours(8), hours(8)});
    std::vector<HeldSession> held;
    for (const auto* unit : {"day 1", "day 2", "day 3"})
        held.push_back({0, on("2025-03-01"), Minutes{hours(8)}, world.word(unit)});
    Situation when = asked("2025-04-01");
    when.sessions = held;
    EXPECT_TRUE(completed(person, when).passes());
    held.push_back({0, on("2025-03-04"), Minutes{hours(6)}, world.word("day 4")});
    when.sessions = held;
    EXPECT_TRUE(completed(person, when).is_unmet()); // six of thirty hours missed
}

/// A day whose length is not on file: being there is not yet having been there from beginning to end.
TEST_F(Missing, OfUnknownLengthSomebodyHasToSay) {
    format().session_length = Minutes{0};
    format().sessions.reset();
    format().missed_at_most.reset();
    EXPECT_FALSE(completed(attended({1, 1})).is_settled());
    EXPECT_FALSE(completed(attended({hours(8), hours(8)})).is_settled());
    EXPECT_TRUE(completed(attended({hours(8), 0})).is_unmet()); // not there at all
    EXPECT_TRUE(completed(attended({hours(8)})).is_unmet());
    Person both = attended({hours(8), 1});
    const Finding finding =
        explain(world.program(), world.program().completion("course"), both.record(), asked("2025-04-01"));
    EXPECT_EQ(find(finding, "day 2")->open_because, "length");
    EXPECT_EQ(find(finding, "day 2")->next.kind, NextStep::Kind::decision);
    // Those who held it say so, of each day; but nobody makes up for not having been there.
    const auto said = [&](std::vector<std::int64_t> hours_a_day, EntryResult of_day_2) {
        Person person = attended(std::move(hours_a_day));
        person.decided("2025-03-20", "day 1", EntryResult::approved);
        person.decided("2025-03-20", "day 2", of_day_2);
        return completed(person);
    };
    EXPECT_TRUE(said({1, 1}, EntryResult::approved).passes());
    EXPECT_TRUE(said({1, 1}, EntryResult::refused).is_unmet());
    EXPECT_TRUE(said({1}, EntryResult::approved).is_unmet());
    // The cohort's own sessions say how long they were, or that nobody knows.
    std::vector<HeldSession> held{{0, on("2025-03-01"), Minutes{hours(8)}, world.word("day 1")},
                                  {0, on("2025-03-02"), Minutes{hours(6)}, world.word("day 2")}};
    Situation when = asked("2025-04-01");
    when.sessions = held;
    EXPECT_TRUE(completed(attended({hours(8), hours(6)}), when).passes());
    EXPECT_TRUE(completed(attended({hours(8), hours(6) - 1}), when).is_unmet());
    held[1].length = Minutes{0};
    EXPECT_FALSE(completed(attended({hours(8), hours(6)}), when).is_settled());
}

TEST_F(Missing, OfAWholeThatIsNotOnFileIsJudgedBySessionsHeld) {
    format().session_length = Minutes{0};
    format().sessions.reset();
    format().never_missed.clear();
    EXPECT_FALSE(completed(attended({hours(8), hours(8)})).is_settled());
    EXPECT_TRUE(completed(attended({})).is_unmet());
    std::vector<HeldSession> held{{0, on("2025-03-01"), Minutes{hours(8)}, world.word("day 1")},
                                  {0, on("2025-03-02"), Minutes{hours(8)}, world.word("day 2")}};
    Situation when = asked("2025-04-01");
    when.sessions = held;
    EXPECT_TRUE(completed(attended({hours(8), hours(3)}), when).passes());
    EXPECT_TRUE(completed(attended({hours(8), hours(3) - 1}), when).is_unmet());
}

TEST_F(Missing, OutcomesAreGraded) { // PeerWorks
    Measure more = measure_of(EntryKind::practice, hours(50));
    format().outcomes = {{"Certified", all_of({clause("practice", "practice", more)})},
                         {"Level 1", std::nullopt},
                         {"Incomplete", std::nullopt}};
    const auto graded = [this](Person person) {
        return outcome(world.program(), "course", person, asked("2025-12-01"));
    };
    Person whole = attended({hours(8), hours(8), hours(8), hours(8), hours(8)});
    EXPECT_EQ(graded(whole).called, "Level 1");
    whole.practice("2025-05-01", "2025-05-01", hours(49));
    EXPECT_EQ(graded(whole).called, "Level 1");
    whole.practice("2025-06-01", "2025-06-01", hours(1)).pending();
    EXPECT_EQ(graded(whole).called, "");
    EXPECT_FALSE(graded(whole).verdict.is_settled());
    whole.practice("2025-06-02", "2025-06-02", hours(1));
    EXPECT_EQ(graded(whole).called, "Certified");
    EXPECT_EQ(graded(attended({hours(8), hours(8), hours(8)})).called, "Incomplete");
    EXPECT_THROW(outcome(world.program(), "corse", whole, asked("2025-12-01")), Error);
}

TEST(Ratio, CountsLearnersForEachLeader) { // T10, NE
    World world;
    Format training;
    training.name = "training";
    training.led_by = {{"certified"}};
    training.learners_for_each_leader = 10;
    training.others_may_lead_along = true;
    world.edition->formats = {training};
    Person peer(world), other(world);
    peer.holds("certified", "2024-01-01", "2026-12-31");
    const auto with = [&](std::vector<const Record*> leaders, int people) {
        return lead(world.program(), "training", leaders, people, on("2025-05-01")).verdict;
    };
    EXPECT_TRUE(with({&peer.record()}, 10).is_met());
    EXPECT_TRUE(with({&peer.record()}, 11).is_unmet());
    EXPECT_TRUE(with({&peer.record(), &other.record()}, 20).is_met());
    EXPECT_TRUE(with({&peer.record(), &other.record()}, 21).is_unmet());
    EXPECT_TRUE(with({&other.record()}, 5).is_unmet()); // one of them has to be a certified peer
}

} // namespace
} // namespace peercert::rules
