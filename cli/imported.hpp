#pragma once

#include "cli/command.hpp"
#include "services/imports.hpp"

namespace peercert::cli {

/// What an import did or would do; every row that needs mending, at once.
Exit print_import(Invocation& asked, const services::ImportReport& report, const std::string& what);

} // namespace peercert::cli
