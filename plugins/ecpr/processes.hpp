#pragma once

#include <peercert/plugin.hpp>

namespace peercert::ecpr {

/// `ecpr:processes`: each process was shown in a role play that somebody entitled observed. What was said in the role
/// play is the learner's own and is never recorded: "shown" is all there is.
///
///     ecpr:processes:
///       shown: [ecpr/ECPR.C, ecpr/ECPR.P, ecpr/ECPR.R]   # codes of sign-offs
///       method: role play                                # the word the sign-off carries
///       observed by: ecpr/trainer                        # one authority or a list, held on the day observed
class Processes final : public RequirementKind {
public:
    std::string_view name() const override { return "ecpr:processes"; }
    std::string_view help() const override;
    Parameters example() const override;
    void check(const Parameters&) const override;
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override;
};

} // namespace peercert::ecpr
