#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/parser.hpp"
#include "support/run_cli.hpp"

namespace {

using namespace peercert::cli;
using peercert::tests::CliResult;
using peercert::tests::RunCli;
using testing::HasSubstr;
using testing::Not;

class CommandLine : public testing::Test {
protected:
    RunCli peercert;
};

std::vector<std::string> words_of(const std::string& path) {
    const auto blank = path.find(' ');
    if (blank == std::string::npos)
        return {path};
    return {path.substr(0, blank), path.substr(blank + 1)};
}

TEST_F(CommandLine, NothingAskedIsNotAnAnswer) {
    const CliResult result = peercert({});
    EXPECT_EQ(result.exit, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("peercert help COMMAND"));
    EXPECT_EQ(peercert({"help"}).exit, 0);
    EXPECT_EQ(peercert({"help"}).out, peercert({"--help"}).out);
}

TEST_F(CommandLine, EveryCommandExplainsItself) {
    const std::string overview = peercert({"help"}).out;
    for (const Topic& topic : topics()) {
        EXPECT_THAT(overview, HasSubstr(std::string(topic.noun)));
        bool compared = false;
        for (const Command& command : topic.commands()) {
            SCOPED_TRACE(command.path);
            ASSERT_FALSE(command.summary.empty());
            EXPECT_NE(command.summary.back(), '.');
            EXPECT_FALSE(command.json.empty()) << "the shape of --json is a promise";
            EXPECT_TRUE(command.run);
            auto words = words_of(command.path);
            EXPECT_EQ(words.front(), topic.noun);
            words.push_back("--help");
            const CliResult result = peercert(words);
            EXPECT_EQ(result.exit, 0);
            EXPECT_THAT(result.out, HasSubstr(command.summary));
            for (const Option& option : command.options) {
                EXPECT_THAT(result.out, HasSubstr("--" + option.name));
                for (const std::string& word : option.allowed) // completion offers them one by one
                    EXPECT_EQ(word.find(' '), std::string::npos) << word;
            }
            if (compared)
                continue;
            compared = true; // both ways of asking give the same; one a noun is enough
            words.pop_back();
            words.insert(words.begin(), "help");
            EXPECT_EQ(peercert(words).out, result.out);
        }
    }
}

/// An example that does not parse is a lie in the manual.
TEST(Examples, AreCommandLinesThatParse) {
    for (const Topic& topic : topics())
        for (const Command& command : topic.commands())
            for (const Example& example : command.examples) {
                SCOPED_TRACE(example.command);
                std::vector<std::string> words;
                std::string word;
                char quote = 0;
                bool open = false;
                for (const char c : example.command + " ") {
                    if (quote ? c == quote : c == '"' || c == '\'') {
                        quote = quote ? '\0' : c;
                        open = true;
                    } else if (!quote && c == ' ') {
                        if (open)
                            words.push_back(word);
                        word.clear();
                        open = false;
                    } else {
                        word += c;
                        open = true;
                    }
                }
                const auto end = std::find_if(words.begin(), words.end(), [](const std::string& each) {
                    return each == "|" || each == ">" || each == "<" || each == "&&";
                });
                words.erase(end, words.end());
                Asked asked;
                EXPECT_NO_THROW(asked = parse(words));
                EXPECT_EQ(asked.command.path, command.path);
            }
}

TEST(CommonOptions, EveryCommandThatChangesSomethingTakesYesAndARehearsal) {
    for (const Topic& topic : topics())
        for (const Command& command : topic.commands()) {
            const bool changes = command.effect == Effect::writes || command.effect == Effect::decides;
            for (const char* name : {"yes", "dry-run"}) {
                const auto options = common_options(command.effect);
                EXPECT_EQ(
                    std::any_of(options.begin(), options.end(), [&](const Option& one) { return one.name == name; }),
                    changes)
                    << command.path << " --" << name;
            }
            for (const Option& own : command.options)
                EXPECT_NE(own.name, "yes") << command.path;
        }
}

TEST_F(CommandLine, WhatFollowsTwoDashesIsNoOption) {
    peercert.set("PEERCERT_DB", "a.db");
    peercert({"init", "--demo"});
    EXPECT_EQ(peercert({"person", "add", "--born", "1980-01-01", "--", "-Ana Ruiz-"}).exit, 0);
    EXPECT_THAT(peercert({"person", "list"}).out, HasSubstr("-Ana Ruiz-"));
    EXPECT_EQ(peercert({"person", "add", "--", "--", "x"}).exit, 2);
    EXPECT_EQ(peercert({"person", "add", "--", "--born"}).exit, 0) << "it is a name there";
}

TEST_F(CommandLine, WhatMayBeGivenSeveralTimesMay) {
    const auto course = [&](const std::string& code) {
        return peercert.file(code + ".yaml", "course: " + code + "\ntitle: A Course\n");
    };
    const CliResult two = peercert({"curriculum", "check", "--json", course("one"), course("two")});
    EXPECT_EQ(two.exit, 0) << two.err;
    EXPECT_EQ(nlohmann::json::parse(two.out)["files"], 2);
    const CliResult once = peercert({"curriculum", "explain", course("one"), course("two")});
    EXPECT_EQ(once.exit, 2);
    EXPECT_THAT(once.err, HasSubstr("two.yaml"));
}

TEST_F(CommandLine, AnEmptyListSaysSoBesideTheAnswer) {
    peercert.set("PEERCERT_DB", "a.db");
    peercert({"init"});
    const CliResult result = peercert({"application", "list"});
    EXPECT_EQ(result.exit, 0);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr("nothing to list"));
    EXPECT_EQ(peercert({"application", "list", "--quiet"}).err, "");
    EXPECT_EQ(peercert({"application", "list", "--json"}).err, "");
}

TEST_F(CommandLine, MistypedWordsAreGuessed) {
    EXPECT_THAT(peercert({"completon"}).err, HasSubstr("did you mean peercert completion?"));
    EXPECT_THAT(peercert({"completion", "bsh"}).err, HasSubstr("did you mean bash?"));
    EXPECT_THAT(peercert({"completion", "bash", "--jsn"}).err, HasSubstr("did you mean --json?"));
    EXPECT_THAT(peercert({"nonsense"}).err, Not(HasSubstr("did you mean")));
    for (const auto& words :
         {std::vector<std::string>{"completon"}, {"completion", "bsh"}, {"completion", "bash", "--jsn"}}) {
        EXPECT_EQ(peercert(words).exit, 2);
        EXPECT_EQ(peercert(words).out, "");
    }
}

TEST_F(CommandLine, FailuresUnderJsonAreOneObjectOnStandardError) {
    const CliResult result = peercert({"completion", "bsh", "--json"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_EQ(result.out, "");
    const auto problem = nlohmann::json::parse(result.err);
    EXPECT_EQ(problem["error"]["code"], "usage");
    EXPECT_EQ(problem["error"]["exit"], 2);
}

TEST_F(CommandLine, WhatWasTypedIsShownWithoutItsControlCharacters) {
    const CliResult result = peercert({"completion", "\x1b]0;owned\x07\xe2\x80\xae"});
    EXPECT_THAT(result.err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(result.err, Not(HasSubstr("\xe2\x80\xae")));
    EXPECT_THAT(result.err, HasSubstr("\\x1b]0;owned\\x07\\u202e"));
}

TEST_F(CommandLine, AnAnswerThatCannotBeWrittenIsNoSuccess) {
    if (!std::filesystem::exists("/dev/full"))
        GTEST_SKIP() << "no /dev/full here";
    const std::string command = RunCli::program().string() + " man >/dev/full 2>/dev/null";
    const int status = std::system(command.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 8);
}

TEST_F(CommandLine, VersionIsTheSameHoweverAsked) {
    EXPECT_EQ(peercert({"version"}).out, peercert({"--version"}).out);
    EXPECT_EQ("peercert " + nlohmann::json::parse(peercert({"version", "--json"}).out)["version"].get<std::string>() +
                  "\n",
              peercert({"version"}).out);
}

TEST(ExitCodes, AreDistinctAndNamed) {
    std::vector<int> codes;
    std::vector<std::string> words;
    for (const ExitMeaning& meaning : exit_meanings()) {
        codes.push_back(static_cast<int>(meaning.code));
        words.emplace_back(meaning.word);
        EXPECT_EQ(word_for(meaning.code), meaning.word);
    }
    // Stable: a script may rely on each of them.
    EXPECT_THAT(codes, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
    std::sort(words.begin(), words.end());
    EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
}

} // namespace
