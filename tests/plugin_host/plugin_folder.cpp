#include "plugin_host/plugin_folder.hpp"

#include <stdlib.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "plugin_host/trusted_file.hpp"

namespace peercert::plugin_host {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("not there: " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

fs::path built(const std::string& plugin) {
    const fs::path binaries = PEERCERT_BINARY_DIR;
    const fs::path bad = binaries / "tests/plugin_host/bad_plugins" / (plugin + ".so");
    return fs::exists(bad) ? bad : binaries / "plugins" / (plugin + ".so");
}

PluginFolder::PluginFolder() {
    std::string pattern = (fs::temp_directory_path() / "peercert-plugins-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    path_ = fs::path(pattern) / "plugins";
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms(0755));
    list("");
}

PluginFolder::~PluginFolder() {
    std::error_code ignored;
    fs::remove_all(path_.parent_path(), ignored);
}

Settings PluginFolder::settings() const {
    Settings given;
    given.folder = path_;
    return given;
}

fs::path PluginFolder::write(const std::string& name, const std::string& bytes) {
    const fs::path file = path_ / name;
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    fs::permissions(file, fs::perms(0644));
    return file;
}

fs::path PluginFolder::copy(const std::string& plugin, const std::string& as) {
    return write((as.empty() ? plugin : as) + ".so", bytes_of(built(plugin)));
}

fs::path PluginFolder::trust_bytes(const std::string& name, const std::string& bytes) {
    const fs::path file = write(name, bytes);
    list_ += name + " " + read_any_file(file).sha256 + "\n";
    list(list_);
    return file;
}

fs::path PluginFolder::trust(const std::string& plugin, const std::string& as) {
    return trust_bytes((as.empty() ? plugin : as) + ".so", bytes_of(built(plugin)));
}

void PluginFolder::list(const std::string& text) { write("plugins.allow", text); }

} // namespace peercert::plugin_host
