#pragma once

#include <filesystem>
#include <string>

#include "plugin_host/plugin_host.hpp"

namespace peercert::plugin_host {

/// A plugin folder of its own below /tmp, with modes as they should be, filled from the plugins that were built.
class PluginFolder {
public:
    PluginFolder();
    ~PluginFolder();
    PluginFolder(const PluginFolder&) = delete;
    PluginFolder& operator=(const PluginFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    Settings settings() const;

    /// Copies a built plugin ("good") under its own or another file name; gives the new path.
    std::filesystem::path copy(const std::string& plugin, const std::string& as = {});
    /// The same, and onto the list with its digest.
    std::filesystem::path trust(const std::string& plugin, const std::string& as = {});
    /// Writes any file; `trust_bytes` puts it onto the list as well.
    std::filesystem::path write(const std::string& name, const std::string& bytes);
    std::filesystem::path trust_bytes(const std::string& name, const std::string& bytes);
    void list(const std::string& text);

private:
    std::filesystem::path path_;
    std::string list_;
};

std::string bytes_of(const std::filesystem::path& file);
/// Where the build put a plugin of the tests or of the house.
std::filesystem::path built(const std::string& plugin);

} // namespace peercert::plugin_host
