#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/fill_tracks.hpp"
#include "bench/measuring.hpp"
#include "curricula/catalogue.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/reports/everybody.hpp"

/// How long judging everybody in every track on file takes (`peercert report everybody`), against one pass of SQL that
/// only sums the same rows. Rounds take turns; medians are compared. Time and memory of ten thousand people come first.
/// `bench_tracks [PEOPLE [ROUNDS]]`: 100,000 unless said; a million fills a file of some 12 GB and takes half an hour.
namespace {

using namespace peercert;
using bench::median;
using bench::RawDatabase;
using bench::seconds;

constexpr std::int64_t few = 10'000;

/// Memory of our own, pages of files left out, in MB: now (RssAnon), as the system counts it.
double own_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("RssAnon:", 0) == 0)
            return std::strtod(line.c_str() + 8, nullptr) / 1024;
    return 0;
}

struct Measured {
    double summing{0};
    double judging{0};
    double together{0};
    double memory{0};
};

std::vector<std::int64_t> numbers(const std::vector<services::StepCount>& counts) {
    std::vector<std::int64_t> all;
    for (const services::StepCount& one : counts)
        for (const std::int64_t number : {one.people, one.passing, one.not_yet, one.needing_a_decision})
            all.push_back(number);
    return all;
}

Measured measure(const services::Rulebook& rulebook, const std::filesystem::path& folder, std::int64_t people,
                 int rounds) {
    const Date as_of = *parse_date("2026-03-01");
    const bench::FilledTracks filled = bench::filled_tracks(folder, rulebook, people, as_of);
    storage::Store store({.url = filled.file.string()});
    const services::FixedClock clock(std::chrono::sys_days{as_of});
    services::House house{store, clock, "America/Chicago"};
    const auto host_operator = services::Actor::host_operator("bench");
    RawDatabase raw(filled.file);
    raw.run("pragma mmap_size = 2147418112");
    raw.run("pragma cache_size = -16000");
    std::vector<double> summing, judging, together;
    std::vector<services::StepCount> alone, two;
    for (int round = 0; round < rounds; ++round) {
        summing.push_back(seconds([&] {
            std::int64_t rows = 0;
            raw.sum("select person, sum(case when kind = 'ce' and last_day >= '2024-03-01' and instr(tags, 'book') = 0 "
                    "then amount else 0 end), count(*) from entry group by person",
                    rows);
            if (rows != people)
                throw std::runtime_error("the aggregate has not seen everybody");
        }));
        judging.push_back(seconds([&] { alone = services::everybody(house, rulebook, host_operator, as_of, 1); }));
        together.push_back(seconds([&] { two = services::everybody(house, rulebook, host_operator, as_of, 2); }));
    }
    if (numbers(alone) != numbers(two))
        throw std::runtime_error("two threads count otherwise than one");
    std::int64_t judged = 0, passing = 0, not_yet = 0, open = 0;
    for (const services::StepCount& one : alone) {
        judged += one.people;
        passing += one.passing;
        not_yet += one.not_yet;
        open += one.needing_a_decision;
        if (!one.not_judged.empty())
            std::fprintf(stderr, "%s, %s: %s\n", one.track.c_str(), one.step.c_str(), one.not_judged.c_str());
    }
    if (judged != people)
        throw std::runtime_error("not everybody was judged, or somebody twice: " + std::to_string(judged));
    const Measured made{median(summing), median(judging), median(together), own_memory()};
    std::printf("%lld people with %.1f lines before %zu steps of all tracks: SQL sums them in %.2f s, judging takes "
                "%.2f s, %.2f times (at most 3, aim 1.5); by two threads %.2f s, %.2f times as fast (wanted: 1.7)\n",
                static_cast<long long>(people), static_cast<double>(filled.lines) / static_cast<double>(people),
                filled.steps, made.summing, made.judging, made.judging / made.summing, made.together,
                made.judging / made.together);
    std::printf("  %.1f us a person; %.0f MB of memory; %lld pass, %lld not yet, %lld need a decision\n",
                1e6 * made.judging / static_cast<double>(people), made.memory, static_cast<long long>(passing),
                static_cast<long long>(not_yet), static_cast<long long>(open));
    std::fflush(stdout);
    return made;
}

void run(std::int64_t people, int rounds) {
    const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
    plugin_host::Host host({.folder = PEERCERT_BINARY_DIR "/plugins", .allow_list = {}, .limits = {}, .on_event = {}});
    const auto catalogue = curricula::Catalogue::load({{PEERCERT_SOURCE_DIR "/curricula", "files"}}, &host.kinds());
    catalogue.require_clean();
    Vocabulary words;
    const services::Rulebook rulebook(catalogue, host.kinds(), words);
    const Measured small = measure(rulebook, folder, few, rounds);
    if (people <= few)
        return;
    const Measured large = measure(rulebook, folder, people, rounds);
    std::printf("a person of many takes %.2f times as long as one of ten thousand; memory %.0f MB after %.0f MB\n",
                large.judging / static_cast<double>(people) / (small.judging / static_cast<double>(few)), large.memory,
                small.memory);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const long long people = argc > 1 ? std::atoll(argv[1]) : 100'000;
        const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
        if (people < few || rounds < 1)
            throw std::runtime_error(
                "bench_tracks [PEOPLE [ROUNDS]]: ten thousand people at least, one round at least");
        run(people, rounds);
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_tracks: %s\n", problem.what());
        return 1;
    }
}
