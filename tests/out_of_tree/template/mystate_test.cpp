#include <cstdio>

#include <peercert/testkit.hpp>

// No framework: a plugin's test needs none. Each line that goes wrong is named; the exit status says whether one did.
namespace {

int wrong = 0;

void expect(bool holds, const char* what) {
    if (!holds)
        std::fprintf(stderr, "does not hold: %s\n", what);
    wrong += holds ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
    using namespace peercert;
    if (count != 2)
        return 2;
    const testkit::LoadedFile plugin(arguments[1]);
    expect(plugin.id() == "mystate", "the plugin is called mystate");
    const RequirementKind* kind = plugin.kinds().kind("mystate:two-counties");
    if (kind == nullptr)
        return 1;
    const Parameters parameters = kind->example();
    kind->check(parameters);

    Vocabulary words;
    testkit::RecordBuilder hours(words);
    hours.on("2026-03-01").practised(60).tagged({"dane"});
    expect(kind->evaluate(hours, parameters, {testkit::day("2026-03-01"), words}).verdict.is_unmet(),
           "one county is not two");
    hours.on("2026-03-02").practised(30).tagged({"milwaukee"});
    expect(kind->evaluate(hours, parameters, {testkit::day("2026-03-01"), words}).verdict.is_unmet(),
           "tomorrow does not count");
    expect(kind->evaluate(hours, parameters, {testkit::day("2026-03-02"), words}).verdict.is_met(),
           "two counties are two");
    expect(plugin.failures().empty(), "nothing went wrong inside");
    return wrong == 0 ? 0 : 1;
}
