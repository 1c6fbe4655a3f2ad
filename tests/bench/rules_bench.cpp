// Judging ledgers of 20, 60 and 200 entries against one raw pass that adds the same entries up, in the same rounds: a
// renewal with parts, two topics on clocks of their own and two conditions, as Washington has it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "rules/building.hpp"

namespace {

using namespace peercert;
using namespace peercert::rules;
using namespace peercert::rules::test;

constexpr std::size_t people = 2000;
constexpr int rounds = 21;

Requirement topic(const char* name, std::int64_t minutes, std::optional<Span> clock) {
    Measure rule = measure_of(EntryKind::ce, minutes);
    rule.selection.only = {name};
    if (clock)
        rule.own_clock = clock;
    else
        rule.selection.dated = in_the_term();
    rule.counts_in_total = Stated<bool>{Knowing::stated, true};
    return clause(name, "CE", rule);
}

void fill(World& world) {
    world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    Measure ce = measure_of(EntryKind::ce, hours(30));
    ce.selection.dated = in_the_term();
    ce.selection.does_not_count = {"income or office efficiency"};
    ce.of_which = {part("peer-specific", at_least(hours(14))), part("law and ethics", at_least(hours(2))),
                   part("other", at_most(hours(14))), part("boards", at_most(hours(6)), "other")};
    ce.first_renewal = Stated<FirstRenewal>{Knowing::stated, FirstRenewal::not_before_first_full_term};
    ce.carry_over = Stated<Amount>{Knowing::none, {}};
    const auto when = [](const char* fact, Requirement then) {
        return clause(fact, "if", Conditional{{entry(EntryKind::fact, fact), std::move(then)}});
    };
    world.step(Step::Verb::renew, "certified",
               {clause("continuing education", "CE", ce), topic("suicide prevention", hours(3), years(6)),
                topic("health equity", hours(2), years(4)), statement("ethics"), age_at_least(18),
                when("acting as supervisor", topic("supervision", hours(6), std::nullopt)),
                when("telehealth", topic("telehealth", hours(1), std::nullopt))});
}

/// The same numbers in every run, on every machine.
struct Dice {
    std::uint32_t state{12345};
    int operator()(int below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<int>((state >> 8) % static_cast<std::uint32_t>(below));
    }
};

std::vector<Record> crowd(World& world, int entries) {
    Dice dice;
    const std::vector<std::string> topics{"peer-specific",      "law and ethics", "other",       "boards",
                                          "suicide prevention", "health equity",  "supervision", "telehealth"};
    std::vector<Record> made;
    for (std::size_t one = 0; one < people; ++one) {
        Person person(world);
        person.born("1980-03-15")
            .holds("certified", "2022-03-16", "2024-03-15")
            .holds("certified", "2024-03-16", "2026-03-15");
        person.states("2025-12-01", "ethics");
        if (dice(4) == 0)
            person.fact("2024-01-01", "no end", "acting as supervisor");
        while (static_cast<int>(person.record().entries.size()) < entries) {
            const std::string day = to_text(add_days(on("2020-01-01"), dice(6 * 365)));
            if (dice(3) == 0)
                person.practice(day, day, 60 * (1 + dice(8)));
            else
                person.ce(day, 30 * (1 + dice(8)),
                          {topics[static_cast<std::size_t>(dice(4))], topics[static_cast<std::size_t>(dice(8))]});
        }
        made.push_back(person.record());
    }
    return made;
}

double seconds(const auto& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

double middle(std::vector<double>& values) {
    std::nth_element(values.begin(), values.begin() + rounds / 2, values.end());
    return values[rounds / 2];
}

} // namespace

int main() {
    World world;
    fill(world);
    const Program& program = world.program();
    const Goal goal = program.step(Step::Verb::renew, "certified");
    const Situation when = asked("2026-03-01");
    Workspace room;
    bool fast_enough = true;
    for (const int entries : {20, 60, 200}) {
        const std::vector<Record> records = crowd(world, entries);
        std::vector<double> judged, added, explained;
        std::int64_t kept = 0; // so that no work can be left out
        for (int round = 0; round < rounds; ++round) {
            judged.push_back(seconds([&] {
                for (const Record& one : records)
                    kept += judge(program, goal, one, when, room).bits();
            }));
            added.push_back(seconds([&] {
                for (const Record& one : records)
                    for (const Entry& entry : one.entries)
                        kept += entry.kind == EntryKind::ce && entry.last <= when.as_of ? entry.amount : 0;
            }));
            explained.push_back(seconds([&] {
                for (std::size_t one = 0; one < records.size() / 20; ++one)
                    kept += static_cast<std::int64_t>(explain(program, goal, records[one], when, room).parts.size());
            }));
        }
        const double per_person = middle(judged) / people;
        std::printf("%3d entries  %8.0f ledgers/s  %5.2f us each  %5.1f times the raw sum  explained %6.0f/s  (%lld)\n",
                    entries, 1 / per_person, 1e6 * per_person, middle(judged) / middle(added),
                    people / 20.0 / middle(explained), static_cast<long long>(kept));
        fast_enough = fast_enough && (entries != 60 || per_person < 1e-5);
    }
    std::puts(fast_enough ? "more than 100,000 ledgers of 60 entries a second"
                          : "SLOWER than 100,000 ledgers of 60 entries a second");
    return fast_enough ? 0 : 1;
}
