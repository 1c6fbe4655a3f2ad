#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

/// Two records of one human, and two people who look like one, as somebody at the desk of a centre has them.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class AtTheDesk : public testing::Test {
protected:
    AtTheDesk() {
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        peercert({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(peercert(words).out);
    }
    std::string add(const std::string& name, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"person", "add", name};
        words.insert(words.end(), more.begin(), more.end());
        return answer(words)["code"];
    }
    RunCli peercert;
};

TEST_F(AtTheDesk, AnOldCodeAnswersForTheHumanAndSaysSo) {
    const std::string ana = add("Ana Ruiz", {"--born", "1980-03-05"});
    const std::string other = add("Anna Gold", {"--born", "1980-03-06"});
    peercert({"record", "practice", other, "2 h", "--on", "2025-03-01"});
    const CliResult refused = peercert({"person", "merge", ana, other, "--yes"});
    EXPECT_EQ(refused.exit, 5);
    EXPECT_THAT(refused.err, HasSubstr("--conflicts-seen"));
    const CliResult rehearsed = peercert({"person", "merge", ana, other, "--dry-run"});
    EXPECT_EQ(rehearsed.exit, 0);
    EXPECT_THAT(rehearsed.out, HasSubstr("1 line of the ledger"));
    EXPECT_THAT(rehearsed.out, HasSubstr("born 1980-03-05 and 1980-03-06"));
    const json merged = answer({"person", "merge", ana, other, "--yes", "--conflicts-seen"});
    EXPECT_EQ(merged["moves"]["entries"], json::array({1}));
    EXPECT_EQ(merged["conflicts"][0]["kind"], "birthday");

    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"person", "show", other}, {"record", "list", other}, {"assess", "wi-cps", other}}) {
        const CliResult told = peercert(words);
        EXPECT_THAT(told.err, HasSubstr(other + " is " + ana + " since 2025-04-02")) << words[0];
    }
    EXPECT_THAT(peercert({"person", "show", ana}).err, Not(HasSubstr("since"))) << "who was kept is just who they are";
    EXPECT_EQ(answer({"person", "show", other})["code"], ana);
    EXPECT_EQ(answer({"person", "show", other})["asked_as"], other);
    EXPECT_EQ(answer({"assess", "wi-cps", other})["person"]["asked_as"], other);
    EXPECT_EQ(answer({"record", "list", ana})["entries"].size(), 1u);

    const json apart = answer({"person", "unmerge", other, "--yes"});
    EXPECT_EQ(apart["leaves"]["entries"], json::array({1}));
    EXPECT_EQ(answer({"person", "show", other})["code"], other);
    EXPECT_EQ(answer({"record", "list", ana})["entries"].size(), 0u);
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(AtTheDesk, APairThatWasLookedAtStaysAwayAlsoAfterARestore) {
    const std::string ana = add("Ana Ruiz", {"--born", "1980-03-05"});
    const CliResult refused = peercert({"person", "add", "Ruiz Ana", "--born", "1980-03-05"});
    EXPECT_EQ(refused.exit, 5);
    EXPECT_THAT(refused.err, HasSubstr(ana + " (the same name in another order"));
    const std::string other = add("Ruiz Ana", {"--born", "1980-03-05", "--not-duplicate"});
    EXPECT_EQ(answer({"person", "duplicates"})["pairs"].size(), 0u);
    EXPECT_EQ(peercert({"person", "distinct", ana, other, "--take-back"}).exit, 0);
    const json pairs = answer({"person", "duplicates", ana})["pairs"];
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_EQ(pairs[0]["points"], 100);
    EXPECT_THAT(pairs[0]["why"].get<std::string>(), HasSubstr("born on the same day"));
    EXPECT_EQ(peercert({"person", "distinct", other, ana}).exit, 0);
    ASSERT_EQ(peercert({"backup", "saved.db"}).exit, 0);
    peercert.set("PEERCERT_DB", (peercert.home() / "b.db").string());
    ASSERT_EQ(peercert({"restore", "saved.db"}).exit, 0);
    EXPECT_EQ(answer({"person", "duplicates"})["pairs"].size(), 0u);
    EXPECT_EQ(peercert({"import", "people", "-"}, "name,born\nAna Ruiz,1980-03-05\nRuiz Ana,1980-03-05\n").exit, 0);
    EXPECT_EQ(answer({"person", "duplicates"})["pairs"].size(), 0u);
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(AtTheDesk, ConsentIsGivenListedAndTakenBack) {
    const std::string ana = add("Ana Ruiz");
    EXPECT_EQ(peercert({"person", "consent", "give", ana, "--for", "directory"}).exit, 3) << "to which text?";
    EXPECT_EQ(peercert({"person", "consent", "give", ana}).exit, 2) << "for what?";
    EXPECT_EQ(peercert({"person", "consent", "give", ana, "--for", "anything", "--wording", "1"}).exit, 2);
    EXPECT_EQ(peercert({"person", "consent", "give", ana, "--for", "directory", "--wording", "2025-1"}).exit, 0);
    EXPECT_EQ(answer({"person", "consent", "list", ana})["consents"][0]["stands"], true);
    EXPECT_EQ(peercert({"person", "consent", "withdraw", ana, "--for", "directory"}).exit, 0);
    const json all = answer({"person", "consent", "list", ana})["consents"];
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0]["stands"], false);
    EXPECT_EQ(all[1]["wording"], "2025-1");
    EXPECT_EQ(peercert({"person", "consent", "withdraw", ana, "--for", "directory"}).exit, 5);
}

} // namespace
