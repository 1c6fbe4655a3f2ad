#include "plugin_host/list_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <optional>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <peercert/error.hpp>

#include "plugin_host/candidates.hpp"

namespace peercert::plugin_host {

namespace {

namespace fs = std::filesystem;

void ask(bool worked, const fs::path& path) {
    if (!worked)
        throw Error(ErrorCode::unavailable,
                    path.string() + ": cannot be written: " + std::strerror(errno) + "; nothing was changed");
}

std::string text_if_any(const Descriptor& folder, const Settings& settings) {
    try {
        return read_allow_list_text(folder, settings);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        return {};
    }
}

void replace(const Descriptor& folder, const fs::path& path, const std::string& text) {
    const std::string name = path.filename();
    const std::string fresh = name + ".new";
    ::unlinkat(folder.number(), fresh.c_str(), 0); // of a writer that was interrupted; we hold the lock
    const Descriptor file(
        ::openat(folder.number(), fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    ask(file.number() >= 0, path);
    ask(::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()), path);
    ask(::fchmod(file.number(), 0644) == 0 && ::fsync(file.number()) == 0, path);
    ask(::renameat(folder.number(), fresh.c_str(), folder.number(), name.c_str()) == 0, path);
    ask(::fsync(folder.number()) == 0, path);
}

/// Changes the list's text, alone. `changed` gives the new one, or nothing to leave it as it is. Gives the digest that
/// the list had for `name`.
std::string
change(const Settings& settings, const Descriptor& folder, const std::string& name,
       const std::function<std::optional<std::string>(const std::string& text, const std::string& before)>& changed) {
    const fs::path path = allow_list_path(settings);
    const bool beside = path.parent_path() == settings.folder;
    const Descriptor elsewhere = beside ? Descriptor() : open_trusted_folder(path.parent_path());
    const Descriptor& home = beside ? folder : elsewhere;
    ask(::flock(home.number(), LOCK_EX) == 0, path); // let go when the descriptor is closed
    const std::string text = text_if_any(folder, settings);
    const AllowList list = parse_allow_list(text, path.string());
    const AllowedFile* there = list.find(name);
    const std::string before = there == nullptr ? std::string() : there->sha256;
    if (const auto fresh = changed(text, before))
        replace(home, path, *fresh);
    return before;
}

} // namespace

std::string write_entry(const Settings& settings, const Descriptor& folder, const AllowedFile& entry, bool dry_run) {
    return change(settings, folder, entry.name, [&](const std::string& text, const std::string& before) {
        return dry_run || before == entry.sha256 ? std::nullopt : std::optional(with_entry(text, entry));
    });
}

std::string remove_entry(const Settings& settings, const Descriptor& folder, const std::string& name, bool dry_run) {
    return change(settings, folder, name, [&](const std::string& text, const std::string& before) {
        return dry_run || before.empty() ? std::nullopt : std::optional(without_entry(text, name));
    });
}

} // namespace peercert::plugin_host
