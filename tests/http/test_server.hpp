#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/server.hpp"

namespace peercert::http::testing_support {

/// A plain TCP client that sends exactly the bytes it is given.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, const std::string& from = "127.0.0.1");
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    RawClient(RawClient&& other) noexcept : socket_(other.socket_), pending_(std::move(other.pending_)) {
        other.socket_ = -1;
    }

    /// False if the other side has closed for good.
    bool send(std::string_view bytes);
    void finish_sending();
    /// One answer: head and Content-Length bytes of body (none for a HEAD request). Empty if the connection ended
    /// instead.
    std::string answer(bool head_request = false);
    /// Everything until the other side closes; "still open" is appended if it does not within `time`.
    std::string until_closed(std::chrono::milliseconds time = std::chrono::milliseconds(4000));
    /// Whether the other side closes within `time`, whatever it sends before.
    bool closes_within(std::chrono::milliseconds time);

private:
    bool more(std::chrono::milliseconds time);

    int socket_;
    std::string pending_;
};

/// What a client got, taken apart. The names of header fields are in small letters.
struct Answer {
    int status{0};
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    std::string field(std::string_view name) const; ///< "" when absent
};
Answer parsed(const std::string& bytes);

/// A real server on a free port of loopback. Known numbers are made by `answer_for`; each test may add routes.
class TestServer {
public:
    explicit TestServer(Settings settings = {}, std::vector<std::function<void(Router&)>> routes = {},
                        bool demo = false);
    ~TestServer();

    std::uint16_t port() const { return server_->port(); }
    RawClient client() const { return RawClient(port()); }
    /// One request on a connection of its own; `Host` is added.
    Answer get(const std::string& target, const std::string& more_fields = "") const;
    Answer ask(const std::string& request) const;
    Server& server() { return *server_; }
    std::string log();
    void not_ready(std::vector<std::string> reasons);

private:
    struct Shared {
        std::mutex mutex;
        std::string log;
        std::vector<std::string> reasons;
    };
    std::shared_ptr<Shared> shared_;
    std::unique_ptr<Server> server_;
};

/// The invented record behind the tests: number -> answer.
services::VerificationAnswer answer_for(std::string_view number, std::optional<Date> valid_on);

/// The invented request behind the tests, for the secret LINK: lines 11 and 12 are open, 13 is not the supervisor's.
services::ConfirmationView confirmation_for(std::string_view secret);

/// Settings for tests: any port, generous limits.
Settings loose();

} // namespace peercert::http::testing_support
