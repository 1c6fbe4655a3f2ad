#pragma once

#include <string>
#include <string_view>
#include <vector>

/// plugins.allow: which files of the plugin folder may be loaded, each with the digest of what was trusted. One a line,
/// `wrap.so 64-hex-digits`; lines that start with # and empty lines are for people.
namespace peercert::plugin_host {

struct AllowedFile {
    std::string name;   ///< a file of the plugin folder: "wrap.so"
    std::string sha256; ///< 64 lower-case hex digits
    bool operator==(const AllowedFile&) const = default;
};

struct AllowList {
    std::vector<AllowedFile> files; ///< in the order of the list, names unique
    const AllowedFile* find(std::string_view name) const;
};

/// Throws Error{invalid_input} "where:line: ..." for anything that is not exactly the form above.
AllowList parse_allow_list(std::string_view text, const std::string& where);

/// The text with this file's line replaced, or added at the end; every other line stays as it is.
std::string with_entry(std::string_view text, const AllowedFile& entry);

/// The text without this file's line.
std::string without_entry(std::string_view text, std::string_view name);

/// "wrap.so": lower-case letters, digits, underscores and dashes, then ".so".
bool is_plugin_file_name(std::string_view name);

} // namespace peercert::plugin_host
