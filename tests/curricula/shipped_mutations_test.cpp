#include "services/mutation_check.hpp"

#include <thread>

#include "plugin_host/plugin_host.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

const std::filesystem::path source(PEERCERT_SOURCE_DIR);

/// A number, comparison, day or choice that no case guards could be mistyped tomorrow and nobody would see it.
TEST(ShippedMutations, EveryChangeOfARuleMakesSomeCaseFail) {
    plugin_host::Settings settings;
    settings.folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "plugins";
    const plugin_host::Host host(settings);
    const Catalogue catalogue = Catalogue::load({{source / "curricula", "shipped"}}, &host.kinds());
    ASSERT_FALSE(has_errors(catalogue.problems())) << to_text(catalogue.problems());
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
        for (const Mutation& one : report.survivors)
            ADD_FAILURE() << one.place << ": no case fails when \"" << one.was << "\" becomes \"" << one.becomes
                          << "\" (in " << where_text(one.where) << ")";
    }
    EXPECT_GT(changes, 600U);
}

} // namespace
