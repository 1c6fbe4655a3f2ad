#include "http/registry.hpp"

#include <Poco/Exception.h>
#include <sys/socket.h>

namespace peercert::http {
namespace {

constexpr std::size_t most_refused = 64;
constexpr auto refused_time = std::chrono::milliseconds(1000);
constexpr auto reaper_period = std::chrono::milliseconds(100);

constexpr std::string_view busy =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: application/problem+json; charset=utf-8\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; "
    "frame-ancestors 'none'\r\nCache-Control: no-store\r\nConnection: close\r\nContent-Length: 97\r\n\r\n"
    R"({"type":"about:blank","title":"Service Unavailable","status":503,"detail":"Too many connections"})";
constexpr std::string_view forbidden =
    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/problem+json; charset=utf-8\r\nX-Content-Type-Options: "
    "nosniff\r\n"
    "Referrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

} // namespace

Registry::Registry(const Settings& settings, Edge& edge, Metrics& metrics)
    : settings_(settings), edge_(edge), metrics_(metrics), reaper_([this] { reap(); }) {}

Registry::~Registry() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    reaper_.join();
}

std::optional<Registry::Entry> Registry::admit(std::unique_ptr<Poco::Net::StreamSocket> socket, const Address& peer) {
    const Address client = peer.client();
    {
        const std::lock_guard lock(mutex_);
        const bool full = connections_.size() >= static_cast<std::size_t>(settings_.max_connections);
        const auto known = per_client_.find(client);
        const bool greedy = known != per_client_.end() && known->second >= settings_.max_connections_per_client &&
                            !edge_.is_proxy(peer);
        if (!full && !greedy) {
            connections_.push_back(std::make_unique<Connection>(std::move(socket), peer, settings_, edge_, stopping_));
            ++per_client_[client];
            metrics_.connection_opened();
            return std::prev(connections_.end());
        }
        metrics_.refused(full ? Refused::total_cap : Refused::client_cap);
    }
    refuse(std::move(socket), 503);
    return std::nullopt;
}

void Registry::refuse(std::unique_ptr<Poco::Net::StreamSocket> socket, int status) {
    const std::string_view answer = status == 503 ? busy : forbidden;
    const int descriptor = socket->impl()->sockfd();
    ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::shutdown(descriptor, SHUT_WR);
    const std::lock_guard lock(mutex_);
    if (refused_.size() < most_refused)
        refused_.emplace_back(Clock::now() + refused_time, std::move(socket));
}

std::unique_ptr<Connection> Registry::taken_out(Entry entry) {
    std::unique_ptr<Connection> connection;
    {
        const std::lock_guard lock(mutex_);
        connection = std::move(*entry);
        connections_.erase(entry);
        const auto counted = per_client_.find(connection->peer().client());
        if (--counted->second == 0)
            per_client_.erase(counted);
        metrics_.connection_closed();
    }
    changed_.notify_all();
    return connection;
}

void Registry::remove(Entry entry) {
    taken_out(entry); // closed here, outside the lock
}

void Registry::give_up(Entry entry) { refuse(taken_out(entry)->take_socket(), 503); }

void Registry::reap() {
    std::unique_lock lock(mutex_);
    char waste[4096];
    while (!ended_) {
        changed_.wait_for(lock, reaper_period, [this] { return ended_; });
        const auto now = Clock::now();
        for (const auto& connection : connections_)
            connection->enforce(now);
        for (auto it = refused_.begin(); it != refused_.end();) {
            ssize_t count = 0;
            int blocks = 0;
            do
                count = ::recv(it->second->impl()->sockfd(), waste, sizeof waste, MSG_DONTWAIT);
            while (count > 0 && ++blocks < 16);
            it = count == 0 || now >= it->first ? refused_.erase(it) : std::next(it);
        }
    }
}

void Registry::drain(std::chrono::milliseconds time) {
    const auto until = Clock::now() + time;
    std::unique_lock lock(mutex_);
    stopping_ = true;
    while (!connections_.empty()) {
        const bool late = Clock::now() >= until;
        for (const auto& connection : connections_)
            if (late)
                connection->abort();
            else
                connection->end_if_idle();
        changed_.wait_for(lock, std::chrono::milliseconds(20));
    }
    refused_.clear();
}

} // namespace peercert::http
