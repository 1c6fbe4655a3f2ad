#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

#include "support/run_cli.hpp"

/// A facilitator's evening and a renewal's hours, as somebody would type them. Everybody is invented.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class AnEveningClass : public testing::Test {
protected:
    AnEveningClass() {
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        done({"init", "--demo", "--clock", "2025-01-06T15:00:00Z"});
        done({"organization", "add", "centre", "Centre", "--kind", "training_centre"});
        done({"organization", "add", "office", "Office", "--kind", "certifying_body"});
        for (const char* name : {"Odessa Whitfield", "Dolores Quintero", "Ana Ruiz", "Bo Lee"}) {
            done({"person", "add", name});
            code[name] = json::parse(peercert({"person", "show", name, "--json"}).out)["code"];
        }
        odessa = code["Odessa Whitfield"];
        done({"credential", "take-over", "wrap", odessa, "--level", "co-facilitator", "--issuer", "office", "--from",
              "2019-05-01"});
        done({"organization", "grant", "centre", odessa, "facilitator", "--from", "2019-05-01"});
        done({"record", "training", odessa, "wrap-refresher", "--on", "2024-06-01"});
        done({"clock", "set", "2025-01-12T15:00:00Z"});
        done({"cohort", "open", "winter", "wrap", "--format", "weekly group", "--organization", "centre", "--session",
              "2025-01-10,2025-01-11", "--leader", odessa});
        for (const char* name : {"Dolores Quintero", "Ana Ruiz", "Bo Lee"})
            done({"cohort", "enrol", "winter", name, "--on", "2025-01-10"});
    }
    std::string done(const std::vector<std::string>& words, const std::string& input = {}) {
        const CliResult result = peercert(words, input);
        EXPECT_EQ(result.exit, 0) << words[0] << ' ' << (words.size() > 1 ? words[1] : "") << ": " << result.out
                                  << result.err;
        return result.out;
    }
    json asked(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(peercert(words).out);
    }

    RunCli peercert;
    std::map<std::string, std::string> code;
    std::string odessa;
};

TEST_F(AnEveningClass, TheFormTypedByTheOfficeCountsWhenTheAssessorSays) {
    const std::string said = done({"signoff", "wrap", "Dolores Quintero", "samhsa-core/II.3", "--by", odessa,
                                   "--cohort", "winter", "--session", "1"});
    EXPECT_THAT(said, HasSubstr("it counts when everybody has signed"));
    EXPECT_THAT(said, HasSubstr("signoff confirm --all --as " + odessa));
    EXPECT_EQ(asked({"signoff", "list", "Dolores Quintero"})["lines"][0]["state"], "awaiting_assessor");
    EXPECT_EQ(peercert({"signoff", "confirm", "--all"}).exit, 2) << "who are you?";
    EXPECT_EQ(peercert({"signoff", "confirm", "--as", odessa}).exit, 2) << "which?";
    EXPECT_EQ(peercert({"signoff", "confirm", "--all", "--as", code["Bo Lee"]}).exit, 0) << "nothing waits for him";
    EXPECT_THAT(done({"signoff", "confirm", "--all", "--as", odessa}), HasSubstr("confirmed"));
    const json line = asked({"signoff", "list", "Dolores Quintero"})["lines"][0];
    EXPECT_EQ(line["state"], "signed");
    EXPECT_EQ(line["assessor"], odessa);
    EXPECT_EQ(line["framework"], "samhsa-core 2015");
    EXPECT_EQ(line["authority"]["role"], "wrap/co-facilitator");
    EXPECT_EQ(peercert({"signoff", "list"}).exit, 2);
    EXPECT_EQ(peercert({"record", "withdraw", std::to_string(line["entry"].get<int>())}).exit, 3);
}

TEST_F(AnEveningClass, AGroupIsLookedAtFirst) {
    const std::vector<std::string> group{"signoff",
                                         "group",
                                         "winter",
                                         "--session",
                                         "1",
                                         "--competency",
                                         "samhsa-core/II.3",
                                         "--by",
                                         odessa,
                                         "--except",
                                         "Ana Ruiz=not-observed",
                                         "--except",
                                         "Bo Lee",
                                         "--as",
                                         odessa};
    auto rehearsed = group;
    rehearsed.insert(rehearsed.end(), {"--dry-run", "--json"});
    const json preview = json::parse(peercert(rehearsed).out);
    EXPECT_EQ(preview["dry_run"], true);
    EXPECT_EQ(preview["accepted"], true);
    EXPECT_EQ(preview["people"].size(), 3u);
    EXPECT_TRUE(asked({"signoff", "list", "Dolores Quintero"})["lines"].empty());
    const std::string said = done(group);
    EXPECT_THAT(said, HasSubstr("not observed"));
    EXPECT_THAT(said, HasSubstr("left out: excepted"));
    EXPECT_EQ(asked({"signoff", "list", "Dolores Quintero"})["lines"][0]["rating"], "shown");
    EXPECT_EQ(asked({"signoff", "list", "Ana Ruiz"})["lines"][0]["rating"], "not observed");
    EXPECT_TRUE(asked({"signoff", "list", "Bo Lee"})["lines"].empty());
    auto wrong = group;
    wrong[10] = "Ana Ruiz=splendid";
    const CliResult refused = peercert(wrong);
    EXPECT_EQ(refused.exit, 3);
    EXPECT_THAT(refused.err, HasSubstr("no word of the scale of samhsa-core 2015"));
    wrong[10] = "=shown";
    EXPECT_EQ(peercert(wrong).exit, 2);
}

TEST_F(AnEveningClass, TheScaleIsShownWithWhatEachWordLooksLike) {
    const std::string said = done({"competency", "show", "samhsa-core"});
    EXPECT_THAT(said, HasSubstr("Seen as the label says, without help."));
    const json frame = asked({"competency", "show", "ips"});
    EXPECT_EQ(frame["scale"].size(), 6u);
    EXPECT_EQ(frame["scale"][3]["word"], "3");
    EXPECT_EQ(frame["scale"][3]["means_shown"], true);
    EXPECT_EQ(frame["scale"][2]["means_shown"], false);
    EXPECT_EQ(frame["scale"][3]["looks_like"], nullptr) << "nobody has printed it here, so nothing is made up";
    EXPECT_EQ(frame["sign_off"]["by"][0], "facilitator");
    EXPECT_EQ(peercert({"competency", "show", "samsha-core"}).exit, 4);
}

TEST_F(AnEveningClass, WhatTheLearnerSaysOfThemselvesIsTheirs) {
    const std::string dolores = code["Dolores Quintero"];
    EXPECT_EQ(peercert({"competency", "rate-self", "samhsa-core/II.3=shown"}).exit, 6);
    done({"competency", "rate-self", "samhsa-core/II.3=shown", "samhsa-core/II.4=not yet", "--as", dolores});
    EXPECT_EQ(asked({"competency", "self", dolores, "--as", dolores})["self_ratings"].size(), 2u);
    EXPECT_TRUE(asked({"competency", "self", dolores, "--as", odessa})["self_ratings"].empty());
    EXPECT_THAT(done({"competency", "of", dolores, "samhsa-core"}), Not(HasSubstr("not yet\t")));
    EXPECT_EQ(peercert({"competency", "rate-self", "samhsa-core/II.3", "--as", dolores}).exit, 2);
}

TEST_F(AnEveningClass, WhatRestedOnAVoidAuthorityIsShownAndDecided) {
    done({"signoff", "wrap", "Dolores Quintero", "samhsa-core/II.3", "--by", odessa, "--cohort", "winter", "--session",
          "1", "--as", odessa});
    const std::string looked = done({"signoff", "impact", odessa, "--void-from", "2025-01-10"});
    EXPECT_THAT(looked, HasSubstr("Nothing was changed"));
    EXPECT_EQ(asked({"signoff", "list", "Dolores Quintero"})["lines"][0]["state"], "signed");
    done({"signoff", "impact", odessa, "--void-from", "2025-01-10", "--put-under-review"});
    const json line = asked({"signoff", "list", "Dolores Quintero"})["lines"][0];
    EXPECT_EQ(line["state"], "under_review");
    EXPECT_THAT(done({"signoff", "list", "Dolores Quintero"}), HasSubstr("says nothing about the learner"));
    const std::string entry = std::to_string(line["entry"].get<int>());
    EXPECT_EQ(peercert({"signoff", "decide", entry, "perhaps", "--yes"}).exit, 2);
    done({"signoff", "decide", entry, "withdraw", "--yes"});
    EXPECT_TRUE(asked({"signoff", "list", "Dolores Quintero"})["lines"].empty());
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(AnEveningClass, FewRatingsGiveNoFigure) {
    EXPECT_THAT(done({"report", "agreement", "samhsa-core"}), HasSubstr("nothing of samhsa-core is rated yet"));
    done({"signoff", "wrap", "Dolores Quintero", "samhsa-core/II.3", "--by", odessa, "--cohort", "winter", "--session",
          "1", "--as", odessa});
    EXPECT_THAT(done({"report", "agreement", "samhsa-core"}), HasSubstr("too few to tell"));
}

TEST_F(AnEveningClass, ARosterSaysEveryRowToMendAndTheBalanceWhatIsThere) {
    const std::string bo = code["Bo Lee"];
    done({"organization", "add", "lakeside", "Lakeside", "--kind", "provider"});
    done({"credential", "take-over", "wi-cps", bo, "--level", "certified", "--issuer", "office", "--from", "2024-01-01",
          "--until", "2025-10-31"});
    done({"ce", "approve", "office", "lakeside", "--course", "ethics-day", "--topic", "law and ethics", "--at-most",
          "3 h", "--from", "2025-01-01", "--until", "2025-01-31"});
    EXPECT_THAT(done({"ce", "approvals"}), HasSubstr("law and ethics"));
    const std::string head = "person,course,day,minutes\n";
    const CliResult wrong = peercert({"ce", "roster", "-", "--provider", "lakeside"},
                                     head + bo + ",ethics-day,2024-12-31,120\n" + bo + ",ethics-day,2025-01-02,181\n");
    EXPECT_EQ(wrong.exit, 3);
    EXPECT_THAT(wrong.out, HasSubstr("outside every approval of this course"));
    EXPECT_THAT(wrong.out, HasSubstr("at most 180 minutes"));
    EXPECT_THAT(done({"ce", "roster", "-", "--provider", "lakeside"}, head + bo + ",ethics-day,2025-01-02,180\n"),
                HasSubstr("1 line added"));
    const CliResult balance = peercert({"ce", "balance", bo, "wi-cps", "--on", "2025-01-12"});
    EXPECT_EQ(balance.exit, 1) << "not yet";
    EXPECT_THAT(balance.out, HasSubstr("3 h\t\t20 h")) << "there, nothing waiting, asked";
    const std::string digest(64, 'a');
    done({"ce", "add", bo, "circle", "2 h", "--on", "2025-01-05", "--digest", digest, "--topic", "other", "--as", bo});
    const CliResult twice =
        peercert({"ce", "add", bo, "circle", "2 h", "--on", "2025-01-06", "--digest", digest, "--as", bo});
    EXPECT_EQ(twice.exit, 5);
    EXPECT_THAT(twice.err, HasSubstr("that document shows entry"));
    EXPECT_EQ(peercert({"ce", "add", bo, "circle", "2 h", "--on", "2025-01-05", "--digest", "abc", "--as", bo}).exit,
              3);
}

} // namespace
