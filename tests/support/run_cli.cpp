#include "support/run_cli.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace peercert::tests {
namespace {

constexpr auto longest_run = std::chrono::seconds(60);

[[noreturn]] void become(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment,
                         const std::string& folder) {
    const std::string program = RunCli::program().string();
    std::vector<std::string> settings;
    for (const auto& [name, value] : environment)
        settings.push_back(name + "=" + value);
    std::vector<char*> arguments{const_cast<char*>(program.c_str())};
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::vector<char*> variables;
    for (std::string& each : settings)
        variables.push_back(each.data());
    variables.push_back(nullptr);
    if (::chdir(folder.c_str()) == 0)
        ::execve(program.c_str(), arguments.data(), variables.data());
    ::_exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Feeds `input` and gathers what comes until every stream has ended or time is up.
void converse(pid_t child, int input_end, std::string_view input, std::array<int, 2> outputs,
              std::array<std::string*, 2> into) {
    const auto deadline = std::chrono::steady_clock::now() + longest_run;
    while (outputs[0] >= 0 || outputs[1] >= 0) {
        std::array<pollfd, 3> watched{{{outputs[0], POLLIN, 0}, {outputs[1], POLLIN, 0}, {input_end, POLLOUT, 0}}};
        const int ready = ::poll(watched.data(), watched.size(), 200);
        if (std::chrono::steady_clock::now() > deadline)
            ::kill(child, SIGKILL);
        if (ready <= 0)
            continue;
        for (std::size_t i = 0; i < 2; ++i) {
            if (!(watched[i].revents & (POLLIN | POLLHUP | POLLERR)))
                continue;
            char bytes[65536];
            const ssize_t got = ::read(outputs[i], bytes, sizeof bytes);
            if (got > 0) {
                into[i]->append(bytes, static_cast<std::size_t>(got));
            } else { // a terminal's end is EIO
                ::close(outputs[i]);
                outputs[i] = -1;
            }
        }
        if (input_end >= 0 && (watched[2].revents & (POLLOUT | POLLERR))) {
            const ssize_t put = input.empty() ? 0 : ::write(input_end, input.data(), input.size());
            if (put > 0)
                input.remove_prefix(static_cast<std::size_t>(put));
            if (put < 0 || input.empty()) {
                ::close(input_end);
                input_end = -1;
            }
        }
    }
    if (input_end >= 0)
        ::close(input_end);
}

} // namespace

std::filesystem::path RunCli::program() { return std::filesystem::path(PEERCERT_BINARY_DIR) / "bin/peercert"; }

RunCli::RunCli() {
    std::signal(SIGPIPE, SIG_IGN); // a program that ends without reading its input is a result, not our end
    std::string pattern = (std::filesystem::temp_directory_path() / "peercert-cli-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("no temporary folder");
    home_ = pattern;
    environment_ = {{"HOME", home_.string()},
                    {"USER", "tester"},
                    {"PATH", "/usr/bin:/bin"},
                    {"TERM", "xterm"},
                    {"LANG", "C.UTF-8"}};
    for (const char* passed_on : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
        if (const char* value = std::getenv(passed_on))
            environment_[passed_on] = value;
}

RunCli::~RunCli() {
    std::error_code ignored;
    std::filesystem::remove_all(home_, ignored);
}

std::string RunCli::file(const std::string& name, const std::string& bytes) const {
    const auto path = home_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
}

CliResult RunCli::operator()(const std::vector<std::string>& words, const std::string& input) const {
    int in[2];
    int out[2];
    int err[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipes");
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGPIPE, SIG_DFL);
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        become(words, environment_, home_.string());
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    CliResult result;
    converse(child, in[1], input, {out[0], err[0]}, {&result.out, &result.err});
    result.exit = wait_for(child);
    return result;
}

CliResult RunCli::on_terminal(const std::vector<std::string>& words, int columns, const std::string& typed) const {
    winsize size{};
    size.ws_row = 24;
    size.ws_col = static_cast<unsigned short>(columns);
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child == 0) {
        ::signal(SIGPIPE, SIG_DFL);
        become(words, environment_, home_.string());
    }
    CliResult result;
    std::string unused;
    converse(child, typed.empty() ? -1 : ::dup(terminal), typed, {terminal, -1}, {&result.out, &unused});
    result.exit = wait_for(child);
    return result;
}

RunningCli RunCli::start(const std::vector<std::string>& words) const {
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipes");
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGPIPE, SIG_DFL);
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        become(words, environment_, home_.string());
    }
    ::close(out[1]);
    ::close(err[1]);
    return {child, out[0], err[0]};
}

RunningCli::RunningCli(RunningCli&& other) noexcept
    : process_(other.process_), out_(other.out_), err_(other.err_), read_(std::move(other.read_)) {
    other.process_ = -1;
}

RunningCli::~RunningCli() {
    if (process_ > 0)
        finish(SIGKILL);
}

std::string RunningCli::line() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
        if (const auto end = read_.find('\n'); end != std::string::npos) {
            std::string text = read_.substr(0, end);
            read_.erase(0, end + 1);
            return text;
        }
        pollfd watched{out_, POLLIN, 0};
        char bytes[4096];
        ssize_t got = 1;
        if (::poll(&watched, 1, 200) > 0 && (got = ::read(out_, bytes, sizeof bytes)) > 0)
            read_.append(bytes, static_cast<std::size_t>(got));
        if (got <= 0 || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("peercert said nothing more");
    }
}

CliResult RunningCli::finish(int signal) {
    CliResult result;
    result.out = std::move(read_);
    if (signal != 0)
        ::kill(process_, signal);
    converse(process_, -1, {}, {out_, err_}, {&result.out, &result.err});
    result.exit = wait_for(process_);
    process_ = -1;
    return result;
}

} // namespace peercert::tests
