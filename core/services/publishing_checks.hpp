#pragma once

#include <optional>
#include <string>
#include <vector>

#include "curricula/lint.hpp"
#include "services/case_runner.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What is looked at before a text is proposed, and again before it is published.
struct DraftCheck {
    std::size_t cases{0};
    std::vector<CaseOutcome> otherwise; ///< cases that did not come out as expected
    std::vector<curricula::LintFinding> lint;
    std::vector<std::string> ends; ///< editions that end the day before this one begins
    Date first_day{};
    bool has_passed{false};              ///< the first day lies before today
    std::vector<std::string> in_the_way; ///< sentences; empty: it may go on
    bool fit() const { return in_the_way.empty(); }
};

/// `cases` is the text of its file of cases; `because` the reason for a first day that has passed. The first day of a
/// text that names none is today, in the zone of the edition.
DraftCheck check_draft(const House& house, const Rulebook& rulebook, const Edition& edition,
                       const curricula::SourceText& cases, const std::string& because);

} // namespace peercert::services
