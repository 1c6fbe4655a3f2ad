#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.hpp"
#include "services/hours.hpp"
#include "services/verification_answer.hpp"
#include "words/messages.hpp"

/// The HTTP edge: a hardened server over Poco's sockets and thread pool, and everything it answers.
namespace peercert::http {

struct Settings {
    std::string address{"127.0.0.1"}; ///< numeric; anything but loopback needs a declared proxy
    std::uint16_t port{8080};         ///< 0: any free one (see Server::port)
    /// Numeric addresses of reverse proxies that speak TLS to the world. From them, and from them only, X-Forwarded-For
    /// is believed. With a non-loopback address nobody else but this machine may connect at all.
    std::vector<std::string> proxies;
    int max_connections{256};
    int max_connections_per_client{16};          ///< proxies are exempt
    std::chrono::milliseconds head_time{10'000}; ///< from the first byte (or the connect) to the end of the head
    std::chrono::milliseconds body_time{30'000};
    std::chrono::milliseconds idle_time{15'000}; ///< between two requests of one connection
    std::chrono::milliseconds send_time{30'000};
    std::chrono::milliseconds stop_time{10'000}; ///< how long stop() lets requests finish
    std::size_t max_body_bytes{1024 * 1024};
    int lookup_burst{40};        ///< checks of credentials one client may make at once ...
    int lookups_per_minute{120}; ///< ... and go on making
};

/// Throws Error{invalid_input} with a sentence for settings that are unsafe or make no sense.
void check(const Settings& settings);
/// Whether nobody but this machine can reach the address. False for what is no address.
bool listens_here_only(const Settings& settings);

/// What the server needs of the rest of the house. Functions are called from many threads at once.
struct App {
    /// Answers for a number as typed and a day (absent: today). May throw Error.
    std::function<services::VerificationAnswer(std::string_view number, std::optional<Date> valid_on)> verify;
    /// Why the server could not do its work now, a short sentence each, without personal data; empty when ready.
    std::function<std::vector<std::string>()> not_ready_because;
    /// What the holder of a confirmation link is asked, and their answer: services::Hours. May throw Error.
    std::function<services::ConfirmationView(std::string_view secret)> open_confirmation;
    std::function<services::Answered(std::string_view secret, const std::vector<EntryId>& confirmed)>
        answer_confirmation;
    std::shared_ptr<const words::Messages> messages;
    /// Where the log goes, whole lines at a time, from one thread.
    std::function<void(std::string_view lines)> log;
    /// Further resources: each adds its routes.
    std::vector<std::function<void(Router&)>> more_routes;
    /// The people in this database are invented: every page says so in a banner, every answer in the header
    /// Peercert-Demo.
    bool demo{false};
};

class Server {
public:
    /// Checks the settings and makes the table of routes; does not listen yet.
    Server(Settings settings, App app);
    /// Stops.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds, listens, and returns; requests are answered on threads of the server. Throws Error{unavailable} with the
    /// address when it cannot be bound.
    void start();
    std::uint16_t port() const;
    /// Takes no new connection, lets requests being answered finish (at most `stop_time`), closes the rest. Idempotent.
    void stop();
    std::string metrics_text() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace peercert::http
