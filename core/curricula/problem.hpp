#pragma once

#include <string>
#include <vector>

namespace peercert::curricula {

/// One thing wrong with a file, or worth a look. Lines and columns count from 1; 0 means the file as a whole.
struct Problem {
    std::string file;
    int line{0};
    int column{0};
    std::string sentence;
    bool warning{false}; ///< the file can be used all the same
    bool operator==(const Problem&) const = default;
};

/// `file:line:column: sentence`, warnings with `warning:` before the sentence.
std::string to_text(const Problem& problem);

/// All of them, one a line, errors first and each kind in file order.
std::string to_text(const std::vector<Problem>& problems);

/// `place` is file:line:column, or a file alone.
Problem problem_at(const std::string& place, std::string sentence, bool warning = false);

bool has_errors(const std::vector<Problem>& problems);

} // namespace peercert::curricula
