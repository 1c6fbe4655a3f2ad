#include "curricula/lint.hpp"

#include "curricula/small_files.hpp"

using namespace peercert;
using namespace peercert::curricula;
using namespace peercert::tests;
using namespace std::chrono_literals;

namespace {

/// "rule line:column level: sentence", one a line; what is kept on purpose with its reason.
std::string found_in(const std::string& text, Date today = 2026y / 1 / 1) {
    std::string told;
    for (const LintFinding& one : lint({"f.yaml", text}, nullptr, {}, today))
        if (one.rule != "unused" && one.rule != "nobody")
            told += one.rule + " " + std::to_string(one.line) + (one.error ? " error: " : ": ") + one.sentence +
                    (one.is_trouble() ? "" : " (kept: " + one.because + ")") + "\n";
    return told;
}

std::vector<std::string> of_rule(const std::string& rule, const std::string& text) {
    std::vector<std::string> told;
    for (const LintFinding& one : lint({"f.yaml", text}, nullptr, {}, 2026y / 1 / 1))
        if (one.rule == rule)
            told.push_back(one.sentence);
    return told;
}

std::string parts(const std::string& total, const std::string& of_which) {
    return renewing("    - {name: ce, CE: " + total + ", of which: {" + of_which +
                    "}, an hour counts in: one part, surplus: counts in the total, first renewal: asked in full, carry "
                    "over: none}\n");
}

TEST(Lint, PartsThatNearlyMakeTheTotalAreWorthALook) {
    EXPECT_EQ(found_in(parts("at least 16 h", "ethics: at least 7 h, peer-specific: at least 6 h")),
              "totals 15: the parts of \"ce\" ask for 13 h of 16 h; 3 h may come from anything\n");
    EXPECT_EQ(found_in(parts("at least 16 h", "ethics: at least 10 h, peer-specific: at least 6 h")), "");
    EXPECT_EQ(found_in(parts("at least 30 h", "ethics: at least 3 h, peer-specific: at least 6 h")), "");
}

TEST(Lint, AFactCalledLikeALevelIsProbablyTheLevel) {
    EXPECT_THAT(
        of_rule("level as fact", becoming("    - {name: time, fact: certified, held for: at least 6 months}\n")),
        testing::ElementsAre(testing::HasSubstr("the fact \"certified\" is called like a level")));
    EXPECT_THAT(
        of_rule("level as fact", becoming("    - {name: time, fact: volunteer, held for: at least 6 months}\n")),
        testing::IsEmpty());
}

TEST(Lint, ABusinessDayThatNoCalendarKnows) {
    const auto renewal = [](const std::string& closed_day) {
        return track_with(
            "to renew certified:\n  see: Page\n  file: {until: expiry, filed means: receipt, closed day: " +
            closed_day + "}\n  needs: [{statement: s}]\n");
    };
    EXPECT_THAT(found_in(renewal("next business day")),
                testing::HasSubstr("gives way to the next business day, and no calendar says which days are closed"));
    EXPECT_THAT(found_in(renewal("previous business day")),
                testing::HasSubstr("gives way to the previous business day"));
    EXPECT_THAT(found_in(renewal("no extension")), testing::Not(testing::HasSubstr("gives way")));
}

TEST(Lint, PartsInsideAPartAgainstItsCap) {
    EXPECT_THAT(found_in(parts("at least 30 h", "paid: at most 5 h, ethics: {at least: 6 h, inside: paid}")),
                testing::HasSubstr("error: the parts inside \"paid\" ask for 6 h, above its cap of 5 h"));
    EXPECT_EQ(found_in(parts("at least 30 h", "paid: at most 5 h, ethics: {at least: 5 h, inside: paid}")), "");
}

TEST(Lint, PiecesThatCannotReachTheTotal) {
    const auto pieces = [](const std::string& second) {
        return becoming(
            "    - name: hours\n      practice: at least 10 h\n      adds up from:\n        - {name: a, only: "
            "paid, at most: 4 h}\n        - {name: b, does not count: paid, at most: " +
            second + "}\n");
    };
    EXPECT_THAT(found_in(pieces("5 h")),
                testing::HasSubstr("adds up from pieces that give 9 h at most, and asks for 10 h"));
    EXPECT_EQ(found_in(pieces("6 h")), "");
}

TEST(Lint, BranchesThatAreNeverOrAlwaysTaken) {
    EXPECT_THAT(found_in(becoming("    - {name: two, at least 2 of: [{training: ethics-1}, {statement: a}]}\n")),
                testing::HasSubstr("\"two\" is a choice that leaves no choice"));
    EXPECT_EQ(found_in(becoming("    - {name: two, at least 1 of: [{training: ethics-1}, {statement: a}]}\n")), "");
    EXPECT_THAT(found_in(becoming("    - {name: way, any of: [{training: ethics-1}, {training: ethics-1}]}\n")),
                testing::HasSubstr("this branch of \"way\" is the same as an earlier one"));
    EXPECT_THAT(found_in(becoming("    - {name: way, any of: [{CE: none}, {training: ethics-1}]}\n")),
                testing::HasSubstr("this branch of \"way\" asks for nothing, so the others never matter"));
}

TEST(Lint, BranchesThatEndedLongAgoOrLieOutsideTheEdition) {
    const std::string text = becoming("    - {name: old way, asked on: until 2024-12-31}\n");
    EXPECT_EQ(found_in(text, 2025y / 12 / 31), "");
    EXPECT_THAT(found_in(text, 2026y / 1 / 1), testing::HasSubstr("sunset 15: \"old way\" ended on 2024-12-31"));
    EXPECT_THAT(found_in(becoming("    - {name: old way, asked on: until 2023-12-31}\n")),
                testing::HasSubstr("unreachable 15 error: \"old way\" lies wholly outside the days"));
}

TEST(Lint, ADayOfApplyingMayLieBeforeAnEditionThatIsChosenByAsking) {
    const std::string applied = "    - {name: old way, applied on: until 2023-12-31}\n";
    std::string text = becoming(applied);
    EXPECT_THAT(found_in(text, 2024y / 1 / 1), testing::HasSubstr("error: \"old way\" lies wholly outside"));
    text.replace(text.find("chosen by: applying"), 19, "chosen by: asked");
    EXPECT_EQ(found_in(text, 2024y / 1 / 1), "");
    text.replace(text.find("applied on"), 10, "asked on");
    EXPECT_THAT(found_in(text, 2024y / 1 / 1), testing::HasSubstr("error: \"old way\" lies wholly outside"));
}

TEST(Lint, WhatABaseSaysIsLeftToIt) {
    const std::string base = parts("at least 16 h", "ethics: at least 7 h, peer-specific: at least 6 h");
    const FindBase find = [&](std::string_view code, std::string_view) -> std::optional<SourceText> {
        return code == "xx-ps" ? std::optional(SourceText{"base.yaml", base}) : std::nullopt;
    };
    const auto rules = [&](const std::string& more) {
        std::string told;
        for (const LintFinding& one : lint({"f.yaml", "track: yy-ps\nedition: 2025\nbased on: xx-ps 2024\n" + more},
                                           nullptr, find, 2026y / 1 / 1))
            told += one.rule + " " + one.sentence + "\n";
        return told;
    };
    EXPECT_THAT(rules(""), testing::Not(testing::HasSubstr("may come from anything")));
    EXPECT_THAT(rules("changes:\n  to renew certified:\n    change: {ce: {CE: at least 15 h}}\n"),
                testing::HasSubstr("13 h of 15 h; 2 h may come from anything"));
}

TEST(Lint, LevelsThatNobodyCanHold) {
    EXPECT_THAT(of_rule("nobody", becoming("    - {level: trainee}\n")),
                testing::ElementsAre(testing::HasSubstr("\"trainee\""), testing::HasSubstr("\"certified\"")));
    EXPECT_THAT(of_rule("nobody", becoming("    - {any of: [{level: trainee}, {training: ethics-1}]}\n")),
                testing::ElementsAre(testing::HasSubstr("\"trainee\"")));
}

TEST(Lint, NamesThatNothingUses) {
    EXPECT_THAT(of_rule("unused", becoming("    - {training: ethics-1, only: [ethics, video]}\n    - {training: "
                                           "xx-course, only: paid}\n")),
                testing::ElementsAre("the word of entries \"peer-specific\" is listed and no rule uses it"));
}

TEST(Lint, ANameIsUsedWhereAClauseSaysWhichCount) {
    // "courses" lists names at the top of a file and uses them inside a clause.
    EXPECT_THAT(
        of_rule("unused", becoming("    - {name: a, documents: at least 2 documents, courses: [ethics-1]}\n    - "
                                   "{practice: at least 1 h, only: {any of: [ethics, peer-specific, video, "
                                   "paid]}}\n")),
        testing::ElementsAre("the course \"xx-course\" is listed and no rule uses it"));
}

TEST(Lint, FiguresFromMemory) {
    EXPECT_THAT(found_in(becoming("    - {name: hours, practice: at least 10 h, see: recalled}\n")),
                testing::HasSubstr("memory 15: the figure of \"hours\" rests on memory and turns people away"));
    EXPECT_EQ(found_in(becoming("    - {name: hours, practice: unknown, see: recalled}\n")), "");
}

TEST(Lint, WhatKeepsAFileFromBeingReadComesFirst) {
    EXPECT_THAT(found_in(becoming("    - {trainnig: ethics-1}\n")), testing::StartsWith("reading 15 error: "));
}

TEST(Lint, KnownWarningsAreKeptWithTheirReasonAndMustBeNeeded) {
    const std::string known = "known warnings: [{says: 3 h may come from anything, because: the page says so}]\n";
    EXPECT_THAT(found_in(parts("at least 16 h", "ethics: at least 7 h, peer-specific: at least 6 h") + known),
                testing::EndsWith("3 h may come from anything (kept: the page says so)\n"));
    EXPECT_THAT(found_in(parts("at least 16 h", "ethics: at least 10 h, peer-specific: at least 6 h") + known),
                testing::HasSubstr("error: no warning says \"3 h may come from anything\" any more"));
}

} // namespace
