#include <gtest/gtest.h>

#include "rules/building.hpp"
#include "rules/leading.hpp"

namespace peercert::rules {
namespace {

using namespace test;

/// A curriculum like WRAP: two leaders, one of whom may be provisional; a refresher every two years.
struct Leading : testing::Test {
    World world;
    Leading() {
        world.edition->code = "groups";
        world.edition->levels.clear();
        const Requirement refreshed = entry(EntryKind::training, "refresher", within_before(years(2), Anchor::asked));
        Level attendee;
        attendee.name = "attendee";
        attendee.may_not = {"lead"};
        attendee.why_not = "having taken part is a good beginning, and not yet the training to lead";
        Level provisional;
        provisional.name = "provisional";
        provisional.may = {"lead"};
        Level certified = provisional;
        certified.name = "certified";
        certified.stays_current = refreshed;
        world.edition->levels = {attendee, provisional, certified};
        Format weekly;
        weekly.name = "weekly group";
        weekly.size = Bound{8, 12, Unit::count};
        weekly.led_by = {{"certified"}, {"certified", "provisional"}};
        Format open_house;
        open_house.name = "open house";
        open_house.led_by_invitation = "anyone the author invites";
        world.edition->formats = {weekly, open_house};
    }
    Person certified(std::string_view refresher) {
        return Person(world).holds("certified", "2020-01-01", "no end").trained(refresher, "refresher");
    }
    LeadingAnswer ask(std::vector<Person> people, std::string_view day_text, std::optional<int> size = 10) {
        records_.clear();
        for (Person& one : people)
            records_.push_back(one.record());
        std::vector<const Record*> pointers;
        for (const Record& one : records_)
            pointers.push_back(&one);
        return lead(world.program(), "weekly group", pointers, size, on(day_text));
    }
    std::vector<Record> records_;
};

TEST_F(Leading, RefresherCoversTwoYearsToTheDay) {
    EXPECT_TRUE(ask({certified("2024-06-01"), certified("2023-03-01")}, "2025-03-01").verdict.is_met());
    const LeadingAnswer day_after = ask({certified("2024-06-01"), certified("2023-03-01")}, "2025-03-02");
    EXPECT_TRUE(day_after.verdict.is_unmet());
    EXPECT_TRUE(day_after.leaders[0].current);
    EXPECT_FALSE(day_after.leaders[1].current);
    EXPECT_EQ(day_after.unfilled.size(), 1U);
    EXPECT_EQ(ask({certified("2024-06-01"), certified("2023-03-01")}, "2024-07-01").leaders[1].finding.holds_until,
              on("2025-03-01"));
}

TEST_F(Leading, ProvisionalLeadsBesideACertifiedOneOnly) {
    Person provisional(world);
    provisional.holds("provisional", "2024-01-01", "no end");
    EXPECT_TRUE(ask({provisional, certified("2024-06-01")}, "2025-01-01").verdict.is_met());
    EXPECT_TRUE(ask({certified("2024-06-01"), provisional}, "2025-01-01").verdict.is_met());
    const LeadingAnswer two = ask({provisional, provisional}, "2025-01-01");
    EXPECT_TRUE(two.verdict.is_unmet());
    EXPECT_EQ(two.unfilled, (std::vector<std::vector<std::string>>{{"certified"}}));
    EXPECT_EQ(two.finding.next.what, "certified");
    EXPECT_TRUE(ask({certified("2024-06-01")}, "2025-01-01").verdict.is_unmet());
}

TEST_F(Leading, HavingTakenPartIsNotTheTrainingToLead) {
    Person attendee(world);
    attendee.holds("attendee", "2024-01-01", "no end");
    const LeadingAnswer answer = ask({certified("2024-06-01"), attendee}, "2025-01-01");
    EXPECT_TRUE(answer.verdict.is_unmet());
    EXPECT_EQ(answer.leaders[1].level, "attendee");
    EXPECT_EQ(answer.leaders[1].why_not, "having taken part is a good beginning, and not yet the training to lead");
    // Named as a third, the attendee is still told so.
    EXPECT_TRUE(ask({certified("2024-06-01"), certified("2024-06-01"), attendee}, "2025-01-01").verdict.is_unmet());
    Person nobody(world);
    EXPECT_TRUE(ask({certified("2024-06-01"), nobody}, "2025-01-01").leaders[1].level.empty());
}

TEST_F(Leading, UpkeepThatNobodyKnowsLeavesTheSessionOpen) {
    world.edition->levels.back().stays_current = clause("refresher of trainers", "unknown", NotKnown{Knowing::unknown});
    const LeadingAnswer open = ask({certified("2024-06-01"), certified("2024-06-01")}, "2025-01-01");
    EXPECT_EQ(open.verdict, Verdict::open());
    EXPECT_EQ(open.finding.open_because, "unknown");
    EXPECT_TRUE(ask({certified("2024-06-01")}, "2025-01-01").verdict.is_unmet()); // whatever turns out, one is missing
}

TEST_F(Leading, LevelBeforeItsFirstDayLeadsNothing) {
    Person later(world);
    later.holds("provisional", "2025-01-02", "no end");
    EXPECT_TRUE(ask({certified("2024-06-01"), later}, "2025-01-01").verdict.is_unmet());
    EXPECT_TRUE(ask({certified("2024-06-01"), later}, "2025-01-02").verdict.is_met());
}

TEST_F(Leading, SizeHasTwoEnds) {
    const std::vector<Person> two{certified("2024-06-01"), certified("2024-06-01")};
    EXPECT_TRUE(ask(two, "2025-01-01", 7).verdict.is_unmet());
    EXPECT_TRUE(ask(two, "2025-01-01", 8).verdict.is_met());
    EXPECT_TRUE(ask(two, "2025-01-01", 12).verdict.is_met());
    const LeadingAnswer many = ask(two, "2025-01-01", 13);
    EXPECT_TRUE(many.verdict.is_unmet());
    EXPECT_TRUE(find(many.finding, "size")->need_is_limit);
    EXPECT_TRUE(ask(two, "2025-01-01", std::nullopt).verdict.is_met());
}

TEST_F(Leading, WhereTheAuthorInvitesNoCredentialIsAsked) {
    Person cook(world);
    const std::vector<const Record*> one{&cook.record()};
    EXPECT_TRUE(lead(world.program(), "open house", one, 40, on("2025-01-01")).verdict.is_met());
    EXPECT_TRUE(lead(world.program(), "open house", {}, 40, on("2025-01-01")).verdict.is_unmet());
    EXPECT_THROW(lead(world.program(), "weekly", one, 40, on("2025-01-01")), Error);
}

} // namespace
} // namespace peercert::rules
