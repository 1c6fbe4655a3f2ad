// What a client may take: time, connections, checks; and how the server ends.
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

#include "http/test_server.hpp"

using namespace peercert;
using namespace peercert::http;
using namespace peercert::http::testing_support;
using namespace std::chrono_literals;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

namespace {

const std::string good = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";

Settings quick() {
    Settings settings = loose();
    settings.head_time = 400ms;
    settings.body_time = 600ms;
    settings.idle_time = 500ms;
    settings.send_time = 600ms;
    return settings;
}

/// Sends one byte every 50 ms until the server ends the connection; how long that took.
std::chrono::milliseconds drip(RawClient& client, const std::string& bytes) {
    const auto start = Clock::now();
    for (const char c : bytes) {
        if (!client.send(std::string(1, c)) || Clock::now() - start > 4s)
            break;
        std::this_thread::sleep_for(50ms);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

void add_json_post(Router& router) {
    router.add({.method = Method::post,
                .path = "/echo",
                .permission = Permission::anyone,
                .input = Input::json,
                .handler = [](const Request& request, Response& response) { response.body = request.body; }});
}

std::string refusal_of(const Settings& settings) {
    try {
        check(settings);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST(Limits, DefaultsAreThoseOfTheSecurityRules) {
    const Settings settings;
    EXPECT_EQ(settings.address, "127.0.0.1");
    EXPECT_EQ(settings.head_time, 10s);
    EXPECT_EQ(settings.body_time, 30s);
    EXPECT_EQ(settings.idle_time, 15s);
    EXPECT_EQ(settings.max_connections, 256);
    EXPECT_EQ(settings.max_connections_per_client, 16);
    EXPECT_EQ(settings.max_body_bytes, 1024u * 1024u);
}

TEST(Limits, AHeadThatDripsIsEnded) {
    TestServer server(quick());
    auto client = server.client();
    EXPECT_LT(drip(client, "GET /livez HTTP/1.1\r\nHost: a\r\nX: " + std::string(200, 'a')), 2s);
    EXPECT_EQ(parsed(client.until_closed()).status, 408);
}

TEST(Limits, ASecondHeadThatDripsIsEndedToo) {
    TestServer server(quick());
    auto client = server.client();
    client.send(good);
    EXPECT_EQ(parsed(client.answer()).status, 200);
    EXPECT_LT(drip(client, "GET /livez HTTP/1.1\r\nHost: a\r\nX: " + std::string(200, 'a')), 2s);
    EXPECT_EQ(parsed(client.until_closed()).status, 408);
}

TEST(Limits, ABodyThatDripsIsEnded) {
    TestServer server(quick(), {add_json_post});
    auto client = server.client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
    EXPECT_LT(drip(client, std::string(200, ' ')), 2s);
    EXPECT_EQ(parsed(client.until_closed()).status, 408);
}

TEST(Limits, ASilentConnectionIsClosedWithoutAWord) {
    TestServer server(quick());
    auto silent = server.client();
    EXPECT_EQ(silent.until_closed(2000ms), "");
    auto idle = server.client();
    idle.send(good);
    idle.answer();
    const auto start = Clock::now();
    EXPECT_EQ(idle.until_closed(2000ms), "");
    EXPECT_GE(Clock::now() - start, 400ms);
}

TEST(Limits, AClientThatDoesNotReadIsEnded) {
    const std::string large(8'000'000, 'x');
    TestServer server(quick(), {[&large](Router& router) {
                          router.add(
                              {.path = "/large",
                               .permission = Permission::anyone,
                               .handler = [&large](const Request&, Response& response) { response.body = large; }});
                      }});
    auto client = server.client();
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(1500ms);
    EXPECT_LT(client.until_closed().size(), large.size());
}

TEST(Limits, DrippersDoNotKeepOthersWaiting) {
    Settings settings = quick();
    settings.head_time = 3000ms;
    TestServer server(settings);
    std::vector<RawClient> drippers;
    for (int i = 0; i < 50; ++i) {
        drippers.push_back(server.client());
        drippers.back().send("GET /li");
    }
    const auto start = Clock::now();
    EXPECT_EQ(server.get("/livez").status, 200);
    EXPECT_LT(Clock::now() - start, 1s);
}

TEST(Limits, OneClientHasOnlySoManyConnectionsAndOthersGoOn) {
    Settings settings = loose();
    settings.max_connections_per_client = 3;
    TestServer server(settings);
    std::vector<RawClient> held;
    for (int i = 0; i < 3; ++i) {
        held.push_back(server.client());
        held.back().send(good);
        EXPECT_EQ(parsed(held.back().answer()).status, 200);
    }
    auto fourth = server.client();
    fourth.send(good);
    const Answer refused = parsed(fourth.until_closed());
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.field("retry-after"), "5");
    EXPECT_EQ(refused.field("content-type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(std::to_string(refused.body.size()), refused.field("content-length"));
    RawClient neighbour(server.port(), "127.0.0.2");
    neighbour.send(good);
    EXPECT_EQ(parsed(neighbour.answer()).status, 200);
    held.pop_back();
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(server.get("/livez").status, 200) << "a place that is given back is free again";
    EXPECT_THAT(server.server().metrics_text(), HasSubstr("refused_total{reason=\"client_cap\"} 1"));
}

TEST(Limits, AllClientsTogetherHaveOnlySoManyConnections) {
    Settings settings = loose();
    settings.max_connections = 4;
    settings.max_connections_per_client = 2;
    TestServer server(settings);
    std::vector<RawClient> held;
    for (const char* from : {"127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"})
        held.emplace_back(server.port(), from).send(good);
    for (auto& client : held)
        EXPECT_EQ(parsed(client.answer()).status, 200);
    RawClient fifth(server.port(), "127.0.0.5");
    EXPECT_EQ(parsed(fifth.until_closed()).status, 503);
    EXPECT_THAT(server.server().metrics_text(), HasSubstr("refused_total{reason=\"total_cap\"} 1"));
}

TEST(Limits, ChecksAreCountedByClient) {
    Settings settings = loose();
    settings.lookup_burst = 3;
    settings.lookups_per_minute = 1;
    TestServer server(settings);
    for (const std::string target : {"/api/v1/verify/GOOD", "/verify/NOBODY", "/verify?number=GOOD"})
        EXPECT_EQ(server.get(target).status, 200) << target;
    const Answer refused = server.get("/api/v1/verify/GOOD");
    EXPECT_EQ(refused.status, 429);
    EXPECT_GT(std::stoi(refused.field("retry-after")), 50);
    EXPECT_EQ(server.get("/verify/GOOD").status, 429);
    EXPECT_EQ(server.get("/livez").status, 200) << "only checks are counted";
    EXPECT_EQ(server.get("/api/v1/verify/GOOD", "X-Forwarded-For: 192.0.2.9\r\n").status, 429)
        << "nobody declared this proxy";
    RawClient neighbour(server.port(), "127.0.0.2");
    neighbour.send("GET /api/v1/verify/GOOD HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(parsed(neighbour.answer()).status, 200);
}

TEST(Limits, ThroughADeclaredProxyEachClientItNamesIsCounted) {
    Settings settings = loose();
    settings.lookup_burst = 1;
    settings.lookups_per_minute = 1;
    settings.max_connections_per_client = 1;
    settings.proxies = {"127.0.0.1"};
    TestServer server(settings);
    const auto held = server.client(); // the proxy itself has no cap
    const auto ask = [&](const std::string& forwarded) { return server.get("/api/v1/verify/GOOD", forwarded).status; };
    EXPECT_EQ(ask("X-Forwarded-For: 192.0.2.1\r\n"), 200);
    EXPECT_EQ(ask("X-Forwarded-For: 192.0.2.1\r\n"), 429);
    EXPECT_EQ(ask("X-Forwarded-For: 192.0.2.2\r\n"), 200);
    EXPECT_EQ(ask("X-Forwarded-For: 192.0.2.77, 192.0.2.1\r\n"), 429) << "only the last is the proxy's word";
    EXPECT_EQ(ask("X-Forwarded-For: 192.0.2.78\r\nX-Forwarded-For: 192.0.2.1\r\n"), 429);
    EXPECT_EQ(ask("X-Forwarded-For: nonsense\r\n"), 200) << "counted as the proxy itself";
    EXPECT_EQ(ask("X-Forwarded-For: other nonsense\r\n"), 429);
    EXPECT_EQ(server.get("/metrics").status, 404) << "what comes through a proxy is not this machine";
}

TEST(Limits, PlainHttpIsForThisMachineUnlessAProxyIsDeclared) {
    Settings settings;
    EXPECT_EQ(refusal_of(settings), "accepted");
    settings.address = "::1";
    EXPECT_EQ(refusal_of(settings), "accepted");
    for (const char* address : {"0.0.0.0", "::", "192.0.2.1"}) {
        settings.address = address;
        EXPECT_THAT(refusal_of(settings), HasSubstr("plain HTTP"));
    }
    settings.proxies = {"192.0.2.7"};
    EXPECT_EQ(refusal_of(settings), "accepted");
    settings.proxies = {"proxy.example"};
    EXPECT_THAT(refusal_of(settings), HasSubstr("proxy.example"));
    settings = {};
    settings.address = "localhost";
    EXPECT_THAT(refusal_of(settings), HasSubstr("numeric"));
    settings = {};
    settings.max_connections = 0;
    EXPECT_NE(refusal_of(settings), "accepted");
    settings = {};
    settings.lookups_per_minute = 0;
    EXPECT_NE(refusal_of(settings), "accepted");
    settings = {};
    settings.idle_time = 0ms;
    EXPECT_NE(refusal_of(settings), "accepted");
}

TEST(Limits, APortThatIsTakenIsASentence) {
    TestServer server(loose());
    Settings settings = loose();
    settings.port = server.port();
    Server second(settings, App{.verify = answer_for,
                                .not_ready_because = {},
                                .messages = std::make_shared<words::Messages>(),
                                .log = [](std::string_view) {},
                                .more_routes = {},
                                .demo = false});
    try {
        second.start();
        FAIL() << "two servers on one port";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unavailable);
        EXPECT_THAT(error.what(), HasSubstr("127.0.0.1:" + std::to_string(server.port())));
    }
}

TEST(Stopping, WhatIsBeingAnsweredIsFinishedAndTheRestClosed) {
    std::atomic<bool> entered{false};
    TestServer server(loose(), {[&](Router& router) {
                          router.add({.path = "/slow",
                                      .permission = Permission::anyone,
                                      .handler = [&](const Request&, Response& response) {
                                          entered = true;
                                          std::this_thread::sleep_for(300ms);
                                          response.body = "\"done\"";
                                      }});
                      }});
    auto idle = server.client();
    idle.send(good);
    idle.answer();
    auto busy = server.client();
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!entered)
        std::this_thread::sleep_for(1ms);
    const std::uint16_t port = server.port();
    server.server().stop();
    EXPECT_EQ(parsed(busy.answer()).body, "\"done\"");
    EXPECT_TRUE(busy.closes_within(1000ms));
    EXPECT_EQ(idle.until_closed(1000ms), "");
    EXPECT_THROW(RawClient{port}, std::runtime_error);
    server.server().stop();
}

TEST(Stopping, AClientThatWillNotFinishDoesNotHoldTheServer) {
    Settings settings = loose();
    settings.stop_time = 300ms;
    TestServer server(settings);
    auto half = server.client();
    half.send("GET /livez HTTP/1.1\r\nHo");
    std::this_thread::sleep_for(50ms);
    const auto start = Clock::now();
    server.server().stop();
    EXPECT_LT(Clock::now() - start, 2s);
    EXPECT_TRUE(half.closes_within(1000ms));
}

TEST(Stopping, UnderLoadNoRequestThatWasAnsweredIsCutShort) {
    TestServer server(loose());
    std::atomic<int> whole{0};
    std::atomic<int> broken{0};
    std::vector<std::jthread> clients;
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            try {
                auto client = server.client();
                for (;;) {
                    if (!client.send("GET /verify/GOOD HTTP/1.1\r\nHost: a\r\n\r\n"))
                        return;
                    const std::string bytes = client.answer();
                    if (bytes.empty())
                        return; // closed between two requests
                    (bytes.ends_with("</html>\n") ? whole : broken)++;
                }
            } catch (const std::exception&) {
            }
        });
    while (whole < 200)
        std::this_thread::sleep_for(1ms);
    server.server().stop();
    clients.clear();
    EXPECT_EQ(broken, 0);
}
