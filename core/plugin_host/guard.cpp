#include "plugin_host/guard.hpp"

#include "plugin_host/result_check.hpp"

namespace peercert::plugin_host {

Health::Health(Event identity, CallLimits limits, std::function<void(const Event&)> on_event)
    : identity_(std::move(identity)), limits_(limits), on_event_(std::move(on_event)) {}

template <class Call>
void Health::guarded(std::string_view name, const char* verb, bool nothing_may_throw, Call&& call) {
    if (is_disabled())
        refuse_because_disabled(name);
    // An exception's type may live in the plugin: only its text leaves the handlers.
    std::string what;
    bool threw = true;
    const auto start = std::chrono::steady_clock::now();
    try {
        call();
        threw = false;
    } catch (const Error& error) {
        what = made_printable(error.what());
        if (error.code() == ErrorCode::invalid_input && !nothing_may_throw)
            throw Error(ErrorCode::invalid_input, what);
    } catch (const std::exception& error) {
        what = made_printable(error.what());
    } catch (...) {
        what = "something that is no std::exception";
    }
    if (threw)
        failed(Event::Kind::threw, name, verb, "it threw: " + what);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    if (took > limits_.call)
        count(Event::Kind::overran, name, verb,
              "it took " + std::to_string(took.count()) + " ms of " + std::to_string(limits_.call.count()) + " ms");
}

void Health::failed(Event::Kind kind, std::string_view name, const char* verb, const std::string& what) {
    count(kind, name, verb, what);
    throw Error(ErrorCode::plugin_failure, "plugin " + identity_.plugin + ": " + std::string(name) +
                                               " could not be used to " + verb + ": " + what);
}

void Health::count(Event::Kind kind, std::string_view name, const char* verb, const std::string& what) {
    const int failures = failures_.fetch_add(1, std::memory_order_relaxed) + 1;
    const bool last = failures >= limits_.failures && !disabled_.exchange(true);
    if (!on_event_)
        return;
    Event event = identity_;
    event.kind = kind;
    event.call = std::string(name) + " " + verb;
    event.what = what;
    const std::lock_guard lock(telling_);
    on_event_(event);
    if (last) {
        event.kind = Event::Kind::disabled;
        event.what = "disabled after " + std::to_string(failures) + " failures, the last: " + what;
        on_event_(event);
    }
}

void Health::refuse_because_disabled(std::string_view name) const {
    throw Error(ErrorCode::plugin_failure, "plugin " + identity_.plugin + " is disabled after " +
                                               std::to_string(failures()) + " failures, so " + std::string(name) +
                                               " judges nothing until peercert is started again");
}

GuardedKind::GuardedKind(std::string name, std::unique_ptr<RequirementKind> kind, Health& health)
    : name_(std::move(name)), kind_(std::move(kind)), health_(health) {
    health_.guarded(name_, "say what it asks", true, [&] { help_ = made_printable(kind_->help()); });
}

Parameters GuardedKind::example() const {
    Parameters given;
    health_.guarded(name_, "give an example", true, [&] { given = kind_->example(); });
    return given;
}

void GuardedKind::check(const Parameters& parameters) const {
    health_.guarded(name_, "check a file", false, [&] { kind_->check(parameters); });
}

Finding GuardedKind::evaluate(const Record& record, const Parameters& parameters, const JudgingDay& day) const {
    try {
        Finding finding;
        health_.guarded(name_, "judge", true, [&] { finding = kind_->evaluate(record, parameters, day); });
        if (const auto wrong = what_is_wrong(finding, record))
            health_.failed(Event::Kind::nonsense, name_, "judge", "it answered " + *wrong);
        finding.kind = name_;
        return finding;
    } catch (const Error&) {
        // Already counted and told; a judgement that could not be made is open, never met.
        Finding open;
        open.kind = name_;
        open.verdict = Verdict::open();
        open.open_because = "plugin";
        open.next.kind = NextStep::Kind::decision;
        open.next.what = name_;
        return open;
    }
}

GuardedClock::GuardedClock(std::string name, std::unique_ptr<TermClock> clock, Health& health)
    : name_(std::move(name)), clock_(std::move(clock)), health_(health) {
    health_.guarded(name_, "say what it needs", true, [&] { help_ = made_printable(clock_->help()); });
}

Parameters GuardedClock::example() const {
    Parameters given;
    health_.guarded(name_, "give an example", true, [&] { given = clock_->example(); });
    return given;
}

void GuardedClock::check(const Parameters& parameters) const {
    health_.guarded(name_, "check a file", false, [&] { clock_->check(parameters); });
}

Date GuardedClock::last_day(const TermQuestion& question, const Parameters& parameters) const {
    Date last{};
    health_.guarded(name_, "end a term", false, [&] { last = clock_->last_day(question, parameters); });
    if (const auto wrong = what_is_wrong(last, question))
        health_.failed(Event::Kind::nonsense, name_, "end a term", "it answered " + *wrong);
    return last;
}

} // namespace peercert::plugin_host
