#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Opening a folder and the files in it so that nobody else can have put them there: everything is asked of the opened
/// descriptor, never of a name that may mean something else a moment later.
namespace peercert::plugin_host {

/// Owns a file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    int number() const noexcept { return number_; }

private:
    int number_{-1};
};

/// A file's bytes, and the descriptor they were read from.
struct FileBytes {
    Descriptor descriptor;
    std::vector<std::byte> bytes;
    std::string sha256;  ///< lower-case hex
    std::string exposed; ///< a sentence when it is another user's, or others may write to it; only from read_any_file
};

/// Larger files are refused before they are read.
inline constexpr std::size_t largest_file = 64u << 20;

/// Opens an absolute folder. It and every folder above it must be real (no symbolic link), belong to root or to the
/// running user, and be writable by nobody else; above the folder, a sticky one like /tmp will do.
/// Throws Error{plugin_failure} with the path at fault, Error{not_found} when there is no such folder.
Descriptor open_trusted_folder(const std::filesystem::path& folder);

/// Reads a file of an opened folder: a regular file, no symbolic link, owned by root or the running user and writable
/// by nobody else. `folder_path` is for messages. Throws as above.
FileBytes read_trusted_file(const Descriptor& folder, const std::filesystem::path& folder_path,
                            const std::string& name);

/// Reads a file anywhere, for looking at it only: a regular file, no symbolic link. Who may change it is told, not
/// asked.
FileBytes read_any_file(const std::filesystem::path& file);

} // namespace peercert::plugin_host
