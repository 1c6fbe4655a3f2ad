#pragma once

#include <string>
#include <vector>

#include <peercert/kinds.hpp>

#include "curricula/case.hpp"
#include "curricula/catalogue.hpp"
#include "curricula/mutations.hpp"

/// Whether an edition's cases would notice a slip of the pen: each number, day, comparison, unit and word of choice in
/// its file is changed, and at least one case must then come out otherwise.
namespace peercert::services {

struct Excused {
    curricula::Mutation mutation;
    std::string because;
};

struct MutationReport {
    std::size_t changes{0};                     ///< that can be read and mean something else
    std::vector<curricula::Mutation> survivors; ///< no case failed, and nothing excuses it; in file order
    std::vector<Excused> excused;               ///< no case failed, and the file of cases says why none can
    /// Why nothing was tried (a file that cannot be read, a case that fails as it is), or an excuse that is not needed
    /// or fits more than one text.
    std::vector<curricula::Problem> problems;
    bool good() const { return survivors.empty() && !has_errors(problems); }
};

/// `threads` at least 1. Same report whatever their number.
MutationReport check_mutations(const curricula::Catalogue& catalogue, const Kinds& kinds,
                               const curricula::SourceText& edition_file, const curricula::SourceText& case_file,
                               unsigned threads);

} // namespace peercert::services
