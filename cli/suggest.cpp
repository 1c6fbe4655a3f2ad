#include "cli/suggest.hpp"

#include <algorithm>

namespace peercert::cli {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, current);
    }
    return last[b.size()];
}

} // namespace

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known) {
    if (typed.empty() || typed.size() > 60)
        return std::nullopt;
    const std::size_t limit = typed.size() <= 2 ? 1 : typed.size() <= 5 ? 2 : 3;
    std::optional<std::string> best;
    std::size_t best_distance = limit + 1;
    for (const std::string& word : known) {
        const std::size_t now = distance(typed, word);
        if (now < best_distance && now < word.size()) {
            best_distance = now;
            best = word;
        }
    }
    if (best)
        return best;
    if (typed.size() >= 3)
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
