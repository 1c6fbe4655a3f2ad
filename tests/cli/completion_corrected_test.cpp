#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

/// What somebody at the centre reads when attendance is corrected after a cohort was completed.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CorrectedAfterCompletion : public testing::Test {
protected:
    void run(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        ASSERT_EQ(result.exit, 0) << result.out << result.err;
    }
    void a_completed_cohort() {
        peercert.set("PEERCERT_DB", "a.db");
        run({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
        run({"organization", "add", "centre", "Centre", "--kind", "training_centre", "--county", "Lake"});
        run({"organization", "add", "office", "Office", "--kind", "certifying_body"});
        run({"person", "add", "Amara Okafor"});
        run({"cohort", "open", "winter", "wrap", "--format", "weekly group", "--organization", "centre", "--session",
             "2025-01-10,2025-01-17,2025-01-24,2025-01-31,2025-02-07,2025-02-14,2025-02-21,2025-02-28"});
        run({"cohort", "enrol", "winter", "Amara Okafor", "--on", "2025-01-10"});
        for (int session = 1; session <= 8; ++session)
            run({"cohort", "attend", "winter", std::to_string(session), "Amara Okafor", "120"});
        run({"cohort", "accept", "winter", "--because", "Led by a guest whom the office knows"});
        run({"cohort", "complete", "winter"});
    }
    RunCli peercert;
};

TEST_F(CorrectedAfterCompletion, WaitsForADecisionWhereSessionsWereNotHeldAsAsked) {
    peercert.set("PEERCERT_DB", "a.db");
    run({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
    run({"organization", "add", "centre", "Centre", "--kind", "training_centre", "--county", "Lake"});
    run({"person", "add", "Amara Okafor"});
    run({"cohort", "open", "winter", "wrap", "--format", "weekly group", "--organization", "centre", "--session",
         "2025-01-10,2025-01-17,2025-01-24,2025-01-31,2025-02-07,2025-02-14,2025-02-21,2025-02-28"});
    run({"cohort", "enrol", "winter", "Amara Okafor", "--on", "2025-01-10"});
    for (int session = 1; session <= 8; ++session)
        run({"cohort", "attend", "winter", std::to_string(session), "Amara Okafor", "120"});

    const CliResult waits = peercert({"cohort", "complete", "winter"});
    EXPECT_EQ(waits.exit, 1);
    EXPECT_THAT(waits.out, AllOf(HasSubstr("1  2025-01-10  outside the curriculum's model  (no leaders yet)"),
                                 HasSubstr("still wanted"), HasSubstr("waiting"), HasSubstr("Amara Okafor, 16 h"),
                                 HasSubstr("Nothing was recorded"), HasSubstr("cohort accept winter --because")));
    const json asked = json::parse(peercert({"cohort", "complete", "winter", "--json"}).out);
    EXPECT_EQ(asked["needs_decision"], true);
    EXPECT_EQ(asked["completed"].size(), 0U);
    EXPECT_EQ(asked["waiting"].size(), 1U);
    EXPECT_EQ(asked["outside_the_model"].size(), 8U);
    EXPECT_TRUE(asked["decision"].is_null());
    EXPECT_THAT(peercert({"record", "list", "Amara Okafor"}).out, Not(HasSubstr("training")));

    EXPECT_EQ(peercert({"cohort", "accept", "winter"}).exit, 2) << "a decision has a reason";
    EXPECT_EQ(peercert({"cohort", "accept", "winter", "--because", " "}).exit, 3);
    const std::string reason = "Led by \"guests\" \\ the office knew it";
    EXPECT_EQ(peercert({"cohort", "accept", "winter", "--because", reason, "--dry-run"}).exit, 0);
    EXPECT_EQ(peercert({"cohort", "complete", "winter"}).exit, 1) << "it was only rehearsed";
    const json accepted = json::parse(peercert({"cohort", "accept", "winter", "--because", reason, "--json"}).out);
    EXPECT_EQ(accepted["decision"]["reason"], reason);
    const CliResult done = peercert({"cohort", "complete", "winter"});
    EXPECT_EQ(done.exit, 0);
    EXPECT_THAT(done.out, AllOf(HasSubstr("outside the curriculum's model"), HasSubstr("It counts all the same"),
                                HasSubstr(reason), HasSubstr("complete  ")));
    EXPECT_THAT(peercert({"cohort", "show", "winter"}).out, HasSubstr(reason));
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
}

TEST_F(CorrectedAfterCompletion, IsToldWithTheReasonTheWayBackAndWhoReliedOnIt) {
    a_completed_cohort();
    run({"record", "training", "Amara Okafor", "wrap-seminar-2", "--on", "2025-03-10"});
    run({"record", "statement", "Amara Okafor", "wrap values and ethics", "--on", "2025-03-10"});
    run({"credential", "award", "wrap", "Amara Okafor", "--level", "provisional co-facilitator", "--issuer", "office"});
    const std::string number =
        json::parse(peercert({"credential", "list", "Amara Okafor", "--json"}).out)["credentials"][0]["number"];

    const std::string rehearsed = peercert({"cohort", "attend", "winter", "3", "Amara Okafor", "60", "--dry-run"}).out;
    EXPECT_THAT(rehearsed, AllOf(HasSubstr("dry run"), HasSubstr("no longer complete")));
    EXPECT_THAT(peercert({"cohort", "show", "winter"}).out, Not(HasSubstr("withdrawn")));

    const CliResult said = peercert({"cohort", "attend", "winter", "3", "Amara Okafor", "60"});
    EXPECT_EQ(said.exit, 0);
    EXPECT_THAT(said.out,
                AllOf(HasSubstr("no longer complete"), HasSubstr("15 h present"), HasSubstr("cohort complete winter"),
                      HasSubstr(number), HasSubstr("Nothing of it was changed")));
    EXPECT_THAT(peercert({"cohort", "show", "winter"}).out, HasSubstr("withdrawn: attendance was corrected"));
    EXPECT_THAT(peercert({"record", "list", "Amara Okafor"}).out,
                AllOf(HasSubstr("withdraws entry"), HasSubstr("(correction)")));
    EXPECT_EQ(json::parse(peercert({"credential", "show", number, "--json"}).out)["status"], "certified");
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);
    EXPECT_THAT(peercert({"audit", "list"}).out, HasSubstr("cohort.completion_withdrawn"));

    run({"cohort", "attend", "winter", "3", "Amara Okafor", "120"});
    EXPECT_THAT(peercert({"cohort", "show", "winter"}).out, HasSubstr("enough again"));
    EXPECT_THAT(peercert({"cohort", "complete", "winter"}).out, HasSubstr("complete"));
    EXPECT_THAT(peercert({"cohort", "show", "winter"}).out, Not(HasSubstr("withdrawn")));
}

TEST_F(CorrectedAfterCompletion, SaysTheSameInJson) {
    a_completed_cohort();
    const json nothing =
        json::parse(peercert({"cohort", "attend", "winter", "3", "Amara Okafor", "120", "--json"}).out);
    EXPECT_EQ(nothing["changed"], false);
    EXPECT_EQ(nothing["completion_reviewed"], nullptr);
    const json said = json::parse(peercert({"cohort", "attend", "winter", "3", "Amara Okafor", "119", "--json"}).out);
    EXPECT_EQ(said["changed"], true);
    EXPECT_EQ(said["completion_reviewed"]["outcome"], "withdrawn");
    EXPECT_EQ(said["completion_reviewed"]["progress"]["minutes_present"], 959);
    EXPECT_EQ(said["completion_reviewed"]["progress"]["completion_stands"], "withdrawn");
    EXPECT_EQ(said["relying_credentials"], json::array());
    const json imported = json::parse(
        peercert({"import", "attendance", "winter", "-", "--json"}, "person,session,minutes\nAmara Okafor,3,118\n")
            .out);
    EXPECT_EQ(imported["completions_reviewed"], json::array()) << "there is none to review any more";
}

TEST_F(CorrectedAfterCompletion, WhereTheRuleLeavesItToAPersonItWaitsForOne) {
    // A course whose rule accepts made-up time if somebody decides so.
    peercert.file("rules/made-up/1.yaml", R"(curriculum: made-up
edition: 1
title: An invented course
given by: nobody
in force: {from: 2024-01-01, until: further notice, chosen by: first session}
groups:
  evening:
    size: unknown
    sessions: 1 of 4 h
    led by: anyone the author invites
    completed by:
      - name: presence
        any of:
          - {attendance: at least 4 h, see: us}
          - {name: made up elsewhere, body decides: whether the rest was made up, see: us}
    completion: made-up-course
    see: us
sources:
  us: {what: the author's own word, as of: 2024-01-01, trust: verified}
)");
    const CliResult checked = peercert({"curriculum", "check", "rules/made-up/1.yaml"});
    ASSERT_EQ(checked.exit, 0) << checked.out << checked.err;
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "rules").string());
    peercert.set("PEERCERT_DB", "a.db");
    run({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
    run({"organization", "add", "centre", "Centre", "--kind", "training_centre"});
    run({"person", "add", "Amara Okafor"});
    run({"cohort", "open", "one", "made-up", "--organization", "centre", "--session", "2025-03-01"});
    run({"cohort", "enrol", "one", "Amara Okafor", "--on", "2025-03-01"});
    run({"cohort", "attend", "one", "1", "Amara Okafor", "4 h"});
    run({"cohort", "accept", "one", "--because", "The author led it"});
    run({"cohort", "complete", "one"});
    const std::string said = peercert({"cohort", "attend", "one", "1", "Amara Okafor", "3 h"}).out;
    EXPECT_THAT(said, AllOf(HasSubstr("under review"), HasSubstr("record withdraw")));
    EXPECT_THAT(peercert({"cohort", "show", "one"}).out, HasSubstr("under review"));
    EXPECT_THAT(peercert({"record", "list", "Amara Okafor"}).out, HasSubstr("pending"));
    run({"cohort", "attend", "one", "1", "Amara Okafor", "4 h"});
    EXPECT_THAT(peercert({"cohort", "show", "one"}).out, HasSubstr("under review")) << "a person confirms it";
    run({"cohort", "complete", "one"});
    EXPECT_THAT(peercert({"cohort", "show", "one"}).out, Not(HasSubstr("under review")));
    EXPECT_THAT(peercert({"record", "list", "Amara Okafor"}).out, HasSubstr("replaced by entry"));
}

} // namespace
