#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

/// A rule goes live: the whole way of a draft through the real program, and what holds afterwards.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class PublishedByCommands : public testing::Test {
protected:
    PublishedByCommands() {
        std::filesystem::create_directory(rules());
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        peercert.set("PEERCERT_CURRICULA", rules().string());
        done({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
        done({"organization", "add", "centre", "Invented Centre", "--kind", "training_centre", "--county", "Lake"});
        for (const char* name : {"Ana Invented", "Bo Invented", "Cy Invented"}) {
            done({"person", "add", name});
            done({"organization", "grant", "centre", name, "administrator", "--from", "2025-01-01"});
        }
        draft(2);
    }
    std::filesystem::path rules() const { return peercert.home() / "rules"; }
    /// A course that asks for two hours or another number; its cases say two.
    void draft(int hours, const std::string& folder = "drafts") {
        std::filesystem::create_directory(peercert.home() / folder);
        peercert.file(
            folder + "/1.yaml",
            "course: circle\ntitle: Writing Circle\nin force: {from: 2025-04-10, until: further notice, chosen "
            "by: first session}\ncompleted by: [{name: enough, attendance: at least " +
                std::to_string(hours) + " h}]\n");
        peercert.file(
            folder + "/1.cases.yaml",
            "cases for: circle 1\ncases:\n  - {name: two hours, asks: completion of circle, day: 2025-05-01, "
            "ledger: [{day: 2025-04-11, attendance: 2 h}], expect: {answer: met}}\n  - {name: less, asks: "
            "completion of circle, day: 2025-05-01, ledger: [{day: 2025-04-11, attendance: 119 min}], expect: "
            "{answer: not met}}\n");
    }
    CliResult done(const std::vector<std::string>& words) {
        CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 0) << words.at(0) << ": " << result.out << result.err;
        return result;
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(peercert(words).out);
    }
    std::string digest() { return answer({"curriculum", "proposals", "circle:1"})["proposal"]["digest"]; }
    CliResult propose() {
        return peercert({"curriculum", "propose", "drafts/1.yaml", "--body", "centre", "--by", "Ana Invented"});
    }
    void publish() {
        ASSERT_EQ(propose().exit, 0);
        for (const char* name : {"Bo Invented", "Cy Invented"})
            done({"curriculum", "approve", "circle:1", "--digest", digest(), "--by", name, "--yes"});
        done({"curriculum", "publish", "circle:1", "--yes"});
    }
    std::string doctor_says() {
        const json found = answer({"doctor"});
        for (const json& check : found["checks"])
            if (check["check"] == "published rules")
                return check["says"];
        return "no such check";
    }

    RunCli peercert;
};

TEST_F(PublishedByCommands, FromADraftToARuleThatHolds) {
    const CliResult proposed = propose();
    ASSERT_EQ(proposed.exit, 0) << proposed.err;
    EXPECT_THAT(proposed.out, HasSubstr("2 cases, all as expected"));
    EXPECT_THAT(proposed.out, HasSubstr("It begins on 2025-04-10"));
    EXPECT_THAT(proposed.out, HasSubstr("circle 1 is proposed for centre"));
    EXPECT_THAT(proposed.out, HasSubstr("peercert curriculum approve circle:1 --digest " + digest().substr(0, 12)));
    EXPECT_EQ(peercert({"curriculum", "publish", "circle:1", "--yes"}).exit, 5);

    const std::vector<std::string> approve{"curriculum", "approve", "circle:1", "--digest", digest(), "--by"};
    const auto by = [&](const std::string& name, std::vector<std::string> more) {
        std::vector<std::string> words = approve;
        words.push_back(name);
        words.insert(words.end(), more.begin(), more.end());
        return peercert(words);
    };
    EXPECT_EQ(by("Bo Invented", {}).exit, 2) << "nobody is asked where there is no terminal";
    EXPECT_EQ(by("Ana Invented", {"--yes"}).exit, 6) << "whoever proposed it";
    EXPECT_EQ(by("Bo Invented", {"--dry-run"}).exit, 0);
    EXPECT_EQ(by("Bo Invented", {"--yes"}).exit, 0);
    EXPECT_EQ(by("Bo Invented", {"--yes"}).exit, 5) << "a second time";
    const CliResult second = by("Cy Invented", {"--yes"});
    EXPECT_EQ(second.exit, 0);
    EXPECT_THAT(second.out, HasSubstr("It may be published: peercert curriculum publish circle:1"));
    EXPECT_EQ(peercert({"curriculum", "show", "circle", "1"}).exit, 0) << "a draft can be read";
    EXPECT_EQ(peercert({"curriculum", "show", "circle"}).exit, 4);
    EXPECT_EQ(answer({"curriculum", "list"})["editions"].size(), 0U) << "and judges nobody";

    const CliResult published = done({"curriculum", "publish", "circle:1", "--yes"});
    EXPECT_THAT(published.out, HasSubstr("circle 1 is published and holds from 2025-04-10"));
    EXPECT_EQ(answer({"curriculum", "list"})["editions"][0]["origin"], "published");
    const json seen = answer({"curriculum", "proposals", "circle"})["proposals"][0];
    EXPECT_EQ(seen["state"], "published");
    EXPECT_EQ(seen["approved_by"].size(), 2U);
    EXPECT_EQ(seen["events"].size(), 3U);
    EXPECT_EQ(seen["events"][0]["person"], seen["approved_by"][0]);
    EXPECT_TRUE(seen["events"][2]["person"].is_null()) << "the operator published it";
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(PublishedByCommands, TheKeptTextCanBeReadByteForByte) {
    ASSERT_EQ(propose().exit, 0);
    const CliResult read = done({"curriculum", "proposals", "circle:1", "--text"});
    EXPECT_THAT(read.out, HasSubstr("completed by: [{name: enough, attendance: at least 2 h}]\n"));
    EXPECT_EQ(read.out.find("course: circle"), 0U);
    EXPECT_EQ(peercert({"curriculum", "proposals", "--text"}).exit, 2);
    EXPECT_EQ(peercert({"curriculum", "proposals", "circle:2"}).exit, 4);
    EXPECT_THAT(done({"curriculum", "diff", "circle:1", "drafts/1.yaml"}).out, HasSubstr("Nothing that a rule says"));
}

TEST_F(PublishedByCommands, WhatIsWrongIsSaidBeforeAnythingIsKept) {
    draft(3);
    const CliResult failing = propose();
    EXPECT_EQ(failing.exit, 1);
    EXPECT_THAT(failing.out, HasSubstr("two hours ... otherwise"));
    EXPECT_THAT(failing.out, HasSubstr("answer: expected met, got not met"));
    EXPECT_THAT(failing.out, HasSubstr("nothing was recorded"));
    EXPECT_EQ(answer({"curriculum", "proposals"})["proposals"].size(), 0U);
    draft(2);
    std::filesystem::remove(peercert.home() / "drafts/1.cases.yaml");
    EXPECT_THAT(propose().err, HasSubstr("its cases are missing"));
    draft(2);
    EXPECT_EQ(peercert({"curriculum", "propose", "drafts/1.yaml", "--body", "centre"}).exit, 3) << "by whom?";
    EXPECT_EQ(peercert({"curriculum", "propose", "drafts/1.yaml", "--by", "Ana Invented"}).exit, 3) << "for whom?";
    ASSERT_EQ(propose().exit, 0);
    EXPECT_EQ(propose().exit, 5) << "it is proposed already";
    EXPECT_EQ(peercert({"curriculum", "approve", "circle", "--digest", digest(), "--by", "Bo Invented", "--yes"}).exit,
              2);
    EXPECT_EQ(peercert({"curriculum", "approve", "circle:1", "--digest", "12", "--by", "Bo Invented", "--yes"}).exit,
              3);
    const std::string before = digest();
    draft(2, "drafts");
    peercert.file("drafts/1.yaml", "course: circle\ntitle: Circle of Writers\nin force: {from: 2025-04-10, until: "
                                   "further notice, chosen by: first session}\ncompleted by: [{name: enough, "
                                   "attendance: at least 2 h}]\n");
    ASSERT_EQ(propose().exit, 0);
    const CliResult older =
        peercert({"curriculum", "approve", "circle:1", "--digest", before, "--by", "Bo Invented", "--yes"});
    EXPECT_EQ(older.exit, 5);
    EXPECT_THAT(older.err, HasSubstr("was changed since that text"));
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(PublishedByCommands, JudgesThoughTheFileIsChangedGoneOrTheDatabaseRestored) {
    publish();
    EXPECT_THAT(doctor_says(), HasSubstr("1 edition published; no file says otherwise"));
    draft(5, "rules");
    const CliResult listed = done({"curriculum", "list"});
    EXPECT_THAT(listed.err, HasSubstr("1.yaml"));
    EXPECT_THAT(listed.err, HasSubstr("this file plays no part"));
    EXPECT_THAT(doctor_says(), HasSubstr("this file plays no part"));
    EXPECT_THAT(done({"curriculum", "show", "circle"}).out, HasSubstr("at least 2 h"));
    std::filesystem::remove_all(rules());
    std::filesystem::create_directory(rules());
    std::filesystem::remove_all(peercert.home() / "drafts");
    done({"clock", "set", "2025-04-12T15:00:00Z"});
    done({"person", "add", "Ida Invented"});
    done({"cohort", "open", "spring", "circle", "--organization", "centre", "--session", "2025-04-11", "--leader",
          "Bo Invented"});
    done({"cohort", "enrol", "spring", "Ida Invented", "--on", "2025-04-11"});
    done({"cohort", "attend", "spring", "1", "Ida Invented", "120"});
    EXPECT_THAT(done({"cohort", "complete", "spring"}).out, Not(HasSubstr("not yet")));

    done({"backup", "saved.db"});
    peercert.set("PEERCERT_DB", (peercert.home() / "b.db").string());
    done({"restore", "saved.db"});
    EXPECT_EQ(answer({"curriculum", "list"})["editions"][0]["origin"], "published");
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(PublishedByCommands, WhatHoldsIsNotWithdrawn) {
    publish();
    const std::vector<std::string> withdraw{"curriculum", "withdraw", "circle:1", "--because", "a mistake", "--yes"};
    done({"clock", "set", "2025-04-10T15:00:00Z"});
    EXPECT_THAT(peercert(withdraw).err, HasSubstr("holds since 2025-04-10"));
    EXPECT_EQ(peercert(withdraw).exit, 5);
}

TEST_F(PublishedByCommands, WhatIsToComeMayBeWithdrawn) {
    publish();
    EXPECT_EQ(peercert({"curriculum", "withdraw", "circle:1", "--yes"}).exit, 2) << "the reason is missing";
    done({"curriculum", "withdraw", "circle:1", "--because", "a mistake", "--yes"});
    EXPECT_EQ(answer({"curriculum", "list"})["editions"].size(), 0U);
    EXPECT_THAT(done({"curriculum", "proposals", "circle:1"}).out, HasSubstr("a mistake"));
}

TEST_F(PublishedByCommands, AnInstallationMayDecideByPublishedRulesOnly) {
    draft(2, "rules");
    const std::vector<std::string> open{"cohort",         "open",   "spring",    "circle",
                                        "--organization", "centre", "--session", "2025-04-11"};
    peercert.set("PEERCERT_RULES", "published");
    const CliResult refused = peercert(open);
    EXPECT_EQ(refused.exit, 5);
    EXPECT_THAT(refused.err, HasSubstr("decides by published editions only, and circle 1 is only a file"));
    publish();
    done(open);
    peercert.set("PEERCERT_RULES", "none");
    EXPECT_EQ(peercert(open).exit, 2);
}

TEST_F(PublishedByCommands, CommandsAboutFilesNeedNoDatabase) {
    publish();
    peercert.set("PEERCERT_DB", (peercert.home() / "nowhere.db").string());
    draft(2, "rules");
    EXPECT_EQ(answer({"curriculum", "list"})["editions"][0]["origin"], "files");
    EXPECT_EQ(peercert({"curriculum", "diff", "circle:1", "drafts/1.yaml"}).exit, 0);
    EXPECT_EQ(peercert({"curriculum", "proposals"}).exit, 4);
}

TEST_F(PublishedByCommands, ThePreviewStandsBesideTheProposal) {
    draft(2, "rules");
    peercert.file("drafts/2.yaml",
                  "course: circle\nedition: 2\ntitle: Writing Circle\nin force: {from: 2025-05-01, until: "
                  "further notice, chosen by: first session}\ncompleted by: [{name: enough, attendance: "
                  "at least 3 h}]\n");
    peercert.file("drafts/2.cases.yaml",
                  "cases for: circle 2\ncases:\n  - {name: three hours, asks: completion of circle, day: 2025-05-20, "
                  "ledger: [{day: 2025-05-11, attendance: 3 h}], expect: {answer: met}}\n");
    done({"clock", "set", "2025-04-12T15:00:00Z"});
    const CliResult proposed =
        done({"curriculum", "propose", "drafts/2.yaml", "--body", "centre", "--by", "Ana Invented", "--preview"});
    EXPECT_THAT(proposed.out, HasSubstr("If circle 2 held on April 12, 2025 instead of circle 1"));
    EXPECT_THAT(proposed.out, HasSubstr("It begins on 2025-05-01; circle 1 ends the day before"));
}

} // namespace
