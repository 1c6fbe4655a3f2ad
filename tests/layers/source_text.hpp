#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::layers {

struct Include {
    std::string target;
    std::size_t line{0};
    bool angled{false};
};

/// A run of adjacent string literals, and what stands on both sides of it.
struct Literal {
    std::string text;
    std::size_t line{0};
    std::string before; ///< the two characters of code before it, blanks left out
    std::string after;  ///< the code after it up to the end of the statement, blanks and literals' texts left out
};

/// What the rules look at: C++ taken apart just far enough. Not a parser: it knows comments, string, character and raw
/// literals, and lines.
struct SourceText {
    std::vector<Include> includes;
    std::vector<std::string> code;     ///< line by line, comments gone, literals emptied
    std::vector<std::string> comments; ///< line by line, only the comments
    std::vector<Literal> literals;
};

SourceText take_apart(std::string_view text);

} // namespace peercert::layers
