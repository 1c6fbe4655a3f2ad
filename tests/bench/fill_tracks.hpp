#pragma once

#include <cstdint>
#include <filesystem>

#include "services/rulebook.hpp"

/// A SQLite database with many invented people in every track on file.
namespace peercert::bench {

struct FilledTracks {
    std::filesystem::path file;
    std::int64_t lines{0};
    std::size_t steps{0}; ///< of all tracks; about as many people stand before each
};

/// `folder`/tracks-<people>.db, filled if it is not there yet, some thousand people at a time. Person n stands before
/// step n modulo `steps`: with an open application, or, for a renewal, with a term that ends within the year. Their
/// ledgers hold 20 to 300 lines (90 on average): what the step's rule asks for by name, some of it missing, some of it
/// too old or too little, and hours, courses and statements in the words of that track, some of them vouched for or
/// corrected since. Days lie before `as_of`.
FilledTracks filled_tracks(const std::filesystem::path& folder, const services::Rulebook& rulebook, std::int64_t people,
                           Date as_of);

} // namespace peercert::bench
