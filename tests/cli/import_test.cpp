#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// What somebody with a spreadsheet is told.
class Importing : public testing::Test {
protected:
    Importing() {
        peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string());
        peercert({"init"});
    }
    CliResult people(const std::string& csv, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"import", "people", "-"};
        words.insert(words.end(), more.begin(), more.end());
        return peercert(words, csv);
    }
    static std::string many(int count) {
        std::string csv = "name,email\n";
        for (int i = 1; i <= count; ++i)
            csv += "Person Number " + std::to_string(i) + ",p" + std::to_string(i) + "@example.org\n";
        return csv;
    }
    RunCli peercert;
};

TEST_F(Importing, EveryRowThatNeedsMendingIsNamedAtOnce) {
    const CliResult told = people("name,born\n\"Ana\" Ruiz,\nBo Lind,1999-99-99\n\"Cy Young,\nAna\xff,\n");
    EXPECT_EQ(told.exit, 3);
    EXPECT_THAT(told.out, AllOf(HasSubstr("line 2: text after a closing quote"), HasSubstr("reading went on at line 3"),
                                HasSubstr("line 3, born \"1999-99-99\""), HasSubstr("line 4: a quote is opened here"),
                                HasSubstr("line 5: the name is not text in UTF-8 (byte 4 is 0xFF)"),
                                HasSubstr("4 rows: 0 people added"), HasSubstr("4 to mend")));
}

TEST_F(Importing, SeparatorsOtherThanCommasAreReadAndSaid) {
    const CliResult semicolons = people("name;born\nAna Ruiz;1980-03-15\n");
    EXPECT_EQ(semicolons.exit, 0);
    EXPECT_THAT(semicolons.out, HasSubstr("1 row: 1 person added"));
    EXPECT_THAT(semicolons.err, HasSubstr("separated by semicolons"));
    const json tabs = json::parse(people("name\tborn\nBo Lind\t1981-03-15\n", {"--json"}).out);
    EXPECT_EQ(tabs["separator"], "tab");
    EXPECT_EQ(tabs["added"], 1);
}

TEST_F(Importing, AFileWithNothingInItIsNotSilent) {
    const CliResult empty = people("");
    EXPECT_EQ(empty.exit, 3);
    EXPECT_THAT(empty.err, HasSubstr("the file is empty; its first line must name the columns"));
    const CliResult head = people("name,born\n");
    EXPECT_EQ(head.exit, 0);
    EXPECT_THAT(head.out, HasSubstr("has no rows: there is nothing to read in it"));
}

TEST_F(Importing, WhoeverIsHereAlreadyIsANumberWhenTheyAreMany) {
    people(many(20));
    const std::string few = people(many(20)).out;
    EXPECT_THAT(few,
                AllOf(HasSubstr("line 21 \"Person Number 20\": is here already as P-"), Not(HasSubstr("more who"))));
    people(many(21));
    const CliResult again = people(many(21));
    EXPECT_EQ(again.exit, 0);
    EXPECT_THAT(again.out, AllOf(HasSubstr("line 11 \"Person Number 10\""), Not(HasSubstr("Person Number 11")),
                                 HasSubstr("and 11 more who are here already; --json lists them all"),
                                 HasSubstr("21 rows: 0 people added, 0 corrected, 21 here already")));
    const json all = json::parse(people(many(21), {"--json"}).out);
    EXPECT_EQ(all["known_notes"].size(), 21u);
    // By the name alone: a person has to look, so it never hides behind a number of others.
    const std::string doubtful = people(many(21) + "Person Number 5,\n").out;
    EXPECT_THAT(doubtful,
                AllOf(HasSubstr("and 11 more who are here already"), HasSubstr("line 23 \"Person Number 5\"")));
}

TEST_F(Importing, EveryRowIsListedInJsonAndCodesAreOnlyThoseThatWereGiven) {
    std::string csv = "name,born\n";
    for (int i = 0; i < 1200; ++i)
        csv += "Person " + std::to_string(i) + ",1999-99-99\n";
    const json all = json::parse(people(csv, {"--json"}).out);
    EXPECT_EQ(all["errors"], 1200);
    EXPECT_EQ(all["error_notes"].size(), 1200u);
    EXPECT_THAT(people(csv).out, HasSubstr("and 200 more to mend; --json lists them all"));
    const CliResult twice = people("name,born\nAna Ruiz,1980-03-15\nANA RUIZ,1980-03-15\nBo Lind,x\n");
    EXPECT_THAT(twice.out, AllOf(HasSubstr("line 3 \"ANA RUIZ\": is the same as line 2"), Not(HasSubstr("P-"))));
}

TEST_F(Importing, ARowThatMayMeanTwoPeopleStopsTheFile) {
    for (const char* email : {"one@example.org", "two@example.org"})
        peercert({"person", "add", "Sam Hill", "--born", "1990-05-17", "--email", email, "--not-duplicate"});
    const CliResult which = people("name,born\nSam Hill,1990-05-17\n");
    EXPECT_EQ(which.exit, 3);
    EXPECT_THAT(which.out, HasSubstr("line 2, name \"Sam Hill\": this may be any of P-"));
    EXPECT_EQ(people("name,born,email\nSam Hill,1990-05-17,two@example.org\n").exit, 0);
    const CliResult other = people("name,born,email\nSam Hill,1991-05-17,two@example.org\n");
    EXPECT_EQ(other.exit, 3);
    EXPECT_THAT(other.out, HasSubstr("the birthday is another"));
}

} // namespace
