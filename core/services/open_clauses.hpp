#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <peercert/finding.hpp>

/// What is missing, clause by clause, from a finding.
namespace peercert::services {

/// One clause that is open, with what would close it.
struct OpenClause {
    std::string clause;
    std::string kind;
    bool to_decide{false};               ///< people decide it; nothing can be done but to ask them
    std::optional<std::int64_t> missing; ///< amount still needed
    Unit unit{Unit::none};
    std::string own_unit;          ///< as in Finding: the word the rule counts in, when it is one of its own
    std::int64_t own_unit_size{0}; ///< and how much of `unit` it stands for
    NextStep next;
    bool within_total{false};          ///< the amount lies inside that of the clause before: not to be added to it
    std::vector<std::string> one_of{}; ///< the ways of which one is enough; empty: there is only the clause itself
    bool over_limit{false};            ///< an upper limit (an age) is passed: no step and no time brings it back
};

/// Whether everything in it is wanted, so that what is open in it is what is missing.
bool is_a_list(const Finding& finding);

/// Whether one of the finding's parts is enough: alternatives, or the same kind of thing under one of several names.
bool is_a_choice(const Finding& finding);

/// What is open in a finding, clause by clause in the order of the rule. Empty when it passes.
std::vector<OpenClause> open_clauses(const Finding& finding);

} // namespace peercert::services
