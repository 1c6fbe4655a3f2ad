#pragma once

#include <optional>

#include <peercert/finding.hpp>
#include <peercert/record.hpp>

/// What a person's departure does to what is asked of their record on later days. Earlier days keep their answers.
namespace peercert::services {

inline bool is_gone(const std::optional<Date>& departed, Date day) { return departed && *departed <= day; }

/// From that day on nothing that was held is in force.
inline void end_with(Record& record, const std::optional<Date>& departed) {
    if (departed)
        for (Holding& holding : record.holdings)
            holding.out_of_force.push_back({*departed, std::nullopt});
}

/// The finding turned into a no whose reason is the departure.
inline void end_with(Finding& finding, Date departed) {
    Finding here;
    here.clause = here.kind = "still with us";
    here.verdict = Verdict::unmet();
    here.anchors.push_back({"gone since", departed});
    finding.verdict = Verdict::unmet();
    finding.holds_until.reset();
    finding.next = {};
    finding.parts.insert(finding.parts.begin(), std::move(here));
}

} // namespace peercert::services
