#include "curricula/explain.hpp"

#include "curricula/phrases.hpp"
#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using testing::HasSubstr;
using testing::StartsWith;

/// What a file says, read aloud to its author.
namespace {

Edition read(const std::string& text) {
    ReadEdition read = read_text(text);
    EXPECT_TRUE(read.edition) << to_text(read.problems);
    return read.edition ? std::move(*read.edition) : Edition{};
}

/// The sentence of the first clause asked of whoever becomes certified.
std::string asked(const std::string& clause, const std::string& units = {}) {
    const Edition edition = read(becoming("    - {name: it, " + clause + "}\n") + units);
    if (edition.steps.empty())
        return "nothing was read";
    for (const ExplainedLine& line : explain(edition, edition.steps.front()))
        if (line.name == "it")
            return line.sentence;
    return "no such clause";
}

std::string without(std::string text, const std::string& words, const std::string& instead) {
    text.replace(text.find(words), words.size(), instead);
    return text;
}

TEST(ReadAloud, WhatIsCountedIsNamed) {
    EXPECT_EQ(asked("documents: at least 3 documents"), "at least 3 documents on file");
    EXPECT_EQ(asked("documents: at least 1 document"), "at least 1 document on file");
    EXPECT_EQ(asked("documents: at least 2 documents, courses: [ethics-1]"),
              "at least 2 documents on file, only the document ethics-1");
    EXPECT_EQ(asked("activity: at least 1 time"), "at least 1 activity");
    EXPECT_EQ(asked("activity: at least 4 times"), "at least 4 activities");
    EXPECT_EQ(asked("attendance: at least 12 sessions"), "at least 12 sessions attended");
    EXPECT_EQ(asked("attendance: at least 1 session"), "at least 1 session attended");
    EXPECT_EQ(asked("attendance: at least 15 courses"), "at least 15 different units attended");
    EXPECT_EQ(asked("attendance: at least 1 course"), "at least 1 unit attended");
    EXPECT_EQ(asked("supervision: at least 1 time"), "at least 1 entry of supervision");
    EXPECT_EQ(asked("supervision: at least 2 times"), "at least 2 entries of supervision");
}

TEST(ReadAloud, UnitsOfTheEditionsOwnAreKept) {
    const std::string units = "units: {credit: 1 h, CEU: 10 h}\n";
    EXPECT_EQ(asked("practice: at least 24 credits", units), "at least 24 credits of peer support practice");
    EXPECT_EQ(asked("practice: at least 1 credit", units), "at least 1 credit of peer support practice");
    EXPECT_EQ(asked("practice: at least 1.5 CEU", units), "at least 1.5 CEU of peer support practice");
    EXPECT_EQ(asked("practice: at least 24 h", units), "at least 24 h of peer support practice");
    EXPECT_THAT(asked("practice: at least 24 credits, adds up from: [{name: a, only: paid, at most: 10 credits}, "
                      "{name: b, does not count: paid}]",
                      units),
                HasSubstr("counting at most 10 credits"));
}

TEST(ReadAloud, MarksArePointsOrPercentAsTheFileSays) {
    EXPECT_EQ(asked("exam: final, pass: at least 500 points"), "the exam passed: final, with at least 500 points");
    EXPECT_EQ(asked("exam: final, pass: at least 70 points"), "the exam passed: final, with at least 70 points");
    EXPECT_EQ(asked("exam: final, pass: at least 75.5 %"), "the exam passed: final, with at least 75.5 %");
    EXPECT_EQ(asked("exam: final, pass: unknown"), "the exam passed: final, with a mark that is not known");
    EXPECT_EQ(asked("exam: final, pass: nothing said"),
              "the exam passed: final, with a mark that the source does not say");
    EXPECT_THAT(asked("exam: [oral, written], pass together: at least 160 points, weights: nothing said"),
                HasSubstr("with at least 160 points (the best"));
}

TEST(ReadAloud, AYesOrNoIsASentenceAndNotAWordBehindAColon) {
    const std::string weekly =
        "supervision: at least 1 h, dated: within 1 year before applying, absent: nothing counts "
        "yet, in each: {calendar week: at least 1 times}, a week begins: ";
    EXPECT_THAT(asked(weekly + "Monday"), HasSubstr("in each calendar week at least 1 time (a week begins on Monday)"));
    EXPECT_THAT(asked(weekly + "Sunday"), HasSubstr("(a week begins on Sunday)"));
    EXPECT_THAT(asked(weekly + "nothing said"), HasSubstr("(the source does not say on which day a week begins)"));
    EXPECT_THAT(asked(weekly + "unknown"), HasSubstr("(on which day a week begins is not known)"));
    const std::string and_its_exam = "}\n    - {exam: final, pass: at least 70 %";
    EXPECT_EQ(asked("attempts: {part: final, at most: 3, a no-show: counts}" + and_its_exam),
              "at most 3 tries at final; not coming "
              "uses up a try");
    EXPECT_EQ(asked("attempts: {part: final, at most: 1, a no-show: does not count}" + and_its_exam),
              "at most 1 try at final; not coming uses up no try");
    EXPECT_EQ(asked("attempts: {part: final, at most: unknown, a no-show: nothing said}" + and_its_exam),
              "how many tries there are at final is not known; the source does not say whether not coming uses up a "
              "try");
    EXPECT_EQ(
        asked("age: at least 18, measured at: applying, February 29: nothing said"),
        "aged at least 18 years, on the day of applying; the source does not say on which day somebody born on 29 "
        "February has a birthday in other years");
    EXPECT_THAT(asked("age: at least 18, measured at: applying, February 29: march 1"),
                HasSubstr("somebody born on 29 February has a birthday in other years on 1 March"));
    EXPECT_EQ(asked("in this order: [{exam: final, pass: at least 70 %}, applying], same day: allowed"),
              "one after the other, in this order; two may be on one day");
    EXPECT_EQ(asked("in this order: [{exam: final, pass: at least 70 %}, applying], same day: not allowed"),
              "one after the other, in this order; each on a day of its own");
}

TEST(ReadAloud, AChoiceSaysThenAndOtherwiseOnce) {
    const Edition edition =
        read(becoming("    - if: {fact: a}\n      then: [{fact: b}]\n      otherwise: [{fact: c}]\n"));
    std::string said;
    for (const ExplainedLine& line : explain(edition, edition.steps.front()))
        said += (line.name.empty() ? "" : line.name + ": ") + line.sentence + "\n";
    EXPECT_THAT(said, HasSubstr("if the first of these holds, the second is asked, otherwise the third\n"
                                "if: on record: a\n"
                                "then: all of these\n"
                                "on record: b\n"
                                "otherwise: all of these\n"
                                "on record: c\n"));
}

TEST(ReadAloud, WhatARenewalAsksIsSaidInSentences) {
    const auto renewal = [](const std::string& words) {
        const Edition edition =
            read(renewing("    - {name: it, CE: at least 5 h, dated: in the term, " + words + "}\n"));
        for (const Step& step : edition.steps)
            for (const ExplainedLine& line : explain(edition, step))
                if (line.name == "it")
                    return line.sentence;
        return std::string("no such clause");
    };
    EXPECT_THAT(renewal("first renewal: asked in full, carry over: none"),
                HasSubstr("; the first renewal asks for all of it; nothing is carried over into the next term"));
    EXPECT_THAT(
        renewal("first renewal: prorated, carry over: 2 h"),
        HasSubstr("; the first renewal asks for a share of it, by the days of a shorter first term; at most 2 h "
                  "are carried over into the next term"));
    EXPECT_THAT(
        renewal("first renewal: nothing said, carry over: unknown"),
        HasSubstr("; the source does not say how much of it the first renewal asks for; how much is carried over "
                  "into the next term is not known"));
}

TEST(ReadAloud, OneIsSaidInTheSingular) {
    EXPECT_EQ(counted(1, "renewals"), "1 renewal");
    EXPECT_EQ(counted(2, "renewals"), "2 renewals");
    EXPECT_EQ(amount_text(1, Unit::count, "people"), "1 person");
    EXPECT_EQ(amount_text(1, Unit::years), "1 year");
    EXPECT_EQ(amount_text(21, Unit::days), "21 days");
}

TEST(ReadAloud, SinceWhenAndUntilWhenItIsInForce) {
    const std::string stated = "in force: {from: 2024-01-01, until: further notice, chosen by: applying}";
    const auto sentence = [&](const std::string& days) {
        const std::string text =
            in_force_sentence(read(without(track_with(""), stated, "in force: {" + days + ", chosen by: applying}")));
        return text.substr(0, text.find("; chosen by"));
    };
    EXPECT_EQ(sentence("from: 2024-01-01, until: further notice"), "in force from 2024-01-01 until further notice");
    EXPECT_EQ(sentence("from: 2024-01-01, until: 2025-06-30"), "in force from 2024-01-01 until 2025-06-30");
    EXPECT_EQ(sentence("from: 2024-01-01, until: unknown"), "in force from 2024-01-01; its last day is not known");
    EXPECT_EQ(sentence("from: unknown, until: further notice"),
              "in force until further notice; its first day is not known");
    EXPECT_EQ(sentence("from: unknown, until: 2025-06-30"), "in force until 2025-06-30; its first day is not known");
    EXPECT_EQ(sentence("from: unknown, until: unknown"), "was in force; neither its first nor its last day is known");
}

std::string lines_of(const std::vector<ExplainedLine>& lines) {
    std::string text;
    for (const ExplainedLine& line : lines)
        text += line.name + ": " + line.sentence + "\n";
    return text;
}

TEST(ReadAloud, RegisterCalendarsAndUnits) {
    const Edition edition = read(track_with("register: {shown to: with consent, see: Page}\n"
                                            "calendars:\n  academy term: unknown\n"
                                            "units: {credit: 1 h, CEU: refused}\n"));
    EXPECT_EQ(lines_of(explain_register(edition)), "names can be looked up: by everyone, for holders who agreed\n");
    EXPECT_EQ(explain_register(edition).front().see, "Page");
    EXPECT_EQ(lines_of(explain_calendars(edition)),
              "academy term: there are such periods; their days were not found\n");
    EXPECT_EQ(lines_of(explain_units(edition)),
              "credit: counts as 1 h\nCEU: refused: what is recorded in it does not count\n");
    EXPECT_EQ(lines_of(explain_register(read(track_with("")))), "");
    EXPECT_THAT(lines_of(explain_register(read(track_with("register: {shown to: unknown, see: Page}\n")))),
                HasSubstr("not known"));
}

TEST(ReadAloud, AMarkThatSaysItselfIsSaidOnce) {
    const Edition edition =
        read(becoming("    - {practice: at least 10 h, see: our reading}\n    - {statement: a, see: not found}\n"));
    const std::string text = lines_of(explain_sources(edition));
    EXPECT_THAT(text, StartsWith("Page: the page, read 2024-05 [verified]\n"));
    EXPECT_THAT(text, HasSubstr("our reading: how this file understands a source that leaves it open\n"));
    EXPECT_THAT(text, HasSubstr("not found: looked for, and not found\n"));
}

} // namespace
