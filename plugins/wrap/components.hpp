#pragma once

#include <peercert/plugin.hpp>

namespace peercert::wrap {

/// `wrap:components`: every unit of the plan was attended, in the order in which the plan builds on itself.
///
///     wrap:components:
///       units: [wellness-toolbox, daily-plan, stressors]   # codes of attendance, in order
///       in order: yes                                      # or no
///       each at least: 30 min                              # optional: minutes present in one session
///
/// In order means: there are days of attendance, one a unit, that never step back. Someone who missed a unit and
/// attends it with a later group takes what follows it again.
class Components final : public RequirementKind {
public:
    std::string_view name() const override { return "wrap:components"; }
    std::string_view help() const override;
    Parameters example() const override;
    void check(const Parameters&) const override;
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override;
};

} // namespace peercert::wrap
