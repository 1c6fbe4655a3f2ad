#include "curricula/problem.hpp"

#include <algorithm>

namespace peercert::curricula {

std::string to_text(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0)
        text += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
    return text + ": " + (problem.warning ? "warning: " : "") + problem.sentence;
}

std::string to_text(const std::vector<Problem>& problems) {
    std::string text;
    for (const bool warnings : {false, true})
        for (const Problem& one : problems)
            if (one.warning == warnings)
                text += (text.empty() ? "" : "\n") + to_text(one);
    return text;
}

bool has_errors(const std::vector<Problem>& problems) {
    return std::any_of(problems.begin(), problems.end(), [](const Problem& one) { return !one.warning; });
}

} // namespace peercert::curricula
