#include "cli/suggest.hpp"

#include <peercert/nearest.hpp>

namespace peercert::cli {

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known) {
    if (typed.empty())
        return std::nullopt;
    if (std::string word = peercert::nearest(typed, {known.begin(), known.end()}); !word.empty())
        return word;
    if (typed.size() >= 3) // a beginning is a guess too
        for (const std::string& word : known)
            if (word.starts_with(typed))
                return word;
    return std::nullopt;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known, std::string_view lead) {
    const auto word = nearest(typed, known);
    return word ? "did you mean " + std::string(lead) + *word + "?" : std::string{};
}

} // namespace peercert::cli
