#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/assessment.hpp"
#include "services/supposed.hpp"

namespace peercert::services {

/// "What if": the same judgement of a record that is supposed, beside that of the real one. Nothing is written.
struct WhatIfRequest {
    AssessRequest asked;           ///< the question as it stands
    std::vector<std::string> add;  ///< entries, as supposed_entry reads them
    std::vector<std::string> hold; ///< credentials, as supposed_term reads them
    std::vector<EntryId> remove;
    std::vector<std::pair<EntryId, Date>> move;
    std::optional<Date> born;
    std::optional<Date> received_on; ///< another day of application
    std::optional<Date> as_of;       ///< asked for another day
    std::string move_to;             ///< another track (another state); empty: the same
    std::string edition;             ///< that very edition of it; empty: the one that applies
};

/// One clause whose answer is another one. A side is absent when the clause is not asked there.
struct ClauseChange {
    std::string clause;
    std::optional<Verdict> before;
    std::optional<Verdict> after;
    std::optional<std::int64_t> have_before;
    std::optional<std::int64_t> have_after;
    std::optional<std::int64_t> need; ///< afterwards
    Unit unit{Unit::none};
    std::string own_unit; ///< as in Finding
    std::int64_t own_unit_size{0};
};

struct WhatIf {
    Assessment before;
    Assessment after;
    std::vector<SupposedEntry> added;  ///< as understood, numbered -1, -2 ... in the findings
    std::vector<ClauseChange> changes; ///< within one track; empty when it is another
    std::vector<EntryId> carried;      ///< to another track: entries that count there
    bool another_track{false};
};

class WhatIfs {
public:
    WhatIfs(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{invalid_input} for a phrase that is not understood, Error{not_found} for an entry, track or edition
    /// that is not there.
    WhatIf ask(const Actor& actor, const WhatIfRequest& request);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// The clauses whose verdict or amount differs, in the order of `after`, then those only `before` has.
std::vector<ClauseChange> changes_between(const Finding& before, const Finding& after);

} // namespace peercert::services
