// Sharing 300 lines out over the 16 parts of one total, exactly, against reading those 300 lines from the database, in
// the same rounds. Parts want more than there is in places and compete for the same hours: the hard case.
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/measuring.hpp"
#include "rules/building.hpp"
#include "storage/admin.hpp"

namespace {

using namespace peercert;
using namespace peercert::rules;
using namespace peercert::rules::test;

constexpr int parts = 16;
constexpr int lines = 300;
constexpr int rounds = 501;

std::string topic(int number) { return "topic " + std::to_string(number); }

/// Two thousand hours, of which each topic wants some and several may have only so much.
void ask(World& world) {
    Measure ce = measure_of(EntryKind::ce, hours(600));
    for (int number = 0; number < parts; ++number) {
        Part one = part(topic(number), {hours(20 + 3 * number), std::nullopt, Unit::minutes});
        if (number % 3 == 0)
            one.bound.at_most = hours(60 + number);
        ce.of_which.push_back(one);
    }
    world.step(Step::Verb::become, "certified", {clause("hours", "CE", ce)});
}

PersonId fill(storage::Store& store) {
    bench::Dice dice(7);
    return store.write({"bench", domain::Instant{}}, [&](storage::UnitOfWork& work) {
        const PersonId person = work.people.add({.name_used = "Invented Person"}).id;
        for (int line = 0; line < lines; ++line) {
            domain::NewEntry entry{.person = person, .kind = EntryKind::ce};
            entry.first_day = entry.last_day = add_days(on("2022-01-01"), dice(1400));
            entry.amount = 30 + dice(360);
            for (int words = 1 + dice(4); words > 0; --words)
                entry.tags.push_back(topic(dice(parts)));
            work.entries.add(entry);
        }
        work.audit.append({.action = "bench.filled", .object = "bench"});
        return person;
    });
}

void measure() {
    const std::filesystem::path folder = std::filesystem::path(PEERCERT_BINARY_DIR) / "bench";
    std::filesystem::create_directories(folder);
    const auto file = folder / "allocation.db";
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + suffix);
    storage::create_database({.url = file.string()}, {}, {"bench", domain::Instant{}});
    storage::Store store({.url = file.string()});
    const PersonId person = fill(store);
    World world;
    ask(world);
    const Program& program = world.program();
    const Goal goal = program.step(Step::Verb::become, "certified");
    const Situation when = asked("2026-01-01");
    Workspace room;
    std::vector<double> reading, sharing;
    bool met = false;
    for (int round = 0; round < rounds; ++round) {
        Record record;
        reading.push_back(bench::seconds([&] {
            record = store.read([&](storage::UnitOfWork& work) { return work.entries.record(person, world.words); });
        }));
        if (record.entries.size() != lines)
            throw std::runtime_error("not every line was read");
        sharing.push_back(bench::seconds([&] { met = judge(program, goal, record, when, room).passes(); }));
    }
    const double read = bench::median(reading), shared = bench::median(sharing);
    std::printf("%d lines over %d parts: read in %.0f us, shared out in %.0f us, %.2f times reading them (%s)\n", lines,
                parts, 1e6 * read, 1e6 * shared, shared / read, met ? "met" : "not met");
}

} // namespace

int main() {
    try {
        measure();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "bench_allocation: %s\n", problem.what());
        return 1;
    }
}
