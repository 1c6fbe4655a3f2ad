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

Problem problem_at(const std::string& place, std::string sentence, bool warning) {
    const auto number = [&](std::size_t from, std::size_t to) {
        const std::string digits = place.substr(from, to - from);
        const bool all = !digits.empty() && digits.size() < 9 &&
                         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        return all ? std::stoi(digits) : -1;
    };
    const std::size_t column = place.rfind(':');
    const std::size_t line = column == std::string::npos || column == 0 ? column : place.rfind(':', column - 1);
    if (column != std::string::npos && line != std::string::npos && line != column)
        if (const int at = number(line + 1, column), in = number(column + 1, place.size()); at >= 0 && in >= 0)
            return {place.substr(0, line), at, in, std::move(sentence), warning};
    return {place, 0, 0, std::move(sentence), warning};
}

bool has_errors(const std::vector<Problem>& problems) {
    return std::any_of(problems.begin(), problems.end(), [](const Problem& one) { return !one.warning; });
}

} // namespace peercert::curricula
