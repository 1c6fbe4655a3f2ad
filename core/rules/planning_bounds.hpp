#pragma once

#include <cstdint>
#include <vector>

#include "rules/judging.hpp"
#include "rules/planning.hpp"

/// What the search for a plan may rely on without judging. Private.
namespace peercert::rules {

/// Whether having this entry besides others could ever turn a yes into a no under the goal: attempts are counted, a
/// limit fails, an earlier attendance of the same course counts instead, a condition asks for more. When in doubt, yes.
bool may_harm(const Compiled&, Goal, const Entry&, const std::vector<const Entry*>& others);

/// An amount that has to be reached whatever else happens: `need` beyond what is on record, and what each entry could
/// give towards it at most. From every plain "at least" under the step, and from each part of it with a minimum.
struct Cover {
    std::int64_t need{0};
    std::vector<std::int64_t> gives; ///< by offer
};
/// `bare` judges the record alone, `full` the record with every offer in it, on the same day, each in a room of its
/// own. `offer_of` says which offer an entry belongs to; entries it does not name are on record.
std::vector<Cover> covers(Judging& bare, Judging& full, std::size_t offers,
                          const std::vector<std::pair<EntryId, std::size_t>>& offer_of);

} // namespace peercert::rules
