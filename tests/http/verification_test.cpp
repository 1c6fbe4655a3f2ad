// Checking a credential over HTTP: as JSON and as a page.
#include <fstream>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "http/test_server.hpp"

using namespace peercert;
using namespace peercert::http;
using namespace peercert::http::testing_support;
using testing::HasSubstr;
using testing::Not;

namespace {

const std::vector<std::string> all_but_yes{"PAST", "HOLD", "GONE", "BACK", "SWAP", "ENDED", "SOON", "NOBODY"};

/// What is really shown: no tags, no attributes.
std::string visible(const std::string& html) {
    static const std::regex tags("<[^>]*>");
    return std::regex_replace(html, tags, " ");
}

std::string without_number(std::string text, const std::string& number) {
    for (std::size_t at = 0; (at = text.find(number, at)) != std::string::npos;)
        text.replace(at, number.size(), "#");
    return text;
}

} // namespace

class Verifying : public ::testing::Test {
protected:
    TestServer server_{loose()};
};

TEST_F(Verifying, AYesIsTheWholeAnswer) {
    const Answer answer = server_.get("/api/v1/verify/GOOD?valid_on=2026-03-01");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-type"), "application/json; charset=utf-8");
    const auto json = nlohmann::json::parse(answer.body);
    EXPECT_EQ(json["certified"], true);
    EXPECT_EQ(json["outcome"], "certified");
    EXPECT_EQ(json["valid_on"], "2026-03-01");
    EXPECT_EQ(json["holder"], "Marisol <b>Vega</b> & \"Sons\"");
}

TEST_F(Verifying, NothingElseReadsAsAYes) {
    for (const std::string& number : all_but_yes) {
        const Answer api = server_.get("/api/v1/verify/" + number);
        EXPECT_EQ(api.status, 200) << number;
        EXPECT_EQ(nlohmann::json::parse(api.body)["certified"], false) << number;
        for (const std::string lang : {"en", "es"}) {
            const Answer page = server_.get("/verify/" + number + "?lang=" + lang);
            EXPECT_EQ(page.status, 200) << number;
            const std::string heading = page.body.substr(page.body.find("id=\"answer-word\""), 120);
            EXPECT_THAT(visible(heading), Not(testing::ContainsRegex("[Cc]ertified|[Vv]igente"))) << number;
            EXPECT_THAT(page.body, HasSubstr("class=\"answer not\"")) << number;
            EXPECT_THAT(page.body, Not(testing::ContainsRegex("✓|✔|green|#0[0-9a-f]8"))) << number;
        }
    }
}

TEST_F(Verifying, EveryAnswerHasItsOwnHeading) {
    std::set<std::string> headings;
    std::vector<std::string> numbers = all_but_yes;
    numbers.emplace_back("GOOD");
    numbers.emplace_back("CANNOT");
    for (const std::string& number : numbers) {
        const std::string body = server_.get("/verify/" + number).body;
        const std::size_t at = body.find("id=\"answer-word\">") + 17;
        headings.insert(body.substr(at, body.find('<', at) - at));
    }
    EXPECT_EQ(headings.size(), numbers.size());
    EXPECT_TRUE(headings.contains("Certified"));
}

TEST_F(Verifying, UnknownHiddenAndMistypedNumbersAreAnsweredAlike) {
    const auto shape = [&](const std::string& target, const std::string& number) {
        const Answer answer = server_.get(target + number);
        std::string head = std::to_string(answer.status);
        for (const auto& [name, value] : answer.fields)
            if (name != "x-request-id" && name != "date" && name != "content-length")
                head += "\n" + name + ": " + value;
        return head + "\n" + without_number(answer.body, number);
    };
    for (const std::string target : {"/api/v1/verify/", "/verify/"}) {
        const std::string unknown = shape(target, "ABCD-EFGH-JKM");
        EXPECT_EQ(shape(target, "ABCD-EFGH-JKN"), unknown);
        EXPECT_EQ(shape(target, "not-a-number-at-all"), unknown);
        EXPECT_EQ(shape(target, "QQ"), unknown);
    }
    EXPECT_EQ(server_.get("/api/v1/verify/" + std::string(64, 'A')).status, 200);
    EXPECT_EQ(server_.get("/api/v1/verify/" + std::string(65, 'A')).status, 400);
}

TEST_F(Verifying, SaysWhatWasAskedAndNeverAsMarkup) {
    const std::string typed = "<b>Ana & \"x\"", in_target = "%3Cb%3EAna%20%26%20%22x%22";
    const Answer api = server_.get("/api/v1/verify/" + in_target);
    EXPECT_EQ(nlohmann::json::parse(api.body)["asked"], typed);
    const Answer page = server_.get("/verify/" + in_target);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("&lt;b&gt;Ana &amp;"));
    EXPECT_THAT(page.body, Not(HasSubstr("<b>Ana")));
    EXPECT_THAT(page.body, Not(HasSubstr("& \"x\"")));
    EXPECT_EQ(nlohmann::json::parse(server_.get("/api/v1/verify/CANNOT").body).count("asked"), 0U);
}

TEST_F(Verifying, ARecordThatCannotBeReadIsNeitherYesNorNo) {
    for (const std::string number : {"CANNOT", "DOWN"}) {
        const Answer api = server_.get("/api/v1/verify/" + number);
        EXPECT_EQ(api.status, 503) << number;
        EXPECT_EQ(api.field("retry-after"), "30");
        const auto problem = nlohmann::json::parse(api.body);
        EXPECT_EQ(problem["status"], 503);
        EXPECT_EQ(problem["certified"], false);
        EXPECT_EQ(problem["outcome"], "cannot_check");
        const Answer page = server_.get("/verify/" + number);
        EXPECT_EQ(page.status, 503) << number;
        EXPECT_EQ(page.field("retry-after"), "30");
        EXPECT_THAT(page.body, HasSubstr("This cannot be checked now"));
        EXPECT_THAT(page.body, HasSubstr("neither a yes nor a no"));
    }
}

TEST_F(Verifying, OurOwnMistakeIsAPageWithoutItsInside) {
    for (const std::string number : {"BUG", "STD", "ODD"}) {
        const Answer page = server_.get("/verify/" + number);
        EXPECT_EQ(page.status, 500);
        EXPECT_THAT(page.field("content-type"), HasSubstr("text/html"));
        EXPECT_THAT(page.body, HasSubstr("not an answer about any credential"));
        EXPECT_THAT(page.body, HasSubstr(page.field("x-request-id")));
        EXPECT_THAT(page.body, Not(HasSubstr("Canary")));
        EXPECT_THAT(page.body, Not(HasSubstr("select")));
    }
}

TEST_F(Verifying, ADayAheadIsShownAsAProjection) {
    const std::string body = server_.get("/verify/GOOD?valid_on=2027-01-01").body;
    EXPECT_THAT(body, HasSubstr("If nothing changes: certified"));
    EXPECT_THAT(body, HasSubstr("class=\"answer not\""));
    EXPECT_EQ(nlohmann::json::parse(server_.get("/api/v1/verify/GOOD?valid_on=2027-01-01").body)["projection"], true);
    EXPECT_EQ(nlohmann::json::parse(server_.get("/api/v1/verify/GOOD?valid_on=2026-11-22").body)["projection"], false);
}

TEST_F(Verifying, ThePageShowsTheFactsEscaped) {
    const std::string body = server_.get("/verify/GOOD").body;
    EXPECT_THAT(body, HasSubstr("Marisol &lt;b&gt;Vega&lt;/b&gt; &amp; &quot;Sons&quot;"));
    EXPECT_THAT(body, Not(HasSubstr("<b>Vega")));
    EXPECT_THAT(body, HasSubstr("December 31, 2026"));
    EXPECT_THAT(body, HasSubstr("2026-11-22 15:00:00 UTC"));
    const std::string hostile = server_.get("/verify/%3Cscript%3Ealert(1)%3C%252Fscript%3E").body;
    EXPECT_THAT(hostile, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(hostile, Not(HasSubstr("<script")));
    const std::string quoted = server_.get("/verify?number=&valid_on=%22%20onfocus=%22x").body;
    EXPECT_THAT(quoted, Not(HasSubstr("\" onfocus")));
}

TEST_F(Verifying, AddedLevelsAndTheDayOfAPublicListStandOnThePageAndInTheAnswer) {
    const std::string good = server_.get("/verify/GOOD").body;
    EXPECT_THAT(good, HasSubstr("Added to it"));
    EXPECT_THAT(good, HasSubstr("Crisis &amp; &lt;i&gt;Care&lt;/i&gt;"));
    EXPECT_THAT(server_.get("/api/v1/verify/GOOD").body,
                HasSubstr(R"("added_levels":[{"level":"Crisis & <i>Care</i>")"));
    const std::string past = server_.get("/verify/PAST").body;
    EXPECT_THAT(past, Not(HasSubstr("Added to it")));
    EXPECT_THAT(past, HasSubstr("Day on the public list"));
    EXPECT_THAT(past, HasSubstr("that makes nobody certified"));
    EXPECT_THAT(server_.get("/api/v1/verify/PAST").body, HasSubstr(R"("list_shows_until":"2026-11-30")"));
}

TEST_F(Verifying, ThePageHasNoScriptNoCookieAndNothingFromElsewhere) {
    for (const std::string target : {"/verify", "/verify/GOOD", "/verify/NOBODY?lang=es", "/verify?number="}) {
        const Answer page = server_.get(target);
        EXPECT_EQ(page.field("set-cookie"), "");
        for (const char* word :
             {"<script", "http://", "https://", "//", "style=", "<style", "onclick", "<img", "<iframe"})
            EXPECT_THAT(page.body, Not(HasSubstr(word))) << target;
    }
    const Answer style = server_.get("/assets/verify.css");
    EXPECT_EQ(style.field("content-type"), "text/css; charset=utf-8");
    for (const char* word : {"url(", "@import", "http"})
        EXPECT_THAT(style.body, Not(HasSubstr(word)));
}

TEST_F(Verifying, TheFormAsksAndShowsAgainWhatMustBeMended) {
    const Answer form = server_.get("/verify");
    EXPECT_EQ(form.status, 200);
    EXPECT_THAT(form.body, HasSubstr("<form method=\"get\" action=\"/verify\">"));
    EXPECT_THAT(form.body, Not(HasSubstr("role=\"alert\"")));
    const Answer asked = server_.get("/verify?number=GOOD&valid_on=&lang=en");
    EXPECT_EQ(asked.status, 200);
    EXPECT_THAT(asked.body, HasSubstr("id=\"answer-word\">Certified<"));
    const Answer empty = server_.get("/verify?number=+&valid_on=2026-02-30&lang=en");
    EXPECT_EQ(empty.status, 400);
    EXPECT_THAT(empty.body, HasSubstr("role=\"alert\""));
    EXPECT_THAT(empty.body, HasSubstr("Type the credential number first."));
    EXPECT_THAT(empty.body, HasSubstr("This is not a day of the calendar."));
    EXPECT_THAT(empty.body, HasSubstr("aria-invalid=\"true\""));
    EXPECT_EQ(server_.get("/verify?number=" + std::string(65, 'A')).status, 400);
    EXPECT_EQ(server_.get("/").status, 303);
    EXPECT_EQ(server_.get("/").field("location"), "/verify");
}

TEST_F(Verifying, ThePageSpeaksTheReadersLanguage) {
    EXPECT_THAT(server_.get("/verify").body, HasSubstr("<html lang=\"en\">"));
    const Answer spanish = server_.get("/verify/GOOD", "Accept-Language: es-MX, en;q=0.5\r\n");
    EXPECT_THAT(spanish.body, HasSubstr("<html lang=\"es\">"));
    EXPECT_THAT(spanish.body, HasSubstr("Certificación vigente"));
    EXPECT_EQ(spanish.field("content-language"), "es");
    EXPECT_THAT(spanish.body, HasSubstr("href=\"/verify/GOOD?lang=en\""));
    EXPECT_THAT(server_.get("/verify/GOOD?lang=en", "Accept-Language: es\r\n").body, HasSubstr("<html lang=\"en\">"));
    EXPECT_EQ(server_.get("/verify?lang=fr").status, 400);
    EXPECT_THAT(server_.get("/verify/SOON?lang=es&valid_on=2026-11-01").body,
                HasSubstr("/verify/SOON?lang=en&amp;valid_on=2026-11-01"));
}

TEST_F(Verifying, PeopleGetErrorsAsPages) {
    const Answer page = server_.get("/nowhere", "Accept: text/html,application/xhtml+xml\r\nAccept-Language: es\r\n");
    EXPECT_EQ(page.status, 404);
    EXPECT_THAT(page.field("content-type"), HasSubstr("text/html"));
    EXPECT_THAT(page.body, HasSubstr("Esta página no existe"));
    EXPECT_THAT(server_.get("/nowhere").field("content-type"), HasSubstr("problem+json"));
    EXPECT_THAT(server_.get("/verify?colour=red").field("content-type"), HasSubstr("text/html"));
}

TEST_F(Verifying, HeadTellsTheSameAsGet) {
    const Answer get = server_.get("/api/v1/verify/GOOD");
    const Answer head = server_.ask("HEAD /api/v1/verify/GOOD HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.field("content-length"), get.field("content-length"));
    EXPECT_EQ(head.body, "");
}

TEST_F(Verifying, ADemoSaysOnEveryPageAndInEveryAnswerThatItIsOne) {
    const TestServer demo(loose(), {}, true);
    for (const std::string target : {"/verify", "/verify/GOOD", "/verify/BUG"})
        EXPECT_THAT(demo.get(target).body, HasSubstr("Demo: every person and every credential here is invented."))
            << target;
    EXPECT_NE(demo.get("/api/v1/verify/GOOD").field("peercert-demo"), "");
    EXPECT_THAT(server_.get("/verify/GOOD").body, Not(HasSubstr("invented.")));
    EXPECT_EQ(server_.get("/api/v1/verify/GOOD").field("peercert-demo"), "");
}
