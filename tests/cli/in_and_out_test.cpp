#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

#include "support/run_cli.hpp"

/// What leaves the house and what comes in, as a person at the shell sees it.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class InAndOut : public testing::Test {
protected:
    void SetUp() override {
        peercert.set("PEERCERT_DB", "a.db");
        ok({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
        ok({"organization", "add", "centre", "Invented Centre", "--kind", "training_centre"});
        ok({"person", "add", "Odessa Whitfield", "--born", "1968-03-02"});
        ok({"person", "add", "Zoë Brandt", "--born", "1980-02-29", "--email", "zoe@example.org"});
        ok({"cohort", "open", "winter", "wrap", "--format", "weekly group", "--organization", "centre", "--session",
            "2025-01-10,2025-01-17", "--leader", "Odessa Whitfield"});
        ok({"cohort", "enrol", "winter", "Zoë Brandt", "--on", "2025-01-10"});
        ok({"record", "practice", "Zoë Brandt", "2.5 h", "--on", "2025-03-01"});
        ok({"record", "statement", "Zoë Brandt", "own lived experience", "--on", "2025-03-01"});
    }
    CliResult ok(const std::vector<std::string>& words) {
        CliResult result = peercert(words);
        EXPECT_EQ(result.exit, 0) << words[0] << " " << words[1] << ": " << result.err;
        return result;
    }
    std::string bytes(const std::string& file) {
        std::ifstream stream(peercert.home() / file, std::ios::binary);
        std::ostringstream all;
        all << stream.rdbuf();
        return all.str();
    }

    RunCli peercert;
};

TEST_F(InAndOut, PacketIsReadOutToItsOwnerInBothLanguages) {
    ok({"person", "packet", "Zoë Brandt", "--out", "zoe.json"});
    peercert.set("PEERCERT_DB", "none.db"); // reading it takes no database
    const std::string english = ok({"packet", "show", "zoe.json"}).out;
    for (const char* said : {"What the record holds about Zoë Brandt", "It is yours", "Born on February 29, 1980",
                             "zoe@example.org", "March 1, 2025: peer work, 2 h 30 min",
                             "your statement, own lived experience", "enrolled on January 10, 2025"})
        EXPECT_THAT(english, HasSubstr(said));
    EXPECT_THAT(english, Not(HasSubstr("Odessa")));
    const std::string spanish = ok({"packet", "show", "zoe.json", "--lang", "es"}).out;
    EXPECT_THAT(spanish, HasSubstr("Lo que el registro guarda sobre Zoë Brandt"));
    EXPECT_THAT(spanish, HasSubstr("1 de marzo de 2025: trabajo entre pares, 2 h 30 min"));
    const json counts = json::parse(ok({"packet", "show", "zoe.json", "--json"}).out);
    EXPECT_EQ(counts["rows"]["entry"], 2);
    EXPECT_EQ(counts["installation"], "demo");
}

TEST_F(InAndOut, PacketGoesToAnotherInstallationAndIsNeverWrittenOver) {
    ok({"person", "packet", "Zoë Brandt", "--out", "zoe.json"});
    const CliResult again = peercert({"person", "packet", "Zoë Brandt", "--out", "zoe.json"});
    EXPECT_EQ(again.exit, 5);
    EXPECT_THAT(again.err, HasSubstr("zoe.json exists already"));
    peercert.set("PEERCERT_DB", "b.db");
    ok({"init", "--demo", "--clock", "2025-05-01T15:00:00Z"});
    EXPECT_THAT(ok({"packet", "import", "zoe.json", "--dry-run"}).out, HasSubstr("Zoë Brandt, with 2 lines"));
    EXPECT_EQ(json::parse(ok({"person", "list", "--json"}).out)["people"].size(), 0U);
    const json taken = json::parse(ok({"packet", "import", "zoe.json", "--json"}).out);
    EXPECT_EQ(taken["stored"], true);
    EXPECT_EQ(taken["lines"], 2);
    EXPECT_THAT(ok({"packet", "import", "zoe.json"}).out, HasSubstr("this very packet was brought in already"));
    EXPECT_THAT(ok({"person", "show", "Zoë Brandt"}).out, HasSubstr("came from"));
    ok({"audit", "verify"});
    const CliResult none = peercert({"packet", "import", "-"}, "{}");
    EXPECT_EQ(none.exit, 3);
    EXPECT_THAT(none.err, HasSubstr("this is no packet of peercert"));
}

TEST_F(InAndOut, CalendarOfACohortNamesNobody) {
    ok({"cohort", "calendar", "winter", "--out", "winter.ics"});
    const std::string text = bytes("winter.ics");
    EXPECT_THAT(text, HasSubstr("BEGIN:VEVENT\r\nUID:session-1.winter@"));
    EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20250117\r\n"));
    for (const char* name : {"Zo", "Odessa"})
        EXPECT_THAT(text, Not(HasSubstr(name)));
    EXPECT_EQ(peercert({"cohort", "calendar", "summer", "--out", "summer.ics"}).exit, 4);
    EXPECT_EQ(bytes("summer.ics"), "");
}

TEST_F(InAndOut, FrameworkGoesThroughCaseAndBack) {
    ok({"curriculum", "export-case", "samhsa-core", "--out", "samhsa.json"});
    EXPECT_THAT(bytes("samhsa.json"), HasSubstr("\"humanCodingScheme\": \"II.3\""));
    const json made = json::parse(
        ok({"curriculum", "import-case", "samhsa.json", "--out", "theirs.yaml", "--code", "theirs", "--json"}).out);
    EXPECT_GT(made["items"], 50);
    EXPECT_EQ(peercert({"curriculum", "check", "theirs.yaml"}).exit, 0);
    const json back = json::parse(ok({"curriculum", "export-case", "theirs.yaml", "--out", "back.json", "--json"}).out);
    EXPECT_EQ(back["as_it_came"], true);
    EXPECT_EQ(bytes("back.json"), bytes("samhsa.json"));
    EXPECT_EQ(peercert({"curriculum", "export-case", "wi-cps", "--out", "x.json"}).exit, 3);
    const CliResult none = peercert({"curriculum", "import-case", "-", "--out", "x.yaml"}, "[]");
    EXPECT_EQ(none.exit, 3);
    EXPECT_EQ(bytes("x.yaml"), "");
}

TEST_F(InAndOut, ExportIsForTheOperatorAndGoesIntoANewFolder) {
    const json made = json::parse(ok({"export", "all", "--format", "csv", "--json"}).out);
    EXPECT_GT(made["files"].size(), 20U);
    EXPECT_THAT(bytes("all/person.csv"), HasSubstr("Zoë Brandt"));
    EXPECT_EQ(peercert({"export", "all"}).exit, 5);
}

} // namespace
