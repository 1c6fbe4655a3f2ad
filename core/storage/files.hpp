#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace peercert::storage {

/// A file that becomes `target` in one step or not at all: made beside it under another name, readable by its owner
/// only. What has not been published is removed, also what a program that was killed left of the same target.
class NewFile {
public:
    /// Throws Error{conflict} if `target` exists, Error{unavailable} if the folder cannot be written to.
    explicit NewFile(std::filesystem::path target);
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }
    /// Syncs the file, gives it its name (never over another file) and syncs the folder.
    void publish();

private:
    void remove() noexcept;

    std::filesystem::path target_;
    std::filesystem::path path_;
    int held_{-1}; ///< locked while this lives
};

/// What was left of the making of `target` by programs that were killed: whole records may be in them.
std::vector<std::filesystem::path> unfinished_files(const std::filesystem::path& target);

/// Writes a file that nobody but its owner reads, in one step or not at all. Throws as NewFile does.
void write_new_file(const std::filesystem::path& target, std::string_view bytes);

/// BLAKE2b-256 of a file's bytes, hex.
std::string digest_of_file(const std::filesystem::path& path);

} // namespace peercert::storage
