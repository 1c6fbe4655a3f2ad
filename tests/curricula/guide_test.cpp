#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/case_runner.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

/// The blocks marked as YAML in the authors' guide.
std::vector<std::string> blocks_of_the_guide() {
    const std::string guide = read_file(std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula/README.md");
    std::vector<std::string> blocks;
    const std::string opening = "```yaml\n", closing = "```\n";
    for (std::size_t at = guide.find(opening); at != std::string::npos; at = guide.find(opening, at + 1)) {
        const std::size_t from = at + opening.size();
        blocks.push_back(guide.substr(from, guide.find(closing, from) - from));
    }
    return blocks;
}

TEST(Guide, ItsWholeFilesReadAndTheirCasesComeOut) {
    plugin_host::Settings settings;
    settings.folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "plugins";
    const plugin_host::Host host(settings);
    const Catalogue catalogue;
    services::CaseRunner runner(catalogue, host.kinds());
    std::vector<std::unique_ptr<Edition>> editions;
    std::size_t files = 0, cases = 0, calendars = 0;
    for (const std::string& block : blocks_of_the_guide()) {
        if (block.starts_with("track: ") || block.starts_with("course: ")) {
            ReadEdition read = read_edition({"README.md", block}, &host.kinds());
            ASSERT_EQ(to_text(read.problems), "") << block;
            editions.push_back(std::make_unique<Edition>(std::move(*read.edition)));
            ++files;
        }
        if (block.starts_with("calendar: ")) {
            ASSERT_FALSE(editions.empty());
            const auto beside = [&](std::string_view code, std::string_view name) {
                return code == calendar_code && name == "example-office" ? std::optional(SourceText{"c.yaml", block})
                                                                         : std::nullopt;
            };
            const ReadEdition read = read_edition(
                {"README.md", "closed days: example-office\n" + editions.back()->full_text}, &host.kinds(), beside);
            EXPECT_EQ(to_text(read.problems), "");
            ++calendars;
        }
        if (!block.starts_with("cases for: ") || editions.empty() ||
            cases_for({"README.md", block}).first != editions.back()->code)
            continue;
        const ReadCases read = read_cases({"README.md", block}, *editions.back());
        ASSERT_EQ(to_text(read.problems), "");
        for (const Case& one : read.cases.cases) {
            EXPECT_TRUE(runner.run(*editions.back(), one).as_expected()) << one.name;
            ++cases;
        }
    }
    EXPECT_GE(files, 2U);
    EXPECT_GE(cases, 4U);
    EXPECT_EQ(calendars, 1U);
}

} // namespace
