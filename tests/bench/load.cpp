#include "bench/load.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace peercert::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int socket{-1};
    std::size_t next{0};
    std::uint64_t answers{0};
    std::string got;
    Clock::time_point sent;
};

int connected(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect");
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return socket;
}

/// Length of the whole answer in `text`, 0 if it is not complete.
std::size_t complete(std::string_view text) {
    const std::size_t end = text.find("\r\n\r\n");
    const std::size_t field = text.find("Content-Length: ");
    if (end == std::string_view::npos || field > end)
        return 0;
    std::size_t length = 0;
    for (std::size_t at = field + 16; text[at] >= '0' && text[at] <= '9'; ++at)
        length = length * 10 + static_cast<std::size_t>(text[at] - '0');
    return end + 4 + length <= text.size() ? end + 4 + length : 0;
}

class Thread {
public:
    Thread(std::uint16_t port, const std::vector<std::string>& requests, const std::string& expected, int connections,
           std::size_t first)
        : requests_(requests), expected_(expected), connections_(static_cast<std::size_t>(connections)) {
        epoll_ = ::epoll_create1(0);
        for (std::size_t i = 0; i < connections_.size(); ++i) {
            Connection& connection = connections_[i];
            connection.socket = connected(port);
            connection.next = (first + i * 7919) % requests.size();
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.ptr = &connection;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
        }
    }
    ~Thread() {
        for (const Connection& connection : connections_)
            ::close(connection.socket);
        ::close(epoll_);
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    void run(Clock::time_point until) {
        for (Connection& connection : connections_)
            send(connection);
        epoll_event events[64];
        while (Clock::now() < until) {
            const int count = ::epoll_wait(epoll_, events, 64, 50);
            for (int i = 0; i < count; ++i)
                receive(*static_cast<Connection*>(events[i].data.ptr));
        }
    }

    std::vector<std::uint32_t> times_us;
    std::uint64_t wrong{0};
    int starved() const {
        return static_cast<int>(std::count_if(connections_.begin(), connections_.end(),
                                              [](const Connection& c) { return c.answers == 0; }));
    }

private:
    void send(Connection& connection) {
        const std::string& request = requests_[connection.next];
        connection.next = (connection.next + 1) % requests_.size();
        connection.sent = Clock::now();
        ::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL);
    }
    void receive(Connection& connection) {
        char bytes[16384];
        const ssize_t count = ::recv(connection.socket, bytes, sizeof bytes, 0);
        if (count <= 0) {
            ++wrong;
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket, nullptr);
            return;
        }
        connection.got.append(bytes, static_cast<std::size_t>(count));
        if (complete(connection.got) == 0)
            return;
        times_us.push_back(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - connection.sent).count()));
        ++connection.answers;
        wrong += !connection.got.starts_with("HTTP/1.1 200") || connection.got.find(expected_) == std::string::npos;
        connection.got.clear();
        send(connection);
    }

    const std::vector<std::string>& requests_;
    const std::string& expected_;
    std::vector<Connection> connections_;
    int epoll_{-1};
};

} // namespace

Load load(std::uint16_t port, const std::vector<std::string>& requests, const std::string& expected, int connections,
          std::chrono::milliseconds time) {
    Thread one(port, requests, expected, connections / 2, 0);
    Thread two(port, requests, expected, connections - connections / 2, requests.size() / 2);
    const auto start = Clock::now();
    const auto until = start + time;
    std::thread other([&] { two.run(until); });
    one.run(until);
    other.join();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::vector<std::uint32_t> times = std::move(one.times_us);
    times.insert(times.end(), two.times_us.begin(), two.times_us.end());
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times.empty() ? 0.0
                             : static_cast<double>(
                                   times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]);
    };
    return {.per_second = static_cast<double>(times.size()) / seconds,
            .p50_us = at(0.50),
            .p99_us = at(0.99),
            .answers = times.size(),
            .wrong = one.wrong + two.wrong,
            .starved = one.starved() + two.starved()};
}

} // namespace peercert::bench
