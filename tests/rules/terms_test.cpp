#include <gtest/gtest.h>

#include <peercert/plugin.hpp>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

struct Terms : testing::Test {
    World world;
    PresentTerm first(Person& person, std::string_view issued) {
        return first_term(world.program(), "certified", person, asked(issued));
    }
    PresentTerm next(Person& person, std::string_view decided) {
        return next_term(world.program(), "certified", person, asked(decided));
    }
};

TEST_F(Terms, LastDayIsTheAnniversaryOrTheDayBefore) {
    Person person(world);
    world.lasts("certified", "anniversary", years(2), {{"last day", "the anniversary"}});
    EXPECT_EQ(first(person, "2024-03-10").last, on("2026-03-10"));
    World other;
    other.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    Person same(other);
    EXPECT_EQ(first_term(other.program(), "certified", same, asked("2024-03-10")).last, on("2026-03-09"));
    same.holds("certified", "2024-03-10", "2026-03-09");
    const PresentTerm renewed = next_term(other.program(), "certified", same, asked("2026-02-01"));
    EXPECT_EQ(renewed.number, 2);
    EXPECT_EQ(renewed.first, on("2026-03-10"));
    EXPECT_EQ(renewed.last, on("2028-03-09"));
}

TEST_F(Terms, ClampedMonthDoesNotDrift) { // vector 5
    world.lasts("certified", "anniversary", months(6), {{"last day", "the anniversary"}, {"anchor", "first issue"}});
    Person person(world);
    EXPECT_EQ(first(person, "2025-08-31").last, on("2026-02-28"));
    person.holds("certified", "2025-08-31", "2026-02-28");
    EXPECT_EQ(next(person, "2026-02-01").last, on("2026-08-31"));
    World plain; // counted from each term's first day: the same while terms follow each other ...
    plain.lasts("certified", "anniversary", months(6), {{"last day", "the anniversary"}});
    Person other(plain);
    other.holds("certified", "2025-08-31", "2026-02-28").holds("certified", "2026-03-01", "2026-08-31");
    EXPECT_EQ(next_term(plain.program(), "certified", other, asked("2026-08-31")).last, on("2027-02-28"));
    Person once(plain);
    once.holds("certified", "2025-08-31", "2026-02-28");
    EXPECT_EQ(next_term(plain.program(), "certified", once, asked("2026-02-01")).last, on("2026-08-31"));
    // ... and anew after a gap, where the first issue would keep the cycle.
    EXPECT_EQ(next_term(plain.program(), "certified", once, asked("2026-04-10")).last, on("2026-10-10"));
    EXPECT_EQ(next(person, "2026-04-10").last, on("2026-08-31"));
}

TEST_F(Terms, LeapDayComesBackInLeapYears) {
    world.lasts("certified", "anniversary", years(2),
                {{"last day", "the day before"}, {"February 29", "march 1"}, {"short month", "nothing said"}});
    Person person(world);
    person.holds("certified", "2024-02-29", "2026-02-28").holds("certified", "2026-03-01", "2028-02-28");
    EXPECT_EQ(first(person, "2024-02-29").last, on("2026-02-28"));
    EXPECT_EQ(next(person, "2028-01-10").first, on("2028-02-29"));
    EXPECT_EQ(next(person, "2028-01-10").last, on("2030-02-28"));
}

TEST_F(Terms, ShortMonthAndLeapDayFollowTheStatedPolicy) {
    const auto last = [](const std::string& policy, const std::string& leap, Span term, std::string_view issued) {
        World other;
        other.lasts("certified", "anniversary", term,
                    {{"last day", "the anniversary"}, {"short month", policy}, {"February 29", leap}});
        Person person(other);
        return first_term(other.program(), "certified", person, asked(issued)).last;
    };
    EXPECT_EQ(last("last day of the month", "nothing said", months(1), "2025-01-31"), on("2025-02-28"));
    EXPECT_EQ(last("first day of the next", "nothing said", months(1), "2025-01-31"), on("2025-03-01"));
    EXPECT_EQ(last("nothing said", "february 28", years(1), "2024-02-29"), on("2025-02-28"));
    EXPECT_EQ(last("nothing said", "march 1", years(1), "2024-02-29"), on("2025-03-01"));
    EXPECT_EQ(last("nothing said", "nothing said", years(1), "2024-03-31"), on("2025-03-31"));
    EXPECT_THROW(last("nothing said", "march 1", months(1), "2025-01-31"), Error);
    EXPECT_THROW(last("last day of the month", "nothing said", years(1), "2024-02-29"), Error);
}

struct Birthday : Terms {
    Birthday() {
        world.lasts("certified", "birthday", years(2),
                    {{"February 29", "february 28"}, {"the one after when issued within", "90 days"}});
    }
};

TEST_F(Birthday, FirstTermRunsToTheNextBirthdayOrTheOneAfterWhenItIsNear) {
    Person person(world);
    person.born("1988-03-15");
    EXPECT_EQ(first(person, "2026-01-10").last, on("2027-03-15"));
    EXPECT_EQ(first(person, "2025-12-15").last, on("2027-03-15")); // exactly 90 days before
    EXPECT_EQ(first(person, "2025-12-14").last, on("2026-03-15")); // 91
    EXPECT_EQ(first(person, "2026-03-14").last, on("2027-03-15"));
    EXPECT_EQ(first(person, "2026-03-15").last, on("2027-03-15")); // on the birthday: the next one
    EXPECT_EQ(first(person, "2026-03-16").last, on("2027-03-15"));
}

TEST_F(Birthday, LeapDayBirthdayFallsWhereTheTrackSays) { // vector 6
    Person person(world);
    person.born("1988-02-29");
    EXPECT_EQ(first(person, "2025-06-01").last, on("2026-02-28"));
    EXPECT_EQ(first(person, "2027-06-01").last, on("2028-02-29"));
    World march;
    march.lasts("certified", "birthday", years(2), {{"February 29", "march 1"}});
    Person other(march);
    other.born("1988-02-29");
    EXPECT_EQ(first_term(march.program(), "certified", other, asked("2025-06-01")).last, on("2026-03-01"));
    World silent;
    silent.lasts("certified", "birthday", years(2), {{"February 29", "nothing said"}});
    Person leap(silent);
    leap.born("1988-02-29");
    EXPECT_THROW(first_term(silent.program(), "certified", leap, asked("2025-06-01")), Error);
    Person plain(silent);
    plain.born("1988-03-01");
    EXPECT_EQ(first_term(silent.program(), "certified", plain, asked("2025-06-01")).last, on("2026-03-01"));
}

TEST_F(Birthday, RenewalsFollowEveryTwoYearsAndWithoutABirthDateNothingIsGuessed) {
    Person person(world);
    person.born("1980-03-15").holds("certified", "2026-08-01", "2027-03-15");
    EXPECT_EQ(next(person, "2027-03-15").first, on("2027-03-16"));
    EXPECT_EQ(next(person, "2027-03-15").last, on("2029-03-15"));
    const PresentTerm late = next(person, "2027-05-01"); // nothing is backdated, the cycle stays
    EXPECT_EQ(late.first, on("2027-05-01"));
    EXPECT_EQ(late.last, on("2029-03-15"));
    Person unknown(world);
    EXPECT_THROW(first(unknown, "2026-01-01"), Error);
}

TEST_F(Terms, FixedDayMonthEndAndNoEnd) {
    world.lasts("certified", "fixed day", years(3), {{"day", "December 31"}});
    Person person(world);
    EXPECT_EQ(first(person, "2024-05-05").last, on("2027-12-31"));
    World monthly;
    monthly.lasts("certified", "month end", years(1));
    Person other(monthly);
    EXPECT_EQ(first_term(monthly.program(), "certified", other, asked("2024-02-10")).last, on("2025-02-28"));
    World endless;
    endless.lasts("certified", "no end", std::nullopt);
    Person third(endless);
    EXPECT_EQ(first_term(endless.program(), "certified", third, asked("2024-02-10")).last, std::nullopt);
}

/// Wisconsin's parity, as a plugin brings it: that day of the second year after passing, then every second year.
class Parity final : public TermClock {
public:
    std::string_view name() const override { return "made:parity"; }
    void check(const Parameters& parameters) const override { parameters.only({"day"}); }
    Date last_day(const TermQuestion& question, const Parameters&) const override {
        if (question.previous_last)
            return add_years(*question.previous_last, 2);
        if (!question.passing)
            throw Error(ErrorCode::invalid_input, "no exam was passed");
        return (question.passing->year() + std::chrono::years{2}) / std::chrono::October / 31;
    }
};

TEST_F(Terms, ParityClockOfAPluginHangsOnTheDayOfPassing) { // vector 1
    Parity parity;
    world.kinds.add(parity);
    world.lasts("certified", "made:parity", years(2), {{"day", "October 31"}});
    Passed exam;
    exam.parts = {"oral", "written"};
    exam.mark = {Knowing::none, {}};
    world.step(Step::Verb::become, "certified", {clause("examination", "exam", exam)});
    Person odd(world);
    odd.sat("2023-11-20", "written", EntryResult::passed).sat("2023-11-02", "oral", EntryResult::passed);
    EXPECT_EQ(first(odd, "2023-12-01").last, on("2025-10-31"));
    Person even(world); // the last part counts
    even.sat("2023-11-20", "written", EntryResult::passed).sat("2024-02-03", "oral", EntryResult::passed);
    EXPECT_EQ(first(even, "2024-03-01").last, on("2026-10-31"));
    Person neither(world);
    neither.sat("2023-11-20", "written", EntryResult::passed);
    EXPECT_THROW(first(neither, "2024-03-01"), Error);
    Situation told = asked("2024-03-01");
    told.passing = on("2024-02-03");
    EXPECT_EQ(first_term(world.program(), "certified", neither, told).last, on("2026-10-31"));
}

TEST_F(Terms, OnlySoManyRenewalsGapsOrNot) { // vector 29
    world.level("trainee");
    world.lasts("trainee", "anniversary", years(1), {{"last day", "the anniversary"}}).renewals_at_most = 4;
    world.step(Step::Verb::renew, "trainee", {statement("pursuing hours")});
    Person person(world);
    person.states("2025-07-15", "pursuing hours");
    PresentTerm term = first_term(world.program(), "trainee", person, asked("2025-08-01"));
    EXPECT_EQ(term.last, on("2026-08-01"));
    person.holds("trainee", to_text(term.first), to_text(*term.last));
    const Goal goal = world.program().step(Step::Verb::renew, "trainee");
    for (int renewal = 1; renewal <= 4; ++renewal) {
        const Situation when = asked(to_text(*term.last));
        EXPECT_TRUE(judge(world.program(), goal, person, when).is_met()) << renewal;
        term = next_term(world.program(), "trainee", person, when);
        person.holds("trainee", to_text(term.first), to_text(*term.last));
    }
    EXPECT_EQ(term.last, on("2030-08-01"));
    const Finding fifth = explain(world.program(), goal, person, asked("2030-07-31"));
    EXPECT_TRUE(fifth.verdict.is_unmet());
    EXPECT_TRUE(find(fifth, "number of renewals")->verdict.is_unmet());
    Person with_gap(world);
    with_gap.states("2025-07-15", "pursuing hours");
    for (const char* year : {"2020", "2022", "2023", "2024", "2026"})
        with_gap.holds("trainee", std::string(year) + "-08-01", std::string(year) + "-12-31");
    EXPECT_TRUE(judge(world.program(), goal, with_gap, asked("2026-12-01")).is_unmet());
}

/// Wisconsin's ladder for parent peer specialists, as printed.
struct Ladder : Terms {
    Ladder() {
        const auto fee_line = [](std::string name, std::int64_t cents) {
            return Fee{std::move(name), {Knowing::stated, cents}, {}};
        };
        Rung grace;
        grace.until_kind = Rung::Until::day;
        grace.until = day(Anchor::expiry, {months(1)});
        grace.called = "grace";
        grace.holder_may.knowing = Knowing::nothing_said;
        grace.fees = {fee_line("renewal", 5500)};
        Rung late = grace;
        late.until_kind = Rung::Until::printed;
        late.until = day(Anchor::expiry, {months(6)});
        late.printed = "August 31";
        late.arithmetic = "6 months after expiry";
        late.called = "late";
        late.holder_may = {Knowing::stated, {"attend meetings"}};
        late.fees.push_back(fee_line("late", 2500));
        Rung lapsed;
        lapsed.until_kind = Rung::Until::day;
        lapsed.until = day(Anchor::expiry, {years(2), days(-1)});
        lapsed.called = "lapsed";
        lapsed.holder_may.knowing = Knowing::none;
        Passed exam;
        exam.parts = {"competency"};
        exam.mark = {Knowing::none, {}};
        exam.selection.dated = window(day(Anchor::expiry), std::nullopt);
        exam.selection.dated->from_excluded = true;
        Attempts tries;
        tries.at_most = {Knowing::stated, 2};
        tries.no_show_counts = {Knowing::stated, true};
        tries.counted = exam.selection.dated;
        lapsed.to_come_back =
            all_of({clause("exam again", "exam", exam), clause("tries", "attempts", tries)}, "to come back");
        lapsed.only_to_come_back = true;
        Rung ended = lapsed;
        ended.until_kind = Rung::Until::no_limit;
        ended.called = "ended";
        ended.to_come_back =
            all_of({entry(EntryKind::training, "approved curriculum", window(day(Anchor::expiry), std::nullopt)),
                    clause("exam again", "exam", exam)},
                   "to come back");
        world.edition->after_expiry = {grace, late, lapsed, ended};
        world.lasts("certified", "anniversary", years(2), {{"last day", "the anniversary"}});
        Step& renew = world.step(Step::Verb::renew, "certified", {statement("ethics")});
        renew.fees = {fee_line("renewal", 5500)};
        Filing filing;
        filing.opens = {Knowing::stated, day(Anchor::expiry, {days(-90)})};
        filing.until = {Knowing::stated, day(Anchor::expiry)};
        renew.filing = filing;
        world.edition->purposes.push_back({"attend meetings", {"certified"}, std::nullopt, {}, {}, {}, "M"});
    }
    Person holder() {
        Person person(world);
        person.holds("certified", "2022-01-31", "2024-01-31").states("2023-12-01", "ethics");
        return person;
    }
    FeeAnswer fee_on(std::string_view day_text) {
        Person person = holder();
        return fee(world.program(), Step::Verb::renew, "certified", person, asked(day_text));
    }
    std::string called_on(std::string_view day_text) {
        const auto rung = rung_on(world.program(), on("2024-01-31"), on(day_text));
        return rung ? world.edition->after_expiry[*rung].called : "in force";
    }
};

TEST_F(Ladder, GraceEndsWithFebruaryThenTheFeeRises) { // vector 2
    EXPECT_EQ(called_on("2024-01-31"), "in force");
    EXPECT_EQ(called_on("2024-02-01"), "grace");
    EXPECT_EQ(fee_on("2024-01-31").cents, 5500);
    EXPECT_EQ(fee_on("2024-02-29").cents, 5500);
    EXPECT_EQ(fee_on("2024-02-29").called, "grace");
    EXPECT_EQ(fee_on("2024-03-01").cents, 8000);
    EXPECT_EQ(fee_on("2024-03-01").lines.size(), 2U);
}

TEST_F(Ladder, PrintedDayWinsOverArithmetic) { // vector 3
    EXPECT_EQ(called_on("2024-08-20"), "late");
    EXPECT_EQ(fee_on("2024-08-20").cents, 8000);
    EXPECT_EQ(called_on("2024-08-31"), "late");
    EXPECT_EQ(called_on("2024-09-01"), "lapsed");
}

TEST_F(Ladder, HigherRungsAskForTheExamThenForTrainingToo) { // vector 4
    EXPECT_EQ(called_on("2026-01-30"), "lapsed");
    EXPECT_EQ(called_on("2026-01-31"), "ended");
    const auto come_back = [&](Person& person, std::string_view day_text) {
        const auto rung = rung_on(world.program(), on("2024-01-31"), on(day_text));
        return explain(world.program(), world.program().coming_back("certified", *rung), person, asked(day_text));
    };
    Person person = holder();
    const Finding lapsed = come_back(person, "2024-09-01");
    EXPECT_TRUE(find(lapsed, "exam again")->verdict.is_unmet());
    EXPECT_EQ(find(lapsed, "tries")->need, 2);
    EXPECT_EQ(find(lapsed, "ethics"), nullptr); // instead of the renewal's own needs
    person.sat("2024-09-10", "competency", EntryResult::not_yet).sat("2024-10-10", "competency", EntryResult::not_yet);
    EXPECT_TRUE(find(come_back(person, "2024-11-01"), "tries")->verdict.is_unmet());
    Person passed = holder();
    passed.sat("2024-09-10", "competency", EntryResult::passed);
    EXPECT_TRUE(come_back(passed, "2024-11-01").verdict.is_met());
    EXPECT_TRUE(find(come_back(passed, "2026-01-31"), "approved curriculum")->verdict.is_unmet());
    passed.trained("2026-01-20", "approved curriculum");
    EXPECT_TRUE(come_back(passed, "2026-01-31").verdict.is_met());
}

TEST_F(Ladder, RenewalInTimeIsFiledWithinItsWindow) {
    const Goal goal = world.program().step(Step::Verb::renew, "certified");
    Person person = holder();
    EXPECT_TRUE(judge(world.program(), goal, person, asked("2023-11-02")).is_unmet()); // 90 days before is the 2nd
    person = Person(world).holds("certified", "2022-01-31", "2024-01-31").states("2023-10-01", "ethics");
    EXPECT_TRUE(judge(world.program(), goal, person, asked("2023-11-01")).is_unmet());
    EXPECT_EQ(explain(world.program(), goal, person, asked("2023-11-01")).next.day, on("2023-11-02"));
    const Finding open = explain(world.program(), goal, person, asked("2023-11-02"));
    EXPECT_TRUE(open.verdict.is_met());
    EXPECT_EQ(open.holds_until, on("2024-01-31"));
    EXPECT_TRUE(judge(world.program(), goal, person, asked("2024-02-01")).is_unmet());
    Person nobody(world);
    EXPECT_TRUE(judge(world.program(), goal, nobody, asked("2024-01-01")).is_unmet());
}

TEST_F(Ladder, TimelineIsWithoutGapAndEndsOpen) {
    const auto stretches = timeline(world.program(), {1, on("2022-01-31"), on("2024-01-31")});
    ASSERT_EQ(stretches.size(), 5U);
    EXPECT_TRUE(stretches.front().in_force);
    for (std::size_t at = 0; at + 1 < stretches.size(); ++at) {
        EXPECT_EQ(add_days(*stretches[at].last, 1), stretches[at + 1].first);
        EXPECT_FALSE(stretches[at + 1].in_force);
    }
    EXPECT_EQ(stretches.back().last, std::nullopt);
    EXPECT_EQ(stretches.back().called, "ended");
    EXPECT_EQ(stretches[1].holder_may.knowing, Knowing::nothing_said);
    EXPECT_EQ(timeline(world.program(), {1, on("2022-01-31"), std::nullopt}).size(), 1U);
}

TEST_F(Ladder, HolderMayDoWhatTheRungSays) {
    Person person = holder();
    const auto verdict_on = [&](std::string_view text) {
        return may(world.program(), "attend meetings", person, on(text)).verdict;
    };
    EXPECT_TRUE(verdict_on("2024-01-31").is_met());
    EXPECT_EQ(verdict_on("2024-02-01"), Verdict::open()); // nothing said
    EXPECT_TRUE(verdict_on("2024-03-01").is_met());
    EXPECT_TRUE(verdict_on("2024-09-01").is_unmet());
    EXPECT_EQ(may(world.program(), "attend meetings", person, on("2024-09-01")).because, "lapsed");
    EXPECT_TRUE(verdict_on("2022-01-30").is_unmet());
    EXPECT_THROW(may(world.program(), "attend meeting", person, on("2024-01-01")), Error);
}

TEST_F(Ladder, EmergencyExtensionCoversItsCohortOnly) {
    ExceptionRule rule;
    rule.name = "emergency";
    rule.cohort_fact = "cohort b";
    rule.dated = {on("2024-05-01"), on("2024-10-30")};
    rule.last_day = on("2026-01-30");
    rule.clauses_waived = {"ethics"};
    rule.fee_waivable = true;
    world.edition->exceptions = {rule};
    Person person(world);
    person.holds("certified", "2022-01-31", "2024-01-31").fact("2024-04-01", "no end", "cohort b");
    const Goal back = world.program().coming_back("certified", 1);
    EXPECT_TRUE(judge(world.program(), back, person, asked("2024-04-30")).is_unmet());
    EXPECT_TRUE(judge(world.program(), back, person, asked("2024-05-01")).passes());
    EXPECT_TRUE(judge(world.program(), back, person, asked("2024-10-30")).passes());
    EXPECT_TRUE(judge(world.program(), back, person, asked("2024-10-31")).is_unmet());
    EXPECT_EQ(next_term(world.program(), "certified", person, asked("2024-06-01")).last, on("2026-01-30"));
    EXPECT_TRUE(fee(world.program(), Step::Verb::renew, "certified", person, asked("2024-06-01")).waivable);

    const auto stretches = timeline(world.program(), {1, on("2022-01-31"), on("2024-01-31")}, person);
    const auto called = [&](std::string_view text) {
        for (const Stretch& one : stretches)
            if (one.first <= on(text) && (!one.last || on(text) <= *one.last))
                return one.called;
        return std::string();
    };
    EXPECT_EQ(called("2024-04-30"), "late");
    EXPECT_EQ(called("2024-05-01"), "emergency");
    EXPECT_EQ(called("2024-10-30"), "emergency");
    EXPECT_EQ(called("2024-10-31"), "lapsed");
    for (std::size_t at = 0; at + 1 < stretches.size(); ++at)
        EXPECT_EQ(add_days(*stretches[at].last, 1), stretches[at + 1].first);
    Person other(world);
    other.holds("certified", "2022-01-31", "2024-01-31");
    EXPECT_TRUE(judge(world.program(), back, other, asked("2024-06-01")).is_unmet());
    EXPECT_EQ(timeline(world.program(), {1, on("2022-01-31"), on("2024-01-31")}, other).size(), 5U);
}

TEST_F(Terms, PurposesShowTheRestrictionOfALevelAndWhatTheEmployerConfirms) {
    world.level("trainee");
    Purpose bill{"bill Medicaid",
                 {"trainee", "certified"},
                 window(day("2025-07-01"), std::nullopt),
                 {"trainee"},
                 "under an approved supervisor",
                 {"a licensed agency"},
                 "WAC"};
    world.edition->purposes = {bill};
    Person trainee(world);
    trainee.holds("trainee", "2025-01-01", "2026-01-01");
    const MayAnswer answer = may(world.program(), "bill Medicaid", trainee, on("2025-07-01"));
    EXPECT_TRUE(answer.verdict.is_met());
    EXPECT_EQ(answer.restriction, "under an approved supervisor");
    EXPECT_EQ(answer.employer_confirms, std::vector<std::string>{"a licensed agency"});
    EXPECT_TRUE(may(world.program(), "bill Medicaid", trainee, on("2025-06-30")).verdict.is_unmet());
    Person certified(world);
    certified.holds("certified", "2025-01-01", "2026-01-01");
    EXPECT_EQ(may(world.program(), "bill Medicaid", certified, on("2025-08-01")).restriction, "");
}

} // namespace
} // namespace peercert::rules
