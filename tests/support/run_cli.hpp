#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Runs the real peercert, alone with a home folder of its own: nothing of the machine's configuration, environment or
/// data reaches it, and nothing of it remains.
namespace peercert::tests {

struct CliResult {
    int exit{-1}; ///< 128 + signal if one ended it
    std::string out;
    std::string err;
};

/// A peercert that runs beside the test; killed at the latest when this goes.
class RunningCli {
public:
    RunningCli(int process, int out, int err) : process_(process), out_(out), err_(err) {}
    ~RunningCli();
    RunningCli(RunningCli&& other) noexcept;
    RunningCli& operator=(RunningCli&&) = delete;

    int process() const { return process_; }
    /// The next line of its standard output, without the line end; waits at most 20 seconds and throws then.
    std::string line();
    /// Sends the signal (0: none), waits for the end, and returns what it said since.
    CliResult finish(int signal);

private:
    int process_;
    int out_;
    int err_;
    std::string read_;
};

class RunCli {
public:
    RunCli();
    ~RunCli();
    RunCli(const RunCli&) = delete;
    RunCli& operator=(const RunCli&) = delete;

    /// Standard input is `input` and no terminal, output is captured. Ends the program after a minute.
    CliResult operator()(const std::vector<std::string>& words, const std::string& input = {}) const;

    /// On a terminal of so many columns: input, output and errors are one screen, returned in `out`. `typed` is what
    /// the person types.
    CliResult on_terminal(const std::vector<std::string>& words, int columns = 80, const std::string& typed = {}) const;

    /// Starts one that goes on running (`serve`).
    RunningCli start(const std::vector<std::string>& words) const;

    /// An environment variable of every run from now on.
    void set(const std::string& name, const std::string& value) { environment_[name] = value; }
    void unset(const std::string& name) { environment_.erase(name); }

    /// The home folder; also the working folder.
    const std::filesystem::path& home() const { return home_; }
    /// Writes a file below home and returns its path.
    std::string file(const std::string& name, const std::string& bytes) const;

    static std::filesystem::path program();

private:
    std::filesystem::path home_;
    std::map<std::string, std::string> environment_;
};

} // namespace peercert::tests
