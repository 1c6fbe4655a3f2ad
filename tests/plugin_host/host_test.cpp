#include "plugin_host/plugin_host.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>

#include <peercert/error.hpp>

#include "plugin_host/elf_file.hpp"
#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/plugin_folder.hpp"
#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string refusal(const Settings& settings) {
    try {
        const Host host(settings);
        return "started";
    } catch (const Error& error) {
        EXPECT_NE(error.code(), ErrorCode::internal);
        return error.what();
    }
}

class PluginHost : public testing::Test {
protected:
    PluginFolder folder;
    std::string start() const { return refusal(folder.settings()); }
};

TEST_F(PluginHost, LoadsWhatIsOnTheListAndSaysWhatItBrings) {
    folder.trust("good");
    const Host host(folder.settings());
    ASSERT_EQ(host.plugins().size(), 1u);
    const PluginInfo& info = host.plugins().front();
    EXPECT_EQ(info.id, "good");
    EXPECT_EQ(info.version, "1.2.3");
    EXPECT_EQ(info.file, "good.so");
    EXPECT_EQ(info.sha256.size(), 64u);
    EXPECT_EQ(info.sdk, "1.1");
    EXPECT_THAT(info.kinds, ElementsAre("good:anything"));
    EXPECT_THAT(info.clocks, ElementsAre("good:a-day-later"));
    EXPECT_THAT(info.folders, ElementsAre("good-files"));
    EXPECT_EQ(host.plugin_of("good:anything"), &info);
    EXPECT_EQ(host.plugin_of("good:nothing"), nullptr);
    EXPECT_EQ(host.kinds().builds_of({"nobody", "good"}), "good 1.2.3 sha256:" + info.sha256);

    Vocabulary words;
    Record record;
    record.entries.push_back({.id = EntryId{1}});
    const Finding finding = host.kinds().kind("good:anything")->evaluate(record, {}, {Date{}, words});
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(finding.kind, "good:anything");
}

TEST_F(PluginHost, AFileThatIsNotOnTheListIsLeftAlone) {
    folder.copy("aborts");
    folder.write("notes.txt", "hello");
    EXPECT_EQ(start(), "started");
    EXPECT_TRUE(Host(folder.settings()).plugins().empty());
}

TEST_F(PluginHost, AConfiguredPluginThatIsMissingStopsTheStart) {
    fs::remove(folder.trust("good"));
    EXPECT_THAT(start(), AllOf(HasSubstr("good.so"), HasSubstr("there is no such file")));
}

TEST_F(PluginHost, EveryProblemIsSaidAtOnceAndNothingRuns) {
    folder.trust("aborts"); // would end this process if it were loaded
    folder.trust("newer_sdk");
    fs::remove(folder.trust("good"));
    EXPECT_THAT(start(), AllOf(HasSubstr("newer_sdk.so: was built for SDK 1.2"), HasSubstr("good.so: there is no")));
}

TEST_F(PluginHost, AFileThatIsNotTheOneThatWasTrustedIsRefused) {
    folder.trust("good");
    folder.copy("same_id", "good");
    EXPECT_THAT(start(),
                AllOf(HasSubstr("good.so: is not the file that was trusted"), HasSubstr("peercert plugin trust")));
}

TEST_F(PluginHost, NothingButAWholePluginIsLoaded) {
    const std::string good = bytes_of(built("good"));
    const auto start_with = [](const std::string& bytes) {
        PluginFolder own;
        own.trust_bytes("one.so", bytes);
        return refusal(own.settings());
    };
    EXPECT_THAT(start_with(""), HasSubstr("is no shared library"));
    EXPECT_THAT(start_with("#!/bin/sh\n"), HasSubstr("is no shared library"));
    EXPECT_THAT(start_with(good.substr(0, good.size() / 2)), HasSubstr("cut short"));
    for (const auto& [plugin, sentence] : std::map<std::string, std::string>{
             {"no_manifest", "exports no peercert_manifest"},
             {"wrong_abi", "build the plugin with the same compiler and flags"},
             {"newer_sdk", "it needs a newer peercert"},
             {"no_factory", "its factory did not make a plugin"},
             {"undefined_symbol", "nobody_defines_this"},
             {"throws_in_factory", "its factory did not make a plugin: the factory?is closed"},
             {"throws_in_contribute", "could not contribute: something that is no std::exception"},
             {"foreign_name", "its names look like foreign_name:word"}}) {
        PluginFolder own;
        own.trust(plugin);
        EXPECT_THAT(refusal(own.settings()), AllOf(HasSubstr(plugin + ".so: "), HasSubstr(sentence)));
    }
}

TEST_F(PluginHost, AnExceptionOfAStaticInitialiserIsASentenceToo) {
    folder.trust("throws_at_load");
    // The loader's lock stays taken by the thread it flew through, so this happens in a process of its own.
    EXPECT_EXIT(
        {
            std::fputs(start().c_str(), stderr);
            std::_Exit(3);
        },
        testing::ExitedWithCode(3), "throws_at_load.so: cannot be loaded: no licence file");
}

TEST_F(PluginHost, TwoPluginsOfOneIdAreRefusedBeforeEitherRuns) {
    folder.trust("good");
    folder.trust("same_id");
    EXPECT_THAT(start(), AllOf(HasSubstr("same_id.so: its id \"good\" is taken by"), HasSubstr("good.so")));
}

TEST_F(PluginHost, AFolderOfFilesHasOnePluginToAnswerForIt) {
    folder.trust("good");
    folder.trust("same_folder");
    EXPECT_THAT(start(), HasSubstr("same_folder.so: its folder \"good-files\" is taken by"));
}

TEST_F(PluginHost, WhatOthersCanWriteToIsRefused) {
    const fs::path file = folder.trust("good");
    for (const unsigned mode : {0664u, 0646u, 0777u}) {
        fs::permissions(file, fs::perms(mode));
        EXPECT_THAT(start(), AllOf(HasSubstr("good.so: can be written to"), HasSubstr("chmod go-w"))) << mode;
    }
    fs::permissions(file, fs::perms(0644));
    for (const fs::path& above : {folder.path(), folder.path().parent_path(), folder / "plugins.allow"}) {
        const fs::perms before = fs::status(above).permissions();
        fs::permissions(above, before | fs::perms::group_write);
        EXPECT_THAT(start(), HasSubstr(above.string() + ": can be written to"));
        fs::permissions(above, before);
    }
    EXPECT_EQ(start(), "started");
}

TEST_F(PluginHost, AStickyFolderIsSafeAboveThePluginFolderButNotAsOne) {
    folder.trust("good");
    fs::permissions(folder.path().parent_path(), fs::perms(01777));
    EXPECT_EQ(start(), "started");
    fs::permissions(folder.path(), fs::perms(01777));
    EXPECT_THAT(start(), HasSubstr("choose a folder of peercert's own"));
}

TEST_F(PluginHost, WhatBelongsToSomebodyElseIsRefused) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "only root can give files away";
    const fs::path file = folder.trust("good");
    ASSERT_EQ(::chown(file.c_str(), 4711, 0), 0);
    EXPECT_THAT(start(), HasSubstr("good.so: belongs to user 4711"));
    ASSERT_EQ(::chown(file.c_str(), 0, 0), 0);
    ASSERT_EQ(::chown(folder.path().c_str(), 4711, 0), 0);
    EXPECT_THAT(start(), HasSubstr("plugins: belongs to user 4711"));
}

TEST_F(PluginHost, SymbolicLinksAreRefusedWhereverTheyLead) {
    const fs::path file = folder.trust("good");
    fs::rename(file, folder / "real.so");
    fs::create_symlink("real.so", file);
    EXPECT_THAT(start(), HasSubstr("good.so: is a symbolic link"));
    fs::remove(file);
    fs::rename(folder / "real.so", file);
    EXPECT_EQ(start(), "started");

    const fs::path link = folder.path().parent_path() / "link";
    fs::create_directory_symlink(folder.path(), link);
    Settings through_link;
    through_link.folder = link;
    EXPECT_THAT(refusal(through_link), HasSubstr("link: is a symbolic link"));
    fs::rename(folder / "plugins.allow", folder / "list");
    fs::create_symlink("list", folder / "plugins.allow");
    EXPECT_THAT(start(), HasSubstr("plugins.allow: is a symbolic link"));
}

TEST_F(PluginHost, FoldersAndPipesInPlaceOfFilesAreRefused) {
    const fs::path file = folder.trust("good");
    fs::remove(file);
    fs::create_directory(file);
    EXPECT_THAT(start(), HasSubstr("good.so: is a folder"));
    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0644), 0);
    EXPECT_THAT(start(), HasSubstr("good.so: is no regular file"));
}

TEST_F(PluginHost, ThePluginFolderIsAnAbsoluteRealPathWithAList) {
    folder.trust("good");
    Settings other = folder.settings();
    other.folder = "plugins";
    EXPECT_THAT(refusal(other), HasSubstr("absolute path"));
    other.folder = folder.path() / ".." / "plugins";
    EXPECT_THAT(refusal(other), HasSubstr("without \"..\""));
    other.folder = folder.path() / "nowhere";
    EXPECT_THAT(refusal(other), HasSubstr("nowhere: there is no such"));
    fs::remove(folder / "plugins.allow");
    EXPECT_THAT(start(), HasSubstr("has no list of what may be loaded"));
    folder.list("good.so abc\n");
    EXPECT_THAT(start(), HasSubstr("plugins.allow:1: "));
}

TEST_F(PluginHost, AListMayLieElsewhereInAFolderThatIsAsSafe) {
    folder.trust("good");
    const fs::path elsewhere = folder.path().parent_path() / "etc";
    fs::create_directory(elsewhere);
    fs::permissions(elsewhere, fs::perms(0755));
    fs::rename(folder / "plugins.allow", elsewhere / "our.list");
    Settings settings = folder.settings();
    settings.allow_list = elsewhere / "our.list";
    EXPECT_EQ(refusal(settings), "started");
    fs::permissions(elsewhere, fs::perms(0777));
    EXPECT_THAT(refusal(settings), HasSubstr("etc: can be written to"));
}

TEST_F(PluginHost, WhatIsLoadedIsWhatWasReadThoughTheNameMeansAnotherFileByThen) {
    const fs::path file = folder.trust("good");
    const Descriptor opened = open_trusted_folder(folder.path());
    FileBytes read = read_trusted_file(opened, folder.path(), "good.so");
    Manifest manifest = read_manifest(read.bytes, "good.so");
    fs::rename(folder.copy("aborts"), file);
    const LoadedPlugin plugin(std::move(read), manifest, "good.so", {}, {});
    EXPECT_EQ(plugin.kinds().front()->name(), "good:anything");
}

TEST_F(PluginHost, HostsOneAfterAnotherNeverGetEachOthersLibrary) {
    folder.trust("good");
    PluginFolder second;
    second.trust("misbehaves");
    for (int round = 0; round < 20; ++round) { // descriptors' numbers are used again and again
        EXPECT_NE(Host(folder.settings()).kinds().kind("good:anything"), nullptr);
        EXPECT_NE(Host(second.settings()).kinds().kind("misbehaves:kind"), nullptr);
    }
    const Host one(folder.settings());
    const Host same(folder.settings());
    EXPECT_NE(one.kinds().kind("good:anything"), same.kinds().kind("good:anything"));
}

} // namespace
} // namespace peercert::plugin_host
