#include "words/explanation.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace peercert::words {
namespace {

Finding clause(const char* name, Verdict verdict) {
    Finding finding;
    finding.clause = name;
    finding.kind = "CE";
    finding.verdict = verdict;
    return finding;
}

Finding a_renewal_short_of_peer_hours() {
    Finding ce = clause("continuing education", Verdict::unmet());
    ce.have = 26 * 60;
    ce.need = 30 * 60;
    ce.unit = Unit::minutes;
    ce.used = {{EntryId{4}, 600, 600, "peer-specific"}, {EntryId{6}, 840, 1080, "other"}};
    ce.refused = {{EntryId{6}, 240, RefusalReason::over_cap, "other"}};
    ce.next = {NextStep::Kind::add_amount, "peer-specific", 240, Unit::minutes, {}};
    ce.source = SourceNote{"WAC-320", "WAC 246-929-320", "2025-08-01", "verified"};
    Finding statement = clause("code of ethics", Verdict::met());
    statement.holds_until = parse_date("2029-03-15");
    Finding all = clause("to renew certified", Verdict::unmet());
    all.kind = "all of";
    all.parts = {ce, statement};
    return all;
}

TEST(AnExplanation, TellsWhatIsThereBeforeWhatIsOpen) {
    const Messages messages;
    const Explanation told = explanation(a_renewal_short_of_peer_hours(), messages, Language::english);
    EXPECT_EQ(told.answer, "Not yet. What is open stands below, with the way to it.");
    ASSERT_EQ(told.there.size(), 1u);
    EXPECT_EQ(told.there[0].headline, "code of ethics");
    EXPECT_EQ(told.there[0].details.front(), "If nothing more is recorded this holds until March 15, 2029.");
    ASSERT_EQ(told.open.size(), 1u);
    EXPECT_EQ(told.open[0].mark, "not yet");
    EXPECT_EQ(told.open[0].headline, "continuing education: 26 h of 30 h");
}

TEST(AnExplanation, GivesTheNextStepFirstThenTheArithmeticThenTheSource) {
    const Messages messages;
    const auto details = explanation(a_renewal_short_of_peer_hours(), messages, Language::english).open.at(0).details;
    EXPECT_EQ(details, (std::vector<std::string>{
                           "Next: 4 h more: peer-specific.",
                           "Counted: entry 4, 10 h as peer-specific",
                           "Counted: entry 6, 14 h of 18 h as other",
                           "Not counted: entry 6, 4 h: it goes beyond what this part may count (other)",
                           "Source: WAC 246-929-320 (read in the original; as of 2025-08-01).",
                       }));
}

TEST(AnExplanation, TellsAmountsInTheUnitTheRuleIsWrittenIn) {
    const Messages messages;
    Finding renewal = a_renewal_short_of_peer_hours();
    renewal.parts[0].own_unit = "credit";
    renewal.parts[0].own_unit_size = 60;
    const auto told = explanation(renewal, messages, Language::english).open.at(0);
    EXPECT_EQ(told.headline, "continuing education: 26 credits of 30 credits");
    EXPECT_EQ(told.details.front(), "Next: 4 credits more: peer-specific.");
    EXPECT_EQ(told.details.at(2), "Counted: entry 6, 14 credits of 18 credits as other");
    EXPECT_EQ(told.details.at(3), "Not counted: entry 6, 4 credits: it goes beyond what this part may count (other)");
    renewal.parts[0].have = 26 * 60 + 30;
    EXPECT_EQ(explanation(renewal, messages, Language::english).open.at(0).headline,
              "continuing education: 26.5 credits of 30 credits");
    renewal.parts[0].have = 26 * 60 + 7; // no tenth of a credit: then in hours, exactly
    EXPECT_EQ(explanation(renewal, messages, Language::english).open.at(0).headline,
              "continuing education: 26 h 7 min of 30 credits");
}

TEST(AnExplanation, NamesWhatStandsInTheWayAndNotWhatDoesNot) {
    const Messages messages;
    Finding bar = clause("nothing against it", Verdict::unmet());
    bar.kind = "none of";
    bar.parts = {clause("on probation", Verdict::met()), clause("on parole", Verdict::unmet())};
    Finding all = clause("to become certified", Verdict::unmet());
    all.kind = "all of";
    all.parts = {bar};
    const auto open = explanation(all, messages, Language::english).open;
    ASSERT_EQ(open.size(), 1u) << "what is in the way has no mark of its own, least of all \"there\"";
    EXPECT_EQ(open[0].headline, "nothing against it: something is on record (on probation)");
    EXPECT_EQ(open[0].details.front(), "This is so: on probation");
    EXPECT_NE(open[0].details.back().find("ask the certifying body"), std::string::npos);
    all.parts[0].parts[0].used.push_back({EntryId{5}, 0, 0, {}});
    EXPECT_EQ(explanation(all, messages, Language::english).open[0].details.front(),
              "On record: on probation, entry 5");
}

TEST(AnExplanation, ThatNothingOfTheKindIsOnRecordIsSaidAsThat) {
    const Messages messages;
    Finding bar = clause("none of", Verdict::met());
    bar.kind = "none of";
    bar.parts = {clause("fact disqualifying offense", Verdict::unmet())};
    bar.parts[0].kind = "fact";
    Finding all = clause("to become certified", Verdict::met());
    all.kind = "all of";
    all.parts = {bar};
    const auto there = explanation(all, messages, Language::english).there;
    ASSERT_EQ(there.size(), 1u);
    EXPECT_EQ(there[0].mark, "there");
    EXPECT_EQ(there[0].headline, "disqualifying offense: nothing of this kind on record");
    all.parts[0].clause = "no offense";
    EXPECT_EQ(explanation(all, messages, Language::english).there[0].headline,
              "no offense: nothing of this kind on record (disqualifying offense)");
    EXPECT_EQ(explanation(all, messages, Language::spanish).there[0].headline,
              "“no offense”: no consta nada de este tipo (“disqualifying offense”)");
}

TEST(AnExplanation, OfOneThingUnderSeveralNamesOneIsEnough) {
    const Messages messages;
    Finding schooling = clause("schooling", Verdict::unmet());
    schooling.kind = "schooling";
    schooling.parts = {clause("schooling GED", Verdict::unmet()), clause("schooling diploma", Verdict::unmet())};
    for (Finding& part : schooling.parts)
        part.kind = "schooling";
    Finding all = clause("to become certified", Verdict::unmet());
    all.kind = "all of";
    all.parts = {schooling};
    const auto said = explanation(all, messages, Language::english).open[0].details;
    EXPECT_NE(std::find(said.begin(), said.end(), "One of these is enough:"), said.end());
}

TEST(AnExplanation, NamesTheEntriesOfAnotherKindTogether) {
    const Messages messages;
    Finding ethics = clause("ethics", Verdict::unmet());
    ethics.kind = "CE";
    ethics.refused = {{EntryId{3}, 60, RefusalReason::wrong_category, {}},
                      {EntryId{4}, 60, RefusalReason::wrong_category, {}}};
    Finding all = clause("to renew certified", Verdict::unmet());
    all.kind = "all of";
    all.parts = {ethics};
    const auto said = explanation(all, messages, Language::english).open[0].details;
    EXPECT_NE(std::find(said.begin(), said.end(), "Not counted, of another kind than asked here: 3, 4"), said.end());
}

TEST(AnExplanation, ReadsWellAloud) {
    const Messages messages;
    const auto said = [&](Finding finding) {
        const auto told = explanation(finding, messages, Language::english).open.at(0);
        return told.headline + " | " + (told.details.empty() ? "" : told.details.front());
    };
    Finding letters = clause("has known the person for a year", Verdict::unmet());
    letters.unit = Unit::count;
    letters.have = letters.have_most = 0;
    letters.need = 1;
    letters.next = {NextStep::Kind::add_amount, letters.clause, 1, Unit::count, std::nullopt};
    EXPECT_EQ(said(letters), "has known the person for a year: 0 of 1 | Next: 1 more.");
    Finding hours = clause("forty hours", Verdict::unmet());
    hours.unit = Unit::minutes;
    hours.have = hours.have_most = 0;
    hours.need = 2400;
    hours.next = {NextStep::Kind::add_amount, hours.clause, 2400, Unit::minutes, std::nullopt};
    EXPECT_EQ(said(hours), "forty hours: 0 h of 40 h | Next: 40 h more.");
    hours.next.what = "peer-specific";
    EXPECT_EQ(said(hours), "forty hours: 0 h of 40 h | Next: 40 h more: peer-specific.");
    Finding exam = clause("written examination", Verdict::unmet());
    exam.kind = "exam";
    exam.next = {NextStep::Kind::do_it, "written", 0, Unit::none, std::nullopt};
    EXPECT_EQ(said(exam), "written examination | Next: pass the exam: written.");
    exam.clause = "written";
    EXPECT_EQ(said(exam), "written | Next: pass this exam.");
    Finding code = clause("statement code of ethics", Verdict::unmet());
    code.kind = "statement";
    code.next = {NextStep::Kind::do_it, "code of ethics", 0, Unit::none, std::nullopt};
    EXPECT_EQ(said(code), "statement: code of ethics | Next: make this statement.");
    Finding level = clause("initial", Verdict::unmet());
    level.kind = "level";
    level.next = {NextStep::Kind::do_it, "initial", 0, Unit::none, std::nullopt};
    level.anchors = {{"asked", Date{std::chrono::year{2026} / 1 / 5}}, {"on", Date{std::chrono::year{2026} / 1 / 5}}};
    EXPECT_EQ(said(level), "initial | Next: reach this level first: initial.");
    const auto lines = explanation(level, messages, Language::english).open.at(0).details;
    EXPECT_EQ(lines, (std::vector<std::string>{"Next: reach this level first: initial.",
                                               "the day asked about: January 5, 2026"}))
        << "one day is told once";
    Finding age = clause("age", Verdict::unmet());
    age.kind = "age";
    age.unit = Unit::years;
    age.have = age.have_most = 17;
    age.need = 18;
    EXPECT_EQ(said(age), "age: 17 years; at least 18 years are asked | ");
    Finding supervision = clause("supervision", Verdict::met());
    supervision.unit = Unit::minutes;
    supervision.have = supervision.have_most = 180;
    supervision.need = 0;
    EXPECT_EQ(explanation(supervision, messages, Language::english).there.at(0).headline,
              "supervision: 3 h; none is asked");
}

TEST(AnExplanation, SpeaksSpanishToo) {
    const Messages messages;
    const auto told = explanation(a_renewal_short_of_peer_hours(), messages, Language::spanish);
    EXPECT_EQ(told.open[0].headline, "“continuing education”: 26 h de 30 h");
    EXPECT_EQ(told.open[0].details.front(), "Siguiente paso: 4 h más: “peer-specific”.");
}

TEST(AnExplanation, OfAnOpenClauseSaysWhyItIsOpen) {
    const Messages messages;
    Finding finding = clause("attempts", Verdict::open());
    finding.open_because = "unknown";
    const auto told = explanation(finding, messages, Language::english);
    EXPECT_EQ(told.answer, "This needs a decision by a person; the record alone cannot settle it.");
    EXPECT_EQ(told.open.at(0).details.at(0), "Why open: there must be a rule here, and nobody has found it: attempts.");
}

TEST(AnExplanation, BlamesAndLabelsNobody) {
    const Messages messages;
    for (const char* word :
         {"fail", "client", "patient", "non-compliant", "case", "relapse", "drop-out", "deny", "reject"})
        for (const auto& one : explanation(a_renewal_short_of_peer_hours(), messages, Language::english).open)
            for (const std::string& line : one.details)
                EXPECT_EQ(line.find(word), std::string::npos) << line;
}

TEST(Amounts, AreSaidAsPeopleSayThem) {
    const Messages messages;
    const auto say = [&](std::int64_t amount, Unit unit) {
        return amount_text(amount, unit, messages, Language::english);
    };
    EXPECT_EQ(say(1590, Unit::minutes), "26 h 30 min");
    EXPECT_EQ(say(45, Unit::minutes), "45 min");
    EXPECT_EQ(say(0, Unit::minutes), "0 h");
    EXPECT_EQ(say(8500, Unit::hundredths), "85");
    EXPECT_EQ(say(8505, Unit::hundredths), "85.05");
    EXPECT_EQ(say(5500, Unit::cents), "55.00 USD");
    EXPECT_EQ(say(3, Unit::count), "3");
}

} // namespace
} // namespace peercert::words
