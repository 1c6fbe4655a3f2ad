#pragma once

#include <string>

#include "plugin_host/allow_list.hpp"
#include "plugin_host/plugin_host.hpp"
#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {

/// Puts one file into the allow-list, for good: new file, to disk, in the old one's place, folder to disk; two writers
/// queue. A missing list begins empty. Gives the digest that was there before ("" if none). Throws
/// Error{plugin_failure, invalid_input} when the folder or the list at hand is refused, Error{unavailable} when the
/// disk does; the old list then stands as it was.
std::string write_entry(const Settings& settings, const Descriptor& folder, const AllowedFile& entry, bool dry_run);

/// Takes one file off the list in the same way. Gives the digest that was there, "" if it was not on the list.
std::string remove_entry(const Settings& settings, const Descriptor& folder, const std::string& name, bool dry_run);

} // namespace peercert::plugin_host
