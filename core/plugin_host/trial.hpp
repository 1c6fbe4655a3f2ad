#pragma once

#include <string>

#include "plugin_host/child.hpp"
#include "plugin_host/elf_file.hpp"
#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {

/// Loads a plugin and tries everything it brings once, telling each step before it is taken, so that whoever listens
/// knows how far it came. Lines: stage, kind, clock, folder, problem, done. For a process that may be lost.
void try_out(FileBytes file, const Manifest& manifest, const std::string& where, const Reporter& reporter);

} // namespace peercert::plugin_host
