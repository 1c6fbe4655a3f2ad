#pragma once

#include <span>

#include "curricula/words.hpp"

/// The tables behind words_of: each answers for its own settings and has nothing for the others. Private to the room.
namespace peercert::curricula {

std::span<const Word> block_words(Setting setting);     ///< the head and its blocks
std::span<const Word> lasts_words(Setting setting);     ///< how long a level lasts, and the clocks
std::span<const Word> clause_words(Setting setting);    ///< clauses and what stands beside them
std::span<const Word> case_file_words(Setting setting); ///< files of cases

} // namespace peercert::curricula
