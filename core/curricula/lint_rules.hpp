#pragma once

#include <functional>
#include <string>

#include <peercert/edition.hpp>

/// The rules of lint that look at the typed edition. Private to the room.
namespace peercert::curricula {

/// Told for each finding; `place` is file:line:column.
struct LintTeller {
    std::function<void(const char* rule, const std::string& place, bool error, std::string sentence, std::string mend)>
        tell;
};

/// Parts against their total.
void lint_totals(const Edition& edition, const LintTeller& teller);
/// Branches that are never taken, or always.
void lint_branches(const Edition& edition, Date today, const LintTeller& teller);
/// Levels that nobody can come to hold, and groups nobody can lead. `place_of_level` says where a level stands.
void lint_levels(const Edition& edition, const std::function<std::string(const std::string&)>& place_of_level,
                 const LintTeller& teller);
/// Last days that give way to a business day, with no calendar to say which days those are.
void lint_closed_days(const Edition& edition, const LintTeller& teller);
/// Figures from memory that turn people away.
void lint_memory(const Edition& edition, const LintTeller& teller);

} // namespace peercert::curricula
