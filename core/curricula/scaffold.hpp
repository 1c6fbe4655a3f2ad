#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A first file of one's own, made from one that works.
namespace peercert::curricula {

struct Scaffold {
    std::string edition;
    std::string cases;
};

/// The two files with the code `to` in place of `from`, comments that lead through them, and every source marked as
/// not read yet. `edition_text` is a file as its author wrote it.
Scaffold scaffold(std::string_view edition_text, std::string_view case_text, const std::string& from,
                  const std::string& to);

/// The file of cases without those that begin in the given lines (counted from 1).
std::string without_cases(std::string_view case_text, const std::vector<int>& lines);

} // namespace peercert::curricula
