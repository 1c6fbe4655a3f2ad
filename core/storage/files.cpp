#include "storage/files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <peercert/error.hpp>

#include "storage/detail/digest.hpp"

namespace peercert::storage {

namespace {

[[noreturn]] void refuse(const std::string& what, int problem) {
    throw Error(ErrorCode::unavailable, what + ": " + std::strerror(problem));
}

void sync(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0)
        refuse(path.string() + " cannot be opened", errno);
    const int code = ::fsync(file);
    const int problem = errno;
    ::close(file);
    if (code != 0)
        refuse(path.string() + " cannot be written to the disk", problem);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

constexpr const char* unfinished = ".unfinished-";

void remove_with_tails(const std::filesystem::path& path) noexcept {
    for (const char* tail : {"", "-wal", "-shm", "-journal"})
        ::unlink((path.string() + tail).c_str());
}

} // namespace

NewFile::NewFile(std::filesystem::path target) : target_(std::move(target)) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(target_, ignored)))
        throw Error(ErrorCode::conflict, target_.string() + " exists already; it is never written over");
    for (const std::filesystem::path& left : unfinished_files(target_))
        remove_with_tails(left);
    path_ = target_;
    path_ += unfinished + std::to_string(::getpid());
    held_ = ::open(path_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (held_ < 0)
        refuse(folder_of(target_).string() + " cannot be written to", errno);
    ::flock(held_, LOCK_EX | LOCK_NB); // so that nobody takes it for one that was left behind
}

NewFile::~NewFile() {
    remove();
    if (held_ >= 0)
        ::close(held_);
}

std::vector<std::filesystem::path> unfinished_files(const std::filesystem::path& target) {
    const std::string beginning = target.filename().string() + unfinished;
    std::vector<std::filesystem::path> found;
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder_of(target), problem)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(beginning) ||
            name.find_first_not_of("0123456789", beginning.size()) != std::string::npos ||
            !entry.is_regular_file(problem) || entry.is_symlink(problem))
            continue;
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (file < 0)
            continue;
        if (::flock(file, LOCK_EX | LOCK_NB) == 0) // whoever made it is gone
            found.push_back(entry.path());
        ::close(file);
    }
    std::sort(found.begin(), found.end());
    return found;
}

void NewFile::remove() noexcept { remove_with_tails(path_); }

void NewFile::publish() {
    sync(path_, O_RDONLY);
    if (::link(path_.c_str(), target_.c_str()) != 0) {
        if (errno == EEXIST)
            throw Error(ErrorCode::conflict, target_.string() + " exists already; it is never written over");
        refuse(target_.string() + " cannot be made", errno);
    }
    remove();
    ::close(std::exchange(held_, -1));
    sync(folder_of(target_), O_RDONLY | O_DIRECTORY);
}

void write_new_file(const std::filesystem::path& target, std::string_view bytes) {
    NewFile file(target);
    std::ofstream stream(file.path(), std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream)
        throw Error(ErrorCode::unavailable, target.string() + " cannot be written to its end; is the disk full?");
    file.publish();
}

std::string digest_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Error(ErrorCode::unavailable, path.string() + " cannot be read");
    Hasher hasher;
    std::array<char, 1 << 16> part{};
    while (file.read(part.data(), part.size()) || file.gcount() > 0)
        hasher.add({part.data(), static_cast<std::size_t>(file.gcount())});
    return to_hex(hasher.finish());
}

} // namespace peercert::storage
