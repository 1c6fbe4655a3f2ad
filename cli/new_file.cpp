#include "cli/new_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include <peercert/error.hpp>

namespace peercert::cli {

namespace {

[[noreturn]] void failed(const std::string& path) {
    throw Error(errno == EEXIST ? ErrorCode::conflict : ErrorCode::invalid_input,
                errno == EEXIST ? "there is a file " + path + " already; choose another name"
                                : "the file " + path + " cannot be written: " + std::strerror(errno));
}

void write_and_close(int file, const std::string& path, std::string_view bytes) {
    bool good = true;
    while (good && !bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        good = written > 0;
        if (good)
            bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(file) == 0;
    const int because = errno;
    good = ::close(file) == 0 && good;
    if (good)
        return;
    ::unlink(path.c_str());
    errno = because;
    failed(path);
}

} // namespace

void refuse_existing_file(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        errno = EEXIST;
        failed(path);
    }
}

void replace_file(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".new";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        failed(beside);
    write_and_close(file, beside, bytes);
    std::error_code problem;
    std::filesystem::rename(beside, path, problem);
    if (problem) {
        errno = problem.value();
        failed(path);
    }
}

} // namespace peercert::cli
