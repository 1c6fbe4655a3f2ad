#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "rules/planning.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"
#include "services/supposed.hpp"

namespace peercert::services {

/// One thing on offer, as people read it beside what it would put on record.
struct OfferLine {
    std::string name;                   ///< as the provider calls it
    std::string source;                 ///< "FILE:LINE" or "cohort CODE"
    std::vector<SupposedEntry> entries; ///< at least one
    std::int64_t minutes{0};
    std::int64_t cents{0};
    bool price_known{false};
    Date first_day{};
    Date last_day{};
    std::int64_t cohort{0}; ///< of the record; 0: from a file
};

/// Reads a file of offers (CSV, UTF-8): course, day, and where they matter until, each (week), kind, code, topics
/// (divided by semicolons), hours, price, provider, vouched as. Every row error at once in Error{invalid_input}, with
/// its line; at most 500 rows. Words must be known to a rule.
std::vector<OfferLine> read_offers(std::istream& file, const std::string& name, const KnownWords& known);

/// Cohorts of the record that begin on or after `from`, or go on with this person's place in them.
std::vector<OfferLine> cohorts_on_offer(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                                        Date from);

} // namespace peercert::services
