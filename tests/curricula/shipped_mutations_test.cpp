#include "services/mutation_check.hpp"

#include <thread>

#include "plugin_host/plugin_host.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

const std::filesystem::path source(PEERCERT_SOURCE_DIR);

/// Files whose cases are not complete yet, each with how many changes may still go unnoticed. May only shrink.
std::map<std::string, std::size_t> not_yet_proven() {
    std::map<std::string, std::size_t> files;
    std::ifstream list(source / "tests/curricula/not_yet_proven.txt");
    EXPECT_TRUE(list.is_open());
    for (std::string line; std::getline(list, line);)
        if (!line.empty() && line.front() != '#')
            files.emplace(line.substr(0, line.find(' ')), std::stoul(line.substr(line.find(' ') + 1)));
    return files;
}

TEST(ShippedMutations, EveryChangeOfARuleMakesSomeCaseFail) {
    plugin_host::Settings settings;
    settings.folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "plugins";
    const plugin_host::Host host(settings);
    const Catalogue catalogue = Catalogue::load({{source / "curricula", "shipped"}}, &host.kinds());
    ASSERT_FALSE(has_errors(catalogue.problems())) << to_text(catalogue.problems());
    std::map<std::string, std::size_t> allowed = not_yet_proven();
    std::size_t changes = 0;
    for (const auto& edition : catalogue.all()) {
        std::string cases = edition->file;
        cases.replace(cases.rfind(".yaml"), 5, ".cases.yaml");
        ASSERT_TRUE(std::filesystem::exists(cases)) << cases;
        const services::MutationReport report =
            services::check_mutations(catalogue, host.kinds(), {edition->file, read_file(edition->file)},
                                      {cases, read_file(cases)}, std::max(1U, std::thread::hardware_concurrency()));
        changes += report.changes;
        EXPECT_EQ(to_text(report.problems), "");
        const std::string name = std::filesystem::relative(edition->file, source / "curricula").string();
        const auto listed = allowed.find(name);
        if (listed == allowed.end()) {
            for (const Mutation& one : report.survivors)
                ADD_FAILURE() << one.place << ": no case fails when \"" << one.was << "\" becomes \"" << one.becomes
                              << "\" (in " << where_text(one.where) << ")";
            continue;
        }
        EXPECT_LE(report.survivors.size(), listed->second) << name << ": its cases notice less than they did";
        EXPECT_GT(report.survivors.size(), 0U) << name << " is proven: take it out of not_yet_proven.txt";
        allowed.erase(listed);
    }
    for (const auto& [name, count] : allowed)
        ADD_FAILURE() << "not_yet_proven.txt names " << name << ", which is no edition";
    EXPECT_GT(changes, 600U);
}

} // namespace
