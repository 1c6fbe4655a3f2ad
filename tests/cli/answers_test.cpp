#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/run_cli.hpp"

/// assess, plan, whatif, status, replay and the language of answers, as somebody types them. Everybody is invented.
namespace {

using namespace peercert::tests;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A demo database with somebody whose renewal in Washington is four peer-specific hours and two of health equity
/// short.
class AnswersTyped : public ::testing::Test {
protected:
    void SetUp() override {
        done({"init", "--demo"});
        done({"clock", "set", "2029-01-10T18:00:00Z"});
        done({"organization", "add", "office", "Invented Office", "--kind", "certifying_body"});
        done({"person", "add", "Farida Invented", "--born", "1988-03-15"});
        for (const auto& [from, until] : {std::pair("2025-09-10", "2027-03-15"), std::pair("2027-03-16", "2029-03-15")})
            done({"credential", "take-over", "wa-cpss", who, "--level", "certified", "--issuer", "office", "--from",
                  from, "--until", until});
        done({"record", "ce", who, "10 h", "--on", "2027-10-02", "--tag", "peer-specific"});
        done({"record", "ce", who, "3 h", "--on", "2026-02-01", "--tag", "suicide prevention", "--tag", "other"});
        done({"record", "ce", who, "18 h", "--on", "2028-04-04", "--tag", "other"});
        done({"record", "ce", who, "2 h", "--on", "2028-04-05", "--tag", "law and ethics"});
        peercert.file("offers.csv", "course,day,hours,topics,price\n"
                                    "Walking alongside,2029-02-03,6 h,peer-specific,90.00\n"
                                    "Peer circles,2029-02-10,4 h,peer-specific,40.00\n"
                                    "Equity,2029-01-27,2 h,health equity; other,0\n");
    }
    void done(const std::vector<std::string>& words) {
        const CliResult result = peercert(words);
        ASSERT_EQ(result.exit, 0) << words[0] << ": " << result.err;
    }
    CliResult renewal(std::vector<std::string> words) {
        words.insert(words.begin() + 1, {"wa-cpss", who, "--renew", "--level", "certified"});
        return peercert(words);
    }

    const std::string who{"Farida Invented"};
    RunCli peercert;
};

TEST_F(AnswersTyped, AssessSaysInShortWhatIsMissing) {
    const CliResult text = renewal({"assess"});
    EXPECT_EQ(text.exit, 1);
    EXPECT_THAT(text.out,
                HasSubstr("By edition 2025-07 of the rule, chosen by the day of application: January 10, 2029."));
    EXPECT_THAT(text.out, HasSubstr("In short, still needed:\n"
                                    "  4 h more: continuing education: peer-specific\n"
                                    "  2 h more: health equity\n"));
    EXPECT_THAT(text.out, HasSubstr("Fee on that day: 100.00 USD."));
    EXPECT_LT(text.out.find("Already there"), text.out.find("Still open")) << "strengths first";
    const json answer = json::parse(renewal({"assess", "--json"}).out);
    EXPECT_EQ(answer.at("missing").at(0).at("missing"), 240);
    EXPECT_EQ(answer.at("held").at("true_last_day"), "2029-03-15");
    EXPECT_EQ(answer.at("edition_chosen_by_day"), "2029-01-10");
}

TEST_F(AnswersTyped, PlanTellsWhatToDoInOrderWithDaysHoursAndCost) {
    const CliResult text = renewal({"plan", "--offers", "offers.csv"});
    EXPECT_EQ(text.exit, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("It can be asked for, and is a yes, on February 3, 2029."));
    EXPECT_THAT(text.out, HasSubstr("1. January 27, 2029: Equity (2 h, health equity, other, 0.00 USD)\n"
                                    "  2. February 3, 2029: Walking alongside (6 h, peer-specific, 90.00 USD)\n"));
    EXPECT_THAT(text.out, HasSubstr("Time: 8 h. Cost of the courses: 90.00 USD."));
    EXPECT_THAT(text.out, HasSubstr("No other choice of these offers is done sooner"));
    const CliResult cheap = renewal({"plan", "--offers", "offers.csv", "--prefer", "cheapest", "--json"});
    const json stage = json::parse(cheap.out).at("stages").at(0);
    EXPECT_EQ(stage.at("day"), "2029-02-10");
    EXPECT_EQ(stage.at("cents"), 4000);
    EXPECT_EQ(stage.at("proof"), "best");
    EXPECT_EQ(stage.at("finding").at("answer"), "met");
    const CliResult early = renewal({"plan", "--offers", "offers.csv", "--by", "2029-01-31"});
    EXPECT_EQ(early.exit, 1);
    EXPECT_THAT(early.out, HasSubstr("Still open with all of this\n  4 h more: continuing education: peer-specific"));
    EXPECT_EQ(peercert({"plan", "wa-cpss", who, "--to", "renew certified", "--offers", "offers.csv"}).exit, 0);
    EXPECT_EQ(peercert({"plan", "wa-cpss", who, "--to", "fly"}).exit, 2);
    EXPECT_EQ(renewal({"plan", "--offers", "missing.csv"}).exit, 4);
}

TEST_F(AnswersTyped, WhatIfTellsTheDifferenceAndWritesNothing) {
    const std::string before = peercert({"record", "list", who}).out;
    const CliResult text = renewal({"whatif", "--add", "CE 4 h peer-specific on 2029-01-10", "--add",
                                    "CE 2 h health equity, other on 2029-01-09"});
    EXPECT_EQ(text.exit, 0) << text.out << text.err;
    EXPECT_THAT(text.out, HasSubstr("continuing education: 26 h before, 30 h of 30 h then"));
    EXPECT_EQ(peercert({"record", "list", who}).out, before);
    const CliResult less = renewal({"whatif", "--remove", "1", "--date", "3=2027-03-01", "--json"});
    EXPECT_EQ(less.exit, 1);
    EXPECT_EQ(json::parse(less.out).at("changes").at(0).at("have_after"), 120);
    EXPECT_THAT(peercert({"whatif", "wa-cpss", who, "--renew", "--level", "certified", "--add", "walk 2 h"}).err,
                HasSubstr("it begins with what it is"));
    EXPECT_EQ(renewal({"whatif", "--remove", "99"}).exit, 4);
    EXPECT_EQ(renewal({"whatif", "--date", "3"}).exit, 2);
    const CliResult away = renewal({"whatif", "--move", "wi-cps"});
    EXPECT_EQ(away.exit, 1);
    EXPECT_THAT(away.out, HasSubstr("In Wisconsin Certified Peer Specialist (wi-cps)"));
    EXPECT_THAT(away.out, HasSubstr("No entry of the record counts there by itself."));
}

TEST_F(AnswersTyped, StatusTellsTheTrueLastDayAndTheDaysAhead) {
    const CliResult text = peercert({"status", who});
    EXPECT_EQ(text.exit, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("certified, term 2: March 16, 2027 to March 15, 2029. That is the true last day."));
    EXPECT_THAT(text.out, HasSubstr("[yes] practise, until March 15, 2029"));
    EXPECT_THAT(text.out, HasSubstr("[others confirm] bill Medicaid"));
    EXPECT_THAT(text.out, Not(HasSubstr("practise alone"))) << "that is said of trainees";
    EXPECT_THAT(text.out, HasSubstr("March 16, 2029: expired; fee 150.00 USD"));
    const CliResult late = peercert({"status", who, "--on", "2029-03-16"});
    EXPECT_EQ(late.exit, 1);
    EXPECT_THAT(late.out, HasSubstr("On March 16, 2029, if nothing changes until then: Expired"));
    const CliResult unknown = peercert({"status", who, "--known-at", "2020-01-01T00:00:00Z"});
    EXPECT_EQ(unknown.exit, 1);
    EXPECT_THAT(unknown.out, HasSubstr("Nothing has been issued."));
    EXPECT_EQ(peercert({"status", "0000-0000-000"}).exit, 4);
}

TEST_F(AnswersTyped, ReplayGivesTheSameAnswerThoughTheRecordWasCorrectedLater) {
    done({"record", "ce", who, "6 h", "--on", "2029-01-09", "--tag", "peer-specific", "--tag", "health equity"});
    done({"application", "submit", "wa-cpss", who, "--renew", "--level", "certified"});
    done({"application", "decide", "1", "granted", "--yes"});
    const json decision = json::parse(peercert({"application", "show", "1", "--json"}).out).at("decisions").at(0);
    const std::string number = std::to_string(decision.at("decision").get<int>());
    done({"record", "withdraw", "5"});
    peercert.set("LC_ALL", "C");
    const CliResult text = peercert({"replay", number});
    EXPECT_EQ(text.exit, 0) << text.out << text.err;
    EXPECT_THAT(text.out, HasSubstr("the same answer with the same reasons, to the letter"));
    peercert.set("TZ", "Pacific/Kiritimati");
    const json answer = json::parse(peercert({"replay", number, "--json"}).out);
    EXPECT_TRUE(answer.at("same"));
    EXPECT_EQ(answer.at("finding_then"), answer.at("finding_now"));
    EXPECT_EQ(peercert({"replay", "1"}).exit, 1) << "a credential taken over was never judged";
    EXPECT_EQ(peercert({"replay", "99"}).exit, 4);
}

TEST_F(AnswersTyped, AnswersSpeakTheLanguageOfWhoAsks) {
    EXPECT_THAT(renewal({"assess", "--lang", "es"}).out, HasSubstr("En breve, todavía hace falta:"));
    peercert.set("LANG", "es_US.UTF-8");
    EXPECT_THAT(renewal({"assess"}).out, HasSubstr("Queda por hacer"));
    EXPECT_THAT(renewal({"assess", "--lang", "en"}).out, HasSubstr("Still open"));
    EXPECT_THAT(peercert({"verify", "0000-0000-000"}).out, StartsWith("Sin coincidencia"));
    peercert.set("LC_ALL", "C");
    EXPECT_THAT(renewal({"assess"}).out, HasSubstr("Still open")) << "LC_ALL goes before LANG";
    peercert.set("PEERCERT_LANG", "es");
    EXPECT_THAT(renewal({"assess"}).out, HasSubstr("Queda por hacer"));
    EXPECT_EQ(renewal({"assess", "--json", "--lang", "en"}).out, renewal({"assess", "--json", "--lang", "es"}).out)
        << "what machines read has one language";
    EXPECT_EQ(renewal({"assess", "--lang", "fr"}).exit, 2);
}

TEST_F(AnswersTyped, ACentreSaysThingsInItsOwnWords) {
    peercert.file("words/en.txt", "explain.open = On the way\n");
    peercert.set("PEERCERT_WORDS", (peercert.home() / "words").string());
    EXPECT_THAT(renewal({"assess"}).out, HasSubstr("\nOn the way\n"));
    peercert.file("words/en.txt", "# ours\nexplain.opne = On the way\n");
    const CliResult wrong = renewal({"assess"});
    EXPECT_EQ(wrong.exit, 3);
    EXPECT_THAT(wrong.err, HasSubstr("words/en.txt:2: there is no message \"explain.opne\""));
    peercert.set("PEERCERT_WORDS", (peercert.home() / "nowhere").string());
    EXPECT_EQ(renewal({"assess"}).exit, 4);
}

TEST(DeparturesTyped, NeedNoDatabase) {
    const RunCli peercert;
    const CliResult text = peercert({"curriculum", "departures", "wa-cpss"});
    EXPECT_EQ(text.exit, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("Where the track departs\n  5. supervised work experience"));
    EXPECT_THAT(text.out, HasSubstr("was not read (from memory), so nothing is concluded"));
    EXPECT_EQ(peercert({"curriculum", "departures", "wrap"}).exit, 3);
    EXPECT_EQ(peercert({"curriculum", "departures", "wa-cps"}).exit, 4);
    EXPECT_EQ(peercert({"curriculum", "departures", "wa-cpss", "--profile", "x"}).exit, 4);
}

} // namespace
