#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>

#include <pwd.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "support/run_cli.hpp"

/// The account that ran the program stands in every row of the audit trail, also beside a person named with --as.
namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;

std::string account() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry != nullptr ? entry->pw_name : "uid " + std::to_string(::getuid());
}

class WhoTyped : public testing::Test {
protected:
    WhoTyped() { peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string()); }

    /// Runs a writing command as the operator, or as a person by code, and looks at every audit row it wrote; there
    /// must be one.
    void writes(const std::string& path, std::vector<std::string> words, const std::string& who = {},
                const std::string& input = {}) {
        tried.insert(path);
        std::vector<std::string> all;
        for (std::size_t from = 0; from < path.size();) { // "person add" is two words
            const auto end = std::min(path.find(' ', from), path.size());
            all.push_back(path.substr(from, end - from));
            from = end + 1;
        }
        all.insert(all.end(), words.begin(), words.end());
        if (!who.empty())
            all.insert(all.end(), {"--as", who});
        const std::size_t before = seen;
        const CliResult result = peercert(all, input);
        ASSERT_EQ(result.exit, 0) << path << ": " << result.out << result.err;
        const json rows = json::parse(
            peercert({"audit", "list", "--after", std::to_string(before), "--limit", "10000", "--json"}).out)["rows"];
        ASSERT_FALSE(rows.empty()) << path << " wrote no audit row";
        for (const json& row : rows) {
            EXPECT_EQ(row["actor"], (who.empty() ? "" : "person:" + who + " by ") + "host:" + account())
                << path << ", " << row["action"];
            seen = row["seq"];
        }
    }
    json answer(std::vector<std::string> words) {
        words.emplace_back("--json");
        return json::parse(peercert(words).out);
    }

    /// Places in a cohort, from the call to the last answer.
    void gives_places() {
        for (const char* reviewer : {"Eve Invented", "Gus Invented"})
            writes("organization grant", {"centre", reviewer, "reviewer", "--from", "2025-04-01"});
        writes("cohort open", {"summer", "eating-well", "--organization", "centre", "--session", "2025-06-02"});
        writes("place call",
               {"summer", "--places", "1", "--until", "2025-04-02", "--by", "score", "--criterion", "listening 5"});
        for (const char* who : {"Fay Invented", "Dolores Quintero", "Odessa Whitfield"}) {
            writes("place ask", {"summer", who});
            for (const char* reviewer : {"Eve Invented", "Gus Invented"})
                writes("place score", {"summer", who, "--by", reviewer, "--points",
                                       *who == 'F'   ? "listening 5"
                                       : *who == 'D' ? "listening 4"
                                                     : "listening 3"});
        }
        writes("place paper", {"summer", "Fay Invented", "essay", "-"}, {}, "I would like to learn.\n");
        writes("place fund", {"summer", "office", "1"});
        writes("place seat", {"summer", "Fay Invented", "--payer", "office"});
        writes("clock set", {"2025-04-03T15:00:00Z"});
        writes("place offer", {"summer"});
        writes("place told", {"summer", "Fay Invented"});
        writes("place purge", {});
        writes("place decline", {"summer", "Fay Invented"});
        writes("clock set", {"2025-04-12T15:00:00Z"}); // the second offer ran out
        writes("place advance", {});
        writes("place accept", {"summer", "Odessa Whitfield"});
    }
    /// Sheets and files of a cohort.
    void takes_a_cohort_away() {
        const json sheet = answer({"cohort", "sheet", "winter", "1", "--out", "sheet.pdf"});
        writes("cohort read-back", {"winter", sheet["rows"][0]["code"].get<std::string>(), "115"});
        writes("cohort take", {"winter", "--out", "evening.bundle"});
        ASSERT_EQ(peercert({"bundle", "record", "evening.bundle", "2", "Dolores Quintero", "100"}).exit, 0);
        writes("cohort bring-back", {"evening.bundle"});
        ASSERT_EQ(peercert({"bundle", "record", "evening.bundle", "3", "Dolores Quintero", "90"}).exit, 0);
        writes("cohort attend", {"winter", "3", "Dolores Quintero", "80"});
        ASSERT_EQ(peercert({"cohort", "bring-back", "evening.bundle"}).exit, 1) << "to be decided";
        writes("cohort settle", {"winter", "3", "Dolores Quintero", "90"});
        const json bundle = answer({"bundle", "show", "evening.bundle"});
        writes("bundle withdraw", {bundle["bundle"].get<std::string>()});
    }

    RunCli peercert;
    std::set<std::string> tried;
    std::size_t seen{0};
};

TEST_F(WhoTyped, StandsInEveryAuditRowOfEveryWritingCommand) {
    writes("init", {"--demo", "--clock", "2025-01-06T15:00:00Z"});
    writes("clock set", {"2025-04-02T15:00:00Z"});
    writes("organization add", {"centre", "Centre", "--kind", "training_centre", "--county", "Lake"});
    writes("organization add", {"office", "Office", "--kind", "certifying_body"});
    writes("person add", {"Odessa Whitfield", "--born", "1968-03-02"});
    writes("person add", {"Dolores Quintero", "--born", "1980-03-02"});
    writes("credential take-over",
           {"wrap", "Odessa Whitfield", "--level", "co-facilitator", "--issuer", "office", "--from", "2019-05-01"});
    writes("organization grant", {"centre", "Odessa Whitfield", "facilitator", "--from", "2019-05-01"});
    writes("organization score", {"centre", "facit", "STRUCTURE", "fully"});
    writes("record training", {"Odessa Whitfield", "wrap-refresher", "--on", "2024-06-01"});
    writes("cohort open", {"winter", "wrap", "--format", "weekly group", "--organization", "centre", "--session",
                           "2025-01-10,2025-01-17,2025-01-24,2025-01-31,2025-02-07,2025-02-14,2025-02-21,2025-02-28",
                           "--leader", "Odessa Whitfield", "--with-gaps"});
    writes("cohort enrol", {"winter", "Dolores Quintero", "--on", "2025-01-10"});
    writes("import people", {"-", "--cohort", "winter"}, "", "name,born\nAna Ruiz,1990-01-01\n");
    writes("cohort leader", {"winter", "1", "Dolores Quintero"});
    writes("cohort leader", {"winter", "1", "Dolores Quintero", "--remove"});
    writes("cohort attend", {"winter", "1", "Dolores Quintero", "120"});
    std::string sheet = "person,session,minutes\n";
    for (int session = 2; session <= 8; ++session)
        sheet += "Dolores Quintero," + std::to_string(session) + ",120\n";
    writes("import attendance", {"winter", "-"}, "", sheet);
    writes("cohort accept", {"winter", "--because", "The second leader fell ill"});
    writes("cohort complete", {"winter"});
    writes("cohort place", {"winter", "Ana Ruiz", "paused"});
    writes("signoff", {"wrap", "Dolores Quintero", "samhsa-core/II.3", "--by", "Odessa Whitfield", "--cohort", "winter",
                       "--session", "7", "--late", "paper_form"});
    const std::string odessa = answer({"person", "show", "Odessa Whitfield"})["code"];
    const std::string dolores = answer({"person", "show", "Dolores Quintero"})["code"];
    writes("signoff confirm", {"--all"}, odessa);
    const auto signature = [&] {
        return std::to_string(
            answer({"signoff", "list", "Dolores Quintero"})["lines"].back()["entry"].get<std::int64_t>());
    };
    writes("signoff answer", {signature(), "agrees"}, dolores);
    writes("signoff correct", {signature(), "not yet"}, odessa);
    writes("signoff undo", {signature()}, odessa);
    writes("signoff conflict", {"Odessa Whitfield", "Ana Ruiz", "--until", "2025-04-02"});
    writes("competency rate-self", {"samhsa-core/II.3=shown", "--share"}, dolores);
    writes("signoff group", {"winter", "--session", "7", "--by-rule-of", "wrap", "--competency", "samhsa-core/II.4",
                             "--by", "Odessa Whitfield", "--late", "paper_form"});
    writes("signoff group",
           {"winter", "--session", "6", "--competency", "samhsa-core/II.4", "--by", odessa, "--late", "paper_form"},
           odessa);
    writes("signoff impact", {odessa, "--void-from", "2025-02-14", "--put-under-review"});
    const auto reviewed = [&] {
        const json lines = answer({"signoff", "list", "Dolores Quintero"})["lines"];
        for (const json& one : lines)
            if (one["state"] == "under_review")
                return std::to_string(one["entry"].get<std::int64_t>());
        return std::string("none");
    };
    writes("signoff decide", {reviewed(), "uphold", "--yes"});
    writes("ce approve", {"office", "centre", "--course", "ethics-day", "--at-most", "3 h", "--from", "2025-01-01"});
    writes("ce roster", {"-", "--provider", "centre"}, "",
           "person,course,day,minutes\n" + dolores + ",ethics-day,2025-03-03,180\n");
    const auto added = [&](const char* on) {
        writes("ce add", {"Dolores Quintero", "reading-circle", "2 h", "--on", on, "--digest", std::string(64, on[9])},
               dolores);
        const json ledger = answer({"record", "list", "Dolores Quintero"});
        for (const json& entry : ledger["entries"])
            if (entry["code"] == "reading-circle" && entry["result"] == "pending" && entry["counts"] == true)
                return std::to_string(entry["entry"].get<int>());
        return std::string("none");
    };
    writes("ce accept", {added("2025-03-04")});
    writes("ce refuse", {added("2025-03-05")});
    writes("ce withdraw-approval", {"1"});
    writes("record document", {"Dolores Quintero", "GED", "--on", "2025-03-01"});
    writes("record statement",
           {"Dolores Quintero", "own lived experience", "--on", "2025-03-01", "--wording", "2024-1"});
    writes("record training", {"Dolores Quintero", "wi-approved-curriculum", "--on", "2025-03-20"});
    writes("record exam", {"Dolores Quintero", "competency", "passed", "--score", "88", "--on", "2025-03-28"});
    writes("record decision", {"Dolores Quintero", "tries", "approved", "--on", "2025-04-01"});
    writes("record practice", {"Dolores Quintero", "2 h", "--on", "2025-03-01"});
    writes("record ce", {"Dolores Quintero", "2 h", "--on", "2025-03-01"});
    writes("record supervision", {"Dolores Quintero", "1 h", "--on", "2025-03-01"});
    writes("record activity", {"Odessa Whitfield", "co-facilitated session", "--on", "2025-03-01"});
    writes("record fact", {"Dolores Quintero", "LPHA", "--on", "2025-03-01"});
    const auto line = [&](const std::string& kind) {
        const json ledger = answer({"record", "list", "Dolores Quintero"});
        for (const json& entry : ledger["entries"])
            if (entry["kind"] == kind)
                return std::to_string(entry["entry"].get<int>());
        return std::string("none");
    };
    writes("record correct", {line("practice"), "--on", "2025-03-02"});
    writes("record withdraw", {line("ce")});
    writes("organization grant", {"centre", "Odessa Whitfield", "supervisor", "--from", "2019-05-01"});
    const auto log = [&](const char* on) {
        writes("hours log", {"Dolores Quintero", "2 h", "--on", on, "--employer", "centre"});
    };
    log("2025-03-03");
    writes("hours ask", {"Dolores Quintero", "Odessa Whitfield"});
    writes("hours withdraw", {"1"});
    // Whoever holds the link answers as the supervisor; the account that typed stands behind it.
    const std::string link = answer({"hours", "ask", "Dolores Quintero", "Odessa Whitfield"})["link"];
    tried.insert("hours confirm");
    ASSERT_EQ(peercert({"hours", "confirm", link}).exit, 0);
    const json confirmed =
        answer({"audit", "list", "--after", std::to_string(seen), "--limit", "10000"})["rows"].back();
    EXPECT_EQ(confirmed["action"], "hours.answered");
    EXPECT_THAT(confirmed["actor"].get<std::string>(), testing::MatchesRegex("person:P-.* by host:" + account()));
    seen = confirmed["seq"];
    writes("application submit", {"wi-cps", "Dolores Quintero"});
    writes("application approve", {"1"});
    writes("application decide", {"1", "granted", "--issuer", "office", "--yes"});
    const std::string number = answer({"credential", "list", "Dolores Quintero"})["credentials"][0]["number"];
    writes("credential suspend", {number, "--yes"});
    writes("credential reinstate", {number, "--yes"});
    writes("credential surrender", {number, "--yes"});
    writes("record training", {"Dolores Quintero", "wrap-seminar-2", "--on", "2025-03-10"});
    writes("record statement", {"Dolores Quintero", "wrap values and ethics", "--on", "2025-03-10"});
    writes("credential award",
           {"wrap", "Dolores Quintero", "--level", "provisional co-facilitator", "--issuer", "office"});
    const std::string other = answer({"credential", "list", "Odessa Whitfield"})["credentials"][0]["number"];
    writes("credential revoke", {other, "--yes"});
    writes("credential reinstate", {other, "--yes"});
    writes("credential replace", {other, "--yes"});
    // No register that ships asks for consent, so one is written here.
    const auto folder = peercert.home() / "rules" / "xx-ps";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "2024.yaml") << R"(track: xx-ps
edition: 2024
title: Invented Peer Specialist
zone: America/Chicago
in force: {from: 2019-01-01, until: further notice, chosen by: applying}
register: {shown to: with consent, see: Page}
levels: [certified]
to become certified: {see: Page, needs: [{name: ethics, statement: code of ethics}]}
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "rules").string());
    writes("credential take-over",
           {"xx-ps", "Ana Ruiz", "--level", "certified", "--issuer", "office", "--from", "2025-01-01"});
    const std::string shy = answer({"credential", "list", "Ana Ruiz"})["credentials"][0]["number"];
    EXPECT_EQ(peercert({"verify", shy}).exit, 17) << "like an unknown number";
    writes("credential consent", {shy});
    EXPECT_EQ(peercert({"verify", shy}).exit, 0);
    writes("credential consent", {shy, "--withdrawn"});
    EXPECT_EQ(peercert({"verify", shy}).exit, 17);
    EXPECT_EQ(peercert({"verify", shy, "--on", "2025-01-01"}).exit, 17) << "also about the day of the consent";

    writes("issuance pause", {});
    writes("issuance resume", {"--nothing-newer", "--yes"});
    writes("person rename", {"Ana Ruiz", "Ana Lee"});
    writes("person born", {"Ana Lee", "1990-01-02"});
    writes("person contact", {"Ana Lee", "email", "ana@example.org"});
    writes("person hide", {"Ana Lee"});
    writes("organization end", {"centre", "Odessa Whitfield", "facilitator", "2025-04-01"});
    writes("person departed", {"Ana Lee", "2025-04-01", "--yes"});
    writes("person rename", {"Ana Lee", "A. Lee", "--kind", "certificate"});
    writes("person end-name", {"Ana Lee", "certificate", "2025-04-02"});
    writes("person consent", {"give", "Ana Lee", "--for", "directory", "--wording", "2025-1"});
    writes("person add", {"Ana Lee-Young"});
    writes("person add", {"Lee Ana", "--not-duplicate"});
    writes("person distinct", {"Ana Lee-Young", "Lee Ana"});
    writes("person merge", {"Ana Lee", "Ana Lee-Young", "--conflicts-seen", "--yes"});
    const std::string gone = answer({"person", "show", "Ana Lee"})["merged"][0]["code"];
    writes("person unmerge", {gone, "--yes"});
    writes("db derive", {});
    for (const char* name : {"Eve Invented", "Fay Invented", "Gus Invented"}) {
        writes("person add", {name});
        writes("organization grant", {"office", name, "administrator", "--from", "2025-04-01"});
    }
    peercert.file("circle.yaml", "course: circle\ntitle: Circle\nled by: anyone the author invites\n");
    peercert.file("circle.cases.yaml", "cases for: circle 1\ncases:\n  - {name: its title, asks: title, day: "
                                       "2025-04-02, expect: {title: Circle}}\n");
    writes("curriculum propose", {"circle.yaml", "--body", "office", "--by", "Eve Invented"});
    const std::string digest = answer({"curriculum", "proposals", "circle"})["proposals"][0]["digest"];
    writes("curriculum approve", {"circle:1", "--digest", digest, "--by", "Fay Invented", "--yes"});
    writes("curriculum approve", {"circle:1", "--digest", digest.substr(0, 12), "--by", "Gus Invented", "--yes"});
    writes("curriculum publish", {"circle:1", "--yes"});
    peercert.file("circle.yaml", "course: circle\nedition: 2\ntitle: Circle\n");
    peercert.file("circle.cases.yaml", "cases for: circle 2\ncases:\n  - {name: its title, asks: title, day: "
                                       "2025-04-02, expect: {title: Circle}}\n");
    writes("curriculum propose", {"circle.yaml", "--by", "Eve Invented"});
    writes("curriculum withdraw", {"circle:2", "--because", "not yet", "--yes"});
    peercert.unset("PEERCERT_CURRICULA"); // the shipped courses again
    gives_places();
    takes_a_cohort_away();
    EXPECT_EQ(peercert({"audit", "verify"}).exit, 0);

    // Acting as a person of the record, the account stands beside them just the same.
    const std::string self = answer({"person", "show", "Dolores Quintero"})["code"];
    writes("person contact", {self, "phone", "414 555 0100"}, self);
    writes("import records", {"-", "--remember", "old"}, "",
           "person,kind,on,code\nDolores Quintero,document,2019-03-01,GED\n");
    writes("import cohorts", {"-"}, "",
           "cohort,curriculum,organization,format,day,minutes\nolder,wrap,centre,weekly group,2019-03-01,120\n");
    writes("import sign-offs", {"-"}, "",
           "person,competency,assessor,cohort,session,late\nDolores Quintero,samhsa-core/II.5," +
               answer({"person", "show", "Odessa Whitfield"})["code"].get<std::string>() + ",winter,7,paper_form\n");
    writes("export", {"everything"});
    writes("person packet", {"Dolores Quintero", "--out", "dolores.packet.json"});
    peercert.set("PEERCERT_DB", "elsewhere.db");
    ASSERT_EQ(peercert({"init", "--demo", "--clock", "2025-01-02T15:00:00Z"}).exit, 0);
    ASSERT_EQ(peercert({"person", "add", "Ivy Invented"}).exit, 0);
    ASSERT_EQ(peercert({"person", "packet", "Ivy Invented", "--out", "ivy.packet.json"}).exit, 0);
    peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
    writes("packet import", {"ivy.packet.json"});

    ASSERT_EQ(peercert({"backup", "saved.db"}).exit, 0);
    peercert.set("PEERCERT_DB", "b.db");
    writes("restore", {"saved.db"});

    using namespace peercert::cli;
    for (const Topic& topic : topics())
        for (const Command& command : topic.commands())
            if (command.effect == Effect::writes || command.effect == Effect::decides) {
                EXPECT_TRUE(tried.count(command.path) != 0 || command.path == "db migrate") << command.path;
            }
}

TEST_F(WhoTyped, IsTheSystemsAccountAndNotAVariable) {
    peercert.set("USER", "mallory");
    peercert.set("LOGNAME", "mallory");
    peercert({"init", "--demo"});
    peercert({"clock", "set", "2030-01-06T15:00:00Z", "--as", account()}); // the operator by name
    const json rows = answer({"audit", "list"})["rows"];
    EXPECT_EQ(rows.front()["actor"], "host:" + account());
    EXPECT_EQ(rows.back()["actor"], "host:" + account());
    EXPECT_EQ(rows.size(), 2u);
}

TEST_F(WhoTyped, ActsAsAPersonOfTheRecordOrNotAtAll) {
    peercert({"init", "--demo"});
    const std::vector<std::string> add{"organization", "add", "x", "X", "--kind", "employer"};
    const auto as = [&](const std::string& who) {
        auto words = add;
        words.insert(words.end(), {"--as", who});
        return peercert(words);
    };
    const CliResult label = as("Mallory");
    EXPECT_EQ(label.exit, 4) << "a label would give the operator's rights to anybody";
    EXPECT_THAT(label.err, HasSubstr("nobody in the record has the code or whole name"));
    peercert.set("PEERCERT_AS", "host:root");
    EXPECT_EQ(peercert(add).exit, 4);
    EXPECT_EQ(peercert({"clock", "set", "2030-01-06T15:00:00Z"}).exit, 6);
    EXPECT_EQ(peercert({"audit", "list"}).exit, 6);
    peercert.unset("PEERCERT_AS");
    EXPECT_EQ(answer({"audit", "list"})["rows"].size(), 1u) << "nothing was written but the database itself";

    peercert({"person", "add", "Cy Young"});
    const CliResult person = as("cy young");
    EXPECT_EQ(person.exit, 6) << "with their rights, which are none";
    EXPECT_EQ(peercert({"person", "contact", "Cy Young", "phone", "414 555 0100", "--as", "Cy Young"}).exit, 0);
    const std::string code = answer({"person", "show", "Cy Young"})["code"];
    EXPECT_EQ(answer({"audit", "list"})["rows"].back()["actor"], "person:" + code + " by host:" + account());
    peercert({"person", "add", "Cy Young", "--not-duplicate"});
    EXPECT_EQ(as("Cy Young").exit, 5) << "which of the two?";
}

TEST_F(WhoTyped, NameThatCouldBeTakenForSomethingElseIsRefused) {
    peercert({"init", "--demo"});
    for (const std::string name : {"", " ", "a\nhost:root", "a\x1b[2K", "a\xff",
                                   "\xe2\x80\xae"
                                   "toor"}) {
        const CliResult result = peercert({"organization", "add", "x", "X", "--kind", "employer", "--as", name});
        EXPECT_NE(result.exit, 0) << name;
        EXPECT_NE(result.exit, 9) << name;
    }
    EXPECT_NE(peercert({"organization", "add", "x", "X", "--kind", "employer", "--as", std::string(2000, 'a')}).exit,
              0);
    EXPECT_EQ(answer({"audit", "list"})["rows"].size(), 1u) << "nothing was written but the database itself";
}

} // namespace
