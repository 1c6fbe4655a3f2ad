// Any bytes as an edition, a ledger and a question: no crash, the answer with reasons is the answer without, the same
// again, and where a rule only grows with evidence more evidence takes nothing away.
#define PEERCERT_PICK_FROM_BYTES
#include "rules/invented.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace peercert;
using namespace peercert::rules;
using namespace peercert::rules::test;

void must(bool holds) {
    if (!holds)
        std::abort();
}

Goal only_goal(World& world) { return world.program().step(world.edition->steps.front().verb, "certified"); }

void any_rules() {
    World world;
    fill_edition(world);
    const Goal goal = only_goal(world);
    Person person = some_person(world);
    const Situation when = some_situation();
    Workspace room;
    const Verdict fast = judge(world.program(), goal, person, when, room);
    const Finding finding = explain(world.program(), goal, person, when, room);
    must(fast == finding.verdict);
    must(judge(world.program(), goal, person, when, room) == fast);
    must(explain(world.program(), goal, person, when) == finding);
}

/// No caps, no exclusions, no limits, no gaps, no exemptions, and windows that no later entry moves.
void rules_that_grow() {
    World world;
    Measure ce = measure_of(EntryKind::ce, pick<std::int64_t>(0, 900));
    ce.selection.dated = some_window();
    const auto moves = [](const std::optional<DayExpression>& day) {
        return day && (day->anchor == Anchor::completing || day->anchor == Anchor::first_attempt);
    };
    if (ce.selection.dated && (moves(ce.selection.dated->from) || moves(ce.selection.dated->until)))
        ce.selection.dated.reset();
    for (int number = 0; number < 4; ++number)
        ce.of_which.push_back(part("topic " + std::to_string(number), at_least(pick<std::int64_t>(0, 200))));
    world.level("trainee");
    world.step(Step::Verb::become, "certified",
               {any_of({clause("hours", "CE", ce), entry(EntryKind::training, "course 0")}),
                entry(EntryKind::fact, "fact 0")});
    Person person = some_person(world);
    const Situation when = some_situation();
    const Verdict before = judge(world.program(), only_goal(world), person, when);
    person.ce(to_text(some_day()), pick<std::int64_t>(0, 500), {numbered("topic", 4)});
    person.fact(text_day(), "no end", "fact 0");
    const Verdict after = judge(world.program(), only_goal(world), person, when);
    must(!before.is_met() || after.is_met());
    must(before.is_unmet() || !after.is_unmet());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096)
        return -1;
    fuzz::bytes().read(data, size);
    try {
        if (maybe(75))
            any_rules();
        else
            rules_that_grow();
    } catch (const Error& refused) {
        must(refused.code() == ErrorCode::invalid_input); // an edition that cannot be: said, not suffered
    }
    return 0;
}
