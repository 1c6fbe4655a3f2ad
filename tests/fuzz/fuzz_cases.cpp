// Any text as a file of cases: problems with places, or cases that can be run and whose answers can be compared.
#include "curricula/case.hpp"
#include "curricula/catalogue.hpp"
#include "services/case_runner.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace peercert;

const Edition& edition() {
    static const Edition made = curricula::from_full_text(
        {"a.yaml",
         "track: xx-ps\nedition: 1\ntitle: Example\nzone: America/Chicago\n"
         "in force: {from: 2024-01-01, until: further notice, chosen by: applying}\n"
         "levels: [trainee, certified]\ncourses: [xx-course]\ntopics: [ethics, paid]\n"
         "sources:\n  Page: {what: the page, trust: verified}\n"
         "to become certified:\n  see: Page\n  coming from: [trainee]\n  needs:\n"
         "    - {name: hours, practice: at least 10 h, only: paid, by: certified}\n"
         "    - {name: course, training: xx-course}\n"
         "    - {name: exam, exam: written, pass: at least 80 %}\n"
         "    - {age: at least 18, measured at: applying, February 29: nothing said}\n"
         "  fee: 50 USD\n  lasts: {term: 2 years, ends: fixed day, day: October 31}\n"
         "to become trainee:\n  see: Page\n  needs: [{statement: lived experience}]\n"
         "  lasts: {ends: no end}\n"
         "to renew certified:\n  see: Page\n  needs:\n"
         "    - {CE: at least 20 h, of which: {ethics: at least 3 h}, an hour counts in: one part, surplus: counts in "
         "the "
         "total, first renewal: asked in full, carry over: none}\n"
         "after expiry: {see: Page, holder may: nothing, rungs: [{up to: 1 month after expiry, called: grace}, {up to: "
         "no limit, called: ended}]}\n"
         "may: {practise: {level: certified, see: Page}}\n"
         "groups: {open: {size: 8 to 12, led by: [certified], completed by: [{attendance: at least 6 h}], see: "
         "Page}}\n",
         "fuzz"},
        nullptr);
    return made;
}

void must(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const curricula::SourceText source{"a.cases.yaml", std::string(reinterpret_cast<const char*>(data), size), "local"};
    const curricula::ReadCases read = curricula::read_cases(source, edition());
    for (const curricula::Problem& problem : read.problems)
        must(!problem.sentence.empty());
    if (has_errors(read.problems))
        return 0;
    const curricula::Catalogue catalogue;
    const Kinds kinds;
    services::CaseRunner runner(catalogue, kinds);
    for (const curricula::Case& one : read.cases.cases) {
        const services::CaseOutcome outcome = runner.run(edition(), one);
        must(outcome.expectations.size() == one.expect.size());
        for (const curricula::Expectation& expected : one.expect)
            must(!curricula::wrong_values(expected).empty());
    }
    return 0;
}
