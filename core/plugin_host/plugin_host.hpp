#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/kinds.hpp>

#include "plugin_host/guard.hpp"

/// Finds, checks, loads and owns plugins. A plugin runs in this process and is as trusted as peercert itself; the
/// checks make sure that it is the file somebody trusted, built for this host, and that its mistakes stay its own.
namespace peercert::plugin_host {

class LoadedPlugin;

struct Settings {
    std::filesystem::path folder;     ///< absolute; see open_trusted_folder for what is asked of it
    std::filesystem::path allow_list; ///< empty: plugins.allow in the folder
    CallLimits limits;
    /// Hears of every failure. Called on the judging thread, perhaps inside a transaction: note it down and write the
    /// audit entry later. Must not throw.
    std::function<void(const Event&)> on_event;
};

struct PluginInfo {
    std::string id, version, summary;
    std::string file;   ///< name in the plugin folder
    std::string sha256; ///< of that file; belongs, with the version, to every decision the plugin took part in
    std::string sdk;    ///< version it was built for, "1.0"
    std::vector<std::string> kinds, clocks;
    std::vector<std::string> folders; ///< names below the curricula directory
};

/// All plugins of the allow-list, loaded. Keep it alive longer than everything that judges; plugins are unloaded only
/// by its destructor, when the process ends.
class Host {
public:
    /// Every file of the list is opened, checked and its manifest read before the code of any runs; then they are
    /// loaded in the order of the list. Throws Error{plugin_failure} with one line for each file that is missing or
    /// refused, so that the start stops: what is configured runs, or nothing does. A file that is not on the list is
    /// never opened.
    explicit Host(Settings settings);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    const Kinds& kinds() const { return kinds_; }
    const std::vector<PluginInfo>& plugins() const { return infos_; }
    /// Who brings this kind or clock ("wrap:components"); nothing if nobody does.
    const PluginInfo* plugin_of(std::string_view kind_or_clock) const;
    bool is_disabled(std::string_view plugin_id) const;

private:
    Settings settings_;
    std::vector<std::unique_ptr<LoadedPlugin>> loaded_;
    std::vector<PluginInfo> infos_; ///< in step with loaded_
    Kinds kinds_;
};

} // namespace peercert::plugin_host
