#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace peercert::layers {

/// One file of the house: its path from the top ("core/domain/person.hpp") and its whole text.
struct SourceFile {
    std::string path;
    std::string text;
};

struct Violation {
    std::string path;
    std::size_t line{0}; ///< 1-based; 0 when the whole file is meant
    std::string
        rule; ///< "arrow", "wall", "leak", "sql", "clock", "regex", "exact", "words", "size", "parent", "unfinished"
    std::string message; ///< what is wrong and what would be right
};

/// Path -> why it may be longer than a file usually is.
using LongFiles = std::map<std::string, std::string>;

inline constexpr std::size_t usual_length = 400;

/// Checks the whole set at once, as some rules look across files. C++ files are those that end in .cpp, .hpp or .h;
/// of others only the length is checked, and of .sql also the clock.
///
/// A line of SQL that is put together from fixed text (a column list, an ORDER BY out of an enum) may say so:
/// a comment "fixed text: <why>" on it or within the two lines above.
std::vector<Violation> check(const std::vector<SourceFile>& files, const LongFiles& long_files);

} // namespace peercert::layers
