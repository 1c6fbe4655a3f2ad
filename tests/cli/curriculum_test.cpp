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
    EXPECT_THAT(peercert({"curriculum", "gaps", "wi-cps"}).out, HasSubstr("continuing education: carry over"));
    const json schema = json::parse(peercert({"curriculum", "schema"}).out);
    EXPECT_TRUE(schema.at("definitions").contains("clause"));
}

} // namespace
