// security.md section 2 against a real server, byte by byte.
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <peercert/error.hpp>

#include "http/test_server.hpp"

using namespace peercert;
using namespace peercert::http;
using namespace peercert::http::testing_support;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

namespace {

const std::string good = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";

/// Echoes its body, counts how often it ran.
struct Echo {
    std::atomic<int> calls{0};
    std::function<void(Router&)> routes() {
        return [this](Router& router) {
            for (const Method method : {Method::post, Method::put})
                router.add({.method = method,
                            .path = "/echo",
                            .permission = Permission::anyone,
                            .input = Input::json,
                            .handler = [this](const Request& request, Response& response) {
                                ++calls;
                                response.body = request.body;
                            }});
        };
    }
};

std::string post(const std::string& body, const std::string& fields = "Content-Type: application/json\r\n") {
    return "POST /echo HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace

TEST(Edge, AHeadThatIsNotSoundIsAnsweredEmptyAndTheConnectionClosed) {
    TestServer server(loose());
    const std::vector<std::pair<std::string, int>> heads{
        {"GET /livez HTTP/9.9\r\nHost: a\r\n\r\n", 400},
        {"GET /livez HTTP/1.1\r\n\r\n", 400},
        {"GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET /livez HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"GET /livez HTTP/1.1\r\nHost: a\r\nX: a\r\n folded\r\n\r\n", 400},
        {std::string("GET /livez HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 40), 400},
        {"GET /livez\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
        {"POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /livez HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
        {"POST /livez HTTP/1.1\r\nHost: a\r\n\r\n", 411},
        {"\x16\x03\x01\x02", 400},
        {"\r\n\r\n", 400},
        {"GET http://b/livez HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /" + std::string(3000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {"GET /livez HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'a') + "\r\n\r\n", 431},
        {"GET /livez HTTP/1.1\r\nHost: a\r\n" + std::string(16'400, 'a'), 431}};
    for (const auto& [head, status] : heads) {
        auto client = server.client();
        client.send(head + good); // a second request must never be seen
        const std::string all = client.until_closed();
        const Answer answer = parsed(all);
        EXPECT_EQ(answer.status, status) << head.substr(0, 80);
        if (status == 400)
            EXPECT_EQ(answer.body, "") << head.substr(0, 80);
        else
            EXPECT_EQ(nlohmann::json::parse(answer.body)["status"], status) << "and what to mend: " << answer.body;
        EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
        EXPECT_EQ(answer.field("connection"), "close") << head.substr(0, 80);
    }
}

TEST(Edge, AnAddressMayNameTheHostOnceMore) {
    TestServer server;
    auto client = server.client();
    client.send("GET http://a/livez HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(parsed(client.answer()).status, 200);
}

TEST(Edge, TwoRequestsInOneSendGetTwoAnswersInOrder) {
    TestServer server(loose());
    auto client = server.client();
    client.send(good + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + good.substr(0, 20));
    EXPECT_EQ(parsed(client.answer()).status, 200);
    EXPECT_EQ(parsed(client.answer()).status, 404);
    client.send(good.substr(20));
    EXPECT_EQ(parsed(client.answer()).status, 200);
}

TEST(Edge, ABodyNobodyAskedForIsNeverTakenForARequest) {
    TestServer server(loose());
    const std::string inner = "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const std::string start : {"GET /livez", "HEAD /livez", "POST /livez", "POST /nowhere", "DELETE /livez"}) {
        auto client = server.client();
        client.send(start + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" +
                    inner);
        const std::string all = client.until_closed();
        EXPECT_EQ(parsed(all).field("connection"), "close") << start;
        EXPECT_THAT(all, Not(HasSubstr("ready"))) << start;
        EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << start << ": one answer only";
    }
}

TEST(Edge, ABodyIsReadToItsEndAndNoFurther) {
    Echo echo;
    TestServer server(loose(), {echo.routes()});
    auto client = server.client();
    client.send(post("{\"a\":1}") + good);
    EXPECT_EQ(parsed(client.answer()).body, "{\"a\":1}");
    EXPECT_EQ(parsed(client.answer()).body, "{\"live\":true}");
    const std::string large = "\"" + std::string(200'000, 'x') + "\"";
    client.send(post(large));
    EXPECT_EQ(parsed(client.answer()).body, large);
    client.send(post(""));
    EXPECT_EQ(parsed(client.answer()).status, 200);
}

TEST(Edge, ABodyInPiecesIsPutTogether) {
    Echo echo;
    TestServer server(loose(), {echo.routes()});
    auto client = server.client();
    for (const char c : post("{\"slow\":true}")) {
        client.send(std::string(1, c));
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(parsed(client.answer()).body, "{\"slow\":true}");
}

TEST(Edge, ABodyOverTheLimitIsRefusedBeforeItIsRead) {
    Echo echo;
    Settings settings = loose();
    settings.max_body_bytes = 100;
    TestServer server(settings, {echo.routes()});
    auto client = server.client();
    client.send(post(std::string(101, ' ')) + good);
    const std::string all = client.until_closed();
    EXPECT_EQ(parsed(all).status, 413);
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
    EXPECT_EQ(echo.calls, 0);
    EXPECT_EQ(parsed([&] {
                  auto second = server.client();
                  second.send(post(std::string(100, ' ')));
                  return second.answer();
              }())
                  .status,
              200);
}

TEST(Edge, AClientThatWaitsForPermissionGetsItOnlyWhenTheBodyIsWelcome) {
    Echo echo;
    Settings settings = loose();
    settings.max_body_bytes = 100;
    TestServer server(settings, {echo.routes()});
    auto welcome = server.client();
    welcome.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: "
                 "100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(parsed(welcome.answer()).status, 100);
    welcome.send("{}");
    EXPECT_EQ(parsed(welcome.answer()).body, "{}");
    auto unwelcome = server.client();
    unwelcome.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: "
                   "100-continue\r\nContent-Length: 200\r\n\r\n");
    EXPECT_EQ(parsed(unwelcome.answer()).status, 413);
}

TEST(Edge, OnlyTheDeclaredInputTypeIsTaken) {
    Echo echo;
    TestServer server(loose(), {echo.routes()});
    EXPECT_EQ(server.ask(post("{}", "Content-Type: application/json; charset=utf-8\r\n")).status, 200);
    EXPECT_EQ(server.ask(post("a=b", "Content-Type: application/x-www-form-urlencoded\r\n")).status, 415);
    EXPECT_EQ(server.ask(post("{}", "")).status, 415);
    EXPECT_EQ(echo.calls, 1);
}

TEST(Edge, AnUnknownPathIs404AndAnotherMethodIs405WithAllow) {
    Echo echo;
    TestServer server(loose(), {echo.routes()});
    EXPECT_EQ(server.get("/nowhere").status, 404);
    EXPECT_EQ(server.get("/livez/").status, 404);
    const Answer get = server.get("/echo");
    EXPECT_EQ(get.status, 405);
    EXPECT_EQ(get.field("allow"), "POST, PUT");
    const Answer remove = server.ask("DELETE /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(remove.status, 405);
    EXPECT_EQ(remove.field("allow"), "GET, HEAD");
    EXPECT_EQ(server.ask("OPTIONS /livez HTTP/1.1\r\nHost: a\r\n\r\n").status, 405);
    EXPECT_EQ(server.ask("BREW /livez HTTP/1.1\r\nHost: a\r\n\r\n").status, 405);
    EXPECT_EQ(server.ask("get /livez HTTP/1.1\r\nHost: a\r\n\r\n").status, 405);
}

TEST(Edge, TraceAndConnectAreRefused) {
    TestServer server(loose());
    for (const std::string method : {"TRACE", "CONNECT"}) {
        auto client = server.client();
        client.send(method + " /livez HTTP/1.1\r\nHost: a\r\nX-Secret: canary\r\n\r\n" + good);
        const std::string all = client.until_closed();
        EXPECT_EQ(parsed(all).status, 405) << method;
        EXPECT_THAT(all, Not(HasSubstr("canary")));
        EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
    }
}

TEST(Edge, MethodOverridesAndForwardedNamesAreIgnored) {
    Echo echo;
    TestServer server(loose(), {echo.routes()});
    const Answer answer = server.get("/echo", "X-HTTP-Method-Override: POST\r\nX-Method-Override: "
                                              "POST\r\nX-Original-URL: /metrics\r\nX-Forwarded-Host: evil\r\n");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(echo.calls, 0);
}

TEST(Edge, HeadIsGetWithoutTheBody) {
    TestServer server(loose());
    auto client = server.client();
    client.send("HEAD /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    const Answer answer = parsed(client.answer(true));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("content-length"), "13");
    client.send(good);
    EXPECT_EQ(parsed(client.answer()).body, "{\"live\":true}") << "and nothing of the first body lay between";
}

TEST(Edge, TheConnectionEndsWhenTheClientSaysSo) {
    TestServer server(loose());
    auto client = server.client();
    client.send("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(parsed(client.until_closed(1000ms)).field("connection"), "close");
    auto old = server.client();
    old.send("GET /livez HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.closes_within(1000ms));
    auto kept = server.client();
    kept.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(parsed(kept.answer()).field("connection"), "keep-alive");
    kept.send(good);
    EXPECT_EQ(parsed(kept.answer()).status, 200);
}

TEST(Edge, EveryAnswerCarriesTheSecurityHeadersAndNoneNamesTheServer) {
    TestServer server(loose());
    for (const std::string target :
         {"/livez", "/nowhere", "/verify", "/verify/GOOD", "/verify/NOBODY", "/api/v1/verify/GOOD",
          "/assets/verify.css", "/metrics", "/api/v1/verify/BUG", "/verify/BUG", "/", "/verify?valid_on=x&number=1"}) {
        const Answer answer = server.get(target);
        EXPECT_EQ(answer.field("x-content-type-options"), "nosniff") << target;
        EXPECT_EQ(answer.field("referrer-policy"), "no-referrer") << target;
        EXPECT_THAT(answer.field("content-type"), HasSubstr("charset=utf-8")) << target;
        EXPECT_THAT(answer.field("content-security-policy"), HasSubstr("default-src 'none'")) << target;
        EXPECT_THAT(answer.field("content-security-policy"), HasSubstr("frame-ancestors 'none'")) << target;
        EXPECT_THAT(answer.field("content-security-policy"), Not(HasSubstr("unsafe"))) << target;
        EXPECT_EQ(answer.field("cache-control"), target == "/assets/verify.css" ? "public, max-age=3600" : "no-store")
            << target;
        EXPECT_NE(answer.field("date"), "") << target;
        for (const char* name : {"server", "set-cookie", "access-control-allow-origin", "x-powered-by"})
            EXPECT_EQ(answer.field(name), "") << target;
        if (answer.field("content-type").starts_with("text/html")) {
            EXPECT_THAT(answer.field("content-security-policy"), HasSubstr("base-uri 'none'")) << target;
        }
    }
}

TEST(Edge, AProblemSaysWhatItIsAndWhichRequestItWas) {
    TestServer server(loose());
    const Answer answer = server.get("/nowhere");
    EXPECT_EQ(answer.field("content-type"), "application/problem+json; charset=utf-8");
    const auto problem = nlohmann::json::parse(answer.body);
    EXPECT_EQ(problem["type"], "about:blank");
    EXPECT_EQ(problem["title"], "Not Found");
    EXPECT_EQ(problem["status"], 404);
    EXPECT_EQ(problem["instance"], "urn:peercert:request:" + answer.field("x-request-id"));
    EXPECT_NE(server.get("/nowhere").field("x-request-id"), answer.field("x-request-id"));
}

TEST(Edge, EveryKindOfFailureHasItsStatusAndNoneTellsItsInside) {
    const auto failing = [](Router& router) {
        const auto add = [&](const std::string& path, auto thrower) {
            router.add({.path = path,
                        .permission = Permission::anyone,
                        .handler = [thrower](const Request&, Response& response) {
                            response.body = "half an answer";
                            response.set_header("X-Half", "yes");
                            thrower();
                        }});
        };
        const std::string secret = "select name from person -- canary";
        add("/invalid", [] { throw Error(ErrorCode::invalid_input, "the day is not a day"); });
        add("/missing", [] { throw Error(ErrorCode::not_found, "no such cohort"); });
        add("/conflict", [] { throw Error(ErrorCode::conflict, "enrolled already"); });
        add("/forbidden", [] { throw Error(ErrorCode::forbidden, "only a reviewer may"); });
        add("/away", [] { throw Error(ErrorCode::unavailable, "the database is busy"); });
        add("/plugin", [secret] { throw Error(ErrorCode::plugin_failure, secret); });
        add("/internal", [secret] { throw Error(ErrorCode::internal, secret); });
        add("/std", [secret] { throw std::runtime_error(secret); });
        add("/odd", [] { throw 42; });
        add("/split", [] { Response().set_header("X", "a\r\nSet-Cookie: b"); });
    };
    TestServer server(loose(), {failing});
    for (const auto& [path, status] : std::vector<std::pair<std::string, int>>{{"/invalid", 400},
                                                                               {"/missing", 404},
                                                                               {"/conflict", 409},
                                                                               {"/forbidden", 403},
                                                                               {"/away", 503},
                                                                               {"/plugin", 500},
                                                                               {"/internal", 500},
                                                                               {"/std", 500},
                                                                               {"/odd", 500},
                                                                               {"/split", 500}}) {
        const Answer answer = server.get(path);
        EXPECT_EQ(answer.status, status) << path;
        EXPECT_THAT(answer.body, Not(HasSubstr("canary"))) << path;
        EXPECT_THAT(answer.body, Not(HasSubstr("half"))) << path;
        EXPECT_EQ(answer.field("x-half"), "") << path;
        EXPECT_EQ(answer.field("content-type"), "application/problem+json; charset=utf-8") << path;
        EXPECT_EQ(answer.field("retry-after"), status == 503 ? "30" : "") << path;
    }
    EXPECT_EQ(nlohmann::json::parse(server.get("/invalid").body)["detail"], "the day is not a day");
    const std::string log = server.log();
    EXPECT_THAT(log, HasSubstr("route=/std status=500"));
    EXPECT_THAT(log, HasSubstr("error=unavailable"));
    EXPECT_THAT(log, Not(HasSubstr("canary")));
}

TEST(Edge, UnknownAndRepeatedAndMalformedParametersAreRefused) {
    TestServer server(loose());
    for (const std::string target :
         {"/livez?x=1", "/api/v1/verify/GOOD?lang=es", "/api/v1/verify/GOOD?valid_on=2026-01-01&valid_on=2026-01-01",
          "/api/v1/verify/GOOD?VALID_ON=2026-01-01", "/api/v1/verify/GOOD?valid_on=%zz", "/api/v1/verify/GOOD?valid_on",
          "/api/v1/verify/GOOD?valid_on=2026-02-29", "/api/v1/verify/GOOD?valid_on=2026-2-1",
          "/api/v1/verify/GOOD?valid_on=+2026-02-01"}) {
        const Answer answer = server.get(target);
        EXPECT_EQ(answer.status, 400) << target;
        EXPECT_THAT(answer.field("content-type"), HasSubstr("problem+json")) << target;
    }
}

TEST(Edge, TheStateOfTheServerIsToldByThreeRoutes) {
    TestServer server(loose());
    EXPECT_EQ(server.get("/livez").status, 200);
    EXPECT_EQ(server.get("/readyz").body, R"({"ready":true,"reasons":[]})");
    server.not_ready({"the database cannot be read"});
    const Answer answer = server.get("/readyz");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, R"({"ready":false,"reasons":["the database cannot be read"]})");
    EXPECT_EQ(server.get("/livez").status, 200) << "alive all the same";
    const Answer metrics = server.get("/metrics");
    EXPECT_EQ(metrics.field("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(metrics.body, HasSubstr("peercert_http_requests_total{route=\"GET /livez\",status=\"2xx\"} 2"));
    EXPECT_THAT(metrics.body, HasSubstr("peercert_http_requests_total{route=\"GET /readyz\",status=\"5xx\"} 1"));
}

TEST(Edge, MetricsAreForThisMachineOnly) {
    TestServer server(loose());
    EXPECT_EQ(server.get("/metrics").status, 200);
    for (const std::string field :
         {"X-Forwarded-For: 192.0.2.1\r\n", "Forwarded: for=192.0.2.1\r\n", "Via: 1.1 proxy\r\n"})
        EXPECT_EQ(server.get("/metrics", field).status, 404) << "a proxy nobody declared carries strangers: " << field;
}

TEST(Edge, TheLogHoldsEventsAndNothingOfThePersonOrTheTarget) {
    TestServer server(loose());
    server.get("/api/v1/verify/GOOD?valid_on=2026-03-01");
    server.get("/verify/Canary%20Jones");
    server.get("/canary/path?canary=query", "X-Canary: canary\r\nUser-Agent: canary\r\n");
    const std::string log = server.log();
    EXPECT_THAT(log, HasSubstr("http.started address=127.0.0.1:"));
    EXPECT_THAT(log, HasSubstr("route=/api/v1/verify/{number} status=200 us="));
    EXPECT_THAT(log, HasSubstr(" outcome=certified number=GOOD day=2026-03-01\n"));
    EXPECT_THAT(log, HasSubstr(" outcome=no_match\n"));
    EXPECT_THAT(log, HasSubstr("route=none status=404"));
    EXPECT_THAT(log, HasSubstr("http.stopped"));
    for (const char* word : {"canary", "Canary", "Marisol", "Vega"})
        EXPECT_THAT(log, Not(HasSubstr(word)));
}
