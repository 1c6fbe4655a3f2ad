#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/run_cli.hpp"

namespace {

using nlohmann::json;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using peercert::tests::RunningCli;
using testing::HasSubstr;

/// The whole answer to one GET, head and body.
std::string get(int port, const std::string& target) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        const std::string request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        if (::write(socket, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
            char bytes[4096];
            for (ssize_t got = 0; (got = ::read(socket, bytes, sizeof bytes)) > 0;)
                answer.append(bytes, static_cast<std::size_t>(got));
        }
    }
    ::close(socket);
    return answer;
}

class Serve : public testing::Test {
protected:
    Serve() { peercert.set("PEERCERT_DB", (peercert.home() / "a.db").string()); }
    RunCli peercert;
};

TEST_F(Serve, AnswersUntilItIsToldToStop) {
    peercert({"init", "--demo"});
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    const json started = json::parse(server.line());
    EXPECT_EQ(started["process"], server.process());
    const int port = started["port"];
    EXPECT_THAT(get(port, "/readyz"), HasSubstr(" 200 "));
    const std::string answer = get(port, "/api/v1/verify/0000-0000-000");
    EXPECT_THAT(answer, HasSubstr("\"outcome\":\"no_match\""));
    // What HTTP says the command line says.
    const json here = json::parse(peercert({"verify", "0000-0000-000", "--json"}).out);
    const json there = json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
    EXPECT_EQ(here, there);
    const CliResult end = server.finish(SIGTERM);
    EXPECT_EQ(end.exit, 0);
    EXPECT_THAT(end.err, HasSubstr("SIGTERM"));
    EXPECT_EQ(get(port, "/livez"), "");
}

TEST_F(Serve, DoesNotStartBesideCurriculaThatCannotBeRead) {
    peercert({"init"});
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "nowhere").string());
    const CliResult missing = peercert({"serve", "--port", "0"});
    EXPECT_EQ(missing.exit, 8);
    EXPECT_THAT(missing.err, HasSubstr("nowhere: this folder of curricula cannot be read"));
    peercert.file("rules/bad/1.yaml", "course: bad\ntitel: Bad\n");
    peercert.set("PEERCERT_CURRICULA", (peercert.home() / "rules").string());
    const CliResult broken = peercert({"serve", "--port", "0"});
    EXPECT_EQ(broken.exit, 8);
    EXPECT_THAT(broken.err, HasSubstr("bad/1.yaml:2:1: unknown word"));
    EXPECT_THAT(broken.err, HasSubstr("peercert curriculum check shows them again"));
    EXPECT_THAT(broken.err, testing::Not(HasSubstr("\\x0a")));
    peercert.file("rules/bad/1.yaml", "course: bad\ntitle: Good\n");
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    EXPECT_THAT(get(json::parse(server.line())["port"], "/readyz"), HasSubstr(" 200 "));
    EXPECT_EQ(server.finish(SIGTERM).exit, 0);
}

TEST_F(Serve, FollowsTheDemosClockWhileItIsMoved) {
    peercert({"init", "--demo", "--clock", "2025-01-06T15:00:00Z"});
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    const int port = json::parse(server.line())["port"];
    EXPECT_THAT(get(port, "/api/v1/verify/0000-0000-000"), HasSubstr("\"valid_on\":\"2025-01-06\""));
    EXPECT_EQ(peercert({"clock", "set", "2025-10-20T09:00:00Z"}).exit, 0);
    std::string answer;
    for (int i = 0; i < 30 && answer.find("2025-10-20") == std::string::npos; ++i) {
        ::usleep(100'000);
        answer = get(port, "/api/v1/verify/0000-0000-000");
    }
    EXPECT_THAT(answer, HasSubstr("\"valid_on\":\"2025-10-20\""));
}

TEST_F(Serve, SaysOnceWhatItsSafetyRestsOnAndNoSecret) {
    peercert({"init", "--demo"});
    RunningCli server = peercert.start({"serve", "--port", "0", "--proxies", "10.0.0.1"});
    EXPECT_THAT(server.line(), HasSubstr("listening on http://127.0.0.1:"));
    const std::string said = server.finish(SIGTERM).err;
    for (const char* setting : {"a.db", "plugins wrap 1.", ", from ", "10.0.0.1", "256 connections", "16 a client",
                                "120 checks a minute", "address=127.0.0.1", "tls=at_proxy", "head_ms=10000",
                                "body_ms=30000", "idle_ms=15000", "max_body_bytes=1048576"})
        EXPECT_THAT(said, HasSubstr(setting));
}

TEST_F(Serve, IsNotReadyWithoutATableOrItsFileAndSaysWhyPlainly) {
    peercert({"init", "--demo"});
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    const int port = json::parse(server.line())["port"];
    const std::string file = (peercert.home() / "a.db").string();
    EXPECT_THAT(get(port, "/readyz"), HasSubstr(R"({"ready":true,"reasons":[]})"));
    ASSERT_EQ(std::system(("sqlite3 " + file + " 'drop table credential_event'").c_str()), 0);
    std::string answer = get(port, "/readyz");
    EXPECT_THAT(answer, HasSubstr(" 503 "));
    EXPECT_THAT(answer, HasSubstr("the table credential_event is missing"));
    EXPECT_THAT(answer, testing::Not(HasSubstr(file)));
    EXPECT_THAT(get(port, "/livez"), HasSubstr(" 200 ")) << "it lives; it cannot work";
    std::filesystem::rename(file, file + ".moved");
    answer = get(port, "/readyz");
    EXPECT_THAT(answer, HasSubstr(" 503 "));
    EXPECT_THAT(answer, HasSubstr("moved, removed or replaced"));
}

TEST_F(Serve, NothingPrivateReachesAnAnswerOrTheLog) {
    peercert({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
    peercert({"organization", "add", "office", "Office", "--kind", "certifying_body"});
    peercert({"person", "add", "Odessa Whitfield", "--born", "1961-07-31", "--email", "canary@example.org", "--phone",
              "414 555 0199"});
    ASSERT_EQ(peercert({"person", "rename", "Odessa Whitfield", "Canary Legal", "--kind", "legal"}).exit, 0);
    const json taken = json::parse(peercert({"credential", "take-over", "wrap", "Odessa Whitfield", "--level",
                                             "co-facilitator", "--issuer", "office", "--from", "2019-05-01", "--json"})
                                       .out);
    const std::string number = taken["number"];
    const std::string person = taken["person"];
    RunningCli server = peercert.start({"serve", "--port", "0", "--json"});
    const int port = json::parse(server.line())["port"];
    std::string all;
    for (const std::string& target :
         {"/api/v1/verify/" + number, "/verify/" + number, "/api/v1/verify/" + number + "?valid_on=2020-01-01",
          std::string("/readyz"), std::string("/metrics"), std::string("/api/v1/verify/1"), std::string("/")})
        all += get(port, target);
    EXPECT_THAT(all, HasSubstr("Odessa Whitfield")) << "the public name is what was asked";
    const std::string log = server.finish(SIGTERM).err;
    EXPECT_THAT(log, testing::Not(HasSubstr("Odessa")));
    for (const std::string& secret :
         {std::string("Canary"), std::string("canary"), std::string("1961-07-31"), std::string("0199"), person}) {
        EXPECT_THAT(all, testing::Not(HasSubstr(secret)));
        EXPECT_THAT(log, testing::Not(HasSubstr(secret)));
    }
}

TEST_F(Serve, DoesNotStartWithoutARecordOrForTheOpenNetwork) {
    EXPECT_EQ(peercert({"serve", "--port", "0"}).exit, 4);
    peercert({"init", "--demo"});
    const CliResult open = peercert({"serve", "--port", "0", "--listen", "0.0.0.0"});
    EXPECT_EQ(open.exit, 3);
    EXPECT_EQ(open.out, "");
    EXPECT_EQ(peercert({"serve", "--port", "99999"}).exit, 2);
}

TEST_F(Serve, ListensToOthersOnlyWhenSomebodyAnswersForIt) {
    peercert({"init", "--demo", "--clock", "2025-04-02T15:00:00Z"});
    peercert({"organization", "add", "office", "Office", "--kind", "certifying_body"});
    peercert({"person", "add", "Odessa Whitfield", "--born", "1961-07-31"});
    const std::vector<std::string> beyond{"serve", "--port", "0", "--listen", "0.0.0.0", "--proxies", "10.0.0.1"};
    const auto refused = [&](const char* why) {
        const CliResult open = peercert(beyond);
        EXPECT_EQ(open.exit, 3) << why;
        EXPECT_EQ(open.out, "") << why;
        EXPECT_THAT(open.err, HasSubstr("nobody is an administrator today")) << why;
    };
    refused("nobody has any role");
    peercert({"organization", "grant", "office", "Odessa Whitfield", "reviewer", "--from", "2025-01-01"});
    peercert({"organization", "grant", "office", "Odessa Whitfield", "administrator", "--from", "2025-01-01", "--until",
              "2025-04-01"});
    refused("her last day was yesterday");
    peercert({"organization", "grant", "office", "Odessa Whitfield", "administrator", "--from", "2025-04-02"});
    RunningCli server = peercert.start(beyond);
    EXPECT_THAT(server.line(), HasSubstr("listening on http://0.0.0.0:"));
    server.finish(SIGTERM);
}

TEST_F(Serve, DoesNotStartWithoutItsPlugins) {
    peercert({"init", "--demo"});
    peercert.set("PEERCERT_PLUGINS", (peercert.home() / "nowhere").string());
    const CliResult result = peercert({"serve", "--port", "0"});
    EXPECT_EQ(result.exit, 4);
    EXPECT_THAT(result.err, HasSubstr("nowhere"));
}

TEST_F(Serve, SaysThatAPortIsTaken) {
    peercert({"init", "--demo"});
    RunningCli first = peercert.start({"serve", "--port", "0", "--json"});
    const int port = json::parse(first.line())["port"];
    const CliResult second = peercert({"serve", "--port", std::to_string(port)});
    EXPECT_EQ(second.exit, 8);
    EXPECT_THAT(second.err, HasSubstr(std::to_string(port)));
}

} // namespace
