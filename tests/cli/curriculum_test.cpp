#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

using namespace peercert::tests;
using nlohmann::json;
using testing::HasSubstr;

namespace {

const std::string course =
    "course: my-course\ntitle: My Course\nauthor: Ana\ncompleted by: [{name: enough, attendance: at least 2 h}]\n";
const std::string cases = "cases for: my-course 1\ncases:\n"
                          "  - {name: an hour short, asks: completion of my-course, day: 2024-05-01, ledger: [{day: "
                          "2024-04-01, attendance: 1 h}], expect: {missing: {enough: 1 h}}}\n";

TEST(Curriculum, IsListedAndShownWithItsSources) {
    const RunCli peercert;
    const CliResult listed = peercert({"curriculum", "list", "--kind", "track", "--json"});
    ASSERT_EQ(listed.exit, 0) << listed.err;
    bool found = false;
    const json answer = json::parse(listed.out);
    for (const json& one : answer.at("editions")) {
        EXPECT_EQ(one.at("kind"), "track");
        EXPECT_EQ(one.at("digest").get<std::string>().size(), 64U);
        found = found || one.at("code") == "wi-cps";
    }
    EXPECT_TRUE(found);
    const CliResult shown = peercert({"curriculum", "show", "wi-cps"});
    EXPECT_EQ(shown.exit, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("at least 20 h of continuing education"));
    EXPECT_THAT(shown.out, HasSubstr("[Recertification, verified]"));
    const CliResult unknown = peercert({"curriculum", "show", "wi-csp"});
    EXPECT_EQ(unknown.exit, 4);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean \"wi-cps\"?"));
}

TEST(Curriculum, FilesAreCheckedWithoutADatabase) {
    const RunCli peercert;
    peercert.file("good.yaml", course);
    const CliResult good = peercert({"curriculum", "check", "good.yaml"});
    EXPECT_EQ(good.exit, 0) << good.out << good.err;
    EXPECT_THAT(good.out, HasSubstr("1 file, nothing wrong"));
    peercert.file("bad.yaml", "course: my-course\ntitel: My Course\ncompleted by: [{attendance: at lest 2 h}]\n");
    const CliResult bad = peercert({"curriculum", "check", "bad.yaml"});
    EXPECT_EQ(bad.exit, 1);
    EXPECT_THAT(bad.out, HasSubstr("bad.yaml:2:1: unknown word \"titel\"; did you mean \"title\"?"));
    EXPECT_THAT(bad.out, HasSubstr("bad.yaml:3:29: \"at lest 2 h\" is not understood"));
    const CliResult as_json = peercert({"curriculum", "check", "bad.yaml", "--json"});
    EXPECT_EQ(json::parse(as_json.out).at("problems").at(0).at("line"), 2);
    EXPECT_EQ(peercert({"curriculum", "check", "missing.yaml"}).exit, 4);
}

TEST(Curriculum, AFolderIsCheckedAndTestedWhole) {
    const RunCli peercert;
    peercert.file("mine/my-course/1.yaml", course);
    peercert.file("mine/my-course/1.cases.yaml", cases);
    // A copy of an installed file stands in its place, and a file may be based on another of the folder.
    peercert.file("mine/eating-well/1.yaml", "course: eating-well\ntitle: Eating Very Well\n");
    const CliResult good = peercert({"curriculum", "check", "mine"});
    EXPECT_EQ(good.exit, 0) << good.out << good.err;
    EXPECT_THAT(good.out, HasSubstr("3 files, nothing wrong"));
    const CliResult tested = peercert({"curriculum", "test", "mine/"});
    EXPECT_EQ(tested.exit, 0) << tested.out << tested.err;
    EXPECT_THAT(tested.out, HasSubstr("1 of 1 case as expected"));
    EXPECT_THAT(tested.out, HasSubstr("1 case, all as expected"));

    peercert.file("mine/bad/1.yaml", "course: bad\ntitel: Bad\n");
    const json found = json::parse(peercert({"curriculum", "check", "mine", "--json"}).out);
    EXPECT_EQ(found.at("files"), 4);
    EXPECT_EQ(found.at("good"), false);
    EXPECT_THAT(found.at("problems").at(0).at("file").get<std::string>(), HasSubstr("mine/bad/1.yaml"));
    EXPECT_EQ(peercert({"curriculum", "test", "mine"}).exit, 1);

    std::filesystem::create_directories(peercert.home() / "empty");
    const CliResult empty = peercert({"curriculum", "check", "empty"});
    EXPECT_EQ(empty.exit, 4);
    EXPECT_THAT(empty.err, HasSubstr("no .yaml file lies in the folder empty or below it"));
}

/// A track of nobody that counts in business days.
const std::string in_business_days =
    "track: my-track\nedition: 1\ntitle: My Track\ngiven by: Nobody\nzone: America/Denver\n"
    "in force: {from: 2026-01-01, until: further notice, chosen by: applying}\nclosed days: my-office\n"
    "levels: [certified]\nto become certified:\n  see: Rule\n"
    "  needs: [{document: notice, dated: within 2 business days before applying}]\n"
    "sources: {Rule: {what: invented, as of: 2026-01, trust: verified}}\n";
const std::string my_office = "calendar: my-office\nclosed every: [Saturday, Sunday]\nyears: {2026: [{day: 2026-05-25, "
                              "called: a holiday}]}\nsource: invented\n";
const std::string over_a_holiday = "cases for: my-track 1\ncases:\n"
                                   "  - {name: over the holiday, asks: to become certified, day: 2026-05-27, ledger: "
                                   "[{day: 2026-05-22, document: notice}], expect: {answer: met}}\n"
                                   "  - {name: a day older, asks: to become certified, day: 2026-05-27, ledger: "
                                   "[{day: 2026-05-21, document: notice}], expect: {answer: not met}}\n";

TEST(Curriculum, ACalendarIsFoundBesideTheFile) {
    const RunCli peercert;
    peercert.file("mine/my-track/1.yaml", in_business_days);
    peercert.file("mine/my-track/1.cases.yaml", over_a_holiday);
    const CliResult without = peercert({"curriculum", "check", "mine/my-track/1.yaml"});
    EXPECT_EQ(without.exit, 1);
    EXPECT_THAT(without.out, HasSubstr("no calendar is called \"my-office\""));
    for (const char* place : {"mine/calendars/my-office.yaml", "mine/my-track/calendars/my-office.yaml"}) {
        peercert.file(place, my_office);
        for (const char* what : {"check", "test", "lint"}) {
            const CliResult one = peercert({"curriculum", what, "mine/my-track/1.yaml"});
            EXPECT_EQ(one.exit, 0) << place << what << one.out << one.err;
        }
        EXPECT_EQ(peercert({"curriculum", "test", "mine/my-track/1.yaml", "--prove"}).exit, 0);
        EXPECT_THAT(peercert({"curriculum", "explain", "mine/my-track/1.yaml"}).out,
                    HasSubstr("within 2 business days before applying"));
        std::filesystem::remove(peercert.home() / place);
    }
    peercert.file("mine/calendars/my-office.yaml", my_office);
    EXPECT_EQ(peercert({"curriculum", "test", "mine"}).exit, 0); // and in a folder read whole
    EXPECT_EQ(peercert({"curriculum", "test", "--mutate", "mine/my-track/1.yaml"}).err, "");
}

TEST(Curriculum, LintTakesAFolder) {
    const RunCli peercert;
    peercert.file("mine/my-course/1.yaml", course + "courses: [never used]\n");
    peercert.file("mine/bad/1.yaml", "course: bad\ntitel: Bad\n");
    const CliResult found = peercert({"curriculum", "lint", "mine"});
    EXPECT_EQ(found.exit, 1);
    EXPECT_THAT(found.out, HasSubstr("the course \"never used\" is listed and no rule uses it"));
    EXPECT_THAT(found.out, HasSubstr("unknown word \"titel\""));
    EXPECT_THAT(found.out, HasSubstr("2 errors, 1 warning"));
}

TEST(Curriculum, SaysHowManyFilesOfAFolderAreWrong) {
    const RunCli peercert;
    peercert.file("mine/my-course/1.yaml", course);
    peercert.file("mine/bad/1.yaml", "course: bad\ntitel: Bad\n");
    EXPECT_THAT(peercert({"curriculum", "check", "mine"}).out,
                HasSubstr("2 files, 1 has errors and is not usable yet"));
    EXPECT_THAT(peercert({"curriculum", "check", "mine/bad/1.yaml"}).out, HasSubstr("1 file, not usable yet"));
}

TEST(Curriculum, ExplainOfAFileWithErrorsSaysThemLineByLine) {
    const RunCli peercert;
    peercert.file("bad.yaml", "course: bad\ntitel: Bad\nauthor: ~\n");
    const CliResult explained = peercert({"curriculum", "explain", "bad.yaml"});
    EXPECT_EQ(explained.exit, 3);
    EXPECT_THAT(explained.out + explained.err, HasSubstr("bad.yaml:2:1: unknown word \"titel\""));
    EXPECT_THAT(explained.out + explained.err, HasSubstr("bad.yaml:3:1: \"author\" has no value"));
    EXPECT_THAT(explained.err, HasSubstr("bad.yaml cannot be used yet: it has 3 errors, said above"));
    EXPECT_THAT(explained.err, testing::Not(HasSubstr("\\x0a")));
}

TEST(Curriculum, AFolderOfTheInstallationIsReadAsInstalled) {
    const RunCli peercert;
    const std::string shipped = std::string(PEERCERT_SOURCE_DIR) + "/curricula/";
    const CliResult checked = peercert({"curriculum", "check", shipped + "wi-cps", shipped + "samhsa-model"});
    EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("3 files, nothing wrong"));
    EXPECT_EQ(peercert({"curriculum", "test", shipped + "wi-cps"}).exit, 0);
    EXPECT_EQ(peercert({"curriculum", "check", shipped + "samhsa-model/2023.profile.yaml"}).exit, 0);
}

TEST(Curriculum, WhatABaseHasWrongIsSaidOnce) {
    RunCli peercert;
    peercert.file("mine/base/1.yaml", "course: base\ntitel: A Base\n");
    peercert.file("mine/other/1.yaml", "course: other\nbased on: base 1\n");
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "mine").string());
    const CliResult checked = peercert({"curriculum", "check"});
    EXPECT_EQ(checked.exit, 1);
    const std::size_t first = checked.out.find("unknown word \"titel\"");
    ASSERT_NE(first, std::string::npos) << checked.out;
    EXPECT_EQ(checked.out.find("unknown word \"titel\"", first + 1), std::string::npos) << checked.out;
    EXPECT_THAT(checked.out, HasSubstr("other/1.yaml"));
    EXPECT_THAT(checked.out, HasSubstr("2 files, 2 have errors and are not usable yet"));
}

/// A state that is new begins with a file that works, whichever it was.
TEST(Curriculum, EveryShippedFileLendsItselfToBeingCopied) {
    const RunCli peercert;
    const json listed = json::parse(peercert({"curriculum", "list", "--json"}).out);
    std::size_t made = 0;
    for (const json& one : listed.at("editions")) {
        const std::string model = one.at("code").get<std::string>() + ":" + one.at("edition").get<std::string>();
        const CliResult copied = peercert(
            {"curriculum", "new", "copy-" + std::to_string(++made), "--from", model, "--into", "mine", "--json"});
        ASSERT_EQ(copied.exit, 0) << model << ": " << copied.err;
        const json told = json::parse(copied.out);
        EXPECT_GE(told.at("cases"), told.at("left_out")) << model << " loses most of its cases";
    }
    EXPECT_GE(made, 60U);
    const json checked = json::parse(peercert({"curriculum", "check", "mine", "--json"}).out);
    EXPECT_EQ(checked.at("files"), 2 * made);
    for (const json& problem : checked.at("problems"))
        EXPECT_EQ(problem.at("severity"), "warning") << problem;
    const json tested = json::parse(peercert({"curriculum", "test", "mine", "--json"}).out);
    EXPECT_EQ(tested.at("otherwise"), 0);
    EXPECT_GT(tested.at("cases"), 2000);
    for (const json& problem : tested.at("problems"))
        EXPECT_EQ(problem.at("severity"), "warning") << problem;
}

/// What looks odd and is meant stands in the file with its reason ("known warnings").
TEST(Curriculum, ShippedFilesLeaveNothingToLint) {
    const RunCli peercert;
    const json found = json::parse(peercert({"curriculum", "lint", "--as-of", "2026-11-25", "--json"}).out);
    for (const json& one : found.at("findings"))
        EXPECT_FALSE(one.at("because").is_null()) << one;
    EXPECT_EQ(found.at("errors"), 0);
    EXPECT_EQ(found.at("warnings"), 0);
}

TEST(Curriculum, CasesOfAFileAreRunAndProven) {
    const RunCli peercert;
    peercert.file("my.yaml", course);
    peercert.file("my.cases.yaml", cases);
    const CliResult good = peercert({"curriculum", "test", "my.yaml", "--prove", "--all"});
    EXPECT_EQ(good.exit, 0) << good.out << good.err;
    EXPECT_THAT(good.out, HasSubstr("my.cases.yaml:3:5: an hour short ... ok"));
    std::string wrong = cases;
    wrong.replace(wrong.find("{enough: 1 h}"), 13, "{enough: 2 h}");
    peercert.file("my.cases.yaml", wrong);
    const CliResult other = peercert({"curriculum", "test", "my.cases.yaml"});
    EXPECT_EQ(other.exit, 1);
    EXPECT_THAT(other.out, HasSubstr("missing of enough: expected 2 h, got 1 h"));
    EXPECT_EQ(json::parse(peercert({"curriculum", "test", "my.cases.yaml", "--json"}).out).at("otherwise"), 1);
}

TEST(Curriculum, TestRunsEveryCaseOfEveryFile) {
    const RunCli peercert;
    const CliResult all = peercert({"curriculum", "test", "--json"});
    EXPECT_EQ(all.exit, 0) << all.err;
    const json answer = json::parse(all.out);
    EXPECT_GT(answer.at("cases").get<int>(), 300);
    EXPECT_EQ(answer.at("cases"), answer.at("as_expected"));
    for (const json& problem : answer.at("problems"))
        EXPECT_EQ(problem.at("severity"), "warning") << problem;
}

TEST(Curriculum, ExplainsAFileItsGapsAndItsSchema) {
    const RunCli peercert;
    peercert.file("my.yaml", course);
    EXPECT_THAT(peercert({"curriculum", "explain", "my.yaml"}).out, HasSubstr("at least 2 h of attendance"));
    EXPECT_THAT(peercert({"curriculum", "explain", "wi-cps"}).out, HasSubstr("Wisconsin Certified Peer Specialist"));
    EXPECT_THAT(peercert({"curriculum", "explain", "wa-cpc:until-2025-06"}).out, HasSubstr("edition until-2025-06"));
    EXPECT_THAT(peercert({"curriculum", "explain", "./"}).err, HasSubstr("is a folder; name a .yaml file in it"));
    EXPECT_THAT(peercert({"curriculum", "gaps", "wi-cps"}).out, HasSubstr("continuing education: carry over"));
    const json schema = json::parse(peercert({"curriculum", "schema"}).out);
    EXPECT_TRUE(schema.at("definitions").contains("clause"));
}

} // namespace
