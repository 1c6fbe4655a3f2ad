#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

#include "support/run_cli.hpp"

/// A facilitator's evening class and a coordinator's places, typed as people type them.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class ACentre : public testing::Test {
protected:
    ACentre() {
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        ok({"init", "--demo", "--clock", "2026-03-02T15:00:00Z"});
        ok({"organization", "add", "centre", "Centre", "--kind", "training_centre", "--county", "Lake"});
        ok({"person", "add", "Zoé Ångström"});
        ok({"person", "add", "Ana Ruiz"});
    }
    std::string ok(const std::vector<std::string>& words, const std::string& input = {}) {
        const CliResult result = peercert(words, input);
        EXPECT_EQ(result.exit, 0) << words[0] << " " << words[1] << ": " << result.out << result.err;
        return result.out;
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(ok(words));
    }
    CliResult refused(const std::vector<std::string>& words, int exit) {
        const CliResult result = peercert(words);
        EXPECT_EQ(result.exit, exit) << words[0] << " " << words[1] << ": " << result.out << result.err;
        return result;
    }
    void a_class() {
        ok({"cohort", "open", "evening", "eating-well", "--organization", "centre", "--from", "2026-03-02", "--on",
            "monday,thursday", "--sessions", "3", "--length", "2 h"});
        ok({"cohort", "enrol", "evening", "Zoé Ångström"});
        ok({"cohort", "enrol", "evening", "Ana Ruiz"});
    }
    RunCli peercert;
};

TEST_F(ACentre, OpensACohortInOneStep) {
    const json opened =
        answer({"cohort", "open", "evening", "eating-well", "--organization", "centre", "--from", "2026-03-02", "--on",
                "monday,thursday", "--sessions", "3", "--except", "2026-03-05", "--length", "2 h", "--dry-run"});
    ASSERT_EQ(opened["sessions"].size(), 3U);
    EXPECT_EQ(opened["sessions"][1]["held_on"], "2026-03-09");
    EXPECT_EQ(opened["sessions"][1]["minutes"], 120);
    EXPECT_TRUE(answer({"cohort", "list"})["cohorts"].empty()) << "a dry run";
    refused({"cohort", "open", "evening", "eating-well", "--organization", "centre", "--session", "2026-03-02", "--on",
             "monday"},
            2);
    refused({"cohort", "open", "evening", "eating-well", "--organization", "centre", "--from", "2026-03-02", "--on",
             "moonday", "--sessions", "2"},
            2);
    const CliResult gap = refused({"cohort", "open", "wrap-1", "wrap", "--format", "weekly group", "--organization",
                                   "centre", "--from", "2026-03-06", "--leader", "Ana Ruiz"},
                                  5);
    EXPECT_THAT(gap.err, HasSubstr("session 8 on 2026-04-24"));
    EXPECT_THAT(gap.err, HasSubstr("Ana Ruiz holds no level that leads this"));
    ok({"cohort", "open", "wrap-1", "wrap", "--format", "weekly group", "--organization", "centre", "--from",
        "2026-03-06", "--leader", "Ana Ruiz", "--with-gaps"});
    const json status = answer({"cohort", "status"})["cohorts"];
    ASSERT_EQ(status.size(), 1U);
    EXPECT_EQ(status[0]["gaps"], 8);
    EXPECT_EQ(status[0]["next"], "2026-03-06");
}

TEST_F(ACentre, PrintsASheetAndReadsItBack) {
    a_class();
    const json sheet = answer({"cohort", "sheet", "evening", "1", "--out", "sheet.pdf"});
    ASSERT_EQ(sheet["rows"].size(), 2U);
    EXPECT_EQ(sheet["rows"][0]["name"], "Ana Ruiz");
    std::ifstream file(peercert.home() / "sheet.pdf", std::ios::binary);
    std::string begin(5, '\0');
    file.read(begin.data(), 5);
    EXPECT_EQ(begin, "%PDF-");
    EXPECT_EQ(std::filesystem::status(peercert.home() / "sheet.pdf").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    refused({"cohort", "sheet", "evening", "1", "--out", "sheet.pdf"}, 5);
    const std::string ana = sheet["rows"][0]["code"], zoe = sheet["rows"][1]["code"];
    EXPECT_THAT(ok({"cohort", "read-back", "evening", ana, "--late", "20"}), HasSubstr("Ana Ruiz"));
    EXPECT_THAT(ok({"cohort", "read-back", "evening", ana, "--late", "20"}), HasSubstr("nothing changed"));
    peercert.file("scanned.csv", "code,arrived,left\n" + zoe + ",18:05,20:00\n");
    EXPECT_EQ(answer({"cohort", "read-back", "evening", "scanned.csv"})["added"], 1);
    const json hours = answer({"cohort", "hours", "evening"})["people"];
    EXPECT_EQ(hours[0]["minutes_present"], 115);
    EXPECT_EQ(hours[1]["minutes_present"], 100);
    EXPECT_EQ(hours[0]["minutes_to_come"], 240);
    const std::string wrong = ana.substr(0, 7) + (ana[7] == 'A' ? "B" : "A");
    EXPECT_THAT(refused({"cohort", "read-back", "evening", wrong}, 3).err, HasSubstr("no code of a sheet"));
}

TEST_F(ACentre, IsRecordedInAFileWithoutADatabase) {
    a_class();
    ok({"cohort", "take", "evening", "--out", "evening.bundle"});
    EXPECT_EQ(std::filesystem::status(peercert.home() / "evening.bundle").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    refused({"cohort", "take", "evening", "--out", "evening.bundle"}, 5);
    EXPECT_EQ(answer({"audit", "list"})["rows"].back()["action"], "bundle.taken") << "once: nothing was recorded of it";
    EXPECT_EQ(answer({"audit", "list"})["rows"][answer({"audit", "list"})["rows"].size() - 2]["action"],
              "cohort.enrolled");
    peercert.set("PEERCERT_DB", (peercert.home() / "nowhere" / "none.db").string()); // another machine
    ok({"bundle", "record", "evening.bundle", "1", "ana ruiz", "--left-early", "30"});
    ok({"bundle", "record", "evening.bundle", "1", "Zoe Angstrom"});
    refused({"bundle", "record", "evening.bundle", "9", "Ana Ruiz"}, 3);
    refused({"bundle", "record", "evening.bundle", "1", "Nobody Here"}, 4);
    EXPECT_EQ(answer({"bundle", "show", "evening.bundle"})["lines"], 2);
    peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
    EXPECT_EQ(answer({"cohort", "bring-back", "evening.bundle", "--dry-run"})["recorded"].size(), 2U);
    EXPECT_EQ(answer({"cohort", "bring-back", "evening.bundle"})["recorded"].size(), 2U);
    const json again = answer({"cohort", "bring-back", "evening.bundle"});
    EXPECT_EQ(again["recorded"].size(), 0U);
    EXPECT_EQ(again["brought_before"], 2);
    const json people = answer({"cohort", "show", "evening"})["people"];
    EXPECT_EQ(people[0]["minutes_present"], 120);
    EXPECT_EQ(people[1]["minutes_present"], 90);
    EXPECT_EQ(answer({"cohort", "undecided", "evening"})["to_decide"].size(), 0U);
}

TEST_F(ACentre, GivesPlacesInAnOrderAnybodyCanCheck) {
    ok({"cohort", "open", "summer", "eating-well", "--organization", "centre", "--session", "2026-06-01"});
    ok({"place", "call", "summer", "--places", "1", "--until", "2026-03-02", "--by", "lot"});
    ok({"place", "ask", "summer", "Ana Ruiz"});
    ok({"place", "ask", "summer", "Zoé Ångström"});
    EXPECT_THAT(refused({"place", "offer", "summer"}, 5).err, HasSubstr("that day included"));
    EXPECT_THAT(ok({"place", "answers"}), HasSubstr("no answer yet"));
    ok({"clock", "set", "2026-03-03T15:00:00Z"});
    const json offered = answer({"place", "offer", "summer"});
    EXPECT_EQ(offered["requests"][0]["state"], "offered");
    EXPECT_EQ(offered["requests"][1]["state"], "waiting");
    const std::string first = offered["requests"][0]["person"]["code"], next = offered["requests"][1]["person"]["code"];
    const json moved = answer({"place", "decline", "summer", first});
    EXPECT_EQ(moved["offered"][0]["person"]["code"], next);
    EXPECT_EQ(answer({"place", "advance"})["moved"].size(), 0U);
    ok({"place", "accept", "summer", next});
    const json fair = answer({"place", "fairness", "summer"});
    EXPECT_EQ(fair["in_order"], true);
    EXPECT_EQ(fair["lots"].size(), 2U);
    EXPECT_LT(fair["lots"][0]["sha256"].get<std::string>(), fair["lots"][1]["sha256"].get<std::string>());
    EXPECT_THAT(fair.dump(), Not(HasSubstr("Ruiz")));
    EXPECT_THAT(ok({"place", "purge"}), HasSubstr("nothing is due"));
    EXPECT_THAT(refused({"cohort", "enrol", "summer", first}, 5).err, HasSubstr("stated order"));
}

TEST_F(ACentre, KeepsNoRegisterWhereNoneMayBeKept) {
    ok({"cohort", "open", "voices", "hearing-voices", "--format", "hearing voices group", "--organization", "centre",
        "--session", "2026-03-02"});
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"cohort", "sheet", "voices", "1", "--out", "no.pdf"},
                                               {"cohort", "take", "voices", "--out", "no.bundle"},
                                               {"cohort", "hours", "voices"},
                                               {"place", "call", "voices", "--places", "5", "--until", "2026-03-02"}})
        EXPECT_THAT(refused(words, 6).err, HasSubstr("keeps no register"));
    EXPECT_FALSE(std::filesystem::exists(peercert.home() / "no.pdf"));
    EXPECT_FALSE(std::filesystem::exists(peercert.home() / "no.bundle"));
}

} // namespace
