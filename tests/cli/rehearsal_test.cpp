#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

/// What a writing command says: that it only rehearsed, what it recorded, and when its answer is lost.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Writing : public testing::Test {
protected:
    Writing() {
        peercert.set("PEERCERT_DB", file);
        run({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
        run({"organization", "add", "office", "Office", "--kind", "certifying_body"});
        run({"person", "add", "Amara Okafor"});
        run({"credential", "take-over", "wrap", "Amara Okafor", "--level", "co-facilitator", "--issuer", "office",
             "--from", "2024-05-01"});
        number =
            json::parse(peercert({"credential", "list", "Amara Okafor", "--json"}).out)["credentials"][0]["number"];
    }
    void run(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 0) << result.out << result.err;
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(peercert(words).out);
    }
    json trail() { return answer({"audit", "list"}); }
    /// Runs it in a shell that sends standard output elsewhere ("" keeps it); the exit code, errors in errors.txt.
    int into(const std::string& where, const std::string& words) {
        const std::string command = "cd " + peercert.home().string() + " && PEERCERT_DB=" + file +
                                    " HOME=" + peercert.home().string() + " " + RunCli::program().string() + " " +
                                    words + " " + where;
        return WEXITSTATUS(std::system(("bash -c '" + command + "'").c_str()));
    }
    /// Into a pipe whose reader is gone; the exit code, errors in errors.txt.
    int to_nobody(const std::string& words) {
        return into("", "version >/dev/null; { sleep 0.3; PEERCERT_DB=" + file + " HOME=" + peercert.home().string() +
                            " " + RunCli::program().string() + " " + words +
                            " 2>errors.txt; echo $? >code.txt; } | true; exit $(cat code.txt)");
    }
    std::string errors() {
        std::FILE* written = std::fopen((peercert.home() / "errors.txt").c_str(), "rb");
        std::string text;
        for (int c = written == nullptr ? EOF : std::fgetc(written); c != EOF; c = std::fgetc(written))
            text += static_cast<char>(c);
        if (written != nullptr)
            std::fclose(written);
        return text;
    }

    RunCli peercert;
    const std::string file = (peercert.home() / "a.db").string();
    std::string number;
};

TEST_F(Writing, EveryRehearsalSaysSoInTheFirstLineAndChangesNothing) {
    const json before = trail();
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"issuance", "pause"},
                                               {"person", "add", "Odessa Whitfield"},
                                               {"organization", "add", "centre", "Centre", "--kind", "training_centre"},
                                               {"application", "submit", "wrap", "Amara Okafor"},
                                               {"record", "ce", "Amara Okafor", "20 min", "--on", "2025-02-01"},
                                               {"credential", "suspend", number},
                                               {"credential", "revoke", number}}) {
        std::vector<std::string> rehearsed = words;
        rehearsed.emplace_back("--dry-run");
        rehearsed.emplace_back("--quiet");
        const CliResult said = peercert(rehearsed);
        if (words.front() == "application" && said.exit != 0)
            continue; // this curriculum has no application; the refusal says so
        EXPECT_EQ(said.exit, 0) << words.back() << said.err;
        EXPECT_THAT(said.out, StartsWith("dry run: nothing is changed")) << words.front();
        EXPECT_EQ(said.out.find("dry run", 1), std::string::npos) << "once: " << said.out;
        rehearsed.back() = "--json";
        const CliResult object = peercert(rehearsed);
        EXPECT_EQ(json::parse(object.out)["dry_run"], true) << object.out;
    }
    EXPECT_EQ(trail(), before);
    EXPECT_FALSE(answer({"issuance", "pause"}).contains("dry_run"));
    EXPECT_NE(trail(), before);
}

TEST_F(Writing, WhatWasRecordedIsToldSoThatItCanBeCompared) {
    EXPECT_THAT(peercert({"record", "ce", "Amara Okafor", "0:20", "--on", "2025-02-01"}).out,
                HasSubstr("20 min of continuing education on 2025-02-01"));
    const json made = answer({"record", "ce", "Amara Okafor", "1:30", "--on", "2025-02-01"});
    EXPECT_EQ(made["amount"], 90);
    EXPECT_EQ(made["unit"], "minutes");
    EXPECT_TRUE(answer({"record", "document", "Amara Okafor", "GED", "--on", "2025-02-01"})["amount"].is_null());
}

TEST_F(Writing, ACorrectionOfNothingIsRefused) {
    const json made = answer({"record", "ce", "Amara Okafor", "1:30", "--on", "2025-02-01"});
    const json before = trail();
    const CliResult refused = peercert({"record", "correct", std::to_string(made["entry"].get<int>())});
    EXPECT_EQ(refused.exit, 2);
    EXPECT_THAT(refused.err, HasSubstr("say what is to be corrected"));
    EXPECT_EQ(trail(), before);
}

TEST_F(Writing, AnAnswerThatIsLostDoesNotInviteToDoItAgain) {
    if (!std::filesystem::exists("/dev/full"))
        GTEST_SKIP() << "no /dev/full here";
    EXPECT_EQ(into(">/dev/full 2>errors.txt", "issuance pause"), 8);
    EXPECT_THAT(errors(), AllOf(HasSubstr("it was recorded"), HasSubstr("do not repeat it")));
    EXPECT_EQ(answer({"issuance", "show"})["paused"], true);
    EXPECT_EQ(into(">/dev/full 2>errors.txt", "issuance show"), 8);
    EXPECT_THAT(errors(), AllOf(HasSubstr("could not be written"), Not(HasSubstr("recorded"))));
    EXPECT_EQ(into(">/dev/full 2>errors.txt", "issuance pause --dry-run"), 8);
    EXPECT_THAT(errors(), Not(HasSubstr("recorded")));
}

TEST_F(Writing, AReaderThatLeavesIsNoFailureToSpeakOf) {
    EXPECT_EQ(to_nobody("issuance show --quiet"), 8);
    EXPECT_EQ(errors(), "");
    EXPECT_EQ(to_nobody("issuance pause"), 8);
    EXPECT_THAT(errors(), HasSubstr("it was recorded"));
}

} // namespace
