#pragma once

#include <map>
#include <string>
#include <vector>

#include <peercert/finding.hpp>

#include "words/messages.hpp"

/// A finding in plain words, strengths first. Never a word about the person: only about the rule and the record.
namespace peercert::words {

/// One clause as a reader meets it: a line, and what stands behind it.
struct ExplainedClause {
    int depth{0}; ///< 0 for the clauses of the step, deeper for their parts
    Verdict verdict{Verdict::unmet()};
    std::string mark;                 ///< "there", "not yet", "needs a decision", "not asked"
    std::string headline;             ///< "continuing education: 26 h of 30 h"
    std::vector<std::string> details; ///< next step first, then what was counted, what was not and why, the source
};

struct Explanation {
    std::string answer;                 ///< one sentence
    std::vector<ExplainedClause> there; ///< met or not asked, in the order of the rule
    std::vector<ExplainedClause> open;  ///< the rest
};

/// On which day each entry was, for readers who do not know it by its number.
using EntryDays = std::map<EntryId, Date>;

/// Entries that are simply of another kind than a clause asks are not told one by one; the JSON has them. `days` may be
/// nullptr.
Explanation explanation(const Finding& finding, const Messages& messages, Language language,
                        const EntryDays* days = nullptr);

/// "verified" and the other words for how far a source can be trusted, as people say them.
std::string trust_text(std::string_view confidence, const Messages& messages, Language language);

/// An amount as people say it: "26 h 30 min", "85 %", "50.00 USD".
std::string amount_text(std::int64_t amount, Unit unit, const Messages& messages, Language language);
/// The same in the words the rule is written in, where it has some and they come out even: "12 credits" rather than the
/// hours that they stand for.
std::string amount_text(std::int64_t amount, Unit unit, std::string_view own_unit, std::int64_t own_unit_size,
                        const Messages& messages, Language language);

} // namespace peercert::words
