#pragma once

#include <string>
#include <string_view>

namespace peercert::cli {

/// Before anything is recorded that the file is to hold: throws Error{conflict} for one that is
/// there already.
void refuse_existing_file(const std::string& path);

/// Puts other bytes in the place of the file's, in one step: it is never seen half written.
void replace_file(const std::string& path, std::string_view bytes);

} // namespace peercert::cli
