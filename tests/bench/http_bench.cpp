// HTTP verification against a plain Poco HTTPServer that answers a constant of the same size, in interleaved rounds.
//   bench_http [COUNT ...]    counts of credentials; default 10000 1000000 10000000
// Every server is a process of its own. Ours runs as in production: all checks, limits (set too high to refuse), the
// log on.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <peercert/error.hpp>

#include "bench/fill_credentials.hpp"
#include "bench/load.hpp"
#include "http/server.hpp"
#include "services/verification.hpp"
#include "words/verification.hpp"

namespace {

using namespace peercert;
using namespace std::chrono_literals;

constexpr int connections = 64;
const domain::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + 12h;

/// What a yes looks like, for the constant to be as long.
std::string typical_body() {
    services::VerificationAnswer answer;
    answer.outcome = services::VerificationOutcome::certified;
    answer.number = "ABCD-EFGH-JKM";
    answer.holder = "Invented Person 1234567";
    answer.credential_title = "Certified Peer Specialist";
    answer.level = "certified";
    answer.issuer = "Certifying Body (invented)";
    answer.asked_day = Date{std::chrono::year{2026} / 6 / 1};
    answer.first_issued = answer.term_first_day = answer.status_since = Date{std::chrono::year{2025} / 11 / 1};
    answer.last_valid_day = Date{std::chrono::year{2027} / 10 / 31};
    answer.checked_at = answer.data_as_of = "2026-06-01T12:00:00Z";
    return words::to_json(answer, words::Messages());
}

void tell_port_and_wait(std::uint16_t port) {
    std::printf("%u\n", static_cast<unsigned>(port));
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
}

class Constant : public Poco::Net::HTTPRequestHandler {
public:
    explicit Constant(const std::string& body) : body_(body) {}
    void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override {
        response.setContentType("application/json; charset=utf-8");
        response.sendBuffer(body_.data(), body_.size());
    }

private:
    const std::string& body_;
};

class Constants : public Poco::Net::HTTPRequestHandlerFactory {
public:
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return new Constant(body_);
    }

private:
    const std::string body_ = typical_body();
};

int serve_plain_poco() {
    auto* params = new Poco::Net::HTTPServerParams; // owned by the server
    params->setMaxThreads(connections + 2);
    params->setMaxQueued(256);
    params->setKeepAlive(true);
    params->setMaxKeepAliveRequests(0);
    Poco::ThreadPool pool(connections, connections + 8);
    Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
    Poco::Net::HTTPServer server(new Constants, pool, socket, params);
    server.start();
    tell_port_and_wait(server.port());
    server.stopAll(true);
    return 0;
}

/// With `database` the real thing, without it our edge answering the constant.
int serve_ours(const char* database, const char* log_file) {
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<services::House> house;
    const services::FixedClock clock(now);
    std::unique_ptr<services::Verification> verification;
    http::App app;
    if (database) {
        store = std::make_unique<storage::Store>(storage::StoreSettings{.url = database, .sessions = 8});
        house = std::make_unique<services::House>(services::House{*store, clock, "America/Chicago"});
        verification = std::make_unique<services::Verification>(*house, []() -> const services::Rulebook& {
            throw Error(ErrorCode::internal, "no credential of the benchmark ends with its holder's eligibility");
        });
        app.verify = [&](std::string_view number, std::optional<Date> day) {
            return verification->verify(number, day);
        };
    } else {
        app.more_routes.push_back([body = typical_body()](http::Router& router) {
            router.add({.path = "/constant/{number}",
                        .permission = http::Permission::anyone,
                        .limit = http::LimitClass::lookup,
                        .handler = [body](const http::Request&, http::Response& response) { response.body = body; }});
        });
    }
    app.not_ready_because = [] { return std::vector<std::string>{}; };
    app.messages = std::make_shared<words::Messages>();
    std::ofstream log(log_file, std::ios::trunc);
    app.log = [&log](std::string_view lines) {
        log.write(lines.data(), static_cast<std::streamsize>(lines.size())).flush();
    };
    http::Settings settings;
    settings.port = 0;
    settings.max_connections_per_client = 256;
    settings.lookups_per_minute = 60'000'000;
    settings.lookup_burst = 1'000'000;
    http::Server server(settings, std::move(app));
    server.start();
    tell_port_and_wait(server.port());
    return 0;
}

/// This program again, as a server in a process of its own; ended when the object goes.
class Process {
public:
    explicit Process(std::vector<std::string> arguments) {
        int to[2];
        int from[2];
        if (::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to[0], 0);
            ::dup2(from[1], 1);
            std::vector<char*> words{const_cast<char*>("/proc/self/exe")};
            for (std::string& argument : arguments)
                words.push_back(argument.data());
            words.push_back(nullptr);
            ::execv("/proc/self/exe", words.data());
            ::_exit(127);
        }
        ::close(to[0]);
        ::close(from[1]);
        input_ = to[1];
        char text[16] = "";
        if (::read(from[0], text, sizeof text - 1) <= 0)
            throw std::runtime_error("a server did not start");
        ::close(from[0]);
        port_ = static_cast<std::uint16_t>(std::stoi(text));
    }
    ~Process() {
        ::close(input_);
        ::waitpid(child_, nullptr, 0);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    std::uint16_t port() const { return port_; }

private:
    pid_t child_{0};
    int input_{-1};
    std::uint16_t port_{0};
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Runs {
    std::vector<double> per_second, p50, p99;
    std::uint64_t wrong{0};
    int starved{0};
    void add(const bench::Load& load) {
        per_second.push_back(load.per_second);
        p50.push_back(load.p50_us);
        p99.push_back(load.p99_us);
        wrong += load.wrong;
        starved += load.starved;
    }
};

std::vector<std::string> requests_for(const std::string& prefix, const std::vector<std::string>& numbers) {
    std::vector<std::string> requests;
    for (const std::string& number : numbers)
        requests.push_back("GET " + prefix + number +
                           " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n\r\n");
    return requests;
}

void print(const char* name, const Runs& runs) {
    std::printf("  %-44s %9.0f /s   p50 %6.0f us   p99 %6.0f us%s\n", name, median(runs.per_second), median(runs.p50),
                median(runs.p99), runs.wrong ? "   WRONG ANSWERS" : "");
    if (runs.starved)
        std::printf("  %-44s %d connections got no answer in some round\n", "", runs.starved);
}

int measure(std::int64_t count) {
    const auto folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
    const auto database = bench::filled_database(folder, count);
    const auto numbers = bench::some_numbers(count, 200'000);
    const auto constant = requests_for("/constant/", numbers);
    const auto verify = requests_for("/api/v1/verify/", numbers);
    const Process poco({"--plain-poco"});
    const Process edge({"--edge", (folder / "edge.log").string()});
    const Process ours({"--verify", database.string(), (folder / "verify.log").string()});
    const std::string yes = "\"certified\":true";
    Runs of_poco, of_edge, of_ours;
    bench::load(ours.port(), verify, yes, connections, 3s); // pages of the file into memory, threads, buckets
    bench::load(poco.port(), constant, yes, connections, 500ms);
    bench::load(edge.port(), constant, yes, connections, 500ms);
    for (int round = 0; round < 7; ++round) {
        of_poco.add(bench::load(poco.port(), constant, yes, connections, 1500ms));
        of_ours.add(bench::load(ours.port(), verify, yes, connections, 1500ms));
        of_edge.add(bench::load(edge.port(), constant, yes, connections, 1500ms));
    }
    std::printf("%lld credentials, %d keep-alive connections, medians of 7 interleaved rounds\n",
                static_cast<long long>(count), connections);
    print("Poco HTTPServer, constant", of_poco);
    print("peercert edge, constant", of_edge);
    print("peercert verification", of_ours);
    const double ratio = median(of_ours.per_second) / median(of_poco.per_second);
    const double p99 = median(of_ours.p99) / median(of_poco.p99);
    std::printf(
        "  verification / Poco constant      %.2f   p99 %.2f times   (goal %.2f, aim 0.85; p99 at most 4, aim 2)\n",
        ratio, p99,
        count <= 10'000      ? 0.60
        : count <= 1'000'000 ? 0.55
                             : 0.50);
    std::printf("  verification / our own constant   %.2f   p99 %.2f times\n\n",
                median(of_ours.per_second) / median(of_edge.per_second), median(of_ours.p99) / median(of_edge.p99));
    return of_poco.wrong || of_edge.wrong || of_ours.wrong ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc > 1 && std::strcmp(argv[1], "--plain-poco") == 0)
            return serve_plain_poco();
        if (argc > 2 && std::strcmp(argv[1], "--edge") == 0)
            return serve_ours(nullptr, argv[2]);
        if (argc > 3 && std::strcmp(argv[1], "--verify") == 0)
            return serve_ours(argv[2], argv[3]);
        std::vector<std::int64_t> counts;
        for (int i = 1; i < argc; ++i)
            counts.push_back(std::stoll(argv[i]));
        if (counts.empty())
            counts = {10'000, 1'000'000, 10'000'000};
        int status = 0;
        for (const std::int64_t count : counts)
            status |= measure(count);
        return status;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_http: %s\n", error.what());
        return 1;
    }
}
