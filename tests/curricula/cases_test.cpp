#include "curricula/case.hpp"
#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

Edition example() {
    return read_text(
               track_with("to become certified:\n  see: Page\n  needs: [{practice: at least 5 h}]\nmeanings: {helper: "
                          "{level: certified, see: Page}}\n"
                          "groups: {weekly: {size: 8 to 12, see: Page}}\nmay: {bill: {level: certified, see: Page}}\n"))
        .edition.value();
}

ReadCases read(const std::string& cases) {
    return read_cases({"c.yaml", "cases for: xx-ps 2024\ncases:\n" + cases}, example());
}
std::string problems_with(const std::string& cases) { return to_text(read(cases).problems); }
std::string problems_with_line(const std::string& line) {
    return problems_with("  - {name: a, asks: to become certified, day: 2024-01-01, ledger: [" + line +
                         "], expect: {answer: met}}\n");
}
std::string problems_with_expect(const std::string& expect) {
    return problems_with(
        "  - {name: a, asks: to become certified, day: 2024-01-01, ledger: [{day: 2023-01-01, CE: 5 h}], expect: {" +
        expect + "}}\n");
}

TEST(Cases, AreTyped) {
    const ReadCases answer =
        read("  - name: all of it\n"
             "    asks: to become certified\n"
             "    day: 2024-03-01\n"
             "    person: {born: 1980-02-29, applied: 2024-02-01, holds: [{level: trainee, from: 2023-01-01, until: "
             "2023-12-31}, {track: other, level: x, from: 2020-01-01, until: no end}]}\n"
             "    ledger:\n"
             "      - {from: 2023-01-01, until: 2023-02-01, practice: 2.5 h, as: [paid], by: helper, by from: "
             "2022-01-01, by until: no end}\n"
             "      - {day: 2023-05-05, exam: written, score: 86.5 %}\n"
             "      - {day: 2023-05-06, exam: oral, result: no-show}\n"
             "      - {day: 2023-05-07, fact: employed}\n"
             "      - {day: 2023-05-08, CE: 45 min, course: ethics-1, provider: network}\n"
             "    expect: {answer: not met, holds until: no end, have: {practice: 2.50 h}, missing: {practice: 2.5 h}, "
             "refused: {5: wrong category}}\n");
    ASSERT_EQ(to_text(answer.problems), "");
    const Case& one = answer.cases.cases.at(0);
    EXPECT_EQ(one.place, "c.yaml:3:5");
    EXPECT_EQ(one.question, Question::step);
    EXPECT_EQ(one.subject, "certified");
    EXPECT_EQ(one.person.born, 1980y / 2 / 29);
    EXPECT_EQ(one.person.holds[0].until, 2023y / 12 / 31);
    EXPECT_FALSE(one.person.holds[1].until);
    const auto& ledger = one.person.ledger;
    ASSERT_EQ(ledger.size(), 5U);
    EXPECT_EQ(ledger[0].amount, 150);
    EXPECT_EQ(ledger[0].by_held.first, 2022y / 1 / 1);
    EXPECT_EQ(ledger[0].by_held.last, no_end);
    EXPECT_EQ(ledger[1].amount, 8650);
    EXPECT_EQ(ledger[1].result, EntryResult::none);
    EXPECT_EQ(ledger[2].result, EntryResult::no_show);
    EXPECT_EQ(ledger[3].last, no_end);
    EXPECT_EQ(ledger[4].code, "ethics-1");
    EXPECT_EQ(ledger[4].number, 5);
    std::vector<std::string> expected;
    for (const Expectation& expectation : one.expect)
        expected.push_back(expectation.key + "/" + expectation.about + "/" + expectation.value);
    EXPECT_THAT(expected, ElementsAre("answer//not met", "holds until//no end", "have/practice/2.5 h",
                                      "missing/practice/2.5 h", "refused/5/wrong category"));
}

TEST(Cases, QuestionsAreKnownAndAboutWhatTheFileHas) {
    for (const auto* asks :
         {"to become certified", "to come back certified", "first term certified", "next term trainee",
          "fee to renew certified", "status certified", "lasts certified", "level certified", "meaning helper",
          "to lead weekly", "completion of weekly", "to record attendance in weekly", "title", "edition", "may bill"})
        EXPECT_EQ(
            problems_with("  - {name: a, asks: " + std::string(asks) + ", day: 2024-01-01, expect: {answer: met}}\n"),
            "")
            << asks;
    EXPECT_THAT(problems_with("  - {name: a, asks: to becom certified, day: 2024-01-01, expect: {answer: met}}\n"),
                HasSubstr("c.yaml:3:21: \"to becom certified\" is no question;"));
    EXPECT_THAT(problems_with("  - {name: a, asks: to become certifed, day: 2024-01-01, expect: {answer: met}}\n"),
                HasSubstr("xx-ps 2024 has no level \"certifed\"; did you mean \"certified\"?"));
    EXPECT_THAT(problems_with("  - {name: a, asks: to come back, day: 2024-01-01, expect: {answer: met}}\n"),
                HasSubstr("say which level is asked about: trainee or certified"));
    EXPECT_THAT(problems_with("  - {name: a, asks: may bil, day: 2024-01-01, expect: {answer: met}}\n"),
                HasSubstr("has no purpose \"bil\"; did you mean \"bill\"?"));
}

TEST(Cases, UnknownExpectationsAreErrors) {
    EXPECT_THAT(problems_with_expect("anser: met"), HasSubstr("unknown word \"anser\"; did you mean \"answer\"?"));
    EXPECT_THAT(problems_with_expect("answer: maybe"),
                HasSubstr("\"answer\" takes met, not met, needs a decision, not applicable or refused, not \"maybe\""));
    EXPECT_THAT(problems_with_expect("refused: {2: excluded}"), HasSubstr("the ledger has no entry number 2"));
    EXPECT_THAT(problems_with_expect("refused: {1: too old}"),
                HasSubstr("\"too old\" is no reason; reasons: before start"));
    EXPECT_THAT(problems_with_expect("have: {practice: five}"), HasSubstr("\"five\" is not understood"));
    EXPECT_THAT(problems_with_expect("last day: 2024-02-30"), HasSubstr("\"2024-02-30\" is no day"));
    EXPECT_THAT(problems_with_expect(""), HasSubstr("a case expects something"));
}

TEST(Cases, EntriesSayOneThing) {
    EXPECT_THAT(problems_with_line("{day: 2023-01-01}"), HasSubstr("an entry says what it is: CE, practice"));
    EXPECT_THAT(problems_with_line("{day: 2023-01-01, CE: 5 h, practice: 5 h}"), HasSubstr("an entry is of one kind"));
    EXPECT_THAT(problems_with_line("{CE: 5 h}"), HasSubstr("an entry has a \"day\", or \"from\" and \"until\""));
    EXPECT_THAT(problems_with_line("{from: 2023-01-02, until: 2023-01-01, CE: 5 h}"),
                HasSubstr("this entry ends before it begins"));
    EXPECT_THAT(problems_with_line("{day: 2023-01-01, CE: 5 %}"), HasSubstr("hours or minutes are wanted here"));
    EXPECT_THAT(problems_with_line("{day: 2023-01-01, CE: 5 h, as: [a, b, c, d, e, f, g, h, i]}"),
                HasSubstr("an entry carries at most eight words"));
    EXPECT_THAT(problems_with_line("{day: 2023-01-01, CE: 5 h, topic: x}"), HasSubstr("unknown word \"topic\""));
}

TEST(Cases, FilesSayWhatTheyAreFor) {
    EXPECT_THAT(to_text(read_cases({"c.yaml", "cases for: xx-ps 2023\ncases: []\n"}, example()).problems),
                HasSubstr("the first line says \"cases for: xx-ps 2024\""));
    EXPECT_EQ(cases_for({"c.yaml", "cases for: xx-ps 2023\ncases: []\n"}),
              (std::pair<std::string, std::string>{"xx-ps", "2023"}));
    EXPECT_EQ(cases_for({"c.yaml", "nonsense: ["}).first, "");
    EXPECT_THAT(problems_with("  - {name: a, asks: title, day: 2024-01-01, expect: {title: T}}\n  - {name: a, asks: "
                              "title, day: 2024-01-01, expect: {title: T}}\n"),
                HasSubstr("c.yaml:4:5: two cases are called \"a\""));
}

TEST(Cases, WrongValuesAreAlwaysOthers) {
    for (const auto* value :
         {"2024-01-01", "no end", "4 h", "0 USD", "3", "it", "met", "wrong category", "late", "1.5 h"})
        for (const auto* key : {"answer", "have", "called"}) {
            const auto wrong = wrong_values({key, "", value, ""});
            EXPECT_FALSE(wrong.empty());
            EXPECT_THAT(wrong, testing::Not(testing::Contains(value)));
        }
}

} // namespace
