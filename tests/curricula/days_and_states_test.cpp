#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/phrases.hpp"
#include "curricula/schema.hpp"
#include "curricula/small_files.hpp"

/// Clocks, steps, ladders, levels, editions and attendance as files say them.
using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Edition read(const std::string& text) {
    const ReadEdition answer = read_text(text);
    EXPECT_EQ(to_text(answer.problems), "");
    return answer.edition.value_or(Edition{});
}

std::string lasting(const std::string& words) {
    return track_with("to become certified:\n  see: Page\n  lasts: {" + words + "}\n");
}

Lasts lasts(const std::string& words) { return read(lasting(words)).level("certified")->lasts.value_or(Lasts{}); }

/// What `curriculum explain` says of the line with that name.
std::string said(const std::vector<ExplainedLine>& lines, std::string_view name) {
    for (const ExplainedLine& line : lines)
        if (line.name == name)
            return line.sentence;
    return "nothing";
}

TEST(Clocks, OfABirthdaySayWhichOneEndsAFirstTerm) {
    const auto birthday = [](const std::string& how) {
        return "term: 2 years, ends: birthday, February 29: february 28" + (how.empty() ? "" : ", " + how);
    };
    EXPECT_THAT(problems_of(lasting(birthday(""))), HasSubstr("say \"the one after when issued within\" here"));
    EXPECT_THAT(problems_of(lasting(birthday("at least: 1 year, at most: 2 years"))),
                HasSubstr("say only one of these"));
    for (const auto* how : {"the one after when issued within: 90 days", "at least: 1 year", "at least: none",
                            "at most: 2 years", "first term: to the birthday in the year a full term ends",
                            "at least: 1 year, years: odd", "at least: 1 year, years: as the year of birth"})
        EXPECT_EQ(problems_of(lasting(birthday(how))), "") << how;
    const auto told = [&](const std::string& how) {
        const Edition edition = read(lasting(birthday(how)));
        return said(explain(edition, edition.steps.at(0)), "lasts");
    };
    EXPECT_THAT(told("at least: 1 year"),
                HasSubstr("the first term ends on the first birthday that is at least 1 year after issue"));
    EXPECT_THAT(told("at most: 2 years"),
                HasSubstr("the first term ends on the last birthday that is at most 2 years after issue"));
    EXPECT_THAT(told("first term: to the birthday in the year a full term ends"),
                HasSubstr("the birthday in the calendar year in which a full term from the day of issue would end"));
    EXPECT_THAT(told("at least: 1 year, years: odd"), HasSubstr("in odd years"));
    EXPECT_THAT(problems_of(lasting(birthday("at least: 1 year, years: uneven"))),
                HasSubstr("\"years\" takes every, odd, even or as the year of birth"));
}

TEST(Clocks, SayWhatTheyMust) {
    EXPECT_EQ(lasts("term: 2 years, ends: month end").clock, "month end");
    EXPECT_EQ(lasts("term: 2 years, ends: month start, last day: the day before").parameters.word("last day"),
              "the day before");
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: month start")),
                HasSubstr("f.yaml:14:10: say \"last day\" here (the first of the month, the day before"));
    EXPECT_THAT(problems_of(lasting("term: 1 year, ends: calendar year")),
                HasSubstr("f.yaml:14:10: say \"year of issue\" here"));
    EXPECT_EQ(problems_of(lasting("term: 3 years, ends: calendar year, year of issue: counts as the first")), "");
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: regime, last day: the day before")),
                HasSubstr("f.yaml:14:10: say \"anchor\" here"));
    EXPECT_EQ(problems_of(lasting("term: 2 years, ends: regime, anchor: 2023-02-01, last day: the day before")), "");
    EXPECT_EQ(problems_of(lasting(
                  "term: 2 years, ends: regime, anchor: from 2023-01-02 until 2023-08-01, last day: the day before")),
              "");
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: regime, anchor: some day, last day: the day before")),
                HasSubstr("f.yaml:14:48: \"some day\" is not understood"));
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: fixed day, day: September 1, years: odd")),
                HasSubstr("say \"at least\" here"));
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: fixed day, day: September 1, years: uneven, at least: none")),
                HasSubstr("\"years\" takes odd, even, every"));
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: fixed day, day: September 1, at least: 1 year")),
                HasSubstr("belong beside \"years\""));
    EXPECT_THAT(
        problems_of(lasting("term: 3 years, ends: fixed day, day: June 30, years: every third, at least: none")),
        HasSubstr("say \"counted from\" here"));
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: month end, last day: the day before")),
                HasSubstr("unknown word \"last day\""));
}

TEST(Problems, NameTheHomeOfAWordThatStandsInTheWrongBlock) {
    EXPECT_THAT(problems_of(track_with("to renew certified:\n  see: Page\n  renewals: at most 3\n  needs: [{statement: "
                                       "ethics}]\n")),
                HasSubstr("unknown word \"renewals\"; it belongs in \"lasts\"; allowed here: "));
    EXPECT_THAT(problems_of(becoming("    - {training: ethics-1, carry over: none}\n")),
                HasSubstr("unknown word \"carry over\"; it belongs in a CE clause; allowed here: "));
}

TEST(Terms, AreChosenUnknownUnchangedOrAligned) {
    const Lasts chosen = lasts("term: {chosen by the holder: [1 year, 2 years, 3 years]}, ends: month end");
    EXPECT_FALSE(chosen.term);
    EXPECT_THAT(chosen.chosen,
                ElementsAre(Span{1, CalendarUnit::years}, Span{2, CalendarUnit::years}, Span{3, CalendarUnit::years}));
    EXPECT_THAT(problems_of(lasting("term: {chosen by the holder: [1 year]}, ends: month end")),
                HasSubstr("a choice has at least two terms"));
    EXPECT_THAT(problems_of(lasting("term: {chosen by holder: [1 year, 2 years]}, ends: month end")),
                HasSubstr("did you mean \"chosen by the holder\"?"));
    const Edition unknown = read(lasting("term: unknown"));
    EXPECT_EQ(unknown.level("certified")->lasts->term_known, Knowing::unknown);
    EXPECT_THAT(said(explain(unknown, unknown.steps[0]), "lasts"), HasSubstr("whose length was not found"));
    EXPECT_EQ(gaps(unknown).at(0).what, "certified: how long it lasts");
    EXPECT_THAT(lasts("term: 2 years, ends: month end, aligned with: [yy-ps]").aligned_with, ElementsAre("yy-ps"));
    const Edition added = read(track_with("to add trainee:\n  see: Page\n  lasts: {term: unchanged}\n"));
    EXPECT_EQ(added.level("trainee")->lasts->clock, "unchanged");
    EXPECT_EQ(said(explain(added, added.steps[0]), "lasts"), "as long as the term it is added to");
    EXPECT_THAT(problems_of(track_with("to become trainee:\n  see: Page\n  lasts: {term: unchanged}\n")),
                HasSubstr("only what is added leaves a term unchanged"));
    EXPECT_THAT(problems_of(track_with("to renew trainee:\n  see: Page\n  lasts: {term: 1 year, ends: month end}\n")),
                HasSubstr("\"lasts\" stands where the level begins"));
}

TEST(Terms, RegisterMayShowALaterDayThanTheLast) {
    const Lasts shown = lasts("term: 2 years, ends: month end, shown until: 30 days after expiry");
    EXPECT_EQ(to_text(*shown.shown_until), "30 days after expiry");
    EXPECT_THAT(problems_of(lasting("term: 2 years, ends: month end, shown until: 30 days after issue")),
                HasSubstr("\"shown until\" hangs on expiry"));
}

std::string rung_called(const std::string& called) {
    return track_with("after expiry: {see: Page, holder may: nothing, rungs: [{up to: no limit, called: " + called +
                      "}]}\n");
}

TEST(Rungs, MayBeCalledOtherwiseFromADayOn) {
    const Edition edition =
        read(rung_called("[{until: 2025-12-31, called: lapsed}, {from: 2026-01-01, called: expired}]"));
    const Rung& rung = edition.after_expiry.at(0);
    EXPECT_EQ(rung.called, "lapsed");
    EXPECT_EQ(rung.called_on(2025y / 12 / 31), "lapsed");
    EXPECT_EQ(rung.called_on(2026y / 1 / 1), "expired");
    EXPECT_EQ(explain_after_expiry(edition).at(0).name,
              "until 2025-12-31 called lapsed; from 2026-01-01 called expired");
    for (const auto* hole :
         {"[{until: 2025-12-30, called: lapsed}, {from: 2026-01-01, called: expired}]",
          "[{until: 2026-01-01, called: lapsed}, {from: 2026-01-01, called: expired}]",
          "[{from: 2020-01-01, until: 2025-12-31, called: lapsed}, {from: 2026-01-01, called: expired}]",
          "[{until: 2025-12-31, called: lapsed}, {from: 2026-01-01, until: 2027-01-01, called: expired}]"})
        EXPECT_THAT(problems_of(rung_called(hole)), HasSubstr("follow each other without gap")) << hole;
}

TEST(Steps, CloseFlagAndAreDecidedInTime) {
    const Edition edition = read(track_with("to become certified:\n"
                                            "  see: Page\n"
                                            "  needs: [{statement: s}]\n"
                                            "  stays open: 12 months from approval\n"
                                            "  then: a new application\n"
                                            "  afterwards: {fact: grandfathered}\n"
                                            "  decided within: 60 days\n"));
    const Step& step = edition.steps.at(0);
    EXPECT_EQ(to_text(*step.stays_open), "12 months after approval");
    EXPECT_EQ(step.when_closed.value, "a new application");
    EXPECT_THAT(step.flags, ElementsAre("grandfathered"));
    EXPECT_EQ(step.decided_within, (Span{60, CalendarUnit::days}));
    const auto lines = explain(edition, step);
    EXPECT_EQ(said(lines, "stays open"), "can be granted until 12 months after approval; then: a new application");
    EXPECT_EQ(said(lines, "afterwards"), "recorded with the decision, from its day on: grandfathered");
    EXPECT_EQ(said(lines, "decided within"), "60 days of receipt, by the body itself");
    const auto wrong = [](const std::string& words) {
        return problems_of(track_with("to become certified:\n  see: Page\n  " + words + "\n"));
    };
    EXPECT_THAT(wrong("stays open: 12 months after applying"), HasSubstr("say \"then\" here"));
    EXPECT_THAT(wrong("stays open: 12 months after birth\n  then: nothing said"),
                HasSubstr("after applying or approval"));
    EXPECT_THAT(wrong("then: nothing said"), HasSubstr("\"then\" belongs beside \"stays open\""));
    EXPECT_THAT(wrong("stays open: a year\n  then: nothing said"),
                HasSubstr("f.yaml:14:15: \"a year\" is not understood"));
    EXPECT_THAT(wrong("afterwards: {}"), HasSubstr("say which \"fact\" is recorded"));
}

TEST(Filing, LateMayBeOpen) {
    const Edition edition =
        read(track_with("to renew certified:\n  see: Page\n  file: {opens: none, until: 1 month before expiry, "
                        "filed means: receipt, filed late: nothing said}\n"));
    EXPECT_EQ(edition.steps.at(0).filing->filed_late, Knowing::nothing_said);
    EXPECT_EQ(gaps(edition).at(0).what, "to renew certified: what filing late is");
    EXPECT_THAT(said(explain(edition, edition.steps.at(0)), "filing"),
                HasSubstr("what filing later is: the source does not say"));
    EXPECT_THAT(problems_of(track_with("to renew certified:\n  see: Page\n  file: {filed late: refused}\n")),
                HasSubstr("\"filed late\" belongs beside \"until\""));
}

TEST(Levels, SayWhatHasToStayTrue) {
    const std::string level = "levels:\n  youth: {see: Page, eligible while: [{age: at most 30, measured at: asked, "
                              "February 29: march 1}]";
    const auto file = [](std::string text) {
        std::string whole = track_with("");
        whole.replace(whole.find("levels: [trainee, certified]"), 28, text);
        return whole;
    };
    const Edition edition = read(file(level + ", when no longer eligible: keep to expiry}"));
    EXPECT_EQ(edition.level("youth")->when_no_longer_eligible, Level::NoLonger::keeps_to_expiry);
    EXPECT_EQ(said(explain(*edition.level("youth")), "when no longer eligible"), "it is kept to its last day");
    EXPECT_THAT(problems_of(file(level + "}")), HasSubstr("say \"when no longer eligible\" here"));
    EXPECT_THAT(problems_of(file("levels:\n  youth: {when no longer eligible: ends}")),
                HasSubstr("belongs beside \"eligible while\""));
}

TEST(Editions, InFlightFollowedByAndRegister) {
    std::string text =
        track_with("register: {shown to: with consent, see: Page}\nfollowed by: yy-ps\nreplaces: 2019\n");
    const std::string in_force = "in force: {from: 2024-01-01, until: further notice, chosen by: applying}";
    text.replace(text.find(in_force), in_force.size(),
                 "in force: {from: 2024-01-01, until: unknown, chosen by: applying, in flight: {may choose the older "
                 "until: 2024-06-30}}");
    const Edition edition = read(text);
    EXPECT_EQ(edition.may_choose_older_until, 2024y / 6 / 30);
    EXPECT_TRUE(edition.in_force_until_unknown);
    EXPECT_EQ(edition.followed_by, "yy-ps");
    EXPECT_EQ(edition.public_register, Edition::Register::with_consent);
    EXPECT_THAT(in_force_sentence(edition), HasSubstr("in force from 2024-01-01; its last day is not known;"));
    EXPECT_THAT(in_force_sentence(edition), HasSubstr("up to 2024-06-30 of that event 2019 may be asked for instead"));
    text.erase(text.find("replaces: 2019\n"), 15);
    EXPECT_THAT(problems_of(text), HasSubstr("\"in flight\" needs \"replaces\""));
    EXPECT_THAT(problems_of(track_with("register: {see: Page}\n")), HasSubstr("say \"shown to\" here"));
}

TEST(Purposes, MayBeUnknownAndAskForGoodStanding) {
    const Edition edition =
        read(track_with("may:\n  bill: {unknown: what Medicaid asks, see: Page}\n"
                        "  work: {level: certified, needs good standing: yes, shown to: nobody, see: Page}\n"));
    EXPECT_EQ(edition.purposes.at(0).not_known, "what Medicaid asks");
    EXPECT_TRUE(edition.purposes.at(1).needs_good_standing);
    EXPECT_EQ(edition.purposes.at(1).shown_to, Purpose::Shown::nobody);
    EXPECT_EQ(gaps(edition).at(0).what, "bill: what Medicaid asks");
    EXPECT_EQ(explain(edition.purposes.at(0)).at(0).sentence, "not known: what Medicaid asks");
    EXPECT_EQ(explain(edition.purposes.at(1)).at(0).sentence,
              "certified; not while a complaint is pending; shown to nobody");
}

TEST(Exceptions, SayWhatTheirDaysMean) {
    const auto wrong = [](const std::string& words) {
        return problems_of(track_with("exceptions: [{name: e, for fact: f, see: Page, " + words + "}]\n"));
    };
    EXPECT_THAT(wrong("dated: from 2021-01-01 until 2021-08-30"), HasSubstr("say \"the ladder\" here"));
    EXPECT_THAT(wrong("last day: 2023-08-30"), HasSubstr("say \"that day\" here"));
    EXPECT_EQ(wrong("dated: from 2021-01-01"), "");
}

const std::string group = "groups:\n  course: {sessions: 8 of 2.5 h, units: [day 1, day 2, rest], see: Page, ";

TEST(Attendance, RulesAreTypedAndSaid) {
    const Edition edition = read(track_with(
        group + "learners for each leader: at most 10, led by: [certified], others: may lead along, missed at most: "
                "5 h, never missed: [day 1, day 2], made up by: next round, outcomes: [{called: certified, needs: "
                "[{attendance: at least 20 h}]}, {called: level 1}, {called: incomplete}]}\n"));
    const Format& format = *edition.format("course");
    EXPECT_EQ(format.learners_for_each_leader, 10);
    EXPECT_TRUE(format.others_may_lead_along);
    EXPECT_EQ(format.missed_at_most, 5h);
    EXPECT_THAT(format.never_missed, ElementsAre("day 1", "day 2"));
    EXPECT_EQ(format.made_up_by.value, "next round");
    ASSERT_EQ(format.outcomes.size(), 3U);
    EXPECT_TRUE(format.outcomes[0].needs);
    EXPECT_FALSE(format.outcomes[1].needs);
    const auto lines = explain(format);
    EXPECT_EQ(said(lines, "missed at most"), "5 h of 20 h, or of the hours that a cohort held; lateness counts");
    EXPECT_EQ(said(lines, "made up by"), "next round");
    EXPECT_EQ(said(lines, "outcome"), "level 1: completed");
}

TEST(Attendance, RulesThatCannotBeCountedAreRefused) {
    EXPECT_THAT(problems_of(track_with(group + "missed at most: 5 h}\n")), HasSubstr("say \"made up by\" here"));
    EXPECT_THAT(problems_of(track_with(group + "made up by: nothing}\n")), HasSubstr("belongs beside"));
    EXPECT_THAT(problems_of(track_with(group + "never missed: [day 3], made up by: nothing}\n")),
                HasSubstr("\"day 3\" is no unit of this group; units: day 1, day 2 or rest"));
    EXPECT_THAT(problems_of(track_with("groups: {g: {missed at most: 5 h, made up by: nothing, see: Page}}\n")),
                HasSubstr("what is missed is counted from the whole"));
    // A source that does not print the whole: a cohort's own sessions tell it.
    const Edition edition =
        read(track_with("groups: {g: {sessions: unknown, missed at most: 5 h, made up by: nothing, see: Page}}\n"));
    EXPECT_EQ(said(explain(edition.formats.front()), "missed at most"),
              "5 h of the hours that a cohort held; lateness counts");
    EXPECT_THAT(problems_of(track_with(group + "missed at most: 2 sessions, made up by: nothing}\n")),
                HasSubstr("\"missed at most\" takes hours"));
    EXPECT_THAT(problems_of(track_with(group + "outcomes: [{called: a}, {called: b}, {called: c}]}\n")),
                HasSubstr("an outcome without \"needs\" is for everybody who completed it"));
    EXPECT_THAT(problems_of(track_with(group + "learners for each leader: at least 10}\n")),
                HasSubstr("takes a limit like at most 10"));
    EXPECT_THAT(problems_of(track_with("groups: {g: {keeps no register: yes, sessions: 2 of 2 h, missed at most: 1 h, "
                                       "made up by: nothing, see: Page}}\n")),
                HasSubstr("keeps no register"));
}

TEST(BasedOn, StepsTakeWordsThatTheBaseHasNot) {
    const std::string base = track_with("to become certified: {see: Page, needs: [{statement: a}]}\n");
    const ReadEdition derived = read_edition(
        {"g.yaml", "track: yy-ps\nedition: 2025\nbased on: xx-ps 2024\nchanges:\n  to become certified:\n    change: "
                   "{stays open: 2 years after applying, then: nothing said}\n"},
        nullptr, [&](std::string_view, std::string_view) {
            return std::optional(SourceText{"f.yaml", base, "local"});
        });
    EXPECT_EQ(to_text(derived.problems), "");
    ASSERT_TRUE(derived.edition);
    EXPECT_EQ(to_text(*derived.edition->steps.at(0).stays_open), "2 years after applying");
}

TEST(Schema, KnowsTheNewWords) {
    const std::string schema = json_schema();
    for (const auto* word :
         {"\"chosen by the holder\"", "\"year of issue\"", "\"counted from\"", "\"anchor\"", "\"shown until\"",
          "\"stays open\"", "\"afterwards\"", "\"missed at most\"", "\"outcomes\"", "\"may choose the older until\"",
          "\"the ladder\"", "\"eligible while\"", "\"filed late\""})
        EXPECT_THAT(schema, HasSubstr(word));
}

} // namespace
