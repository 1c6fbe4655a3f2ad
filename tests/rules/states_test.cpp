#include <gtest/gtest.h>

#include "rules/building.hpp"
#include "rules/editions.hpp"

/// Ladders, exceptions, applications that close, levels that end, editions in flight.
namespace peercert::rules {
namespace {

using namespace test;

Rung rung(std::string called, std::optional<DayExpression> until) {
    Rung made;
    made.called = std::move(called);
    made.holder_may.knowing = Knowing::none;
    if (until) {
        made.until_kind = Rung::Until::day;
        made.until = *until;
    }
    return made;
}

const Stretch& on_day(const std::vector<Stretch>& stretches, std::string_view date) {
    static const Stretch nowhere;
    for (const Stretch& one : stretches)
        if (one.first <= on(date) && (!one.last || on(date) <= *one.last))
            return one;
    return nowhere;
}

/// PA: who lapsed before 2026 has six months from then on; afterwards six months from expiry. The word changed, too.
struct Transition : testing::Test {
    World world;
    Transition() {
        const DayExpression from_the_change = day("2026-01-01");
        DayExpression six_after_change = from_the_change;
        six_after_change.shifts = {months(6)};
        Rung back = rung("lapsed", made_of(Anchor::later_of, {six_after_change, day(Anchor::expiry, {months(6)})}));
        back.called_by_day = {{"lapsed", {std::nullopt, on("2025-12-31")}},
                              {"expired", {on("2026-01-01"), std::nullopt}}};
        world.edition->after_expiry = {back, rung("ended", std::nullopt)};
    }
};

TEST_F(Transition, DeadlineIsTheLaterOfTwo) { // vector 38
    const auto called = [this](std::string_view last, std::string_view date) {
        return on_day(timeline(world.program(), {1, on("2023-01-01"), on(last)}), date).called;
    };
    EXPECT_EQ(called("2025-07-31", "2025-08-01"), "lapsed");
    EXPECT_EQ(called("2025-07-31", "2025-12-31"), "lapsed");
    EXPECT_EQ(called("2025-07-31", "2026-01-01"), "expired"); // the word of the new rule, the same stretch
    EXPECT_EQ(called("2025-07-31", "2026-07-01"), "expired");
    EXPECT_EQ(called("2025-07-31", "2026-07-02"), "ended");
    EXPECT_EQ(called("2026-02-15", "2026-08-15"), "expired");
    EXPECT_EQ(called("2026-02-15", "2026-08-16"), "ended");
    EXPECT_EQ(rung_on(world.program(), on("2025-07-31"), on("2026-07-01")), 0U);
    EXPECT_EQ(rung_on(world.program(), on("2025-07-31"), on("2026-07-02")), 1U);
}

TEST_F(Transition, FeeNamesTheWordOfItsDay) { // F3
    world.lasts("certified", "no end", std::nullopt);
    world.step(Step::Verb::renew, "certified", {});
    Person person(world);
    person.holds("certified", "2023-08-01", "2025-07-31");
    EXPECT_EQ(fee(world.program(), Step::Verb::renew, "certified", person, asked("2025-12-31")).called, "lapsed");
    EXPECT_EQ(fee(world.program(), Step::Verb::renew, "certified", person, asked("2026-01-01")).called, "expired");
}

/// WI 2021: an extension for named people, over a ladder of one month of grace.
struct Emergency : testing::Test {
    World world;
    Emergency() {
        world.edition->after_expiry = {rung("grace", day(Anchor::expiry, {months(1)})), rung("lapsed", std::nullopt)};
        ExceptionRule rule;
        rule.name = "emergency";
        rule.cohort_fact = "cohort";
        rule.dated = {on("2021-02-28"), on("2021-08-30")};
        world.edition->exceptions = {rule};
    }
    ExceptionRule& rule() { return world.edition->exceptions.front(); }
    std::vector<Stretch> stretches(std::string_view last) {
        Person person(world);
        person.fact("2021-02-01", "no end", "cohort");
        return timeline(world.program(), {1, on("2019-01-01"), on(last)}, person);
    }
};

TEST_F(Emergency, StacksOnTheGraceThatBeginsAfterIt) {
    rule().ladder = ExceptionRule::Ladder::begins_after;
    const auto all = stretches("2021-01-31");
    EXPECT_EQ(on_day(all, "2021-02-27").called, "grace"); // its own month, until the extension begins
    EXPECT_TRUE(on_day(all, "2021-02-28").in_force);
    EXPECT_TRUE(on_day(all, "2021-08-30").in_force);
    EXPECT_EQ(on_day(all, "2021-08-31").called, "grace");
    EXPECT_EQ(on_day(all, "2021-09-30").called, "grace");
    EXPECT_EQ(on_day(all, "2021-10-01").called, "lapsed");
    Person covered(world), other(world);
    covered.fact("2021-02-01", "no end", "cohort");
    EXPECT_EQ(rung_on(world.program(), on("2021-01-31"), on("2021-09-30"), covered), 0U);
    EXPECT_EQ(rung_on(world.program(), on("2021-01-31"), on("2021-10-01"), covered), 1U);
    EXPECT_EQ(rung_on(world.program(), on("2021-01-31"), on("2021-09-30"), other), 1U);
}

TEST_F(Emergency, OrTheLadderRunsOnUnderneath) {
    const auto all = stretches("2021-01-31");
    EXPECT_TRUE(on_day(all, "2021-08-30").in_force);
    EXPECT_EQ(on_day(all, "2021-08-31").called, "lapsed");
}

TEST_F(Emergency, WhoseLadderNobodyFoundIsADecision) {
    rule().ladder = ExceptionRule::Ladder::not_said;
    const auto all = stretches("2021-01-31");
    EXPECT_TRUE(on_day(all, "2021-08-30").in_force);
    EXPECT_FALSE(on_day(all, "2021-08-31").in_force);
    EXPECT_FALSE(on_day(all, "2021-08-31").decides.empty());
    // A term that runs past the extension is not touched by it.
    EXPECT_EQ(on_day(stretches("2021-12-31"), "2022-01-31").called, "grace");
}

TEST_F(Emergency, DayForEverybodyProlongsShortensOrReplaces) {
    rule().last_day = on("2023-08-30");
    world.lasts("certified", "month end", years(2));
    const auto last = [this](ExceptionRule::ThatDay that_day, std::string_view held_last) {
        World other;
        other.edition->exceptions = {rule()};
        other.edition->exceptions.front().that_day = that_day;
        other.lasts("certified", "month end", years(2));
        Person person(other);
        person.fact("2021-02-01", "no end", "cohort").holds("certified", "2019-01-01", held_last);
        return next_term(other.program(), "certified", person, asked("2021-06-01")).last;
    };
    using ThatDay = ExceptionRule::ThatDay;
    EXPECT_EQ(last(ThatDay::replaces, "2021-01-31"), on("2023-08-30"));
    EXPECT_EQ(last(ThatDay::prolongs, "2021-01-31"), on("2023-08-30")); // the clock says 2023-06-30
    EXPECT_EQ(last(ThatDay::shortens, "2021-01-31"), on("2023-06-30"));
    EXPECT_EQ(last(ThatDay::prolongs, "2021-12-31"), on("2023-12-31"));
    EXPECT_EQ(last(ThatDay::shortens, "2021-12-31"), on("2023-08-30"));
}

/// CA: 12 months from approval, three tries in one application.
struct ClosingApplication : testing::Test {
    World world;
    ClosingApplication() {
        Attempts tries;
        tries.at_most = {Knowing::stated, 3};
        tries.counted = window(day(Anchor::applying), std::nullopt);
        tries.no_show_counts = {Knowing::stated, true};
        Step& step = world.step(Step::Verb::become, "certified", {clause("tries", "attempts", tries)});
        step.stays_open = day(Anchor::approval, {months(12)});
        step.when_closed = {Knowing::stated, "a new application"};
    }
    Finding finding(Person& person, std::string_view applied, std::string_view as_of) {
        Situation when = asked(as_of);
        when.applying = on(applied);
        return explain(world.program(), world.program().step(Step::Verb::become, "certified"), person, when);
    }
};

TEST_F(ClosingApplication, ClosesAYearAfterApproval) {
    Person person(world);
    person.decided("2024-02-29", "made-up/approval", EntryResult::approved);
    EXPECT_TRUE(finding(person, "2024-01-10", "2025-02-28").verdict.passes());
    const Finding closed = finding(person, "2024-01-10", "2025-03-01");
    EXPECT_TRUE(closed.verdict.is_unmet());
    EXPECT_EQ(find(closed, "application")->next.what, "a new application");
    EXPECT_EQ(finding(person, "2024-01-10", "2024-06-01").holds_until, on("2025-02-28"));
    Situation when = asked("2024-06-01");
    when.applying = on("2024-01-10");
    EXPECT_EQ(closes_on(world.program(), Step::Verb::become, "certified", person, when), on("2025-02-28"));
    Person waiting(world);
    EXPECT_TRUE(finding(waiting, "2024-01-10", "2026-01-01").verdict.passes()); // not approved yet: nothing runs
    EXPECT_EQ(closes_on(world.program(), Step::Verb::become, "certified", waiting, when), std::nullopt);
}

TEST_F(ClosingApplication, NewApplicationGivesThreeMoreTries) {
    Person person(world);
    person.decided("2024-02-01", "made-up/approval", EntryResult::approved);
    person.sat("2024-05-01", "written", EntryResult::not_yet).sat("2024-09-01", "written", EntryResult::not_yet);
    EXPECT_EQ(find(finding(person, "2024-01-10", "2025-02-02"), "tries")->have, 2);
    EXPECT_TRUE(finding(person, "2024-01-10", "2025-02-02").verdict.is_unmet()); // closed with two tries used
    const Finding again = finding(person, "2025-03-01", "2025-03-01");
    EXPECT_TRUE(again.verdict.passes()); // the old approval is not of this application
    EXPECT_EQ(find(again, "tries")->have, 0);
}

TEST(Extensions, CountAsRenewals) { // TX
    World world;
    world.level("initial");
    world.lasts("initial", "month end", months(6)).renewals_at_most = 1;
    world.step(Step::Verb::extend, "initial", {});
    const Goal extend = world.program().step(Step::Verb::extend, "initial");
    Person once(world), twice(world), never(world);
    once.holds("initial", "2025-08-31", "2026-02-28");
    twice.holds("initial", "2025-08-31", "2026-02-28").holds("initial", "2026-03-01", "2026-08-31");
    EXPECT_TRUE(judge(world.program(), extend, once, asked("2026-02-20")).passes());
    EXPECT_TRUE(judge(world.program(), extend, twice, asked("2026-08-20")).is_unmet());
    EXPECT_TRUE(judge(world.program(), extend, never, asked("2026-08-20")).is_unmet());
}

TEST(FilingLate, IsRefusedOrADecision) { // V9, vector 37
    const auto verdict = [](Knowing late, std::string_view filed) {
        World world;
        world.lasts("certified", "no end", std::nullopt);
        Filing filing;
        filing.until = {Knowing::stated, day(Anchor::expiry, {days(-14)})};
        filing.filed_late = late;
        world.step(Step::Verb::renew, "certified", {}).filing = filing;
        Person person(world);
        person.holds("certified", "2023-07-01", "2025-06-30");
        return judge(world.program(), world.program().step(Step::Verb::renew, "certified"), person, asked(filed));
    };
    EXPECT_TRUE(verdict(Knowing::none, "2025-06-16").passes());
    EXPECT_TRUE(verdict(Knowing::none, "2025-06-17").is_unmet());
    EXPECT_TRUE(verdict(Knowing::nothing_said, "2025-06-16").passes());
    EXPECT_FALSE(verdict(Knowing::nothing_said, "2025-06-17").is_settled());
}

/// WA: the renewal is in time on the next business day when the last day is closed.
struct ClosedDeadline : testing::Test {
    World world;
    ClosedDeadline() {
        world.lasts("certified", "no end", std::nullopt);
        ClosedDays office;
        office.name = "office";
        office.weekdays = {0, 6};
        office.years = {2026};
        office.days = {{on("2026-05-25"), "a holiday"}};
        world.edition->closed_days = {office};
        Filing filing;
        filing.until = {Knowing::stated, day(Anchor::expiry)};
        filing.closed_day = {Knowing::stated, "next business day"};
        filing.closed_days = "office";
        Step& step = world.step(Step::Verb::renew, "certified", {});
        step.filing = filing;
        step.fees = {{"renewal", {Knowing::stated, 100}, {}}};
        Rung late = rung("late", std::nullopt);
        late.fees = {{"late", {Knowing::stated, 500}, {}}};
        world.edition->after_expiry = {late};
    }
    Verdict filed(std::string_view last, std::string_view date) {
        Person person(world);
        person.holds("certified", "2024-01-01", last);
        return judge(world.program(), world.program().step(Step::Verb::renew, "certified"), person, asked(date));
    }
    std::int64_t cents(std::string_view last, std::string_view date) {
        Person person(world);
        person.holds("certified", "2024-01-01", last);
        return fee(world.program(), Step::Verb::renew, "certified", person, asked(date)).cents;
    }
};

TEST_F(ClosedDeadline, GivesWayToTheNextOpenDay) {           // R8
    EXPECT_TRUE(filed("2026-05-22", "2026-05-22").passes()); // a Friday
    EXPECT_TRUE(filed("2026-05-22", "2026-05-23").is_unmet());
    EXPECT_TRUE(filed("2026-05-23", "2026-05-26").passes()); // Saturday, Sunday, a holiday, Tuesday
    EXPECT_TRUE(filed("2026-05-23", "2026-05-27").is_unmet());
    EXPECT_EQ(cents("2026-05-23", "2026-05-26"), 100);
    EXPECT_EQ(cents("2026-05-23", "2026-05-27"), 500);
    EXPECT_EQ(cents("2026-05-22", "2026-05-23"), 500);
}

TEST_F(ClosedDeadline, OfAYearThatTheCalendarDoesNotKnowIsADecision) {
    EXPECT_TRUE(filed("2027-05-22", "2027-05-22").passes());
    EXPECT_FALSE(filed("2027-05-22", "2027-05-24").is_settled());
    EXPECT_TRUE(filed("2027-05-22", "2027-05-30").is_unmet());
    EXPECT_FALSE(filed("2026-12-31", "2027-01-01").is_settled() && filed("2026-12-31", "2027-01-01").passes());
    EXPECT_EQ(cents("2027-05-22", "2027-05-24"), 500); // as it stands, until somebody decides
}

/// OH youth: no older than 30.
struct AgingOut : testing::Test {
    std::unique_ptr<World> world{std::make_unique<World>()};
    void set(Level::NoLonger then) {
        world = std::make_unique<World>();
        AgeRule age{{std::nullopt, 30, Unit::years}, day(Anchor::asked), {Knowing::stated, LeapDay::february_28}};
        Level& level = world->level("certified");
        level.eligible_while = clause("age", "age", age);
        level.when_no_longer_eligible = then;
        level.may = {"work"};
        Purpose work;
        work.name = "work";
        work.levels = {"certified"};
        world->edition->purposes = {work};
    }
    Verdict may_work(std::string_view date) {
        Person person(*world);
        person.born("1995-06-01").holds("certified", "2025-01-01", "2026-12-31");
        return may(world->program(), "work", person, on(date)).verdict;
    }
    bool leads(std::string_view date) {
        Person person(*world);
        person.born("1995-06-01").holds("certified", "2025-01-01", "2026-12-31");
        return judge(world->program(), world->program().level("certified"), person, asked(date)).passes();
    }
};

TEST_F(AgingOut, EndsOnTheBirthday) {
    set(Level::NoLonger::ends);
    EXPECT_TRUE(may_work("2026-05-31").is_met());
    EXPECT_TRUE(may_work("2026-06-01").is_unmet());
    EXPECT_TRUE(leads("2026-05-31"));
    EXPECT_FALSE(leads("2026-06-01"));
}

TEST_F(AgingOut, OrIsKeptToTheLastDay) {
    set(Level::NoLonger::keeps_to_expiry);
    EXPECT_TRUE(may_work("2026-06-01").is_met());
    EXPECT_TRUE(leads("2026-06-01"));
    EXPECT_FALSE(may_work("2027-01-01").is_met());
}

TEST_F(AgingOut, OrNobodyWroteWhatThen) {
    set(Level::NoLonger::not_said);
    EXPECT_TRUE(may_work("2026-05-31").is_met());
    EXPECT_FALSE(may_work("2026-06-01").is_settled());
}

TEST(Cascade, PrerequisiteThatLapsesEndsTheRegistration) { // E10, VA
    World world;
    Level& level = world.level("certified");
    HoldsCredential other{"other-track", "certified", day(Anchor::asked), std::nullopt};
    level.eligible_while = clause("certification", "holds", other);
    level.when_no_longer_eligible = Level::NoLonger::ends;
    Person person(world);
    person.holds("certified", "2025-01-01", "2025-12-31")
        .holds_of("other-track", "certified", "2024-01-01", "2025-06-30");
    EXPECT_TRUE(still_eligible(world.program(), "certified", person, on("2025-06-30")).verdict.is_met());
    EXPECT_TRUE(still_eligible(world.program(), "certified", person, on("2025-07-01")).verdict.is_unmet());
}

TEST(GoodStanding, PendingComplaintStopsAPurpose) { // R12
    World world;
    Purpose purpose;
    purpose.name = "teach";
    purpose.levels = {"certified"};
    purpose.needs_good_standing = true;
    Purpose unknown;
    unknown.name = "bill";
    unknown.not_known = "what Medicaid asks";
    world.edition->purposes = {purpose, unknown};
    Person person(world);
    person.holds("certified", "2024-01-01", "2025-12-31").fact("2024-03-01", "2024-05-31", "complaint pending");
    EXPECT_TRUE(may(world.program(), "teach", person, on("2024-02-29")).verdict.is_met());
    EXPECT_TRUE(may(world.program(), "teach", person, on("2024-03-01")).verdict.is_unmet());
    EXPECT_TRUE(may(world.program(), "teach", person, on("2024-05-31")).verdict.is_unmet());
    EXPECT_TRUE(may(world.program(), "teach", person, on("2024-06-01")).verdict.is_met());
    const MayAnswer bill = may(world.program(), "bill", person, on("2024-06-01"));
    EXPECT_FALSE(bill.verdict.is_settled());
    EXPECT_EQ(bill.because, "what Medicaid asks");
}

TEST(InFlight, OlderEditionMayBeAskedForUntilItsDay) { // G1
    Edition older, newer;
    older.code = newer.code = "xx";
    older.edition = "2019", newer.edition = "2024";
    older.in_force_until = on("2023-12-31");
    newer.in_force_from = {Knowing::stated, on("2024-01-01")};
    newer.replaces = "2019";
    newer.may_choose_older_until = on("2024-06-30");
    older.chosen_by = newer.chosen_by = "applying";
    const std::vector<const Edition*> both{&older, &newer};
    const auto chosen = [&both](std::string_view day, std::string_view wanted) -> std::string {
        try {
            return choose_edition(both, {{"applying", on(day)}}, wanted).edition->edition;
        } catch (const Error& error) {
            return error.what();
        }
    };
    EXPECT_EQ(chosen("2024-06-30", ""), "2024");
    EXPECT_EQ(chosen("2024-06-30", "2019"), "2019");
    EXPECT_EQ(chosen("2024-06-30", "2024"), "2024");
    EXPECT_EQ(chosen("2024-07-01", "2019"),
              "xx 2024 applies, chosen by the day of \"applying\", 2024-07-01; the edition before it could be chosen "
              "until 2024-06-30");
    EXPECT_EQ(chosen("2023-12-31", "2024"),
              "xx 2019 applies, chosen by the day of \"applying\", 2023-12-31; another edition cannot be chosen for "
              "that day");
}

TEST(InFlight, ChangeOnAnUnknownDayNeedsSomebodyToSayWhich) {
    Edition older, newer;
    older.code = newer.code = "xx";
    older.edition = "old", newer.edition = "new";
    older.in_force_until_unknown = true;
    newer.in_force_from.knowing = Knowing::unknown;
    newer.replaces = "old";
    const std::vector<const Edition*> both{&older, &newer};
    EXPECT_EQ(select_edition(both, {{"asked", on("2024-01-01")}}).undecided.size(), 2U);
    EXPECT_THROW(choose_edition(both, {{"asked", on("2024-01-01")}}, ""), Error);
    EXPECT_EQ(choose_edition(both, {{"asked", on("2024-01-01")}}, "old").edition, &older);
    EXPECT_TRUE(edition_conflicts(both).empty());
    newer.replaces.clear(); // nothing says that one took the place of the other
    EXPECT_THROW(select_edition(both, {{"asked", on("2024-01-01")}}), Error);
}

} // namespace
} // namespace peercert::rules
