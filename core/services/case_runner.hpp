#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <peercert/kinds.hpp>

#include "curricula/case.hpp"
#include "curricula/catalogue.hpp"
#include "rules/rules.hpp"

/// Runs the cases that stand beside editions, through the same judgement that decides for real.
namespace peercert::services {

struct CheckedExpectation {
    curricula::Expectation expected;
    std::string got; ///< in the same written form
    bool as_expected{false};
};

struct CaseOutcome {
    std::string name;
    std::string asks;
    std::string place; ///< file:line:column
    std::vector<CheckedExpectation> expectations;
    /// Expectations that stay fulfilled when changed to something else: such a case proves nothing. Only from prove().
    std::vector<CheckedExpectation> unprovable;
    /// Where something came out otherwise: the clauses that are open, with what each still needs. "hours: ethics, 4 h".
    std::vector<std::string> open{};
    bool as_expected() const;
};

/// One catalogue's cases. Compiles each edition once.
class CaseRunner {
public:
    /// Both outlive the runner.
    CaseRunner(const curricula::Catalogue& catalogue, const Kinds& kinds) : catalogue_(catalogue), kinds_(kinds) {}

    /// Every expectation of the case against what the rules answer. What the rules refuse to answer is an outcome, not
    /// a failure: `got` then says why.
    CaseOutcome run(const Edition& edition, const curricula::Case& one);
    /// run, and then every expectation replaced by wrong values, each of which must make the case fail.
    CaseOutcome prove(const Edition& edition, const curricula::Case& one);

private:
    const rules::Program& program(const Edition& edition);

    const curricula::Catalogue& catalogue_;
    const Kinds& kinds_;
    Vocabulary words_;
    std::map<const Edition*, std::unique_ptr<rules::Program>> programs_;
};

} // namespace peercert::services
