#pragma once

#include <cstdint>
#include <optional>

#include "domain/instant.hpp"

namespace peercert::storage {

/// What of the record is read: everything, what was recorded by an instant, or what units before an audit row recorded.
struct Known {
    std::optional<domain::Instant> at{};
    std::int64_t before_audit{0};
    bool everything() const { return !at && before_audit == 0; }
};

} // namespace peercert::storage
