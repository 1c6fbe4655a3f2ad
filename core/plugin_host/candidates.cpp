#include "plugin_host/candidates.hpp"

#include <peercert/error.hpp>

namespace peercert::plugin_host {

namespace fs = std::filesystem;

fs::path allow_list_path(const Settings& settings) {
    return settings.allow_list.empty() ? settings.folder / "plugins.allow" : settings.allow_list;
}

std::string read_allow_list_text(const Descriptor& folder, const Settings& settings) {
    const fs::path path = allow_list_path(settings);
    const bool beside = path.parent_path() == settings.folder;
    const Descriptor elsewhere = beside ? Descriptor() : open_trusted_folder(path.parent_path());
    try {
        const FileBytes list = read_trusted_file(beside ? folder : elsewhere, path.parent_path(), path.filename());
        return {reinterpret_cast<const char*>(list.bytes.data()), list.bytes.size()};
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        throw Error(ErrorCode::not_found,
                    "the folder of plugins " + settings.folder.string() + " has no list of what may be loaded (" +
                        path.string() +
                        "): `peercert plugin trust FILE` makes it and puts a plugin on it; another "
                        "folder is named by the setting plugins (PEERCERT_PLUGINS)");
    }
}

Candidate examine(const Descriptor& folder, const Settings& settings, const AllowedFile& allowed) {
    Candidate one{allowed.name, (settings.folder / allowed.name).string(), {}, {}};
    try {
        one.file = read_trusted_file(folder, settings.folder, allowed.name);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        throw Error(ErrorCode::not_found, std::string(error.what()) +
                                              "; put it back, or take it off the list: peercert plugin distrust " +
                                              allowed.name);
    }
    if (one.file.sha256 != allowed.sha256)
        throw Error(ErrorCode::plugin_failure,
                    one.where + ": is not the file that was trusted (SHA-256 " + one.file.sha256 + ", the list says " +
                        allowed.sha256 + "); find out who changed it, then run: peercert plugin trust " + one.where);
    one.manifest = read_manifest(one.file.bytes, one.where);
    return one;
}

} // namespace peercert::plugin_host
