#pragma once

#include <string>
#include <string_view>

namespace peercert::cli {

/// Writes a file that was not there, readable by its owner only, whole or not at all. Throws Error{conflict} if there
/// is one of that name already, Error{invalid_input} where it cannot be written.
void write_new_file(const std::string& path, std::string_view bytes);

/// Before anything is recorded that the file is to hold: throws as write_new_file would for one that is there already.
void refuse_existing_file(const std::string& path);

/// Puts other bytes in the place of the file's, in one step: it is never seen half written.
void replace_file(const std::string& path, std::string_view bytes);

} // namespace peercert::cli
