#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace peercert::http {

/// One line an event: instant, event name, `name=value` pairs. Lines are gathered in memory and written by a thread of
/// the log's own, so that a request never waits for a disk; what was logged is written at the latest when the log is
/// destroyed.
class Log {
public:
    /// Takes whole lines, each with its line end. Called from one thread at a time; must not throw.
    using Sink = std::function<void(std::string_view lines)>;

    explicit Log(Sink sink);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// `event` is "event.name name=value ...": our words and ids only. The instant and the line end are added.
    void write(std::string_view event);
    /// Lines lost because the sink was too slow and 8 MiB were waiting.
    std::uint64_t dropped() const;

private:
    void run();

    Sink sink_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string waiting_;
    std::uint64_t dropped_{0};
    std::int64_t stamp_second_{-1};
    std::string stamp_;
    bool stopping_{false};
    std::thread thread_;
};

} // namespace peercert::http
