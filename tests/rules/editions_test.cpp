#include <gtest/gtest.h>

#include "rules/building.hpp"
#include "rules/editions.hpp"

namespace peercert::rules {
namespace {

using namespace test;

Edition edition(std::string name, std::optional<std::string_view> from, std::optional<std::string_view> until,
                std::string chosen_by = "applying") {
    Edition made;
    made.code = "wa";
    made.edition = std::move(name);
    made.chosen_by = std::move(chosen_by);
    made.in_force_from.knowing = from ? Knowing::stated : Knowing::unknown;
    if (from)
        made.in_force_from.value = on(*from);
    if (until)
        made.in_force_until = on(*until);
    return made;
}

TEST(Editions, DayOfTheRecordedEventChooses) {
    const Edition old = edition("2024", std::nullopt, "2025-06-30");
    const Edition now = edition("2025", "2025-07-01", std::nullopt);
    const std::vector<const Edition*> both{&now, &old};
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-06-30")}}).edition, &old);
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-07-01")}}).edition, &now);
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-07-01")}}).event, "applying");
    EXPECT_TRUE(edition_conflicts(both).empty());
    EXPECT_THROW(select_edition(both, {{"issue", on("2025-07-01")}}), Error);
}

TEST(Editions, GapsAndOverlapsAreRefused) {
    const Edition old = edition("2024", "2020-01-01", "2025-06-29");
    const Edition now = edition("2025", "2025-07-01", std::nullopt);
    const std::vector<const Edition*> gap{&old, &now};
    ASSERT_EQ(edition_conflicts(gap).size(), 1U);
    EXPECT_EQ(edition_conflicts(gap).front(),
              "between wa 2024 and wa 2025 no edition is in force from 2025-06-30 until 2025-06-30");
    try {
        select_edition(gap, {{"applying", on("2025-06-30")}});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
    }
    const Edition longer = edition("2024", "2020-01-01", "2025-07-01");
    const std::vector<const Edition*> overlap{&longer, &now};
    EXPECT_EQ(edition_conflicts(overlap), std::vector<std::string>{"wa 2024 and wa 2025 overlap from 2025-07-01 on"});
    try {
        select_edition(overlap, {{"applying", on("2025-07-01")}});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::conflict);
    }
    EXPECT_EQ(select_edition(overlap, {{"applying", on("2025-07-02")}}).edition, &now);
}

/// What the record says of every event that can choose an edition.
TEST(EventDays, EachEventIsOnTheDayThatTheRecordHas) {
    World world;
    Passed exam;
    exam.parts = {"written"};
    world.step(Step::Verb::become, "certified", {clause("exam", "exam", exam)});
    world.edition->courses = {"core"};
    const std::vector<const Edition*> editions{world.edition.get()};
    Person person(world);
    person.holds("certified", "2024-01-01", "2024-12-31");
    person.has(EntryKind::training, "2023-09-04", "2023-10-20", 0, "core").trained("2023-11-01", "another");
    person.sat("2023-11-10", "written", EntryResult::passed).sat("2023-11-20", "written", EntryResult::not_yet);
    person.sat("2023-12-01", "oral of another", EntryResult::passed);
    person.has(EntryKind::sign_off, "2023-12-05", "2023-12-05", 1, "made-up/C1", {}, EntryResult::shown);
    const auto days = [&](std::optional<Step::Verb> verb, Situation when) {
        return event_days(person, world.words, editions, {verb, "certified", when});
    };
    const EventDays renewing = days(Step::Verb::renew, asked("2025-02-20"));
    EXPECT_EQ(renewing.at("deadline"), on("2024-12-31")) << "whenever one asks";
    EXPECT_EQ(renewing.at("issue"), on("2024-01-01"));
    EXPECT_EQ(renewing.at("applying"), on("2025-02-20"));
    EXPECT_EQ(renewing.at("asked"), on("2025-02-20"));
    EXPECT_EQ(renewing.at("attempt"), on("2023-11-20"));
    EXPECT_EQ(renewing.at("exam passed"), on("2023-11-10"));
    EXPECT_EQ(renewing.at("training completed"), on("2023-10-20"));
    EXPECT_EQ(renewing.at("first session"), on("2023-09-04"));
    EXPECT_EQ(renewing.at("observed"), on("2023-12-05"));
    Situation filed = asked("2025-02-20");
    filed.applying = on("2025-02-01");
    const EventDays first = days(Step::Verb::become, filed);
    EXPECT_EQ(first.at("deadline"), on("2025-02-01")) << "what is asked for first has no term to end";
    EXPECT_EQ(first.at("issue"), on("2025-02-20"));
    const auto told = [&](const std::string& event, Step::Verb verb, std::string_view day) {
        return event_that_chose(event, person, world.words, editions, {verb, "certified", asked(day)});
    };
    EXPECT_EQ(told("deadline", Step::Verb::become, "2025-02-20"), "applying");
    EXPECT_EQ(told("deadline", Step::Verb::renew, "2025-02-20"), "deadline");
    EXPECT_EQ(told("attempt", Step::Verb::become, "2023-11-09"), "asked");
    EXPECT_EQ(told("attempt", Step::Verb::become, "2023-11-10"), "attempt");
    EXPECT_EQ(days(std::nullopt, asked("2024-06-01")).at("deadline"), on("2024-12-31"));
    EXPECT_EQ(days(Step::Verb::renew, asked("2023-12-31")).at("deadline"), on("2023-12-31")) << "nothing is held yet";
    EXPECT_EQ(days(Step::Verb::renew, asked("2023-11-19")).at("attempt"), on("2023-11-10")) << "not a later try";
    EXPECT_EQ(days(Step::Verb::renew, asked("2023-11-09")).at("exam passed"), on("2023-11-09"));
}

TEST(EventDays, ATermGrantedAheadIsWhatARenewalIsAbout) {
    World world;
    world.step(Step::Verb::renew, "certified", {});
    Person person(world);
    person.holds("certified", "2024-01-01", "2024-12-31").holds("certified", "2025-01-01", "2025-12-31");
    Record record = person;
    record.holdings.front().terms.back().decided = on("2024-12-10");
    const Symbol track = world.word("made-up");
    EXPECT_EQ(term_granted_ahead(record, track, world.word("certified"), on("2024-12-09")), std::nullopt);
    EXPECT_EQ(term_granted_ahead(record, track, world.word("certified"), on("2024-12-10")),
              (PresentTerm{2, on("2025-01-01"), on("2025-12-31")}));
    EXPECT_EQ(term_granted_ahead(record, track, world.word("certified"), on("2025-01-01")), std::nullopt);
    EXPECT_EQ(term_granted_ahead(record, track, world.word("another"), on("2024-12-10")), std::nullopt);
    const std::vector<const Edition*> editions{world.edition.get()};
    const auto deadline = [&](std::string_view day) {
        return event_days(record, world.words, editions, {Step::Verb::renew, "certified", asked(day)}).at("deadline");
    };
    EXPECT_EQ(deadline("2024-12-09"), on("2024-12-31"));
    EXPECT_EQ(deadline("2024-12-10"), on("2025-12-31"));
}

} // namespace
} // namespace peercert::rules
