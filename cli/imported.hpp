#pragma once

#include "cli/command.hpp"
#include "services/imports.hpp"

namespace peercert::cli {

/// What an import did or would do; every row that needs mending, at once. `one` and `many` name what was added:
/// "person", "people".
Exit print_import(Invocation& asked, const services::ImportReport& report, const std::string& one,
                  const std::string& many);

/// How many notes of a sort are wanted: all of them where a program reads them.
std::size_t notes_kept(const Invocation& asked);

/// What the file's columns are called: --columns, --mapping, --remember.
services::ImportNames import_names(const Invocation& asked);
const std::vector<Option>& import_name_options();

extern const Argument import_file_argument;
/// How every file is read, for help.
inline constexpr const char* import_manner =
    "All rows or none: every row that needs mending is named at once and nothing is stored. Running the same "
    "file again changes nothing. With --dry-run nothing is stored either way. A file holds at most "
    "1,000,000 rows.\n\n"
    "The file is text in UTF-8 whose first line names the columns. Commas, semicolons or tabs separate the fields: "
    "which of them is seen from that line.";

} // namespace peercert::cli
