#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Runs the real peercert, alone with a home folder of its own: nothing of the machine's configuration, environment or data
/// reaches it, and nothing of it remains.
namespace peercert::tests {

struct CliResult {
    int exit{-1}; ///< 128 + signal if one ended it
    std::string out;
    std::string err;
};

class RunCli {
public:
    RunCli();
    ~RunCli();
    RunCli(const RunCli&) = delete;
    RunCli& operator=(const RunCli&) = delete;

    /// Standard input is `input` and no terminal, output is captured. Ends the program after a minute.
    CliResult operator()(const std::vector<std::string>& words, const std::string& input = {}) const;

    /// On a terminal of so many columns: input, output and errors are one screen, returned in `out`. `typed` is what the
    /// person types.
    CliResult on_terminal(const std::vector<std::string>& words, int columns = 80, const std::string& typed = {}) const;

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
