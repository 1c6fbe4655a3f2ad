#include "plugin_host/trusted_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <peercert/error.hpp>

namespace peercert::plugin_host {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& what) {
    throw Error(ErrorCode::plugin_failure, path.string() + ": " + what);
}

[[noreturn]] void refuse_to_open(const fs::path& path, int error) {
    if (error == ENOENT)
        throw Error(ErrorCode::not_found, path.string() + ": there is no such file or folder");
    if (error == ELOOP)
        refuse(path, "is a symbolic link; plugins are real files in a real folder");
    refuse(path, std::string("cannot be opened: ") + std::strerror(error));
}

bool belongs_to_us(const struct stat& found) { return found.st_uid == 0 || found.st_uid == ::geteuid(); }

bool others_can_write(const struct stat& found) { return (found.st_mode & (S_IWGRP | S_IWOTH)) != 0; }

void ask_owner_and_mode(const struct stat& found, const fs::path& path) {
    if (!belongs_to_us(found))
        refuse(path, "belongs to user " + std::to_string(found.st_uid) +
                         "; it must belong to root or to the user that runs peercert (" + std::to_string(::geteuid()) +
                         ")");
    if (others_can_write(found))
        refuse(path, "can be written to by its group or by everybody; " + ((found.st_mode & S_ISVTX) != 0
                                                                               ? "choose a folder of peercert's own"
                                                                               : "run: chmod go-w " + path.string()));
}

/// A world-writable folder with the sticky bit does not let others rename or remove what is ours.
void ask_parent(const struct stat& found, const fs::path& path) {
    if (!belongs_to_us(found) || (found.st_mode & S_ISVTX) == 0)
        ask_owner_and_mode(found, path);
}

Descriptor open_folder_at(int parent, const std::string& name, const fs::path& path) {
    struct stat found {};
    if (::fstatat(parent, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0) {
        if (S_ISLNK(found.st_mode))
            refuse(path, "is a symbolic link; give the real path of the plugin folder");
        if (!S_ISDIR(found.st_mode))
            refuse(path, "is no folder");
    }
    Descriptor opened(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (opened.number() < 0)
        refuse_to_open(path, errno);
    return opened;
}

struct stat status_of(const Descriptor& opened, const fs::path& path) {
    struct stat found {};
    if (::fstat(opened.number(), &found) != 0)
        refuse(path, std::string("cannot be examined: ") + std::strerror(errno));
    return found;
}

/// O_NONBLOCK: opening a pipe somebody left there must not wait for ever.
Descriptor open_file_at(int folder, const std::string& name, const fs::path& path) {
    Descriptor opened(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (opened.number() < 0)
        refuse_to_open(path, errno);
    return opened;
}

std::string sha256_of(const std::vector<std::byte>& bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string hex(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest, sizeof digest);
    hex.pop_back();
    return hex;
}

FileBytes read_all(Descriptor opened, const struct stat& found, const fs::path& path) {
    if (!S_ISREG(found.st_mode))
        refuse(path, S_ISDIR(found.st_mode) ? "is a folder, not a file" : "is no regular file");
    if (found.st_size < 0 || static_cast<std::size_t>(found.st_size) > largest_file)
        refuse(path, "is larger than " + std::to_string(largest_file >> 20) + " MiB, which no plugin is");
    FileBytes file;
    file.bytes.resize(static_cast<std::size_t>(found.st_size));
    std::size_t have = 0;
    while (have < file.bytes.size()) {
        const ssize_t got =
            ::pread(opened.number(), file.bytes.data() + have, file.bytes.size() - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            refuse(path, std::string("cannot be read: ") + std::strerror(errno));
        if (got == 0)
            refuse(path, "became shorter while it was read");
        have += static_cast<std::size_t>(got);
    }
    file.sha256 = sha256_of(file.bytes);
    file.descriptor = std::move(opened);
    return file;
}

} // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0)
        ::close(number_);
}

Descriptor open_trusted_folder(const fs::path& folder) {
    if (!folder.is_absolute())
        refuse(folder, "the plugin folder is given as an absolute path");
    fs::path walked = "/";
    Descriptor opened = open_folder_at(AT_FDCWD, "/", walked);
    struct stat found = status_of(opened, walked);
    for (const fs::path& step : folder.relative_path()) {
        if (step.empty() || step == ".")
            continue;
        if (step == "..")
            refuse(folder, "the plugin folder is given without \"..\"");
        ask_parent(found, walked);
        walked /= step;
        opened = open_folder_at(opened.number(), step, walked);
        found = status_of(opened, walked);
    }
    ask_owner_and_mode(found, walked);
    return opened;
}

FileBytes read_trusted_file(const Descriptor& folder, const fs::path& folder_path, const std::string& name) {
    const fs::path path = folder_path / name;
    Descriptor opened = open_file_at(folder.number(), name, path);
    const struct stat found = status_of(opened, path);
    if (S_ISREG(found.st_mode))
        ask_owner_and_mode(found, path);
    return read_all(std::move(opened), found, path);
}

FileBytes read_any_file(const fs::path& file) {
    Descriptor opened = open_file_at(AT_FDCWD, file.string(), file);
    const struct stat found = status_of(opened, file);
    FileBytes read = read_all(std::move(opened), found, file);
    try {
        ask_owner_and_mode(found, file);
    } catch (const Error& error) {
        read.exposed = error.what();
    }
    return read;
}

} // namespace peercert::plugin_host
