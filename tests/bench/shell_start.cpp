// `peercert verify NUMBER` from the shell, against an empty program that is linked to the same libraries.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/admin.hpp"
#include "storage/store.hpp"

namespace {

using namespace peercert;
using namespace std::chrono_literals;

/// Wall time of one run, in microseconds; ends the benchmark if it does not end with exit code 0.
double run(std::vector<std::string> words, char** environment) {
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const auto began = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    const int problem = ::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environment);
    if (problem == 0)
        ::waitpid(child, &status, 0);
    const auto took = std::chrono::steady_clock::now() - began;
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "%s did not do its work\n", words[0].c_str());
        std::exit(1);
    }
    return std::chrono::duration<double, std::micro>(took).count();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// One holder, certified all year, in a record of its own.
std::string make_record(const std::string& file) {
    const domain::Instant now = *domain::parse_instant("2025-10-20T09:00:00Z");
    storage::create_database({.url = file}, {.kind = domain::InstallationKind::demo, .demo_clock = now},
                             {"host:bench", now});
    storage::Store store({.url = file});
    return store.write({"host:bench", now}, [](storage::UnitOfWork& work) {
        const auto person = work.people.add({.name_used = "Ana Ruiz"});
        const auto made = work.credentials.add(person.id, "wi-cps", OrganizationId{});
        work.credentials.add_term(made.id, {.n = 1,
                                            .first_day = 2025y / 1 / 1,
                                            .last_day = 2026y / 12 / 31,
                                            .level = "certified",
                                            .title = "Certified Peer Specialist",
                                            .public_title = "Certified Peer Specialist",
                                            .name_as_issued = "Ana Ruiz",
                                            .edition = "2024",
                                            .zone = "America/Chicago"});
        work.audit.append({.action = "bench.made", .object = "credential"});
        return made.number.str();
    });
}

} // namespace

int main(int, char**, char** environment) {
    std::string folder = (std::filesystem::temp_directory_path() / "peercert-bench-XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        return 1;
    const std::string file = folder + "/bench.db";
    const std::string number = make_record(file);
    const std::string programs = PEERCERT_BINARY_DIR "/bin/";
    const std::array<std::vector<std::string>, 3> candidates{{{programs + "empty_program"},
                                                              {programs + "peercert", "version"},
                                                              {programs + "peercert", "verify", number, "--db", file}}};
    std::array<std::vector<double>, 3> times;
    for (int round = 0; round < 200; ++round)
        for (std::size_t i = 0; i < candidates.size(); ++i)
            times[i].push_back(run(candidates[i], environment));
    const double empty = median(times[0]);
    std::printf("empty program, same libraries  %7.0f us\n", empty);
    std::printf("peercert version               %7.0f us  %.2f times\n", median(times[1]), median(times[1]) / empty);
    std::printf("peercert verify NUMBER         %7.0f us  %.2f times  (at most 2, aim 1.3)\n", median(times[2]),
                median(times[2]) / empty);
    std::filesystem::remove_all(folder);
    return 0;
}
