#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plugin_host/elf_file.hpp"
#include "plugin_host/plugin_host.hpp"

/// Looking at plugins before, or without, loading them into this process: what `peercert plugin` offers.
namespace peercert::plugin_host {

/// One file of the plugin folder or line of its list.
struct FolderEntry {
    enum class Standing {
        loads,       ///< trusted, whole, and built for this host
        refused,     ///< on the list, but it would stop the start; `problem` says why
        missing,     ///< on the list, but not in the folder: it would stop the start
        not_trusted, ///< in the folder, but not on the list: never loaded
        damaged      ///< not on the list either, and its bytes are no whole shared library; `problem` says why
    } standing{Standing::loads};
    std::string file;
    std::string sha256;               ///< empty when the file cannot be read
    std::optional<Manifest> manifest; ///< absent when it has none that this host understands
    std::string problem;              ///< empty when it loads
};

/// All of them, the list's first and in its order. None of their code runs. Throws Error{plugin_failure} or
/// {invalid_input} when the folder or the list itself is refused.
std::vector<FolderEntry> list_folder(const Settings& settings);

/// What a plugin brings, as it told it in a process of its own.
struct Brought {
    std::string name;
    std::string help;
    std::string tried; ///< how it took its own example: "answers", or why it could not be tried
};

struct CheckReport {
    std::string file;
    std::string sha256;
    std::optional<Manifest> manifest;
    std::vector<Brought> kinds, clocks;
    std::vector<std::string> folders;
    std::string problem; ///< empty: nothing was found
    std::string said;    ///< the start of what it printed, made printable
    /// Why it would still not be trusted: it belongs to somebody else, or others may write to it. Empty if it would.
    std::string exposed;
    bool passes() const { return problem.empty(); }
};

/// Reads the file here, then loads it in a process of its own, lets it contribute, and tries each kind and clock with
/// its own example. A crash, a hang, an exit or an abort ends there and becomes a sentence. The code of the file does
/// run, with the rights of the caller. Never throws for what is wrong with the file. For a process with one thread.
CheckReport check_file(const std::filesystem::path& file,
                       std::chrono::milliseconds deadline = std::chrono::seconds{10});

struct Trusted {
    std::string file; ///< name in the plugin folder
    std::string sha256;
    std::string before; ///< digest that the list had; empty: it was not on the list
    CheckReport check;
};

/// Checks a file of the plugin folder as above and, if nothing is wrong with it, writes its digest into the allow-list:
/// beside the old list first, to disk, then in its place. `dry_run` writes nothing. Throws Error{plugin_failure} with
/// what is wrong with the file, Error{invalid_input} when it lies elsewhere.
/// Nor is one trusted whose id, kinds, clocks or folders another trusted file has: with both, nothing would start.
Trusted trust_file(const Settings& settings, const std::filesystem::path& file, bool dry_run);

/// Takes a file off the allow-list; it need not be there any more. Gives the digest that was trusted. Throws
/// Error{not_found} when it is not on the list.
std::string distrust_file(const Settings& settings, const std::filesystem::path& file, bool dry_run);

} // namespace peercert::plugin_host
