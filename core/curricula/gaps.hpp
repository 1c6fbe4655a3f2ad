#pragma once

#include <functional>
#include <string>
#include <vector>

#include <peercert/edition.hpp>

namespace peercert::curricula {

/// Something a file honestly does not know: a work list, not a shame.
struct Gap {
    std::string place;                 ///< file:line:column where there is one, else the file
    std::string what;                  ///< "continuing education: carry over"
    Knowing knowing{Knowing::unknown}; ///< unknown or nothing_said
    std::string see;                   ///< source mark that was read, if any
    bool operator==(const Gap&) const = default;
};

/// In the order of the file.
std::vector<Gap> gaps(const Edition& edition);
/// Sources that were not verified: secondary, recalled, our reading, not found, or verified but old.
std::vector<Source> weak_sources(const Edition& edition);

/// Visits a clause and everything inside it.
void each_clause(const Requirement& clause, const std::function<void(const Requirement&)>& visit);
/// Visits every clause of an edition: steps, meanings, levels, rungs, groups.
void each_clause(const Edition& edition, const std::function<void(const Requirement&)>& visit);

} // namespace peercert::curricula
