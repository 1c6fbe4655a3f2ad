#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

#include "http/address.hpp"
#include "http/limiter.hpp"
#include "http/log.hpp"
#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/page.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

using namespace peercert;
using namespace peercert::http;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

std::vector<std::string> segments(std::string_view raw) {
    Target target;
    if (!target.parse(raw))
        return {"refused"};
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < target.segment_count(); ++i)
        parts.emplace_back(target.segment(i));
    return parts;
}

Route a_route(std::string path, Method method = Method::get) {
    return {.method = method,
            .path = std::move(path),
            .permission = Permission::anyone,
            .handler = [](const Request&, Response&) {}};
}

std::string why_not(const Route& route) {
    Router router;
    router.add(a_route("/taken/{id}"));
    try {
        router.add(route);
    } catch (const Error& error) {
        return error.what();
    }
    return "registered";
}

} // namespace

TEST(Target, PathsAreDecodedPartByPart) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(segments("/a/b%20c"), (Parts{"a", "b c"}));
    EXPECT_EQ(segments("/"), Parts{""});
    EXPECT_EQ(segments("/a/"), (Parts{"a", ""}));
    EXPECT_EQ(segments("//"), (Parts{"", ""}));
    EXPECT_EQ(segments("/a+b"), Parts{"a+b"});
    EXPECT_EQ(segments("/%C3%A9"), Parts{"é"});
    EXPECT_EQ(segments("/..."), Parts{"..."});
}

TEST(Target, WhatNoHonestClientSendsIsRefused) {
    for (const std::string_view raw :
         {"/%",        "/%2",        "/%zz",    "/%00",    "/%0d%0a",   "/%7F",   "/a%2Fb",
          "/a%5Cb",    "/.",         "/..",     "/a/../b", "/%2e%2E/a", "/%FF",   "/%C3",
          "/%C0%AF",   "/%ED%A0%80", "/%C2%85", "/a#b",    "a",         "",       "/a/b/c/d/e/f/g/h/i/j/k/l/m",
          "/?a=1&a=2", "/?=1",       "/?a&a",   "/?a=1&",  "/?&a=1",    "/?a=%0", "/?a=%00"})
        EXPECT_EQ(segments(raw), std::vector<std::string>{"refused"}) << raw;
}

TEST(Target, ParametersAreDecodedAndEmptyOnesKept) {
    Target target;
    ASSERT_TRUE(target.parse("/x?a=1+2%263&b=&c"));
    EXPECT_EQ(target.parameter("a"), "1 2&3");
    EXPECT_EQ(target.parameter("b"), "");
    EXPECT_EQ(target.parameter("c"), "");
    EXPECT_FALSE(target.parameter("d"));
    ASSERT_TRUE(target.parse("/y")) << "a second parse forgets the first";
    EXPECT_EQ(target.parameter_count(), 0u);
}

TEST(Routes, ARouteWithoutPermissionDoesNotRegister) {
    Route route = a_route("/open");
    route.permission.reset();
    EXPECT_THAT(why_not(route), HasSubstr("permission"));
    EXPECT_EQ(why_not(a_route("/open")), "registered");
}

TEST(Routes, WhatCannotWorkDoesNotRegister) {
    Route deaf = a_route("/a");
    deaf.handler = nullptr;
    EXPECT_THAT(why_not(deaf), HasSubstr("function"));
    EXPECT_THAT(why_not(a_route("a")), HasSubstr("begins with /"));
    EXPECT_THAT(why_not(a_route("/taken/{id}")), HasSubstr("already"));
    EXPECT_THAT(why_not(a_route("/taken/{name}/x")), HasSubstr("{id}"));
    Route greedy = a_route("/a");
    greedy.input = Input::json;
    EXPECT_THAT(why_not(greedy), HasSubstr("no input"));
}

TEST(Routes, ALiteralWinsOverAPartAndDeadEndsAreLeft) {
    Router router;
    router.add(a_route("/a/{x}"));
    router.add(a_route("/a/b"));
    router.add(a_route("/a/b/c/d"));
    router.add(a_route("/a/{x}/c/e", Method::post));
    const auto find = [&](const char* raw, Method method = Method::get) {
        Target target;
        Request request;
        EXPECT_TRUE(target.parse(raw));
        const auto match = router.find(method, target, request);
        return match.route ? static_cast<int>(match.index) : match.path_known ? -1 : -2;
    };
    EXPECT_EQ(find("/a/b"), 1);
    EXPECT_EQ(find("/a/z"), 0);
    EXPECT_EQ(find("/a/b/c/d"), 2);
    EXPECT_EQ(find("/a/b/c/e", Method::post), 3);
    EXPECT_EQ(find("/a/b/c/e"), -1);
    EXPECT_EQ(find("/a"), -2);
    EXPECT_EQ(find("/a/"), -2);
    EXPECT_EQ(find("/a/b/"), -2);
    Target target;
    ASSERT_TRUE(target.parse("/a/q"));
    EXPECT_EQ(router.allowed(target), "GET, HEAD");
}

TEST(Addresses, AreReadStrictlyAndCountedByClient) {
    EXPECT_TRUE(Address::parse("127.0.0.9")->is_loopback());
    EXPECT_TRUE(Address::parse("::1")->is_loopback());
    EXPECT_FALSE(Address::parse("10.0.0.1")->is_loopback());
    EXPECT_EQ(*Address::parse("::ffff:10.0.0.1"), *Address::parse("10.0.0.1"));
    EXPECT_EQ(Address::parse("2001:db8:1:2:3:4:5:6")->client(), Address::parse("2001:db8:1:2:9::1")->client());
    EXPECT_NE(Address::parse("2001:db8:1:2::")->client(), Address::parse("2001:db8:1:3::")->client());
    EXPECT_NE(Address::parse("10.0.0.1")->client(), Address::parse("10.0.0.2")->client());
    EXPECT_EQ(Address::parse("10.0.0.1")->text(), "10.0.0.1");
    for (const std::string_view text :
         {"", "localhost", "1.2.3", "1.2.3.4:80", "[::1]", " 1.2.3.4", "fe80::1%eth0", "1.2.3.4, 5.6.7.8"})
        EXPECT_FALSE(Address::parse(text)) << text;
}

TEST(RateLimit, ABurstThenOneAtATime) {
    Limiter limiter(500ms, 3);
    const Limiter::Clock::time_point start{};
    const Address one = *Address::parse("10.0.0.1");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.ask(one, start), 0s);
    EXPECT_EQ(limiter.ask(one, start), 1s);
    EXPECT_EQ(limiter.ask(*Address::parse("10.0.0.2"), start), 0s) << "another client has a bucket of its own";
    EXPECT_EQ(limiter.ask(one, start + 499ms), 1s);
    EXPECT_EQ(limiter.ask(one, start + 500ms), 0s);
    EXPECT_EQ(limiter.ask(one, start + 500ms), 1s);
    EXPECT_EQ(limiter.ask(one, start + 1h), 0s);
}

TEST(RateLimit, MemoryIsBoundedAndAFloodOfAddressesIsStillLimited) {
    Limiter limiter(10s, 2, 160);
    const Limiter::Clock::time_point start{};
    int allowed = 0;
    for (int i = 0; i < 20'000; ++i) {
        Address::Bytes bytes{};
        bytes[0] = 0x20;
        bytes[6] = static_cast<std::uint8_t>(i >> 8);
        bytes[7] = static_cast<std::uint8_t>(i);
        allowed += limiter.ask(Address(bytes).client(), start) == 0s;
    }
    EXPECT_LE(limiter.remembered(), 160u);
    EXPECT_LE(allowed, 160 + 2 * 16);
    EXPECT_EQ(limiter.ask(*Address::parse("10.9.9.9"), start + 1h), 0s) << "quiet clients are forgotten";
}

TEST(ResponseHeaders, AValueThatCouldSplitTheAnswerIsRefused) {
    Response response;
    response.set_header("X-Good", "a b");
    for (const std::string_view value :
         {std::string_view("a\r\nSet-Cookie: x"), std::string_view("a\nb"), std::string_view("a\rb"),
          std::string_view("a\0b", 3), std::string_view("\x7f")})
        EXPECT_THROW(response.set_header("X-Bad", value), Error);
    EXPECT_THROW(response.set_header("X-Bad\r\n", "a"), Error);
    EXPECT_THROW(response.set_header("X: Y", "a"), Error);
    EXPECT_EQ(response.headers.size(), 1u);
}

TEST(Languages, ASpanishPageSaysWhichOfItsWordsAreEnglish) {
    services::VerificationAnswer answer;
    answer.outcome = services::VerificationOutcome::suspended;
    answer.number = "ABCD-EFGH-JKM";
    answer.asked_day = 2026y / 11 / 22;
    answer.checked_at = answer.data_as_of = "2026-11-22T09:00:00Z";
    answer.holder = "Marisol Vega";
    answer.issuer = "Oficina";
    answer.credential_title = "Peer Specialist";
    answer.level = "certified";
    answer.status_name = "On hold";
    answer.restriction = "Works under supervision";
    answer.status_since = answer.first_issued = 2026y / 11 / 5;
    const words::Messages messages;
    const auto page = [&](words::Language language) {
        return render({.language = language, .number = "ABCD-EFGH-JKM", .answer = &answer}, messages);
    };
    const std::string spanish = page(words::Language::spanish);
    for (const std::string& english : {answer.credential_title, answer.level, answer.status_name, answer.restriction}) {
        std::size_t seen = 0;
        for (std::size_t at = spanish.find(english); at != std::string::npos; at = spanish.find(english, at + 1)) {
            ++seen;
            const std::string before = spanish.substr(at - 30, 30);
            EXPECT_TRUE(before.ends_with("lang=\"en\"><bdi>") || before.ends_with("<span lang=\"en\">"))
                << before << english;
        }
        EXPECT_GE(seen, 1u) << english;
    }
    EXPECT_EQ(page(words::Language::english).find("<span lang"), std::string::npos);
    EXPECT_THAT(page(words::Language::english), HasSubstr("The programme calls this: On hold. "));
    words::Messages with_names;
    with_names.add_names(words::Language::spanish, "certified = certificado\nPeer Specialist = especialista de pares\n",
                         "names.es.txt");
    const std::string named =
        render({.language = words::Language::spanish, .number = "ABCD-EFGH-JKM", .answer = &answer}, with_names);
    EXPECT_THAT(named, HasSubstr("<dd><bdi>certificado</bdi>"));
    EXPECT_THAT(named, HasSubstr("lang=\"en\"><bdi>Peer Specialist</bdi>")) << "the title stays as it is printed";
}

TEST(Languages, TheParameterWinsThenTheWeights) {
    using words::Language;
    EXPECT_EQ(language_for("es", "en"), Language::spanish);
    EXPECT_EQ(language_for("en", "es"), Language::english);
    EXPECT_EQ(language_for({}, {}), Language::english);
    EXPECT_EQ(language_for({}, "es-MX,es;q=0.9,en;q=0.8"), Language::spanish);
    EXPECT_EQ(language_for({}, "en;q=0.3, es;q=0.7"), Language::spanish);
    EXPECT_EQ(language_for({}, "es;q=0.3, en-US"), Language::english);
    EXPECT_EQ(language_for({}, "es;q=0"), Language::english);
    EXPECT_EQ(language_for({}, "fr, de;q=0.5"), Language::english);
    EXPECT_EQ(language_for({}, "est"), Language::english) << "Estonian is not Spanish";
}

TEST(EventLog, EveryLineIsWrittenBeforeTheEnd) {
    std::string written;
    {
        Log log([&](std::string_view lines) { written += lines; });
        std::vector<std::jthread> writers;
        for (int t = 0; t < 4; ++t)
            writers.emplace_back([&log] {
                for (int i = 0; i < 1000; ++i)
                    log.write("test.event n=1");
            });
        writers.clear();
        EXPECT_EQ(log.dropped(), 0u);
    }
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 4000);
    EXPECT_THAT(written.substr(0, written.find('\n')), testing::MatchesRegex("20..-..-..T..:..:..Z test.event n=1"));
}

TEST(MetricsText, CountsByRouteClassAndTime) {
    Metrics metrics({"GET /a"});
    metrics.answered(0, 200, 40us);
    metrics.answered(0, 200, 50us);
    metrics.answered(0, 404, 51us);
    metrics.answered_without_route(400, 2s);
    metrics.connection_opened();
    metrics.refused(Refused::rate);
    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("peercert_http_requests_total{route=\"GET /a\",status=\"2xx\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_requests_total{route=\"GET /a\",status=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_request_seconds_bucket{route=\"GET /a\",le=\"0.000050\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_request_seconds_bucket{route=\"GET /a\",le=\"+Inf\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_request_seconds_sum{route=\"GET /a\"} 0.000141\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_request_seconds_bucket{route=\"none\",le=\"1.000000\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_request_seconds_bucket{route=\"none\",le=\"+Inf\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_connections_open 1\n"));
    EXPECT_THAT(text, HasSubstr("peercert_http_refused_total{reason=\"rate\"} 1\n"));
}
