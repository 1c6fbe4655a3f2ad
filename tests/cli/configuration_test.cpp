#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/settings.hpp"
#include "support/run_cli.hpp"

namespace {

using namespace peercert::cli;
using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

std::string complaint_about(const std::string& text) {
    try {
        read_configuration(text, "peercert.conf");
    } catch (const UsageError& error) {
        return error.what() + ("\n" + error.hint());
    }
    return {};
}

TEST(ConfigurationFile, IsNamesAndValues) {
    const auto lines = read_configuration("# ours\n\n db = /srv/peer cert.db \r\nzone=America/Chicago", "f");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].name, "db");
    EXPECT_EQ(lines[0].value, "/srv/peer cert.db");
    EXPECT_EQ(lines[1].line, 4);
}

TEST(ConfigurationFile, RefusesWhatItDoesNotKnowAndSaysWhere) {
    EXPECT_EQ(complaint_about("db = x\nzonne = UTC"), "peercert.conf:2: unknown setting \"zonne\"\ndid you mean zone?");
    EXPECT_THAT(complaint_about("quux-mode = on"), HasSubstr("settings are db, as,"));
    EXPECT_THAT(complaint_about("db = x\ndb = y"), HasSubstr("peercert.conf:2: db stands in line 1 already"));
    EXPECT_THAT(complaint_about("just words"), HasSubstr("peercert.conf:1: \"just words\" is not a setting"));
    EXPECT_THAT(complaint_about("db ="), HasSubstr("db has no value"));
    EXPECT_THAT(complaint_about("as = a\x1b[2J"), HasSubstr("cannot be shown"));
}

class Configuration : public testing::Test {
protected:
    Configuration() { peercert({"init", "--db", "a.db"}); }
    json settings(const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"doctor", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return json::parse(peercert(words).out)["settings"];
    }
    RunCli peercert;
};

TEST_F(Configuration, AnUnknownSettingStopsEveryCommandThatUsesTheRecord) {
    peercert.file(".config/peercert/peercert.conf", "# x\ndbb = a.db\n");
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"doctor"}, {"verify", "x"}, {"init", "--db", "b.db"}}) {
        const CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 2);
        EXPECT_THAT(result.err, HasSubstr("peercert.conf:2: unknown setting \"dbb\""));
        EXPECT_THAT(result.err, HasSubstr("did you mean db?"));
    }
    EXPECT_FALSE(std::filesystem::exists(peercert.home() / "b.db"));
    EXPECT_EQ(peercert({"version"}).exit, 0); // help must remain
}

TEST_F(Configuration, CommandLineBeforeEnvironmentBeforeFile) {
    peercert.file("my.conf", "db = file.db\nzone = America/Chicago\n");
    peercert.set("PEERCERT_CONFIG", "my.conf");
    EXPECT_EQ(settings()["db"], json({{"value", "file.db"}, {"from", "my.conf:1"}}));
    peercert.set("PEERCERT_DB", "env.db");
    EXPECT_EQ(settings()["db"], json({{"value", "env.db"}, {"from", "PEERCERT_DB"}}));
    EXPECT_EQ(settings({"--db", "line.db"})["db"], json({{"value", "line.db"}, {"from", "--db"}}));
    EXPECT_EQ(settings()["zone"]["value"], "America/Chicago");
    EXPECT_EQ(settings()["listen"], json({{"value", "127.0.0.1"}, {"from", "built in"}}));
}

TEST_F(Configuration, ANamedFileThatIsMissingIsAnError) {
    const CliResult result = peercert({"doctor", "--config", "nowhere.conf"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_THAT(result.err, HasSubstr("nowhere.conf cannot be read"));
}

TEST_F(Configuration, PasswordsAreNotShown) {
    const CliResult result = peercert({"doctor", "--db", "postgresql://ana:sesame@127.0.0.1:1/none"});
    EXPECT_EQ(result.exit, 1);
    EXPECT_THAT(result.out + result.err, Not(HasSubstr("sesame")));
    EXPECT_THAT(peercert({"doctor", "--json", "--db", "postgresql:host=127.0.0.1 port=1 password=sesame user=x"}).out,
                Not(HasSubstr("sesame")));
}

TEST_F(Configuration, DataFoldersOfTheBuildAreFound) {
    EXPECT_EQ(settings()["plugins"]["value"], PEERCERT_BINARY_DIR "/plugins");
    EXPECT_EQ(settings()["curricula"]["value"], PEERCERT_SOURCE_DIR "/curricula");
}

} // namespace
