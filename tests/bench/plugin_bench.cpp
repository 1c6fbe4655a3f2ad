// A plugin load with every check (folder, owner, mode, digest, ELF, manifest, factory, contribution), against a bare
// dlopen of the same file in the same rounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <dlfcn.h>

#include "plugin_host/plugin_folder.hpp"
#include "plugin_host/plugin_host.hpp"

namespace {

using namespace peercert::plugin_host;

constexpr int rounds = 1000;

template <class Work>
double microseconds(Work&& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count();
}

double at(std::vector<double>& values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Loads and unloads what the folder trusts; false when it is slower than the promise.
bool measure(const char* name, const PluginFolder& folder, const std::vector<std::filesystem::path>& files) {
    std::vector<double> checked, bare;
    for (int round = 0; round < rounds; ++round) {
        checked.push_back(microseconds([&] { const Host host(folder.settings()); }));
        bare.push_back(microseconds([&] {
            std::vector<void*> opened;
            for (const auto& file : files)
                opened.push_back(::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL));
            for (void* one : opened)
                if (one == nullptr || ::dlclose(one) != 0)
                    std::abort();
        }));
    }
    std::uintmax_t size = 0;
    for (const auto& file : files)
        size += std::filesystem::file_size(file);
    const double middle = at(checked, 0.5), dlopen_middle = at(bare, 0.5);
    std::printf("%-14s %5ju KiB  checked %6.0f us (p99 %6.0f)  bare dlopen %6.0f us  %5.2f times\n", name, size / 1024,
                middle, at(checked, 0.99), dlopen_middle, middle / dlopen_middle);
    return middle / static_cast<double>(files.size()) < 1000;
}

} // namespace

int main() {
    bool kept = true;
    PluginFolder all;
    std::vector<std::filesystem::path> files;
    for (const char* plugin : {"wrap", "ecpr", "state_tracks", "local"}) {
        PluginFolder one;
        kept = measure(plugin, one, {one.trust(plugin)}) && kept;
        files.push_back(all.trust(plugin));
    }
    kept = measure("all four", all, files) && kept;
    std::printf("one plugin with all checks in under a millisecond: %s\n", kept ? "kept" : "NOT KEPT");
    return kept ? 0 : 1;
}
