#include <random>

#include "curricula/case.hpp"
#include "curricula/catalogue.hpp"
#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

/// Whatever the bytes: problems with places, or an edition that can be read aloud. Never a crash, never an endless
/// loop.
void read_and_use(const std::string& text) {
    const ReadEdition read = read_edition({"f.yaml", text}, nullptr);
    for (const Problem& problem : read.problems) {
        ASSERT_EQ(problem.file, "f.yaml");
        ASSERT_FALSE(problem.sentence.empty());
    }
    ASSERT_TRUE(read.edition || has_errors(read.problems));
    if (!read.edition)
        return;
    for (const Step& step : read.edition->steps)
        explain(*read.edition, step);
    explain_after_expiry(*read.edition);
    gaps(*read.edition);
    const Edition again = from_full_text({"f.yaml", read.edition->full_text}, nullptr);
    ASSERT_EQ(again.digest, read.edition->digest);
}

std::vector<std::pair<std::string, std::string>> shipped_texts() {
    std::vector<std::pair<std::string, std::string>> texts;
    const Catalogue catalogue =
        Catalogue::load({{std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula", "shipped"}}, nullptr);
    for (const auto& edition : catalogue.all())
        texts.emplace_back(edition->code, edition->full_text);
    return texts;
}

TEST(Robustness, RandomBytesAreRefused) {
    std::mt19937 random(20240229);
    for (int round = 0; round < 2000; ++round) {
        std::string text(random() % 200, '\0');
        for (char& c : text)
            c = static_cast<char>(random() % 4 == 0 ? random() : "\n -:[]{}\"'#&*!|>%@`?,abc019"[random() % 28]);
        read_and_use(text);
    }
}

TEST(Robustness, DamagedFilesAreRefusedOrRead) {
    std::mt19937 random(1);
    for (const auto& [code, text] : shipped_texts()) {
        SCOPED_TRACE(code);
        for (int round = 0; round < 40; ++round) {
            std::string damaged = text;
            for (std::size_t times = 1 + random() % 4; times > 0 && damaged.size() > 20; --times) {
                const std::size_t at = random() % damaged.size();
                switch (random() % 4) {
                case 0: damaged.erase(at, 1 + random() % 20); break;
                case 1: damaged[at] = static_cast<char>(random()); break;
                case 2: damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 40)); break;
                default: damaged.resize(at);
                }
            }
            read_and_use(damaged);
        }
    }
}

TEST(Robustness, DamagedCasesAreRefusedOrRead) {
    const Catalogue catalogue =
        Catalogue::load({{std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula", "shipped"}}, nullptr);
    std::mt19937 random(2);
    for (const auto& path : catalogue.case_files()) {
        SourceText source{"f.yaml", read_file(path)};
        const auto [code, edition] = cases_for(source);
        const auto found = catalogue.find(code, edition);
        ASSERT_TRUE(found) << path;
        for (int round = 0; round < 20; ++round) {
            SourceText damaged = source;
            for (int times = 0; times < 3; ++times)
                damaged.text[random() % damaged.text.size()] = " -:[]{}\"'#,a0"[random() % 13];
            cases_for(damaged);
            for (const Problem& problem : read_cases(damaged, *found).problems)
                ASSERT_FALSE(problem.sentence.empty());
        }
    }
}

} // namespace
