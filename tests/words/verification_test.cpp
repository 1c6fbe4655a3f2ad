#include "words/verification.hpp"

#include <array>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace peercert;
using namespace peercert::words;
using namespace std::chrono_literals;
using services::VerificationAnswer;
using services::VerificationOutcome;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr std::array every_outcome{VerificationOutcome::certified,   VerificationOutcome::expired,
                                   VerificationOutcome::suspended,   VerificationOutcome::revoked,
                                   VerificationOutcome::surrendered, VerificationOutcome::replaced,
                                   VerificationOutcome::ended,       VerificationOutcome::not_yet_effective,
                                   VerificationOutcome::no_match,    VerificationOutcome::cannot_check};

VerificationAnswer an_answer(VerificationOutcome outcome) {
    VerificationAnswer answer;
    answer.outcome = outcome;
    answer.number = "ABCD-EFGH-JKM";
    answer.asked_day = 2026y / 11 / 22;
    answer.checked_at = "2026-11-22T09:00:00Z";
    answer.data_as_of = "2026-11-22T09:00:00Z";
    if (outcome == VerificationOutcome::no_match || outcome == VerificationOutcome::cannot_check)
        return answer;
    answer.holder = "Marisol Vega";
    answer.credential_title = "Certified Peer Specialist";
    answer.level = "certified";
    answer.issuer = "Wisconsin Peer Programme";
    answer.first_issued = 2024y / 11 / 1;
    answer.term_first_day = 2026y / 11 / 1;
    answer.last_valid_day = 2028y / 10 / 31;
    answer.status_since = 2026y / 11 / 5;
    return answer;
}

nlohmann::json parsed(const VerificationAnswer& answer) { return nlohmann::json::parse(to_json(answer, Messages{})); }

} // namespace

TEST(VerificationWords, OnlyACertifiedCredentialSaysTrue) {
    for (const auto outcome : every_outcome) {
        const auto json = parsed(an_answer(outcome));
        EXPECT_EQ(json["certified"], outcome == VerificationOutcome::certified) << code_of(outcome);
        EXPECT_EQ(json["outcome"], std::string(code_of(outcome)));
    }
}

TEST(VerificationWords, EveryAnswerHasTheSameMembersInTheSameOrder) {
    const auto order = [](const VerificationAnswer& answer) {
        std::vector<std::string> names;
        const auto json = nlohmann::ordered_json::parse(to_json(answer, Messages{}));
        for (const auto& [name, value] : json.items())
            names.push_back(name);
        return names;
    };
    const auto first = order(an_answer(VerificationOutcome::certified));
    EXPECT_EQ(first, (std::vector<std::string>{
                         "certified",    "outcome",       "asked",        "number",     "valid_on",
                         "projection",   "outcome_today", "holder",       "credential", "level",
                         "added_levels", "issuer",        "first_issued", "term",       "list_shows_until",
                         "status",       "status_since",  "restriction",  "statement",  "checked_at",
                         "data_as_of"}));
    for (const auto outcome : every_outcome)
        EXPECT_EQ(order(an_answer(outcome)), first) << code_of(outcome);
}

TEST(VerificationWords, AddedLevelsAreToldBesideAYes) {
    auto answer = an_answer(VerificationOutcome::certified);
    EXPECT_EQ(parsed(answer)["added_levels"], nlohmann::json::array());
    answer.added_levels = {{"MHPS", 2026y / 11 / 1, 2028y / 10 / 31}, {"RSPS", 2026y / 12 / 1, {}}};
    const auto levels = parsed(answer)["added_levels"];
    ASSERT_EQ(levels.size(), 2U);
    EXPECT_EQ(levels[0]["level"], "MHPS");
    EXPECT_EQ(levels[0]["first_day"], "2026-11-01");
    EXPECT_EQ(levels[0]["last_day"], "2028-10-31");
    EXPECT_TRUE(levels[1]["last_day"].is_null());
    EXPECT_THAT(statement(answer, Messages{}, Language::english),
                HasSubstr("Added to it and in force with it: MHPS, RSPS."));
    EXPECT_THAT(statement(answer, Messages{}, Language::spanish), HasSubstr("“MHPS”, “RSPS”"));
}

TEST(VerificationWords, ALaterDayOfAListIsNoYes) {
    auto answer = an_answer(VerificationOutcome::expired);
    EXPECT_TRUE(parsed(answer)["list_shows_until"].is_null());
    answer.list_shows_until = 2028y / 11 / 30;
    EXPECT_EQ(parsed(answer)["list_shows_until"], "2028-11-30");
    EXPECT_EQ(parsed(answer)["certified"], false);
    EXPECT_THAT(statement(answer, Messages{}, Language::english),
                HasSubstr("A public list may show November 30, 2028 for it; that makes nobody certified."));
}

TEST(VerificationWords, JsonHoldsWhatTheAnswerHolds) {
    auto answer = an_answer(VerificationOutcome::suspended);
    answer.status_name = "on hold";
    answer.restriction = "supervised practice";
    const auto json = parsed(answer);
    EXPECT_EQ(json["number"], "ABCD-EFGH-JKM");
    EXPECT_EQ(json["valid_on"], "2026-11-22");
    EXPECT_EQ(json["projection"], false);
    EXPECT_EQ(json["holder"], "Marisol Vega");
    EXPECT_EQ(json["credential"], "Certified Peer Specialist");
    EXPECT_EQ(json["first_issued"], "2024-11-01");
    EXPECT_EQ(json["term"], (nlohmann::json{{"first_day", "2026-11-01"}, {"last_day", "2028-10-31"}}));
    EXPECT_EQ(json["status"], "on hold");
    EXPECT_EQ(json["status_since"], "2026-11-05");
    EXPECT_EQ(json["restriction"], "supervised practice");
    EXPECT_EQ(json["checked_at"], "2026-11-22T09:00:00Z");
}

TEST(VerificationWords, WhatIsNotKnownIsNull) {
    const auto json = parsed(an_answer(VerificationOutcome::no_match));
    for (const char* member :
         {"holder", "credential", "level", "issuer", "first_issued", "term", "status", "status_since", "restriction"})
        EXPECT_TRUE(json[member].is_null()) << member;
    auto open = an_answer(VerificationOutcome::certified);
    open.last_valid_day.reset();
    EXPECT_TRUE(parsed(open)["term"]["last_day"].is_null());
}

TEST(VerificationWords, NamesOfEveryScriptAndHostileTextSurviveJson) {
    auto answer = an_answer(VerificationOutcome::certified);
    for (const std::string name : {"Nguyễn Thị Ánh", "\"quoted\" \\ back", "tab\tnew\nline", "نور", "𝒜 four bytes",
                                   "</script><b>", "nul\x01 control"}) {
        answer.holder = name;
        EXPECT_EQ(parsed(answer)["holder"], name);
    }
    answer.holder = "bad \xFF bytes";
    EXPECT_EQ(parsed(answer)["holder"], "bad \uFFFD bytes");
}

TEST(VerificationWords, NoAnswerButAYesUsesTheWordOfAYes) {
    const Messages messages;
    for (const Language language : {Language::english, Language::spanish})
        for (const auto outcome : every_outcome)
            for (const bool projection : {false, true}) {
                auto answer = an_answer(outcome);
                answer.projection = projection;
                answer.credential_title = "Peer Specialist";
                const std::string word = headline(answer, messages, language);
                const std::string says = statement(answer, messages, language);
                if (outcome == VerificationOutcome::certified)
                    continue;
                EXPECT_THAT(word, Not(ContainsRegex("[Cc]ertif|[Vv]alid|[Vv]álid|[Vv]igente"))) << word;
                EXPECT_THAT(says, Not(ContainsRegex("[Cc]ertified|[Cc]ertificación"))) << says;
                if (outcome != VerificationOutcome::no_match && outcome != VerificationOutcome::cannot_check) {
                    EXPECT_THAT(
                        says, testing::StartsWith(language == Language::english ? "Not valid on " : "No es válida el "))
                        << says;
                }
            }
}

TEST(VerificationWords, EachOutcomeHasItsOwnWords) {
    const Messages messages;
    for (const Language language : {Language::english, Language::spanish}) {
        std::set<std::string> words;
        std::set<std::string> sentences;
        for (const auto outcome : every_outcome) {
            words.insert(headline(an_answer(outcome), messages, language));
            sentences.insert(statement(an_answer(outcome), messages, language));
        }
        EXPECT_EQ(words.size(), every_outcome.size());
        EXPECT_EQ(sentences.size(), every_outcome.size());
    }
}

TEST(VerificationWords, ADayAheadSaysThatItIsAProjection) {
    const Messages messages;
    auto answer = an_answer(VerificationOutcome::certified);
    answer.projection = true;
    EXPECT_EQ(headline(answer, messages, Language::english), "If nothing changes: certified");
    EXPECT_THAT(statement(answer, messages, Language::english), HasSubstr("only if nothing changes"));
    EXPECT_EQ(parsed(answer)["projection"], true);
    answer = an_answer(VerificationOutcome::expired);
    answer.projection = true;
    EXPECT_THAT(statement(answer, messages, Language::english), HasSubstr("This day lies ahead"));
    EXPECT_THAT(statement(answer, messages, Language::spanish), HasSubstr("por venir"));
}

TEST(VerificationWords, APastYesSaysThatTodaysAnswerIsAnother) {
    const Messages messages;
    auto answer = an_answer(VerificationOutcome::certified);
    answer.outcome_today = VerificationOutcome::certified;
    EXPECT_EQ(headline(answer, messages, Language::english), "Certified");
    EXPECT_THAT(statement(answer, messages, Language::english), HasSubstr("last valid day"));
    EXPECT_EQ(parsed(answer)["outcome_today"], "certified");
    std::set<std::string> sentences;
    for (const auto today :
         {VerificationOutcome::expired, VerificationOutcome::suspended, VerificationOutcome::revoked,
          VerificationOutcome::surrendered, VerificationOutcome::replaced, VerificationOutcome::ended}) {
        answer.outcome_today = today;
        answer.today_since = Date{std::chrono::year{2027} / 3 / 1};
        EXPECT_THAT(headline(answer, messages, Language::english), testing::StartsWith("Was certified on "));
        EXPECT_THAT(headline(answer, messages, Language::spanish), testing::StartsWith("Estaba vigente el "));
        for (const Language language : {Language::english, Language::spanish}) {
            const std::string says = statement(answer, messages, language);
            EXPECT_THAT(says, HasSubstr(messages.day(language, *answer.today_since)));
            EXPECT_THAT(says, Not(ContainsRegex("last valid day|último día válido")));
            EXPECT_TRUE(sentences.insert(says).second) << says;
        }
        EXPECT_EQ(parsed(answer)["outcome_today"], std::string(code_of(today)));
        EXPECT_EQ(parsed(answer)["certified"], true) << "the answer for the day that was asked about";
    }
    EXPECT_TRUE(parsed(an_answer(VerificationOutcome::certified))["outcome_today"].is_null());
}

TEST(VerificationWords, SentencesNameTheDaysThatMatter) {
    const Messages messages;
    const auto says = [&](VerificationOutcome outcome) {
        return statement(an_answer(outcome), messages, Language::english);
    };
    EXPECT_EQ(says(VerificationOutcome::certified), "Certified on November 22, 2026: Marisol Vega, Certified Peer "
                                                    "Specialist. Its last valid day is October 31, 2028.");
    EXPECT_EQ(
        says(VerificationOutcome::revoked),
        "Not valid on November 22, 2026. This credential has been revoked. This has been so since November 5, 2026.");
    EXPECT_EQ(says(VerificationOutcome::expired),
              "Not valid on November 22, 2026. This credential has run out. Its last valid day was October 31, 2028.");
    EXPECT_EQ(says(VerificationOutcome::not_yet_effective),
              "Not valid on November 22, 2026. This credential starts later. Its first valid day is November 1, 2026.");
}

TEST(VerificationWords, WhatAProgrammeCallsThingsIsMarkedInsideASentence) {
    const Messages messages;
    for (const VerificationOutcome outcome : every_outcome) {
        VerificationAnswer answer = an_answer(outcome);
        if (!answer.credential_title.empty()) {
            answer.status_name = "In good standing";
            answer.restriction = "Works under supervision";
        }
        for (const Language language : {Language::english, Language::spanish}) {
            std::string whole, others;
            std::vector<std::string> own;
            for (const StatementPiece& piece : statement_pieces(answer, messages, language)) {
                whole += piece.text;
                if (piece.of_programme)
                    own.push_back(piece.text);
                else
                    others += piece.text;
            }
            EXPECT_EQ(whole, statement(answer, messages, language));
            for (const std::string& words : {answer.credential_title, answer.status_name, answer.restriction})
                EXPECT_TRUE(words.empty() || others.find(words) == std::string::npos) << code_of(outcome) << words;
            EXPECT_EQ(own.empty(), answer.credential_title.empty()) << code_of(outcome);
        }
    }
    const auto pieces = statement_pieces(an_answer(VerificationOutcome::certified), messages, Language::spanish);
    ASSERT_EQ(pieces.size(), 3u);
    EXPECT_EQ(pieces[1].text, "Certified Peer Specialist");
    EXPECT_TRUE(pieces[1].of_programme);
}

TEST(VerificationWords, WhatSomebodyHasTranslatedIsSaidButNeverThePrintedTitle) {
    VerificationAnswer answer = an_answer(VerificationOutcome::certified);
    answer.status_name = "In good standing";
    Messages messages;
    messages.add_names(Language::spanish,
                       "In good standing = en regla\nCertified Peer Specialist = especialista de pares\n",
                       "names.es.txt");
    EXPECT_THAT(statement(answer, messages, Language::spanish), HasSubstr("El programa lo llama: en regla."));
    EXPECT_THAT(statement(answer, messages, Language::spanish), HasSubstr("“Certified Peer Specialist”"))
        << "a checker compares it with the certificate";
    EXPECT_THAT(statement(answer, messages, Language::english),
                HasSubstr("The programme calls this: In good standing."));
    for (const StatementPiece& piece : statement_pieces(answer, messages, Language::spanish))
        EXPECT_EQ(piece.of_programme, piece.text == "Certified Peer Specialist") << piece.text;
}
