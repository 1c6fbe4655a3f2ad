#include "http/termination.hpp"

namespace peercert::http {

TerminationSignals::TerminationSignals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP})
        sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, &previous_);
}

TerminationSignals::~TerminationSignals() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

std::string_view TerminationSignals::wait() {
    int signal = 0;
    while (sigwait(&signals_, &signal) != 0) {
    }
    switch (signal) {
    case SIGTERM: return "SIGTERM";
    case SIGINT: return "SIGINT";
    case SIGQUIT: return "SIGQUIT";
    default: return "SIGHUP";
    }
}

} // namespace peercert::http
