#pragma once

#include <string>

#include "plugin_host/allow_list.hpp"
#include "plugin_host/elf_file.hpp"
#include "plugin_host/plugin_host.hpp"
#include "plugin_host/trusted_file.hpp"

/// What the host and those who only look have in common: the list, and a file's checks before any of its code runs.
namespace peercert::plugin_host {

struct Candidate {
    std::string name;
    std::string where; ///< whole path, for messages
    FileBytes file;
    Manifest manifest;
};

std::filesystem::path allow_list_path(const Settings& settings);

/// The list as it stands; `folder` is the opened plugin folder. Throws Error{not_found} when there is none.
std::string read_allow_list_text(const Descriptor& folder, const Settings& settings);

/// Opens one file of the list and checks all that can be checked from outside. Throws Error{plugin_failure}.
Candidate examine(const Descriptor& folder, const Settings& settings, const AllowedFile& allowed);

} // namespace peercert::plugin_host
