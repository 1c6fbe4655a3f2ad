#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"
#include "support/temp_database.hpp"

namespace {

using nlohmann::json;
using peercert::storage::Backend;
using peercert::testing::postgresql_at_hand;
using peercert::testing::TempPlace;
using peercert::tests::CliResult;
using peercert::tests::RunCli;

struct Step {
    std::vector<std::string> words;
    std::string input;
};

/// An invented centre's morning: what is said twice, what is refused, what is proven.
const std::vector<Step>& story() {
    static const std::vector<Step> steps{
        {{"clock", "show"}, {}},
        {{"organization", "add", "--kind", "training_centre", "mke-centre", "Milwaukee Peer Centre"}, {}},
        {{"organization", "add", "--kind", "training_centre", "mke-centre", "Somebody Else"}, {}}, // taken
        {{"person", "add", "Zoë Brandt", "--born", "1980-02-29"}, {}},
        {{"person", "add", "ZOE BRANDT", "--born", "1980-02-29"}, {}}, // the same human
        {{"import", "people", "-"}, "name,born,email\nAna Ruiz,1990-01-31,ana@example.org\n文 Li,,\n"},
        {{"import", "people", "-"}, "name,born\nOmar Haddad,1990-02-30\n,1990-01-01\n"}, // two rows to mend
        {{"person", "list"}, {}},
        {{"clock", "set", "2025-10-20T09:00:00Z"}, {}},
        {{"clock", "set", "2025-10-19T09:00:00Z"}, {}}, // not back
        {{"record", "practice", "--on", "2025-10-19", "PERSON", "2.5 h"}, {}},
        {{"record", "practice", "--on", "2025-10-19", "P-0000-0000-000", "2.5 h"}, {}}, // nobody
        {{"record", "statement", "--on", "2025-10-19", "PERSON", "own lived experience"}, {}},
        {{"record", "list", "PERSON"}, {}},
        {{"assess", "PERSON", "wi-cps"}, {}}, // the wrong way round
        {{"assess", "wi-cps", "PERSON"}, {}},
        {{"plan", "wi-cps", "PERSON"}, {}},
        {{"report", "everybody"}, {}},
        {{"issuance", "pause"}, {}},
        {{"issuance", "show"}, {}},
        {{"verify", "0000-0000-000"}, {}},
        {{"verify", "0000-0000-000", "--on", "2024-02-29"}, {}},
        {{"audit", "verify"}, {}},
        {{"db", "migrate", "--dry-run"}, {}},
    };
    return steps;
}

/// Plays the story; every answer as the shell sees it. PERSON stands for the first person added.
std::vector<std::string> play(RunCli& peercert, const std::string& database) {
    peercert.set("PEERCERT_DB", database);
    EXPECT_EQ(peercert({"init", "--demo"}).exit, 0);
    std::vector<std::string> answers;
    std::string person;
    for (const Step& step : story()) {
        std::vector<std::string> words = step.words;
        for (std::string& word : words)
            if (word == "PERSON")
                word = person;
        words.emplace_back("--json");
        const CliResult result = peercert(words, step.input);
        EXPECT_NE(result.exit, 2) << words[0] << " " << result.err;
        EXPECT_NE(result.exit, 9) << words[0] << " " << result.err;
        answers.push_back(words[0] + " " + words[1] + ": " + std::to_string(result.exit) + "\n" + result.out +
                          result.err);
        if (person.empty() && words[0] == "person")
            person = json::parse(result.out)["code"];
    }
    json trail = json::parse(peercert({"audit", "list", "--json"}).out);
    for (json& row : trail["rows"])
        row.erase("hash"); // salted by each database
    answers.push_back(trail.dump());
    return answers;
}

TEST(BothDatabases, GiveTheSameAnswersByteForByte) {
    if (!postgresql_at_hand())
        GTEST_SKIP() << "PEERCERT_TEST_PG is not set";
    RunCli peercert;
    TempPlace postgresql(Backend::postgresql);
    const std::vector<std::string> there = play(peercert, postgresql.settings().url);
    const std::vector<std::string> here = play(peercert, (peercert.home() / "a.db").string());
    ASSERT_EQ(here.size(), there.size());
    for (std::size_t i = 0; i < here.size(); ++i)
        EXPECT_EQ(here[i], there[i]);
}

TEST(BothDatabases, ABackupGoesFromOneToTheOther) {
    if (!postgresql_at_hand())
        GTEST_SKIP() << "PEERCERT_TEST_PG is not set";
    RunCli peercert;
    TempPlace postgresql(Backend::postgresql);
    const std::string there = postgresql.settings().url;
    play(peercert, (peercert.home() / "a.db").string());
    EXPECT_EQ(peercert({"backup", "saved.db"}).exit, 0);
    const CliResult restored = peercert({"restore", "saved.db", "--db", there});
    EXPECT_EQ(restored.exit, 0) << restored.err;
    EXPECT_EQ(peercert({"person", "list", "--json", "--db", there}).out, peercert({"person", "list", "--json"}).out);
    EXPECT_EQ(peercert({"backup", "back.db", "--db", there}).exit, 0);
    EXPECT_EQ(peercert({"restore", "back.db", "--db", "b.db"}).exit, 0);
    EXPECT_EQ(peercert({"person", "list", "--json", "--db", "b.db"}).out, peercert({"person", "list", "--json"}).out);
    EXPECT_EQ(peercert({"audit", "verify", "--db", "b.db"}).exit, 0);
}

TEST(BothDatabases, OneStoryIsTheSameEveryTime) {
    RunCli peercert;
    const auto first = play(peercert, (peercert.home() / "a.db").string());
    EXPECT_EQ(first, play(peercert, (peercert.home() / "b.db").string()));
}

TEST(BothDatabases, OneStoryIsTheSameInEveryZoneAndWhateverTheMachinesLanguage) {
    RunCli peercert;
    const auto first = play(peercert, (peercert.home() / "a.db").string());
    int number = 0;
    for (const char* zone : {"Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"})
        for (const char* language : {"C", "de_DE.UTF-8", "tr_TR.UTF-8"}) { // nothing happens where one is not installed
            peercert.set("TZ", zone);
            peercert.set("LC_ALL", language);
            const std::string file = "other" + std::to_string(++number) + ".db";
            EXPECT_EQ(first, play(peercert, (peercert.home() / file).string())) << zone << ", " << language;
        }
}

} // namespace
