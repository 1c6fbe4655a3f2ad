// A supervisor answers a link: no account, no script, and nothing that another site could send for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/test_server.hpp"

using namespace peercert;
using namespace peercert::http;
using namespace peercert::http::testing_support;
using testing::HasSubstr;
using testing::Not;

class Confirming : public ::testing::Test {
protected:
    Answer post(const std::string& secret, const std::string& body, const std::string& fields = "",
                const std::string& type = "application/x-www-form-urlencoded") const {
        return server_.ask("POST /confirm/" + secret + " HTTP/1.1\r\nHost: record.example\r\nContent-Type: " + type +
                           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
                           "Connection: close\r\n\r\n" + body);
    }
    TestServer server_{loose()};
};

TEST_F(Confirming, ShowsTheLinesAndChangesNothing) {
    const Answer page = server_.get("/confirm/LINK?lang=en");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("Hours of Marisol &lt;b&gt;Vega&lt;/b&gt;"));
    EXPECT_THAT(page.body, HasSubstr("March 9, 2026: 2 h 30 min, practice, Lakeside &lt;i&gt;"));
    EXPECT_THAT(page.body, HasSubstr("March 9, 2026 to March 12, 2026: 1 h, supervision, team meeting"));
    EXPECT_THAT(page.body, HasSubstr("value=\"11\" checked"));
    EXPECT_THAT(page.body, Not(HasSubstr("value=\"13\""))) << "no box for a line that is not theirs to confirm";
    EXPECT_THAT(page.body, HasSubstr("on March 9, 2026, so this line needs somebody who was"));
    EXPECT_EQ(page.field("cache-control"), "no-store");
    EXPECT_EQ(page.field("referrer-policy"), "no-referrer");
    EXPECT_EQ(page.field("set-cookie"), "");
}

TEST_F(Confirming, SpeaksSpanish) {
    EXPECT_THAT(server_.get("/confirm/LINK?lang=es").body, HasSubstr("Horas de Marisol"));
    EXPECT_THAT(post("LINK", "line=11&lang=es").body, HasSubstr("Gracias."));
}

TEST_F(Confirming, TakesTheMarkedLinesAndNoOthers) {
    const Answer page = post("LINK", "line=11&lang=en");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("Thank you."));
    EXPECT_THAT(page.body, HasSubstr("Confirmed"));
    EXPECT_THAT(page.body, HasSubstr("Left open"));
    EXPECT_THAT(page.body, Not(HasSubstr("<button")));
}

TEST_F(Confirming, SaysHowItStandsWhenAnAnswerCannotBeTaken) {
    const Answer page = post("LINK", "line=13&lang=en");
    EXPECT_EQ(page.status, 409);
    EXPECT_THAT(page.body, HasSubstr("could not be taken"));
    EXPECT_THAT(page.body, HasSubstr("value=\"11\" checked"));
}

TEST_F(Confirming, UsesTheSameWordsForEveryLinkThatDoesNotWork) {
    const Answer page = server_.get("/confirm/ELSE");
    EXPECT_EQ(page.status, 404);
    EXPECT_THAT(page.body, HasSubstr("This link does not work, or no longer."));
    EXPECT_EQ(post("ELSE", "line=11").status, 404);
}

TEST_F(Confirming, RefusesWhatOurFormDoesNotSend) {
    for (const char* body : {"line=eleven", "line=", "line=-1", "line=0", "line", "=11", "line=11&lang=fr",
                             "line=11&admin=1", "lang=en&lang=es", "line=99999999999999999999", "line=1+1", "%6Cine=1"})
        EXPECT_EQ(post("LINK", body).status, 400) << body;
    EXPECT_EQ(post("LINK", "{\"line\":11}", "", "application/json").status, 415);
    EXPECT_EQ(post("LINK", "line=11", "", "multipart/form-data").status, 415);
    std::string many;
    for (int n = 0; n < 2001; ++n)
        many += "line=11&";
    EXPECT_EQ(post("LINK", many).status, 400);
}

TEST_F(Confirming, IsNotSentByAnotherSite) {
    EXPECT_EQ(post("LINK", "line=11", "Origin: https://evil.example\r\n").status, 403);
    EXPECT_EQ(post("LINK", "line=11", "Origin: null\r\n").status, 403);
    EXPECT_EQ(post("LINK", "line=11", "Sec-Fetch-Site: cross-site\r\n").status, 403);
    EXPECT_EQ(post("LINK", "line=11", "Sec-Fetch-Site: same-site\r\n").status, 403);
    EXPECT_EQ(post("LINK", "line=11", "Origin: https://record.example\r\nSec-Fetch-Site: same-origin\r\n").status, 200);
}

TEST_F(Confirming, LeavesNoSecretInTheLog) {
    (void)server_.get("/confirm/LINK");
    (void)post("LINK", "line=11");
    const std::string log = server_.log();
    EXPECT_THAT(log, HasSubstr("route=/confirm/{secret}"));
    EXPECT_THAT(log, Not(HasSubstr("LINK")));
}
