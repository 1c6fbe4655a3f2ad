// Any text as an edition and its cases: problems with places, or an edition that its own full text gives again.
#include "curricula/case.hpp"
#include "curricula/edition_reader.hpp"

#include <peercert/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

void must(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peercert::curricula;
    const SourceText source{"a.yaml", std::string(reinterpret_cast<const char*>(data), size), "local"};
    const ReadEdition read = read_edition(source, nullptr);
    must(read.edition.has_value() != has_errors(read.problems));
    for (const Problem& problem : read.problems)
        must(!problem.sentence.empty());
    cases_for(source);
    if (!read.edition)
        return 0;
    const auto again = from_full_text({"again.yaml", read.edition->full_text, "local"}, nullptr);
    must(again.digest == read.edition->digest && again.steps.size() == read.edition->steps.size());
    read_cases({"a.cases.yaml", source.text, "local"}, *read.edition);
    return 0;
}
