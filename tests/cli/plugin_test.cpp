#include <gmock/gmock.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "plugin_host/plugin_folder.hpp"
#include "support/run_cli.hpp"

namespace peercert::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using plugin_host::built;
using plugin_host::PluginFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class PluginCommands : public testing::Test {
protected:
    PluginCommands() { peercert.set("PEERCERT_PLUGINS", folder.path()); }

    RunCli peercert;
    PluginFolder folder;
};

TEST_F(PluginCommands, ListSaysWhatLoadsWhatWouldStopTheStartAndWhatIsNotTrusted) {
    folder.trust("good");
    folder.copy("wrap");
    CliResult listed = peercert({"plugin", "list", "--json"});
    EXPECT_EQ(listed.exit, 0) << listed.err;
    json answer = json::parse(listed.out);
    EXPECT_EQ(answer["folder"], folder.path().string());
    EXPECT_EQ(answer["plugins"][0]["id"], "good");
    EXPECT_EQ(answer["plugins"][0]["standing"], "loads");
    EXPECT_EQ(answer["plugins"][0]["problem"], nullptr);
    EXPECT_EQ(answer["plugins"][1]["standing"], "not_trusted");

    folder.trust("newer_sdk");
    listed = peercert({"plugin", "list"});
    EXPECT_EQ(listed.exit, 1);
    EXPECT_THAT(listed.out, AllOf(HasSubstr("good\t1.2.3\tloads\t"), HasSubstr("refused\t"), HasSubstr("SDK 1.2")));
}

TEST_F(PluginCommands, AFolderThatOthersCanWriteToIsRefusedWithItsOwnExitCode) {
    fs::permissions(folder.path(), fs::perms(0777));
    const CliResult listed = peercert({"plugin", "list"});
    EXPECT_EQ(listed.exit, 7);
    EXPECT_THAT(listed.err, HasSubstr("can be written to"));
    EXPECT_THAT(listed.out, IsEmpty());
}

TEST_F(PluginCommands, ShowTellsWhatATrustedPluginBringsAndHowItsKindsAreWritten) {
    folder.trust("wrap");
    const CliResult shown = peercert({"plugin", "show", "wrap"});
    EXPECT_EQ(shown.exit, 0) << shown.err;
    EXPECT_THAT(shown.out, AllOf(HasSubstr("wrap:components"), HasSubstr("units: ["), HasSubstr("SHA-256")));
    const CliResult unknown = peercert({"plugin", "show", "wrp"});
    EXPECT_EQ(unknown.exit, 4);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean \"wrap\"?"));
}

TEST_F(PluginCommands, WhatIsNotTrustedIsNotRunByShow) {
    folder.copy("aborts");
    const CliResult shown = peercert({"plugin", "show", "aborts"});
    EXPECT_EQ(shown.exit, 1);
    EXPECT_THAT(shown.out, AllOf(HasSubstr("Aborts while it is made"), HasSubstr("not on the list")));
}

TEST_F(PluginCommands, CheckOutlivesAPluginThatAbortsCrashesExitsOrHangs) {
    for (const auto& [plugin, sentence] :
         std::map<std::string, std::string>{{"aborts", "aborted while making the plugin"},
                                            {"crashes_at_load", "crashed while loading it"},
                                            {"exits", "ended the whole process with exit status 0"},
                                            {"loops", "did not come back within 1000 ms"},
                                            {"throws_at_load", "no licence file"}}) {
        const CliResult checked = peercert({"plugin", "check", built(plugin), "--seconds", "1", "--json"});
        EXPECT_EQ(checked.exit, 1) << plugin;
        const json answer = json::parse(checked.out);
        EXPECT_EQ(answer["passes"], false);
        EXPECT_THAT(answer["problem"].get<std::string>(), HasSubstr(sentence));
    }
    const CliResult good = peercert({"plugin", "check", built("good")});
    EXPECT_EQ(good.exit, 0) << good.out << good.err;
    EXPECT_THAT(good.out,
                HasSubstr("loads and answers; whether its answers are right only its author's tests can show"));
}

TEST_F(PluginCommands, CheckSaysThatAFileOthersMayWriteToWouldNotBeTrusted) {
    const fs::path file = fs::path(folder.path()) / "good.so";
    folder.copy("good");
    fs::permissions(file, fs::perms(0666));
    const CliResult open = peercert({"plugin", "check", file});
    EXPECT_EQ(open.exit, 0) << open.out << open.err;
    EXPECT_THAT(open.out, HasSubstr("it would not be trusted as it lies here: " + file.string() +
                                    ": can be written to by its group or by everybody; run: chmod go-w"));
    EXPECT_THAT(json::parse(peercert({"plugin", "check", file, "--json"}).out)["exposed"].get<std::string>(),
                HasSubstr("chmod go-w"));
    EXPECT_EQ(peercert({"plugin", "trust", file}).exit, 7);
    fs::permissions(file, fs::perms(0644));
    EXPECT_TRUE(json::parse(peercert({"plugin", "check", file, "--json"}).out)["exposed"].is_null());
    EXPECT_EQ(peercert({"plugin", "trust", file}).exit, 0);
}

TEST_F(PluginCommands, AFileThatIsNoPluginIsDamagedRatherThanNotTrusted) {
    folder.copy("good");
    std::string bytes = plugin_host::bytes_of(folder / "good.so");
    std::ofstream(folder / "short.so", std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    std::ofstream(folder / "text.so") << "hello";
    folder.copy("newer_sdk"); // whole, though this peercert could not load it
    const CliResult listed = peercert({"plugin", "list", "--json"});
    EXPECT_EQ(listed.exit, 0) << "what is not on the list stops nothing";
    std::map<std::string, std::string> standing;
    const json answer = json::parse(listed.out);
    for (const json& one : answer["plugins"])
        standing[one["file"]] = one["standing"];
    EXPECT_EQ(standing["good.so"], "not_trusted");
    EXPECT_EQ(standing["newer_sdk.so"], "not_trusted");
    EXPECT_EQ(standing["short.so"], "damaged");
    EXPECT_EQ(standing["text.so"], "damaged");
    EXPECT_THAT(peercert({"plugin", "list"}).out, HasSubstr("text.so\t-\tdamaged\t"));
}

TEST_F(PluginCommands, TrustWritesTheListOnceItHasBeenTriedAndADryRunDoesNot) {
    const std::string before = plugin_host::bytes_of(folder / "plugins.allow");
    const std::string file = folder.copy("good");
    EXPECT_EQ(peercert({"plugin", "trust", file, "--dry-run"}).exit, 0);
    EXPECT_EQ(plugin_host::bytes_of(folder / "plugins.allow"), before);
    const CliResult done = peercert({"plugin", "trust", file, "--json"});
    EXPECT_EQ(done.exit, 0) << done.err;
    EXPECT_EQ(json::parse(done.out)["written"], true);
    EXPECT_EQ(peercert({"plugin", "list"}).exit, 0);
    EXPECT_THAT(peercert({"plugin", "list"}).out, HasSubstr("good\t1.2.3\tloads"));
    EXPECT_EQ(json::parse(peercert({"plugin", "trust", file, "--json"}).out)["written"], false);

    const CliResult refused = peercert({"plugin", "trust", folder.copy("aborts")});
    EXPECT_EQ(refused.exit, 7);
    EXPECT_THAT(refused.err, HasSubstr("aborted while making the plugin"));
    EXPECT_EQ(peercert({"plugin", "trust", built("good")}).exit, 3);
}

TEST_F(PluginCommands, AConfiguredPluginThatIsMissingOrRefusedStopsWhateverNeedsIt) {
    for (const char* plugin : {"wrap", "ecpr", "state_tracks", "local"})
        folder.trust(plugin);
    EXPECT_EQ(peercert({"curriculum", "list"}).exit, 0);
    fs::remove(folder / "ecpr.so");
    folder.copy("good", "wrap");
    const CliResult stopped = peercert({"curriculum", "list"});
    EXPECT_EQ(stopped.exit, 7);
    EXPECT_THAT(stopped.out, IsEmpty());
    EXPECT_THAT(stopped.err, AllOf(HasSubstr("ecpr.so: there is no such file"),
                                   HasSubstr("wrap.so: is not the file that was trusted")));
}

TEST_F(PluginCommands, AFolderWithoutAListSaysHowToMakeOne) {
    fs::remove(folder.path() / "plugins.allow");
    const CliResult listed = peercert({"plugin", "list"});
    EXPECT_EQ(listed.exit, 4);
    EXPECT_THAT(listed.err, AllOf(HasSubstr("has no list of what may be loaded"), HasSubstr("plugin trust FILE")));
    const fs::path good = folder.copy("good");
    EXPECT_EQ(peercert({"plugin", "trust", good.string()}).exit, 0) << "and that is the way";
    EXPECT_EQ(peercert({"plugin", "list"}).exit, 0);
}

} // namespace
} // namespace peercert::tests
