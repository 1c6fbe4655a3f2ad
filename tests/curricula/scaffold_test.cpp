#include "curricula/scaffold.hpp"

#include "curricula/small_files.hpp"

using namespace peercert::curricula;
using namespace peercert::tests;

namespace {

TEST(Scaffold, PutsTheNewCodeWhereTheOldOneStandsAloneAndLeavesWordsThatContainIt) {
    const Scaffold made = scaffold("track: xx\ntitle: The xx title\nuses: [xx]\ncourses: [xx-course, xx]\n"
                                   "  - {training: xx, competency: xx/C1, by: xx/leader, name: xx-course}\n",
                                   "cases for: xx 2024\ncases:\n  - holds: [{track: xx, level: a}]\n", "xx", "oh-aps");
    EXPECT_THAT(made.edition, testing::EndsWith("track: oh-aps\ntitle: The xx title\nuses: [xx]\ncourses: [xx-course, "
                                                "oh-aps]\n  - {training: oh-aps, competency: oh-aps/C1, by: "
                                                "oh-aps/leader, name: xx-course}\n"));
    EXPECT_THAT(made.cases,
                testing::EndsWith("cases for: oh-aps 2024\ncases:\n  - holds: [{track: oh-aps, level: a}]\n"));
}

TEST(Scaffold, RenamesTheGroupThatHasNoNameOfItsOwn) {
    const std::string cases = "cases for: xx 1\n  - asks: to lead xx\n  - {asks: completion of xx, day: 2026-01-01}\n"
                              "  - asks: to lead xx weekly\n  - name: to lead xx\n";
    EXPECT_THAT(scaffold("course: xx\n", cases, "xx", "yy").cases,
                testing::EndsWith("  - asks: to lead yy\n  - {asks: completion of yy, day: 2026-01-01}\n"
                                  "  - asks: to lead xx weekly\n  - name: to lead xx\n"));
    EXPECT_THAT(scaffold("course: xx\ngroups:\n  xx: {size: unknown}\n", cases, "xx", "yy").cases,
                testing::HasSubstr("asks: to lead xx\n"));
}

TEST(Scaffold, SaysThatNoSourceWasReadYetAndDropsWhatTheOtherFileSaysOfItself) {
    const Scaffold made = scaffold("# Not legal advice.\ntrack: xx\nreplaces: 2019\nsources:\n  A: {what: p, trust: "
                                   "verified but old}\n  B: {what: q, trust: verified}\n  C: {what: r, trust: our "
                                   "reading}\n",
                                   "cases for: xx 2024\n", "xx", "yy");
    EXPECT_THAT(made.edition, testing::EndsWith("track: yy\nsources:\n  A: {what: p, trust: recalled}\n  B: {what: q, "
                                                "trust: recalled}\n  C: {what: r, trust: our reading}\n"));
    EXPECT_THAT(made.edition, testing::StartsWith("# Made from xx."));
    EXPECT_EQ(made.edition.find("Not legal advice"), std::string::npos);
}

TEST(Scaffold, LeavesOutTheCasesInTheGivenLines) {
    const std::string cases =
        "cases for: xx 1\ncases:\n  - name: a\n    day: 2024-01-01\n\n  - {name: b}\n  - name: c\n"
        "    expect:\n      answer: met\n";
    EXPECT_EQ(without_cases(cases, {3}),
              "cases for: xx 1\ncases:\n  - {name: b}\n  - name: c\n    expect:\n      answer: met\n");
    EXPECT_EQ(without_cases(cases, {6, 7}), "cases for: xx 1\ncases:\n  - name: a\n    day: 2024-01-01\n\n");
    EXPECT_EQ(without_cases(cases, {}), cases);
}

} // namespace
