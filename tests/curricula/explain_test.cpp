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
