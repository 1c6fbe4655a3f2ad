// A worker's week and a supervisor's evening: written down, asked, answered through the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>

#include "support/run_cli.hpp"

namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using peercert::tests::RunningCli;
using testing::HasSubstr;

class HoursByCommand : public testing::Test {
protected:
    HoursByCommand() {
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        does({"init", "--demo", "--clock", "2026-03-20T18:00:00Z"});
        does({"organization", "add", "lakeside", "Lakeside Peers", "--kind", "employer", "--county", "Milwaukee"});
        does({"person", "add", "Dolores Quintero", "--born", "1980-03-02"});
        does({"person", "add", "Odessa Whitfield", "--born", "1968-03-02"});
        does({"organization", "grant", "lakeside", "Odessa Whitfield", "supervisor", "--from", "2026-01-01"});
    }
    std::string does(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 0) << words.at(0) << " " << words.at(1) << ": " << result.out << result.err;
        return result.out;
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(does(words));
    }
    RunCli peercert;
};

TEST_F(HoursByCommand, GoFromTheWorkerToTheSupervisorAndCount) {
    does({"hours", "log", "Dolores Quintero", "6h", "--on", "2026-03-16", "--employer", "lakeside", "--activity",
          "one-to-one support", "--setting", "community", "--how", "agreed"});
    does({"hours", "log", "Dolores Quintero", "1:30", "--on", "2026-03-17", "--employer", "lakeside"});
    const json asked =
        answer({"hours", "ask", "Dolores Quintero", "Odessa Whitfield", "--site", "https://record.example/"});
    const std::string link = asked["link"];
    EXPECT_THAT(link, testing::MatchesRegex("https://record.example/confirm/[A-Za-z0-9_-]{43}"));
    EXPECT_EQ(asked["lines"].size(), 2u);
    const std::string rehearsed = does(
        {"hours", "confirm", link, "--except", std::to_string(asked["lines"][1]["entry"].get<int>()), "--dry-run"});
    EXPECT_THAT(rehearsed, HasSubstr("6 h"));
    const json answered =
        answer({"hours", "confirm", link, "--except", std::to_string(asked["lines"][1]["entry"].get<int>())});
    EXPECT_EQ(answered["state"], "answered");
    EXPECT_EQ(answered["confirmed_minutes"], 360);
    EXPECT_EQ(peercert({"hours", "confirm", link}).exit, 5) << "once";
    EXPECT_EQ(answer({"hours", "requests", "Dolores Quintero"})["requests"][0]["lines"][1]["state"], "open");
}

TEST_F(HoursByCommand, AreNoPlaceForAStory) {
    for (const char* option : {"--activity", "--setting", "--how", "--tag"})
        EXPECT_NE(peercert({"hours", "log", "Dolores Quintero", "1h", option, "we talked about how he felt"}).exit, 0)
            << option;
    EXPECT_EQ(answer({"record", "list", "Dolores Quintero"})["entries"].size(), 0u);
}

} // namespace
