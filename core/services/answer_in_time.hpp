#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/terms.hpp"

namespace peercert::services {

/// From that day on the same step is asked for differently: a renewal is late, and costs more.
struct AnswerChange {
    Date day{};
    std::string called; ///< the edition's word for the stretch that begins
    rules::FeeAnswer fee;
};

/// An answer as time goes on and nothing more is recorded. Looks at most twelve years ahead.
struct AnswerInTime {
    std::optional<Date> holds_until;    ///< it is a yes: the last day on which it still is one; absent: none in sight
    std::vector<AnswerChange> changes;  ///< of a yes: what it becomes before it ends
    std::optional<Date> met_by_waiting; ///< it is no yet: the first day on which it is a yes
};

/// `today`: the finding of that step on `situation.as_of`. Where an application has been received, its day stands; else
/// the step is asked for on each day as it comes, behind the last day of a term as a coming back.
AnswerInTime answer_in_time(const rules::Program& program, Step::Verb verb, const std::string& level,
                            const Record& record, const rules::Situation& situation, const Finding& today);

} // namespace peercert::services
