#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include "support/run_cli.hpp"

namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class Database : public testing::Test {
protected:
    Database() { peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string()); }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        const CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 0) << result.err;
        return json::parse(result.out);
    }
    RunCli peercert;
};

TEST_F(Database, IsMadeOnceAndIsNobodyElsesToRead) {
    EXPECT_EQ(peercert({"init"}).exit, 0);
    struct stat status {};
    ASSERT_EQ(::stat((peercert.home() / "a.db").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    const CliResult again = peercert({"init"});
    EXPECT_EQ(again.exit, 5);
    EXPECT_THAT(again.err, HasSubstr("already"));
}

TEST_F(Database, IsNotMadeByADryRunNorByUse) {
    EXPECT_EQ(peercert({"init", "--dry-run"}).exit, 0);
    EXPECT_EQ(peercert({"audit", "list"}).exit, 4);
    EXPECT_EQ(peercert({"verify", "7K3M-9QXT-42H"}).exit, 18);
    EXPECT_EQ(peercert({"backup", "b.db"}).exit, 4);
    EXPECT_TRUE(std::filesystem::is_empty(peercert.home()));
}

TEST_F(Database, StandsWhereTheSystemKeepsDataUnlessNamed) {
    peercert.unset("PEERCERT_DB");
    EXPECT_EQ(peercert({"init"}).exit, 0);
    EXPECT_TRUE(std::filesystem::exists(peercert.home() / ".local/share/peercert/peercert.db"));
}

TEST_F(Database, OfADemoSaysSoWhereverItIsUsed) {
    peercert({"init", "--demo"});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"doctor"}, {"audit", "list"}, {"clock", "show"}, {"verify", "7K3M-9QXT-42H"}})
        EXPECT_THAT(peercert(words).err, HasSubstr("demo database, invented people"));
    EXPECT_THAT(peercert({"doctor"}).out, HasSubstr("demo"));
}

TEST_F(Database, AllIsWellInANewOne) {
    peercert({"init"});
    const json found = answer({"doctor", "--thorough"});
    EXPECT_EQ(found["sound"], true);
    for (const json& check : found["checks"])
        EXPECT_EQ(check["sound"], true) << check;
}

TEST_F(Database, ClockOfADemoGoesForwardOnly) {
    peercert({"init", "--demo", "--clock", "2025-01-06T15:00:00Z"});
    EXPECT_EQ(answer({"clock", "set", "2025-10-20T09:00:00Z"})["now"], "2025-10-20T09:00:00Z");
    EXPECT_EQ(answer({"clock", "show"})["today"], "2025-10-20");
    const CliResult back = peercert({"clock", "set", "2025-10-20T08:59:59Z"});
    EXPECT_EQ(back.exit, 5);
    EXPECT_THAT(back.err, HasSubstr("only goes forward"));
    EXPECT_EQ(answer({"clock", "show"})["now"], "2025-10-20T09:00:00Z");
    EXPECT_EQ(answer({"clock", "set", "2025-10-21T09:00:00Z", "--dry-run"})["now"], "2025-10-21T09:00:00Z");
    EXPECT_EQ(answer({"clock", "show"})["now"], "2025-10-20T09:00:00Z");
}

TEST_F(Database, ClockOfALiveOneIsTheMachines) {
    peercert({"init"});
    const CliResult result = peercert({"clock", "set", "2025-10-20T09:00:00Z"});
    EXPECT_EQ(result.exit, 6);
    EXPECT_THAT(result.err, HasSubstr("live database"));
    EXPECT_EQ(peercert({"init", "--clock", "2025-10-20T09:00:00Z", "--db", "c.db"}).exit, 2);
}

TEST_F(Database, TodayIsTheZonesDay) {
    peercert({"init", "--demo", "--clock", "2025-03-01T05:59:59Z"}); // still February in Chicago
    peercert.set("PEERCERT_ZONE", "America/Chicago");
    EXPECT_EQ(answer({"clock", "show"})["today"], "2025-02-28");
    peercert({"clock", "set", "2025-03-01T06:00:00Z"});
    EXPECT_EQ(answer({"clock", "show"})["today"], "2025-03-01");
    peercert.set("PEERCERT_ZONE", "America/Milwaukee");
    EXPECT_EQ(peercert({"clock", "show"}).exit, 3);
}

TEST_F(Database, AuditTrailIsShownAndProven) {
    peercert({"init", "--demo"});
    peercert({"clock", "set", "2025-10-20T09:00:00Z"});
    const json rows = answer({"audit", "list"})["rows"];
    EXPECT_EQ(rows.back()["action"], "clock.set");
    EXPECT_EQ(answer({"audit", "verify"})["intact"], true);
    EXPECT_EQ(answer({"audit", "verify"})["rows"], rows.size());
    EXPECT_EQ(answer({"audit", "list", "--limit", "1"})["rows"].size(), 1u);
    EXPECT_EQ(answer({"audit", "list", "--after", "1"})["rows"].size(), rows.size() - 1);
    peercert({"person", "add", "Ana Ruiz"});
    const std::string code = answer({"person", "show", "Ana Ruiz"})["code"];
    const json added = answer({"audit", "list"})["rows"].back();
    EXPECT_EQ(added["object"], "person 1") << "what the chain seals";
    EXPECT_EQ(added["about"], "person " + code) << "what people know";
    EXPECT_THAT(peercert({"audit", "list"}).out, HasSubstr("person " + code));
}

TEST_F(Database, OneChangedByteOfTheAuditTrailIsFound) {
    peercert({"init", "--demo"});
    peercert({"clock", "set", "2025-10-20T09:00:00Z"});
    const std::string file = (peercert.home() / "a.db").string();
    // Past the triggers, as somebody with the file in their hands would.
    const std::string tamper =
        "sqlite3 " + file +
        " \"pragma writable_schema=on; delete from sqlite_schema where type='trigger';\" && sqlite3 " + file +
        " \"update audit set object='installatioN' where seq=(select max(seq) from audit);\"";
    ASSERT_EQ(std::system(tamper.c_str()), 0);
    const CliResult result = peercert({"audit", "verify", "--json"});
    EXPECT_EQ(result.exit, 1);
    const json verdict = json::parse(result.out);
    EXPECT_EQ(verdict["intact"], false);
    EXPECT_GT(verdict["broken_at"], 1);
    EXPECT_EQ(peercert({"doctor"}).exit, 1);
}

TEST_F(Database, DoctorSaysEachThingOnce) {
    peercert({"init", "--demo"});
    const std::string drop = "sqlite3 " + (peercert.home() / "a.db").string() + " \"drop index membership_person;\"";
    ASSERT_EQ(std::system(drop.c_str()), 0);
    const std::string out = peercert({"doctor"}).out;
    const std::string finding = "the index membership_person is missing";
    const std::size_t first = out.find(finding);
    ASSERT_NE(first, std::string::npos) << out;
    EXPECT_EQ(out.find(finding, first + 1), std::string::npos) << out;
    EXPECT_THAT(out, testing::HasSubstr("what integrity says"));

    peercert.file("rules/bad/1.yaml", "course: bad\ntitel: Bad\ntitle: [a]\n");
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "rules").string());
    const CliResult broken = peercert({"doctor"});
    EXPECT_EQ(broken.exit, 1);
    EXPECT_THAT(broken.out, testing::HasSubstr("start on half of them: "));
    EXPECT_EQ(broken.out.find("\\x0a"), std::string::npos) << "a row of a table has one line";
}

TEST_F(Database, BackupIsOneFileThatRestoresToTheSameRecord) {
    peercert({"init", "--demo"});
    peercert({"clock", "set", "2025-10-20T09:00:00Z"});
    EXPECT_EQ(peercert({"backup", "saved.db"}).exit, 0);
    EXPECT_EQ(peercert({"backup", "saved.db"}).exit, 5);
    EXPECT_EQ(peercert({"restore", "saved.db"}).exit, 5) << "the database in use must not be overwritten";
    EXPECT_EQ(peercert({"restore", "saved.db", "--dry-run", "--db", "b.db"}).exit, 0);
    EXPECT_FALSE(std::filesystem::exists(peercert.home() / "b.db"));
    EXPECT_EQ(peercert({"restore", "saved.db", "--db", "b.db"}).exit, 0);
    const json before = answer({"audit", "list"})["rows"];
    json after = answer({"audit", "list", "--db", "b.db"})["rows"];
    ASSERT_GE(after.size(), before.size());
    after.erase(after.begin() + static_cast<std::ptrdiff_t>(before.size()), after.end()); // the restore itself
    EXPECT_EQ(after, before);
    EXPECT_EQ(answer({"audit", "verify", "--db", "b.db"})["intact"], true);
}

TEST_F(Database, RestoredDemoGoesOnInItsOwnTime) {
    peercert({"init", "--demo", "--clock", "2025-01-06T15:00:00Z"});
    const json saved = answer({"backup", "saved.db"});
    EXPECT_GT(saved["rows"], saved["audit_rows"]) << "every row is counted, not only those of the trail";
    EXPECT_TRUE(saved["recorded_as"].is_null());
    json rehearsed = answer({"restore", "saved.db", "--db", "c.db", "--dry-run"});
    rehearsed.erase("dry_run");
    EXPECT_EQ(rehearsed, saved);
    json restored = answer({"restore", "saved.db", "--db", "b.db"});
    EXPECT_EQ(restored["recorded_as"], answer({"audit", "list", "--db", "b.db"})["rows"].back()["seq"]);
    restored["recorded_as"] = nullptr;
    EXPECT_EQ(restored, saved) << "both tell of the backup, so that they can be compared";
    EXPECT_EQ(answer({"audit", "list", "--db", "b.db"})["rows"].back()["at"], "2025-01-06T15:00:00Z");
    const json report = json::parse(peercert({"doctor", "--db", "b.db", "--json"}).out);
    for (const json& check : report.at("checks"))
        EXPECT_EQ(check["sound"], check["check"] != "issuing") << check;
}

TEST_F(Database, IssuingWaitsAfterARestoreUntilSomebodySaysWhereItWas) {
    peercert({"init", "--demo"});
    peercert({"backup", "saved.db"});
    peercert({"restore", "saved.db", "--db", "b.db"});
    peercert.set("PEERCERT_DB", "b.db");
    EXPECT_EQ(answer({"issuance", "show"})["paused"], true);
    EXPECT_EQ(peercert({"issuance", "resume"}).exit, 2);
    const CliResult nobody = peercert({"issuance", "resume", "--nothing-newer"});
    EXPECT_EQ(nobody.exit, 2);
    EXPECT_THAT(nobody.err, HasSubstr("--yes"));
    EXPECT_EQ(peercert({"issuance", "resume", "--newest", "nonsense", "--yes"}).exit, 3);
    EXPECT_EQ(answer({"issuance", "show"})["paused"], true);
    EXPECT_EQ(peercert.on_terminal({"issuance", "resume", "--nothing-newer"}, 80, "n\n").exit, 1);
    EXPECT_EQ(answer({"issuance", "show"})["paused"], true);
    EXPECT_EQ(peercert.on_terminal({"issuance", "resume", "--nothing-newer"}, 80, "y\n").exit, 0);
    EXPECT_EQ(answer({"issuance", "show"})["paused"], false);
    EXPECT_EQ(answer({"issuance", "pause"})["paused"], true);
    EXPECT_EQ(answer({"issuance", "resume", "--nothing-newer", "--yes"})["paused"], false);
}

TEST_F(Database, UpToDateOneNeedsNoMigration) {
    peercert({"init"});
    const json report = answer({"db", "migrate", "--dry-run"});
    EXPECT_EQ(report["steps"], json::array());
    EXPECT_EQ(report["from"], report["to"]);
}

TEST_F(Database, SomethingElseIsNotTakenForOne) {
    peercert.file("a.db", "this is a letter, not a database, and it is long enough to look into");
    EXPECT_EQ(peercert({"verify", "7K3M-9QXT-42H"}).exit, 18);
    const CliResult result = peercert({"audit", "list"});
    EXPECT_NE(result.exit, 0);
    EXPECT_NE(result.exit, 9) << "a damaged file is no mistake of ours";
    EXPECT_THAT(result.err, Not(HasSubstr("select")));
}

TEST_F(Database, OnlyTheOperatorDoesWhatTouchesAllOfIt) {
    peercert({"init", "--demo"});
    for (const std::vector<std::string>& words : {std::vector<std::string>{"clock", "set", "2025-10-20T09:00:00Z"},
                                                  {"backup", "b.db"},
                                                  {"issuance", "pause"}}) {
        auto as_person = words;
        as_person.insert(as_person.end(), {"--as", "P-0000-0000-000"});
        EXPECT_EQ(peercert(as_person).exit, 6);
    }
}

TEST_F(Database, AnEmptyFileIsOnlyTheNameOfOne) {
    peercert.file("a.db", "");
    EXPECT_EQ(peercert({"verify", "7K3M-9QXT-42H"}).exit, 18) << "neither a yes nor a no";
    EXPECT_THAT(peercert({"person", "list"}).err, HasSubstr("peercert init"));
    EXPECT_EQ(peercert({"init", "--dry-run"}).exit, 0);
    EXPECT_EQ(peercert({"init"}).exit, 0) << "what the others ask for works";
    EXPECT_EQ(peercert({"verify", "7K3M-9QXT-42H"}).exit, 17);
    EXPECT_EQ(peercert({"init"}).exit, 5);
}

} // namespace
