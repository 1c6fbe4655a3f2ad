#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

/// The barrier around everything a plugin made: whatever it throws, answers or dawdles over, the house goes on and
/// knows.
namespace peercert::plugin_host {

/// Something a plugin did that somebody should hear of.
struct Event {
    enum class Kind {
        threw,    ///< a call ended with an exception that is no answer
        nonsense, ///< an answer that cannot be
        overran,  ///< a call took longer than the limit (its answer was still used)
        disabled  ///< this was once too often: the plugin is not called any more until the next start
    } kind{Kind::threw};
    std::string plugin; ///< id
    std::string version;
    std::string sha256;
    std::string call; ///< "wrap:components evaluate"
    std::string what; ///< printable, at most a line
};

struct CallLimits {
    /// A longer call counts as a failure. A call cannot be cut off inside our own process; `peercert plugin check`
    /// finds loops beforehand, in a process of their own.
    std::chrono::milliseconds call{1000};
    int failures{3}; ///< this many, and the plugin is disabled
};

/// How a plugin has behaved. Shared by all guards of one plugin; safe from several threads.
class Health {
public:
    Health(Event identity, CallLimits limits, std::function<void(const Event&)> on_event);

    bool is_disabled() const noexcept { return disabled_.load(std::memory_order_relaxed); }
    int failures() const noexcept { return failures_.load(std::memory_order_relaxed); }
    const std::string& plugin() const noexcept { return identity_.plugin; }

    /// Runs `call`, times it, and lets nothing out but Error{plugin_failure} with the plugin's id. Error{invalid_input}
    /// of the plugin is an answer about the file or the question and passes, unless `nothing_may_throw`.
    template <class Call>
    void guarded(std::string_view name, const char* verb, bool nothing_may_throw, Call&& call);

    /// Counts a failure; throws Error{plugin_failure} about it.
    [[noreturn]] void failed(Event::Kind kind, std::string_view name, const char* verb, const std::string& what);

private:
    void count(Event::Kind kind, std::string_view name, const char* verb, const std::string& what);
    [[noreturn]] void refuse_because_disabled(std::string_view name) const;

    const Event identity_;
    const CallLimits limits_;
    const std::function<void(const Event&)> on_event_;
    std::atomic<int> failures_{0};
    std::atomic<bool> disabled_{false};
    std::mutex telling_;
};

/// A plugin's requirement kind, made safe to call.
class GuardedKind final : public RequirementKind {
public:
    GuardedKind(std::string name, std::unique_ptr<RequirementKind> kind, Health& health);
    std::string_view name() const override { return name_; }
    std::string_view help() const override { return help_; }
    Parameters example() const override; ///< throws Error{plugin_failure} when the plugin throws
    /// Throws Error{invalid_input} as the plugin said it, Error{plugin_failure} for everything else.
    void check(const Parameters&) const override;
    /// Never throws for anything the plugin does: what it cannot judge comes back open, never met.
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override;

private:
    std::string name_;
    std::string help_;
    std::unique_ptr<RequirementKind> kind_;
    Health& health_;
};

/// A plugin's clock, made safe to call.
class GuardedClock final : public TermClock {
public:
    GuardedClock(std::string name, std::unique_ptr<TermClock> clock, Health& health);
    std::string_view name() const override { return name_; }
    std::string_view help() const override { return help_; }
    Parameters example() const override;
    void check(const Parameters&) const override;
    /// Throws Error{invalid_input} naming a day that is lacking, Error{plugin_failure} for everything else.
    Date last_day(const TermQuestion&, const Parameters&) const override;

private:
    std::string name_;
    std::string help_;
    std::unique_ptr<TermClock> clock_;
    Health& health_;
};

} // namespace peercert::plugin_host
