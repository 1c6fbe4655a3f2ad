#pragma once

#include "cli/command.hpp"
#include "services/imports.hpp"

namespace peercert::cli {

/// What an import did or would do; every row that needs mending, at once. `one` and `many` name what was added:
/// "person", "people".
Exit print_import(Invocation& asked, const services::ImportReport& report, const std::string& one,
                  const std::string& many);

} // namespace peercert::cli
