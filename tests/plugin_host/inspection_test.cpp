#include "plugin_host/inspection.hpp"

#include <sys/stat.h>

#include <gmock/gmock.h>

#include <peercert/error.hpp>

#include "plugin_host/child.hpp"
#include "plugin_host/plugin_folder.hpp"

namespace peercert::plugin_host {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string problem_of(const std::string& plugin, std::chrono::milliseconds deadline = std::chrono::seconds{20}) {
    return check_file(built(plugin), deadline).problem;
}

TEST(PluginCheck, ShowsWhatAGoodPluginBringsAndThatItAnswers) {
    const CheckReport report = check_file(built("good"));
    EXPECT_EQ(report.problem, "");
    EXPECT_EQ(report.manifest->id, "good");
    ASSERT_EQ(report.kinds.size(), 1u);
    EXPECT_EQ(report.kinds[0].name, "good:anything");
    EXPECT_EQ(report.kinds[0].help, "anything at all on record");
    EXPECT_EQ(report.kinds[0].tried, "answers");
    EXPECT_EQ(report.clocks.at(0).name, "good:a-day-later");
    EXPECT_EQ(report.clocks.at(0).tried, "answers");
    EXPECT_THAT(report.folders, ElementsAre("good-files"));
}

TEST(PluginCheck, TheHousesOwnPluginsPass) {
    for (const char* plugin : {"wrap", "ecpr", "state_tracks", "local"}) {
        const CheckReport report = check_file(built(plugin));
        EXPECT_EQ(report.problem, "") << plugin;
        for (const auto* brought : {&report.kinds, &report.clocks})
            for (const Brought& one : *brought)
                EXPECT_EQ(one.tried, "answers") << one.name;
    }
}

TEST(PluginCheck, ACrashAnAbortAnExitAndALoopAreSentences) {
    EXPECT_THAT(problem_of("crashes_at_load"),
                HasSubstr("crashes_at_load.so: crashed while loading it (Segmentation fault)"));
    EXPECT_THAT(problem_of("aborts"), HasSubstr("aborts.so: aborted while making the plugin"));
    EXPECT_THAT(problem_of("exits"),
                HasSubstr("exits.so: ended the whole process with exit status 0 while asking what it contributes"));
    EXPECT_THAT(
        problem_of("loops", std::chrono::milliseconds{700}),
        HasSubstr(
            "loops.so: did not come back within 700 ms while loops:for-ever judged somebody with nothing on record"));
}

TEST(PluginCheck, WhatItPrintsIsShownHarmless) {
    EXPECT_THAT(check_file(built("aborts")).said, HasSubstr("the tables ?[31mare gone"));
}

TEST(PluginCheck, WhatItThrowsIsASentence) {
    EXPECT_THAT(problem_of("throws_at_load"), HasSubstr("cannot be loaded: no licence file"));
    EXPECT_THAT(problem_of("throws_in_factory"), HasSubstr("its factory did not make a plugin: the factory?is closed"));
    EXPECT_THAT(problem_of("throws_in_contribute"), HasSubstr("no std::exception"));
    EXPECT_THAT(problem_of("foreign_name"), HasSubstr("foreign_name:word"));
}

TEST(PluginCheck, AFileThatIsNoPluginIsNotEvenLoaded) {
    PluginFolder folder;
    EXPECT_THAT(check_file(folder.write("text.so", "hello")).problem, HasSubstr("is no shared library"));
    EXPECT_THAT(check_file(folder / "absent.so").problem, HasSubstr("there is no such file"));
    EXPECT_THAT(check_file(folder.path()).problem, HasSubstr("is a folder"));
    fs::create_symlink(built("good"), folder / "link.so");
    EXPECT_THAT(check_file(folder / "link.so").problem, HasSubstr("is a symbolic link"));
    EXPECT_THAT(problem_of("newer_sdk"), HasSubstr("SDK 1.2"));
}

TEST(ChildProcess, ThatTellsWithoutEndOrWritesFilesIsEnded) {
    const ChildEnd loud = run_in_child(
        [](const Reporter& reporter) {
            for (;;)
                reporter.say("kind\t" + std::string(1000, 'x'));
        },
        std::chrono::seconds{20});
    EXPECT_EQ(loud.how, ChildEnd::How::too_much);
    const ChildEnd writing = run_in_child(
        [](const Reporter&) {
            std::FILE* file = std::fopen("/tmp/peercert-child-writes", "w");
            if (file != nullptr && (std::fputs("x", file) < 0 || std::fflush(file) != 0))
                std::_Exit(9);
        },
        std::chrono::seconds{20});
    fs::remove("/tmp/peercert-child-writes");
    EXPECT_EQ(writing.how, ChildEnd::How::killed);
    EXPECT_EQ(writing.number, SIGXFSZ);
}

TEST(PluginFolders, ListEveryFileWithItsStandingAndRunNone) {
    PluginFolder folder;
    folder.trust("good");
    folder.trust("newer_sdk");
    fs::remove(folder.trust("misbehaves"));
    folder.copy("aborts");
    folder.write("readme.txt", "hello");
    const std::vector<FolderEntry> all = list_folder(folder.settings());
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].standing, FolderEntry::Standing::loads);
    EXPECT_EQ(all[0].manifest->version, "1.2.3");
    EXPECT_EQ(all[1].standing, FolderEntry::Standing::refused);
    EXPECT_THAT(all[1].problem, HasSubstr("SDK 1.2"));
    EXPECT_EQ(all[2].standing, FolderEntry::Standing::missing);
    EXPECT_EQ(all[3].file, "aborts.so");
    EXPECT_EQ(all[3].standing, FolderEntry::Standing::not_trusted);
    EXPECT_EQ(all[3].manifest->id, "aborts");
}

TEST(Trusting, WritesTheDigestThatTheHostThenAccepts) {
    PluginFolder folder;
    folder.list("# by hand\n");
    folder.copy("good");
    const Trusted dry = trust_file(folder.settings(), folder / "good.so", true);
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), "# by hand\n");
    const Trusted done = trust_file(folder.settings(), folder / "good.so", false);
    EXPECT_EQ(done.before, "");
    EXPECT_EQ(done.sha256, dry.sha256);
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), "# by hand\ngood.so " + done.sha256 + "\n");
    EXPECT_FALSE(fs::exists(folder / "plugins.allow.new"));
    EXPECT_EQ(Host(folder.settings()).plugins().size(), 1u);

    folder.copy("same_id", "good");
    const Trusted again = trust_file(folder.settings(), folder / "good.so", false);
    EXPECT_EQ(again.before, done.sha256);
    EXPECT_NE(again.sha256, done.sha256);
    EXPECT_EQ(Host(folder.settings()).plugins().at(0).version, "9.9.9");
}

TEST(Trusting, IsTakenBackAlsoOfAFileThatIsGone) {
    PluginFolder folder;
    folder.list("# by hand\n");
    trust_file(folder.settings(), folder.copy("good"), false);
    const std::string both = bytes_of(folder / "plugins.allow");
    fs::remove(folder / "good.so");
    ASSERT_EQ(list_folder(folder.settings()).at(0).standing, FolderEntry::Standing::missing);
    EXPECT_THAT(list_folder(folder.settings()).at(0).problem, HasSubstr("peercert plugin distrust good.so"));
    EXPECT_EQ(distrust_file(folder.settings(), "good.so", true).size(), 64u);
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), both) << "a dry run";
    EXPECT_EQ(distrust_file(folder.settings(), folder / "good.so", false).size(), 64u);
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), "# by hand\n");
    EXPECT_EQ(Host(folder.settings()).plugins().size(), 0u);
    const auto refused = [&](const fs::path& file) {
        try {
            distrust_file(folder.settings(), file, false);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::internal;
    };
    EXPECT_EQ(refused("good.so"), ErrorCode::not_found);
    EXPECT_EQ(refused("/elsewhere/good.so"), ErrorCode::invalid_input);
}

TEST(PluginFolders, ShowAFileWhoseIdIsTaken) {
    PluginFolder folder;
    folder.trust("good");
    folder.trust("same_id");
    const std::vector<FolderEntry> all = list_folder(folder.settings());
    EXPECT_EQ(all.at(0).standing, FolderEntry::Standing::loads);
    EXPECT_EQ(all.at(1).standing, FolderEntry::Standing::refused);
    EXPECT_THAT(all.at(1).problem, HasSubstr("its id \"good\" is taken by"));
}

TEST(Trusting, BeginsAListWhereNoneWas) {
    PluginFolder folder;
    fs::remove(folder / "plugins.allow");
    trust_file(folder.settings(), folder.copy("good"), false);
    EXPECT_EQ(Host(folder.settings()).plugins().size(), 1u);
    EXPECT_EQ(fs::status(folder / "plugins.allow").permissions(), fs::perms(0644));
}

TEST(Trusting, RefusesWhatIsBadOrElsewhereAndLeavesTheListAlone) {
    PluginFolder folder;
    folder.trust("good");
    const std::string before = bytes_of(folder / "plugins.allow");
    const auto refused = [&](const fs::path& file) {
        try {
            trust_file(folder.settings(), file, false);
            return std::string("trusted");
        } catch (const Error& error) {
            return std::string(error.what());
        }
    };
    EXPECT_THAT(refused(folder.copy("aborts")), HasSubstr("aborted while making the plugin"));
    EXPECT_THAT(refused(folder.write("text.so", "hello")), HasSubstr("is no shared library"));
    EXPECT_THAT(refused(built("good")), HasSubstr("only files of the plugin folder"));
    EXPECT_THAT(refused(folder.copy("good", "Good")), HasSubstr("a plugin's file name"));
    EXPECT_THAT(refused(folder / "absent.so"), HasSubstr("there is no such file"));
    const fs::path open = folder.copy("good", "open");
    fs::permissions(open, fs::perms(0666));
    EXPECT_THAT(refused(open), HasSubstr("can be written to"));
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), before);

    EXPECT_THAT(refused(folder.copy("same_id")), HasSubstr("same_id.so: its id \"good\" is taken by"));
    EXPECT_THAT(refused(folder.copy("same_folder")),
                HasSubstr("same_folder.so: its folder \"good-files\" is taken by"));
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), before);

    folder.list("nonsense\n");
    EXPECT_THAT(refused(folder.copy("good")), HasSubstr("plugins.allow:1: "));
    EXPECT_EQ(bytes_of(folder / "plugins.allow"), "nonsense\n");
}

} // namespace
} // namespace peercert::plugin_host
