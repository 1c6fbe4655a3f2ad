#include <gmock/gmock.h>

#include <peercert/testkit.hpp>

#include "plugin_host/plugin_folder.hpp"
#include "plugin_host/plugin_host.hpp"

namespace peercert::plugin_host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using testkit::day;

/// The four built libraries, loaded as a server loads them.
class HostedPlugins : public testing::Test {
protected:
    HostedPlugins() {
        for (const char* plugin : {"wrap", "ecpr", "state_tracks", "local"})
            folder.trust(plugin);
        host = std::make_unique<Host>(folder.settings());
    }

    PluginFolder folder;
    std::unique_ptr<Host> host;
    Vocabulary words;
};

TEST_F(HostedPlugins, BringTheirKindsClocksAndFolders) {
    EXPECT_THAT(host->kinds().kind_names(), ElementsAre("ecpr:processes", "wrap:components"));
    EXPECT_THAT(host->kinds().clock_names(), ElementsAre("state_tracks:parity"));
    std::vector<std::string> folders;
    for (const PluginInfo& info : host->plugins())
        folders.insert(folders.end(), info.folders.begin(), info.folders.end());
    EXPECT_THAT(folders,
                testing::IsSupersetOf({"wrap",    "ecpr",     "wi-cps",   "wi-cpps",       "wa-cpc",   "wa-cpss",
                                       "tx-peer", "tx-pss",   "ga-cps",   "nc-nccpss",     "oh-cprs",  "oh-cyps",
                                       "oh-cfps", "ne-cpss",  "ny-nycps", "naadac-ncprss", "mha-ncps", "cprp",
                                       "va-peer", "me-cipss", "local",    "frameworks"}));
    for (const PluginInfo& info : host->plugins())
        EXPECT_FALSE(info.summary.empty());
}

TEST_F(HostedPlugins, EveryFolderOfTheHousesFilesHasAPlugin) {
    std::vector<std::string> answered_for;
    for (const PluginInfo& info : host->plugins())
        answered_for.insert(answered_for.end(), info.folders.begin(), info.folders.end());
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula"))
        if (entry.is_directory() && !std::filesystem::is_empty(entry.path())) {
            EXPECT_THAT(answered_for, testing::Contains(entry.path().filename().string()));
        }
}

TEST_F(HostedPlugins, WrapJudgesThroughTheHostAsByItself) {
    const RequirementKind* kind = host->kinds().kind("wrap:components");
    const Parameters parameters = kind->example();
    kind->check(parameters);
    testkit::RecordBuilder record(words);
    record.on("2024-05-01").attended("wellness-toolbox", 60);
    EXPECT_TRUE(kind->evaluate(record, parameters, {day("2024-12-31"), words}).verdict.is_unmet());
    record.on("2024-05-08").attended("daily-plan", 60);
    const Finding finding = kind->evaluate(record, parameters, {day("2024-12-31"), words});
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(finding.kind, "wrap:components");
    EXPECT_EQ(host->plugin_of("wrap:components")->id, "wrap");
}

TEST_F(HostedPlugins, EcprJudgesThroughTheHostAsByItself) {
    const RequirementKind* kind = host->kinds().kind("ecpr:processes");
    testkit::RecordBuilder record(words);
    for (const char* process : {"ecpr/ECPR.C", "ecpr/ECPR.P", "ecpr/ECPR.R"})
        record.on("2024-06-02").shown(process).tagged({"role play"}).by("ecpr/trainer", "2024-01-01");
    EXPECT_TRUE(kind->evaluate(record, kind->example(), {day("2024-12-31"), words}).verdict.is_met());
}

TEST_F(HostedPlugins, WisconsinsTermsEndInStepThroughTheHost) {
    const TermClock* clock = host->kinds().clock("state_tracks:parity");
    TermQuestion asked;
    asked.issued = day("2023-12-01");
    asked.passing = day("2023-11-20");
    EXPECT_EQ(clock->last_day(asked, clock->example()), day("2025-10-31"));
    EXPECT_FALSE(host->is_disabled("state_tracks"));
}

} // namespace
} // namespace peercert::plugin_host
