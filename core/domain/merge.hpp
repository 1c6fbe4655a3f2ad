#pragma once

#include <optional>
#include <string>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

/// One human who had two records: that `person` is read together with `kept`, or, without `kept`, that they stand apart
/// again. Only ever added; every other row stays under the person it was recorded for.
struct MergeEvent {
    PersonId person{};
    int n{0};        ///< 1, 2 ... of that person
    PersonId kept{}; ///< 0: taken apart
    Date day{};
    std::string typed_by{};
    Instant recorded_at{};
    std::int64_t audit{0}; ///< number of the audit row
};

} // namespace peercert::domain
