#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <Poco/Net/StreamSocket.h>

#include "http/edge.hpp"

/// Private to the room: the only header that shows Poco.
namespace peercert::http {

/// One client's connection: reads heads under our own rules, hands requests to the edge, writes the answers. Blocking,
/// on one pooled thread. Deadlines are only written here; the registry's reaper enforces them by shutting the socket
/// down, which no client can hold off by dripping bytes.
class Connection {
public:
    enum class Phase { idle, head, body, answering, sending, lingering };

    /// The one owner of the socket: Poco 1.11 counts owners where no sanitizer can see it.
    Connection(std::unique_ptr<Poco::Net::StreamSocket> socket, const Address& peer, const Settings& settings,
               Edge& edge, const std::atomic<bool>& stopping);

    /// Serves the connection to its end. Does not throw.
    void serve();

    const Address& peer() const { return peer_; }
    std::unique_ptr<Poco::Net::StreamSocket> take_socket() { return std::move(socket_); }
    /// Called by the reaper, which holds the registry's lock, so the socket is not closed meanwhile.
    void enforce(std::chrono::steady_clock::time_point now);
    void end_if_idle();
    void abort();

private:
    using Clock = std::chrono::steady_clock;

    bool read_head();
    void take(std::size_t bytes);
    bool read_body(std::string_view& body);
    std::size_t receive(char* to, std::size_t most);
    bool send(std::string_view bytes);
    void linger();
    void enter(Phase phase, Clock::time_point deadline);

    int descriptor() const { return socket_->impl()->sockfd(); }

    std::unique_ptr<Poco::Net::StreamSocket> socket_;
    const Address peer_;
    const Settings& settings_;
    Edge& edge_;
    const std::atomic<bool>& stopping_;
    std::atomic<Phase> phase_{Phase::idle};
    std::atomic<Clock::rep> deadline_;
    std::atomic<bool> expired_{false};
    std::array<char, max_head_bytes> buffer_;
    bool first_{true};
    std::size_t filled_{0};
    std::size_t head_size_{0};
    std::string body_;
    Exchange exchange_;
};

} // namespace peercert::http
