// Any bytes as a curriculum file: problems with places, or a node that our own layout keeps.
#include "curricula/node.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peercert::curricula;
    const std::string name = "a.yaml";
    std::vector<Problem> problems;
    const Node node = read_yaml(name, {reinterpret_cast<const char*>(data), size}, problems);
    for (const Problem& problem : problems)
        if (problem.sentence.empty() || problem.file != name)
            std::abort();
    if (has_errors(problems))
        return 0;
    const std::string written = write_yaml(node);
    std::vector<Problem> none;
    const Node again = read_yaml(name, written, none);
    if (has_errors(none) || write_yaml(again) != written)
        std::abort();
    return 0;
}
