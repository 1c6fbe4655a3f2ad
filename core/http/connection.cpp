#include "http/connection.hpp"

#include <algorithm>
#include <cstring>

#include <Poco/Exception.h>
#include <sys/socket.h>

namespace peercert::http {

Connection::Connection(std::unique_ptr<Poco::Net::StreamSocket> socket, const Address& peer, const Settings& settings,
                       Edge& edge, const std::atomic<bool>& stopping)
    : socket_(std::move(socket)), peer_(peer), settings_(settings), edge_(edge), stopping_(stopping),
      deadline_((Clock::now() + settings.head_time).time_since_epoch().count()) {}

void Connection::enter(Phase phase, Clock::time_point deadline) {
    deadline_.store(deadline.time_since_epoch().count(), std::memory_order_relaxed);
    phase_.store(phase, std::memory_order_release);
}

void Connection::enforce(Clock::time_point now) {
    const Phase phase = phase_.load(std::memory_order_acquire);
    if (phase == Phase::answering || now.time_since_epoch().count() < deadline_.load(std::memory_order_relaxed))
        return;
    expired_.store(true, std::memory_order_relaxed);
    // While reading only our reading ends, so that the thread can still say why; afterwards nothing more is owed.
    const bool reading = phase == Phase::head || phase == Phase::body || phase == Phase::idle;
    ::shutdown(descriptor(), reading ? SHUT_RD : SHUT_RDWR);
}

void Connection::end_if_idle() {
    if (phase_.load(std::memory_order_acquire) == Phase::idle)
        ::shutdown(descriptor(), SHUT_RD);
}

void Connection::abort() { ::shutdown(descriptor(), SHUT_RDWR); }

/// 0 at the end of the stream, and when the reaper has called time even though bytes still arrive.
std::size_t Connection::receive(char* to, std::size_t most) {
    try {
        const int count = socket_->receiveBytes(to, static_cast<int>(most));
        return count <= 0 || expired_.load(std::memory_order_relaxed) ? 0 : static_cast<std::size_t>(count);
    } catch (const Poco::Exception&) {
        return 0; // the client is gone
    }
}

bool Connection::send(std::string_view bytes) {
    try {
        while (!bytes.empty()) {
            const int count = socket_->sendBytes(bytes.data(), static_cast<int>(bytes.size()), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// Closing a socket with unread bytes resets the connection, and the client may lose our answer. So stop writing and
/// read on for a moment, throwing everything away.
void Connection::linger() {
    expired_.store(false, std::memory_order_relaxed);
    enter(Phase::lingering, Clock::now() + std::chrono::seconds(1));
    ::shutdown(descriptor(), SHUT_WR);
    for (int blocks = 0; blocks < 64 && receive(buffer_.data(), buffer_.size()) > 0; ++blocks) {
    }
}

/// True when buffer_[0, head_size_) is a complete head. False: the connection is over (an answer has been sent if one
/// was due).
bool Connection::read_head() {
    std::size_t looked_at = 0;
    for (;;) {
        if (filled_ > 0) {
            const std::string_view text(buffer_.data(), filled_);
            const std::size_t from = looked_at > 3 ? looked_at - 3 : 0;
            if (const std::size_t end = text.find("\r\n\r\n", from); end != std::string_view::npos) {
                head_size_ = end + 4;
                return true;
            }
            looked_at = filled_;
            const bool nonsense = !can_begin_request(buffer_[0]);
            if (nonsense || filled_ == buffer_.size()) {
                exchange_.began = Clock::now();
                edge_.refuse_head(exchange_,
                                  nonsense ? HeadRefusal{400, "request_line"} : HeadRefusal{431, "head_too_long"});
                enter(Phase::sending, Clock::now() + settings_.send_time);
                if (send(exchange_.out))
                    linger();
                return false;
            }
            if (phase_.load(std::memory_order_relaxed) == Phase::idle) {
                if (first_) // its time runs from the connect
                    phase_.store(Phase::head, std::memory_order_release);
                else
                    enter(Phase::head, Clock::now() + settings_.head_time);
            }
        }
        const std::size_t count = receive(buffer_.data() + filled_, buffer_.size() - filled_);
        if (count == 0) {
            if (expired_.load(std::memory_order_relaxed) && filled_ > 0) {
                exchange_.began = Clock::now();
                edge_.refuse_slow(exchange_);
                enter(Phase::sending, Clock::now() + settings_.send_time);
                if (send(exchange_.out))
                    linger();
            }
            return false;
        }
        filled_ += count;
    }
}

void Connection::take(std::size_t bytes) {
    filled_ -= bytes;
    std::memmove(buffer_.data(), buffer_.data() + bytes, filled_);
}

/// Exactly Content-Length bytes, which admit() has found acceptable. The head stays in the buffer, for its views.
bool Connection::read_body(std::string_view& body) {
    const auto wanted = static_cast<std::size_t>(exchange_.head.content_length.value_or(0));
    enter(Phase::body, Clock::now() + settings_.body_time);
    const std::size_t here = std::min(wanted, filled_ - head_size_);
    body_.assign(buffer_.data() + head_size_, here);
    std::memmove(buffer_.data() + head_size_, buffer_.data() + head_size_ + here, filled_ - head_size_ - here);
    filled_ -= here;
    if (here < wanted && exchange_.head.expects_continue && !send("HTTP/1.1 100 Continue\r\n\r\n"))
        return false;
    std::size_t have = here;
    while (have < wanted) {
        body_.resize(std::min(wanted, have + 64 * 1024)); // grows with what arrives, not with what was announced
        const std::size_t count = receive(body_.data() + have, body_.size() - have);
        if (count == 0)
            return false;
        have += count;
    }
    body = body_;
    return true;
}

void Connection::serve() {
    while (read_head()) {
        exchange_.began = Clock::now();
        enter(Phase::answering, exchange_.began);
        bool unread = false;
        if (const auto refusal = parse_head({buffer_.data(), head_size_}, exchange_.head)) {
            edge_.refuse_head(exchange_, *refusal);
            unread = true;
        } else if (edge_.admit(exchange_, peer_)) {
            std::string_view body;
            if (exchange_.match.route->input != Input::none && !read_body(body)) {
                if (expired_.load(std::memory_order_relaxed)) {
                    edge_.refuse_slow(exchange_);
                    enter(Phase::sending, Clock::now() + settings_.send_time);
                    if (send(exchange_.out))
                        linger();
                }
                return;
            }
            phase_.store(Phase::answering, std::memory_order_release);
            exchange_.close = exchange_.close || stopping_.load(std::memory_order_relaxed) ||
                              expired_.load(std::memory_order_relaxed);
            edge_.answer(exchange_, body);
        }
        const auto now = Clock::now();
        enter(Phase::sending, now + settings_.send_time);
        if (!send(exchange_.out))
            return;
        if (exchange_.close) {
            if (unread || exchange_.head.content_length.value_or(0) > 0 || filled_ > head_size_)
                linger();
            return;
        }
        first_ = false;
        take(head_size_);
        enter(Phase::idle, now + settings_.idle_time);
    }
}

} // namespace peercert::http
