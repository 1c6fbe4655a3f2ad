#pragma once

#include <string>
#include <vector>

#include <peercert/edition.hpp>

namespace peercert::curricula {

/// A name of an edition that people are shown when they are judged by it: what somebody who reads another language
/// needs told in theirs.
struct ShownName {
    std::string english;
    std::string what; ///< "level", "clause", "status", "title" ...: for whoever translates
    bool operator==(const ShownName&) const = default;
};

/// In the order of the file, each once. Notes and sources are not names: they are told as the file has them.
std::vector<ShownName> shown_names(const Edition& edition);

} // namespace peercert::curricula
