#pragma once

#include <csignal>
#include <string_view>

namespace peercert::http {

/// Waits for the wish to stop. Make it before any thread starts: threads inherit which signals they do not take.
/// SIGTERM, SIGINT, SIGQUIT and SIGHUP end the wait; the previous mask comes back when it is destroyed.
class TerminationSignals {
public:
    TerminationSignals();
    ~TerminationSignals();
    TerminationSignals(const TerminationSignals&) = delete;
    TerminationSignals& operator=(const TerminationSignals&) = delete;

    /// Returns the name of the signal that came.
    std::string_view wait();

private:
    sigset_t signals_;
    sigset_t previous_;
};

} // namespace peercert::http
