#include "plugin_host/child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <peercert/error.hpp>

#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_report = std::size_t{256} * 1024;
constexpr std::size_t most_said = 4096;

struct Pipe {
    Pipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw Error(ErrorCode::unavailable, std::string("a pipe cannot be made: ") + std::strerror(errno));
        from = Descriptor(ends[0]);
        into = Descriptor(ends[1]);
    }
    Descriptor from, into;
};

void limit(__rlimit_resource what, rlim_t most) {
    const struct rlimit both { most, most };
    ::setrlimit(what, &both);
}

/// Nothing of the parent's ways of meeting a signal is wanted here: a crash has to look like one.
void make_it_harmless(std::chrono::milliseconds deadline, int prints_into) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    for (const int number :
         {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTERM, SIGINT, SIGPIPE, SIGALRM, SIGTRAP, SIGSYS})
        ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, static_cast<rlim_t>(deadline.count() / 1000 + 2));
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(prints_into, STDOUT_FILENO);
    ::dup2(prints_into, STDERR_FILENO);
}

[[noreturn]] void be_the_child(const std::function<void(const Reporter&)>& work, std::chrono::milliseconds deadline,
                               int reports_into, int prints_into) {
    make_it_harmless(deadline, prints_into);
    int status = 0;
    try {
        work(Reporter(reports_into));
    } catch (...) {
        status = 125;
    }
    ::_exit(status); // no destructors or exit handlers of the parent's copy
}

/// Takes what is there; false at the end. What exceeds `most` is thrown away.
bool take(int from, std::string& into, std::size_t most) {
    std::array<char, 4096> piece;
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    into.append(piece.data(), std::min(static_cast<std::size_t>(got), most - std::min(most, into.size())));
    return got > 0;
}

int left(Clock::time_point end) {
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, rest.count()));
}

/// Listens until the process ends, the time is up or it tells too much.
bool listen(pollfd (&ears)[3], ChildEnd& end, Clock::time_point until) {
    for (;;) {
        const int rest = left(until);
        const int ready = ::poll(ears, 3, rest);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return end.how = ChildEnd::How::too_slow, false;
        if ((ears[0].revents & (POLLIN | POLLHUP)) != 0 && !take(ears[0].fd, end.report, most_report))
            ears[0].fd = -1;
        if ((ears[1].revents & (POLLIN | POLLHUP)) != 0 && !take(ears[1].fd, end.said, most_said))
            ears[1].fd = -1;
        if (end.report.size() >= most_report)
            return end.how = ChildEnd::How::too_much, false;
        if ((ears[2].revents & POLLIN) != 0)
            return true;
    }
}

void take_the_rest(int from, std::string& into, std::size_t most) {
    if (from < 0)
        return;
    ::fcntl(from, F_SETFL, O_NONBLOCK); // a grandchild may hold the other end
    for (std::size_t before = into.size() + 1; before != into.size();) {
        before = into.size();
        take(from, into, most);
    }
}

} // namespace

void Reporter::say(const std::string& line) const {
    std::string whole = line;
    std::replace(whole.begin(), whole.end(), '\n', ' ');
    whole += '\n';
    for (std::size_t sent = 0; sent < whole.size();) {
        const ssize_t put = ::write(descriptor_, whole.data() + sent, whole.size() - sent);
        if (put < 0 && errno != EINTR)
            return; // nobody listens any more
        sent += static_cast<std::size_t>(std::max<ssize_t>(put, 0));
    }
}

ChildEnd run_in_child(const std::function<void(const Reporter&)>& work, std::chrono::milliseconds deadline) {
    Pipe report, print;
    const pid_t child = ::fork();
    if (child < 0)
        throw Error(ErrorCode::unavailable, std::string("a process cannot be started: ") + std::strerror(errno));
    if (child == 0)
        be_the_child(work, deadline, report.into.number(), print.into.number());
    ::setpgid(child, child); // both sides do it: whoever comes first
    report.into = Descriptor();
    print.into = Descriptor();

    ChildEnd end;
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    pollfd ears[3] = {
        {report.from.number(), POLLIN, 0}, {print.from.number(), POLLIN, 0}, {process.number(), POLLIN, 0}};
    const bool ended = listen(ears, end, Clock::now() + deadline);
    ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    take_the_rest(ears[0].fd, end.report, most_report);
    take_the_rest(ears[1].fd, end.said, most_said);
    if (ended) {
        end.how = WIFSIGNALED(status) ? ChildEnd::How::killed : ChildEnd::How::exited;
        end.number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    return end;
}

} // namespace peercert::plugin_host
