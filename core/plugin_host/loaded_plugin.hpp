#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "plugin_host/elf_file.hpp"
#include "plugin_host/guard.hpp"
#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {

class Library;

/// A plugin that runs: its library, what it made, and the guards around it, in the order in which they must outlive
/// one another.
class LoadedPlugin {
public:
    /// Loads the very descriptor that was read, asks its manifest once more, calls the factory and lets it contribute.
    /// `say_stage`, if any, hears what is done next ("loading", "making it", ...), for whoever watches from outside.
    /// Throws Error{plugin_failure} naming `where` for whatever goes wrong, whatever type was thrown.
    LoadedPlugin(FileBytes file, Manifest manifest, const std::string& where, CallLimits limits,
                 std::function<void(const Event&)> on_event,
                 const std::function<void(const std::string&)>& say_stage = {});
    ~LoadedPlugin();
    LoadedPlugin(const LoadedPlugin&) = delete;
    LoadedPlugin& operator=(const LoadedPlugin&) = delete;

    const Manifest& manifest() const { return manifest_; }
    const std::string& sha256() const { return sha256_; }
    const Health& health() const { return *health_; }
    const std::vector<std::unique_ptr<GuardedKind>>& kinds() const { return kinds_; }
    const std::vector<std::unique_ptr<GuardedClock>>& clocks() const { return clocks_; }
    const std::vector<std::string>& folders() const { return folders_; }

private:
    class Contributions;

    Descriptor descriptor_; ///< open as long as the library is: its number is the library's name
    std::unique_ptr<Library> library_;
    Manifest manifest_;
    std::string sha256_;
    std::unique_ptr<Health> health_;
    std::unique_ptr<Plugin> plugin_;
    std::vector<std::unique_ptr<GuardedKind>> kinds_;
    std::vector<std::unique_ptr<GuardedClock>> clocks_;
    std::vector<std::string> folders_;
};

} // namespace peercert::plugin_host
