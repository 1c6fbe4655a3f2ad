#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command.hpp"
#include "support/run_cli.hpp"

namespace {

using peercert::tests::RunCli;
using testing::HasSubstr;

/// What a shell command prints, and how it ends.
std::pair<int, std::string> shell(const std::string& command) {
    std::string out;
    FILE* stream = ::popen((command + " 2>&1").c_str(), "r");
    char bytes[4096];
    while (const std::size_t got = std::fread(bytes, 1, sizeof bytes, stream))
        out.append(bytes, got);
    const int status = ::pclose(stream);
    return {WEXITSTATUS(status), out};
}

bool installed(const std::string& program) { return shell("command -v " + program).first == 0; }

class Completion : public testing::Test {
protected:
    std::string script(const std::string& shell_name) {
        return peercert.file("script", peercert({"completion", shell_name}).out);
    }
    RunCli peercert;
};

/// What bash offers after these words, the last of them unfinished.
std::string bash_offers(const std::string& script, const std::vector<std::string>& words) {
    std::string command = "bash -c 'source " + script + "; COMP_WORDS=(peercert";
    for (const std::string& word : words)
        command += " \"" + word + "\"";
    command += "); COMP_CWORD=" + std::to_string(words.size()) + "; _peercert 2>/dev/null; echo \"${COMPREPLY[*]}\"'";
    return shell(command).second;
}

TEST_F(Completion, BashOffersCommandsOptionsAndValues) {
    const std::string file = script("bash");
    EXPECT_EQ(shell("bash -n " + file), std::make_pair(0, std::string()));
    EXPECT_THAT(bash_offers(file, {"comp"}), HasSubstr("completion"));
    EXPECT_EQ(bash_offers(file, {"completion", "f"}), "fish\n");
    EXPECT_EQ(bash_offers(file, {"completion", "--js"}), "--json\n");
    EXPECT_EQ(bash_offers(file, {"help", "comp"}), "competency completion\n");
    EXPECT_EQ(bash_offers(file, {"nonsense", ""}), "\n");
}

TEST_F(Completion, ZshLoadsTheScript) {
    if (!installed("zsh"))
        GTEST_SKIP() << "zsh is not installed";
    EXPECT_EQ(
        shell("zsh -f -c 'autoload -U compinit; compinit -u -D; source " + script("zsh") + "; whence -w _peercert'"),
        std::make_pair(0, std::string("_peercert: function\n")));
}

TEST_F(Completion, FishOffersCommandsAndValues) {
    if (!installed("fish"))
        GTEST_SKIP() << "fish is not installed";
    const auto [exit, offered] =
        shell("HOME=" + peercert.home().string() + " fish --no-config -c 'source " + script("fish") +
              "; complete -C \"peercert completion z\"; complete -C \"peercert comp\"'");
    EXPECT_EQ(exit, 0);
    EXPECT_THAT(offered, HasSubstr("zsh"));
    EXPECT_THAT(offered, HasSubstr("completion"));
}

TEST(Manual, IsACleanPageWithEveryCommandInIt) {
    RunCli peercert;
    const std::string page = peercert.file("peercert.1", peercert({"man"}).out);
    if (!installed("man"))
        GTEST_SKIP() << "man is not installed";
    const auto [problems_exit, problems] =
        shell("LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z " + page + " 2>&1 >/dev/null");
    EXPECT_EQ(problems_exit, 0);
    EXPECT_EQ(problems, "");
    const std::string text =
        shell("MANWIDTH=200 MANROFFOPT=-c LC_ALL=C.UTF-8 man -P cat -l " + page + " | col -b").second;
    for (const auto& topic : peercert::cli::topics())
        for (const auto& command : topic.commands())
            EXPECT_THAT(text, HasSubstr("peercert " + command.path));
}

} // namespace
