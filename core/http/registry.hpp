#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "http/connection.hpp"

namespace peercert::http {

/// All open connections: counts them against the caps, ends those over their deadline, waits for them at the end.
class Registry {
public:
    using Entry = std::list<std::unique_ptr<Connection>>::iterator;

    Registry(const Settings& settings, Edge& edge, Metrics& metrics);
    ~Registry();

    /// Nothing if a cap is reached; then the client gets a 503 and its socket is closed when it has had time to read
    /// it.
    std::optional<Entry> admit(std::unique_ptr<Poco::Net::StreamSocket> socket, const Address& peer);
    void refuse(std::unique_ptr<Poco::Net::StreamSocket> socket, int status);
    /// Takes back an admission for which there is no thread.
    void give_up(Entry entry);
    void remove(Entry entry);

    /// From now on connections end after the answer they are at, at once if they are at none; waits until all have
    /// ended, after `time` by force.
    void drain(std::chrono::milliseconds time);

private:
    using Clock = std::chrono::steady_clock;

    std::unique_ptr<Connection> taken_out(Entry entry);
    void reap();

    const Settings& settings_;
    Edge& edge_;
    Metrics& metrics_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<std::unique_ptr<Connection>> connections_;
    std::unordered_map<Address, int, AddressHash> per_client_;
    std::list<std::pair<Clock::time_point, std::unique_ptr<Poco::Net::StreamSocket>>>
        refused_; ///< sent their answer, not closed yet
    bool ended_{false};
    std::thread reaper_;
};

} // namespace peercert::http
