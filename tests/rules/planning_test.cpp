#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <tuple>

#include "rules/invented.hpp"
#include "rules/planning.hpp"

namespace peercert::rules {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

Entry entry_of(World& world, EntryKind kind, std::string_view date, std::int64_t amount,
               const std::vector<std::string>& tags = {}, const std::string& code = {},
               EntryResult result = EntryResult::none) {
    Entry entry;
    entry.kind = kind;
    entry.first = entry.last = on(date);
    entry.amount = amount;
    entry.code = world.word(code);
    entry.result = result;
    for (const std::string& tag : tags)
        entry.tags.add(world.word(tag));
    return entry;
}
Offer course(World& world, std::string_view date, std::int64_t amount, std::int64_t cents,
             const std::vector<std::string>& tags = {}, const std::string& code = {}) {
    Offer offer;
    offer.entries = {entry_of(world, EntryKind::ce, date, amount, tags, code)};
    offer.cents = cents;
    offer.minutes = amount;
    return offer;
}

/// A renewal of 10 h with 4 h of peer topics and 2 h of ethics, other topics up to 4 h, filed in the last 90 days.
struct ARenewal : ::testing::Test {
    ARenewal() {
        world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
        Measure ce = measure_of(EntryKind::ce, hours(10));
        ce.selection.dated = in_the_term();
        ce.of_which = {part("peer", at_least(hours(4))), part("ethics", at_least(hours(2))),
                       part("other", at_most(hours(4)))};
        Step& step = world.step(Step::Verb::renew, "certified", {clause("CE", "CE", ce), statement("code of ethics")});
        step.filing = Filing{};
        step.filing->opens = {Knowing::stated, day(Anchor::expiry, {days(-90)})};
        world.edition->after_expiry.resize(1);
        world.edition->after_expiry.front().until_kind = Rung::Until::no_limit;
        world.edition->after_expiry.front().called = "lapsed";
        world.edition->after_expiry.front().fees = {{"late", {Knowing::stated, 5000}, {}}};
        person.holds("certified", "2023-01-01", "2024-12-31");
    }
    PlanQuestion question(std::vector<Offer> offers, PlanOrder order = PlanOrder::earliest) {
        PlanQuestion asked;
        asked.verb = Step::Verb::renew;
        asked.level = "certified";
        asked.from = on("2024-06-01");
        asked.until = on("2024-12-31");
        asked.order = order;
        asked.offers = unoffered_steps(world.program(), asked.verb, asked.level, asked.from);
        own = asked.offers.size();
        for (Offer& offer : offers)
            asked.offers.push_back(std::move(offer));
        return asked;
    }
    /// Which of the courses are chosen, by their place.
    std::vector<std::size_t> courses(const Plan& made) const {
        std::vector<std::size_t> chosen;
        for (const std::size_t at : made.chosen)
            if (at >= own)
                chosen.push_back(at - own);
        return chosen;
    }
    World world;
    Person person{world};
    std::size_t own{0};
};

TEST_F(ARenewal, TakesTheCoursesThatAreEnoughSoonestAndThenCheapest) {
    person.ce("2023-05-01", hours(4), {"other"});
    const Plan made = plan(world.program(), person,
                           question({course(world, "2024-07-01", hours(6), 9000, {"peer", "ethics"}),
                                     course(world, "2024-08-01", hours(4), 2000, {"peer"}),
                                     course(world, "2024-09-01", hours(2), 1000, {"ethics"}),
                                     course(world, "2024-12-30", hours(6), 100, {"peer", "ethics"})}));
    EXPECT_EQ(made.outcome, Plan::Outcome::found);
    EXPECT_EQ(made.proof, Plan::Proof::best);
    EXPECT_EQ(made.day, on("2024-10-02")); // filing opens 90 days before the end
    EXPECT_THAT(courses(made), ElementsAre(1, 2));
    EXPECT_EQ(made.cents, 3000);
    EXPECT_EQ(made.minutes, hours(6));
    EXPECT_EQ(made.chosen.size(), 3U) << "the code of ethics is signed too, once";
    EXPECT_TRUE(judge(world.program(), made.goal, made.record, made.situation).passes());
}

TEST_F(ARenewal, TheCheapestWaitsForTheCheapCourse) {
    person.ce("2023-05-01", hours(4), {"other"});
    const Plan made = plan(world.program(), person,
                           question({course(world, "2024-08-01", hours(6), 2000, {"peer", "ethics"}),
                                     course(world, "2024-12-30", hours(6), 100, {"peer", "ethics"})},
                                    PlanOrder::cheapest));
    EXPECT_THAT(courses(made), ElementsAre(1));
    EXPECT_EQ(made.day, on("2024-12-30"));
}

TEST_F(ARenewal, ACapIsRespectedBecauseTheJudgementItselfRespectsIt) {
    const Plan made = plan(world.program(), person,
                           question({course(world, "2024-07-01", hours(8), 10, {"other"}),
                                     course(world, "2024-07-02", hours(4), 4000, {"peer"}),
                                     course(world, "2024-07-03", hours(2), 4000, {"ethics"}),
                                     course(world, "2024-07-04", hours(4), 9000, {"peer"})}));
    EXPECT_EQ(made.outcome, Plan::Outcome::found);
    EXPECT_THAT(courses(made), ElementsAre(0, 1, 2)); // 4 of the 8 other hours fit
}

TEST_F(ARenewal, WhenTheOffersAreNotEnoughItSaysSoAndShowsHowFarTheyReach) {
    const Plan made = plan(world.program(), person, question({course(world, "2024-07-01", hours(9), 10, {"peer"})}));
    EXPECT_EQ(made.outcome, Plan::Outcome::not_reached);
    EXPECT_EQ(made.day, on("2024-12-31"));
    const Finding left = explain(world.program(), made.goal, made.record, made.situation);
    EXPECT_EQ(find(left, "CE")->have, hours(9));
}

TEST_F(ARenewal, NothingIsPlannedForWhatIsThereAlready) {
    person.ce("2023-05-01", hours(8), {"peer"})
        .ce("2023-06-01", hours(2), {"ethics"})
        .states("2024-01-01", "code of ethics");
    const Plan made = plan(world.program(), person, question({course(world, "2024-07-01", hours(9), 10, {"peer"})}));
    EXPECT_THAT(made.chosen, IsEmpty());
    EXPECT_EQ(made.day, on("2024-10-02"));
}

TEST_F(ARenewal, AfterTheLastDayThePlanIsOneOfComingBack) {
    person.ce("2023-05-01", hours(8), {"peer"});
    PlanQuestion asked = question({course(world, "2024-12-31", hours(2), 10, {"ethics"})});
    asked.from = on("2025-01-10");
    asked.until = on("2025-03-01");
    const Plan made = plan(world.program(), person, asked);
    EXPECT_EQ(made.outcome, Plan::Outcome::found);
    EXPECT_EQ(made.rung, 0U);
    EXPECT_EQ(made.day, on("2025-01-10"));
}

TEST(Planning, WhatOnlyPeopleCanDecideIsLeftToThem) {
    World world;
    world.step(
        Step::Verb::become, "certified",
        {statement("own lived experience"), clause("good standing", "body decides", BodyDecides{"may this be?"})});
    Person person(world);
    PlanQuestion asked;
    asked.level = "certified";
    asked.from = on("2025-01-01");
    asked.until = on("2025-12-31");
    asked.offers = unoffered_steps(world.program(), asked.verb, asked.level, asked.from);
    const Plan made = plan(world.program(), person, asked);
    EXPECT_EQ(made.outcome, Plan::Outcome::to_decide);
    EXPECT_EQ(made.chosen.size(), 1U);
    EXPECT_FALSE(judge(world.program(), made.goal, made.record, made.situation).is_settled());
}

TEST(Planning, AsFewThingsAsCanBeAreTakenForGranted) {
    World world;
    world.step(Step::Verb::become, "certified",
               {any_of({all_of({entry(EntryKind::document, "degree"), entry(EntryKind::document, "letter")}, "both"),
                        entry(EntryKind::document, "diploma"),
                        clause("hours", "practice", measure_of(EntryKind::practice, hours(100)))})});
    Person person(world);
    PlanQuestion asked;
    asked.level = "certified";
    asked.from = on("2025-01-01");
    asked.until = on("2025-12-31");
    asked.offers = unoffered_steps(world.program(), asked.verb, asked.level, asked.from);
    const Plan made = plan(world.program(), person, asked);
    EXPECT_EQ(made.outcome, Plan::Outcome::found);
    ASSERT_EQ(made.chosen.size(), 1U);
    EXPECT_EQ(asked.offers[made.chosen.front()].what, "diploma");
    EXPECT_TRUE(asked.offers[made.chosen.front()].assumed);

    Offer work;
    work.entries = {entry_of(world, EntryKind::practice, "2025-06-01", hours(100))};
    asked.offers.push_back(work);
    const Plan offered = plan(world.program(), person, asked);
    EXPECT_THAT(offered.chosen, ElementsAre(asked.offers.size() - 1)) << "what is offered needs no assumption";
}

TEST(Planning, AnAttemptThatWouldUseUpTheTriesIsNotPlanned) {
    World world;
    Passed exam;
    exam.parts = {"written"};
    exam.mark = {Knowing::stated, {8000, Unit::hundredths}};
    Attempts tries;
    tries.parts = {"written"};
    tries.at_most = {Knowing::stated, 2};
    tries.no_show_counts = {Knowing::stated, true};
    world.step(Step::Verb::become, "certified", {clause("exam", "exam", exam), clause("tries", "attempts", tries)});
    Person person(world);
    person.sat("2025-01-05", "written", EntryResult::not_yet, 5000);
    PlanQuestion asked;
    asked.level = "certified";
    asked.from = on("2025-02-01");
    asked.until = on("2025-12-31");
    for (const char* date : {"2025-02-10", "2025-03-10"}) {
        Offer sitting;
        sitting.entries = {entry_of(world, EntryKind::exam, date, 8000, {}, "written", EntryResult::passed)};
        asked.offers.push_back(sitting);
    }
    const Plan made = plan(world.program(), person, asked);
    EXPECT_EQ(made.outcome, Plan::Outcome::found);
    EXPECT_EQ(made.proof, Plan::Proof::best);
    EXPECT_THAT(made.chosen, ElementsAre(0));
    EXPECT_EQ(made.day, on("2025-02-10"));
}

// --- against trying everything

using Weighed = std::tuple<int, std::int64_t, std::int64_t>;

struct Tried {
    std::optional<Weighed> best;
    std::vector<std::pair<std::uint32_t, Date>> passing; ///< every subset and day that passes
};

/// Every subset on every day, judged one by one.
Tried try_everything(World& world, const Record& record, const PlanQuestion& question) {
    Tried tried;
    Workspace room;
    for (std::uint32_t subset = 0; subset < (1U << question.offers.size()); ++subset)
        for (Date date = question.from; date <= question.until; date = add_days(date, 1)) {
            Record with = record;
            std::int64_t cents = 0, minutes = 0;
            bool in_time = true;
            for (std::size_t at = 0; at < question.offers.size(); ++at)
                if ((subset >> at & 1U) != 0) {
                    cents += question.offers[at].cents;
                    minutes += question.offers[at].minutes;
                    for (Entry entry : question.offers[at].entries) {
                        entry.id = EntryId{-static_cast<std::int64_t>(at) - 1};
                        in_time = in_time && entry.last <= date;
                        with.entries.push_back(entry);
                    }
                }
            if (!in_time)
                continue;
            std::stable_sort(with.entries.begin(), with.entries.end(), [](const Entry& a, const Entry& b) {
                return a.last != b.last ? a.last < b.last : a.id < b.id;
            });
            Situation when;
            when.as_of = date;
            const auto asked = goal_on(world.program(), question.verb, question.level, record, date, date);
            if (!judge(world.program(), asked.goal, with, when, room).passes())
                continue;
            tried.passing.emplace_back(subset, date);
            const Weighed mine{days_between(question.from, date), cents, minutes};
            if (!tried.best || mine < *tried.best)
                tried.best = mine;
        }
    return tried;
}

void compare_with_trying_everything(World& world, Person& person, PlanQuestion asked) {
    for (int number = pick<int>(1, 7); number > 0; --number) {
        Offer offer = course(world, to_text(add_days(asked.from, pick<int>(0, 40))), pick<std::int64_t>(20, 300),
                             100 * pick<std::int64_t>(0, 6));
        Entry& entry = offer.entries.front();
        for (int tags = pick<int>(0, 3); tags > 0; --tags)
            entry.tags.add(world.word(numbered("topic", 3)));
        if (maybe(30))
            entry.code = world.word(numbered("course", 2));
        if (maybe(15)) {
            entry.kind = EntryKind::exam;
            entry.code = world.word("part 0");
            entry.result = EntryResult::passed;
            entry.amount = 8500;
        } else if (maybe(20)) {
            entry.kind = EntryKind::training;
            entry.code = world.word(numbered("course", 2));
        }
        asked.offers.push_back(offer);
    }
    const Plan made = plan(world.program(), person, asked);
    const Tried tried = try_everything(world, person, asked);
    if (!tried.best) {
        RC_ASSERT(made.outcome != Plan::Outcome::found);
        return;
    }
    RC_ASSERT(made.outcome == Plan::Outcome::found);
    RC_ASSERT(judge(world.program(), made.goal, made.record, made.situation).passes());
    if (made.proof == Plan::Proof::best)
        RC_ASSERT((Weighed{days_between(asked.from, made.day), made.cents, made.minutes}) == *tried.best);
    std::uint32_t chosen = 0;
    for (const std::size_t at : made.chosen)
        chosen |= 1U << at;
    for (const auto& [subset, date] : tried.passing)
        RC_ASSERT(date != made.day || subset == chosen || (subset & chosen) != subset); // nothing of it can be left out
}

PlanQuestion some_question(const World& world) {
    PlanQuestion asked;
    asked.verb = world.edition->steps.front().verb;
    asked.level = "certified";
    asked.from = some_day();
    asked.until = add_days(asked.from, 45);
    return asked;
}

RC_GTEST_PROP(Planning, FindsWhatTryingEverythingFindsUnderAnyRule, ()) {
    World world;
    fill_edition(world);
    Person person = some_person(world);
    compare_with_trying_everything(world, person, some_question(world));
}

RC_GTEST_PROP(Planning, FindsTheBestOfCoursesInPartsWithMinimumsAndCaps, ()) {
    World world;
    Measure ce = measure_of(EntryKind::ce, pick<std::int64_t>(100, 900));
    for (int number = 0; number < 3; ++number) {
        Part one = part("topic " + std::to_string(number), {});
        if (maybe(60))
            one.bound.at_least = pick<std::int64_t>(0, 200);
        if (maybe(40))
            one.bound.at_most = pick<std::int64_t>(100, 400);
        ce.of_which.push_back(one);
    }
    ce.several_parts = maybe(25);
    ce.surplus_in_total = maybe(75);
    if (maybe(50))
        ce.selection.dated = within_before(days(pick<int>(5, 40)), Anchor::applying);
    world.step(Step::Verb::become, "certified", {clause("CE", "CE", ce)});
    Person person(world);
    if (maybe(50))
        person.ce(text_day(), 100, {"topic 0"});
    compare_with_trying_everything(world, person, some_question(world));
}

} // namespace
} // namespace peercert::rules
