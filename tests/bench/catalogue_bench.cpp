// Loading the whole catalogue with every check, against a bare yaml-cpp parse of the same files in the same rounds.
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "bench/measuring.hpp"
#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"

namespace {

using namespace peercert;

constexpr int rounds = 15;

/// Every file that loading the catalogue reads: not the cases beside the editions.
std::vector<std::string> files_of(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".yaml" && entry.path().stem().extension() != ".cases")
            files.push_back(entry.path().string());
    return files;
}

void measure() {
    const std::filesystem::path folder = PEERCERT_SOURCE_DIR "/curricula";
    plugin_host::Host host({.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}});
    const std::vector<std::string> files = files_of(folder);
    std::vector<double> loading, parsing;
    std::size_t editions = 0;
    for (int round = 0; round < rounds; ++round) {
        loading.push_back(bench::seconds([&] {
            const auto catalogue = curricula::Catalogue::load({{folder, "files"}}, &host.kinds());
            catalogue.require_clean();
            editions = catalogue.all().size();
        }));
        parsing.push_back(bench::seconds([&] {
            for (const std::string& file : files)
                if (!YAML::Load(curricula::read_file(file)).IsMap())
                    throw std::runtime_error(file + " is no mapping");
        }));
    }
    const double loaded = bench::median(loading), parsed = bench::median(parsing);
    std::printf("%zu editions in %zu files: parsed in %.1f ms, loaded with every check in %.1f ms, %.2f times (at most "
                "1.5)\n",
                editions, files.size(), 1e3 * parsed, 1e3 * loaded, loaded / parsed);
}

} // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_catalogue: %s\n", problem.what());
        return 1;
    }
}
