#pragma once

#include <string>

#include "domain/instant.hpp"

namespace peercert::domain {

/// What the columns of a kind of file are called here, remembered by name.
struct ImportMapping {
    std::string name{};    ///< "lms export"
    std::string kind{};    ///< of import: "people", "attendance", "records" ...
    std::string columns{}; ///< JSON: [["Full name","name"], ...]
    std::string typed_by{};
    Instant recorded_at{};
};

} // namespace peercert::domain
