#include "http/log.hpp"

#include <chrono>

#include <peercert/date.hpp>

namespace peercert::http {
namespace {

constexpr std::size_t most_waiting = 8 * 1024 * 1024;
constexpr std::size_t write_at_once = 64 * 1024;

std::string instant_text(std::chrono::sys_seconds instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time(instant - day);
    const auto two = [](long value) {
        return std::string(1, static_cast<char>('0' + value / 10)) + static_cast<char>('0' + value % 10);
    };
    return to_text(Date(day)) + "T" + two(time.hours().count()) + ":" + two(time.minutes().count()) + ":" +
           two(time.seconds().count()) + "Z ";
}

} // namespace

Log::Log(Sink sink) : sink_(std::move(sink)), thread_([this] { run(); }) {}

Log::~Log() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Log::write(std::string_view event) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    bool full = false;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() > most_waiting) {
            ++dropped_;
            return;
        }
        if (stamp_second_ != now.time_since_epoch().count()) {
            stamp_second_ = now.time_since_epoch().count();
            stamp_ = instant_text(now);
        }
        const bool was_full = waiting_.size() >= write_at_once;
        waiting_ += stamp_;
        waiting_ += event;
        waiting_ += '\n';
        full = !was_full && waiting_.size() >= write_at_once;
    }
    if (full)
        changed_.notify_one();
}

std::uint64_t Log::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void Log::run() {
    std::string lines;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait_for(lock, std::chrono::milliseconds(100),
                          [this] { return stopping_ || waiting_.size() >= write_at_once; });
        lines.clear();
        lines.swap(waiting_);
        const bool last = stopping_;
        lock.unlock();
        if (!lines.empty())
            sink_(lines);
        lock.lock();
        if (last && waiting_.empty())
            return;
    }
}

} // namespace peercert::http
