#include <peercert/nearest.hpp>

#include <algorithm>

namespace peercert {

namespace {

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::vector<std::size_t>> row(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i)
        row[i][0] = i;
    for (std::size_t j = 0; j <= to.size(); ++j)
        row[0][j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i)
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t same = from[i - 1] == to[j - 1] ? 0 : 1;
            row[i][j] = std::min({row[i - 1][j] + 1, row[i][j - 1] + 1, row[i - 1][j - 1] + same});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                row[i][j] = std::min(row[i][j], row[i - 2][j - 2] + 1);
        }
    return row[from.size()][to.size()];
}

} // namespace

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
    if (word.size() > 100)
        return {};
    const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
    std::size_t best = limit + 1;
    std::string_view answer;
    for (const std::string_view candidate : known)
        if (const std::size_t edits = distance(word, candidate); edits < best) {
            best = edits;
            answer = candidate;
        }
    return std::string(answer);
}

} // namespace peercert
