#include "cli/exposed_files.hpp"

#include <filesystem>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

#include "cli/database_address.hpp"

namespace peercert::cli {
namespace {

namespace fs = std::filesystem;

std::optional<struct stat> status_of(const fs::path& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? std::optional(found) : std::nullopt;
}

bool belongs_to_us(const struct stat& found) { return found.st_uid == 0 || found.st_uid == ::geteuid(); }

/// In octal, as chmod takes it.
std::string mode_text(const struct stat& found) {
    std::string digits = "0";
    for (const unsigned shift : {6U, 3U, 0U})
        digits += static_cast<char>('0' + ((found.st_mode >> shift) & 7U));
    return digits;
}

std::string who(unsigned group_bit, unsigned others_bit, const struct stat& found) {
    return (found.st_mode & others_bit) != 0  ? "by everybody on this machine"
           : (found.st_mode & group_bit) != 0 ? "by its group"
                                              : "";
}

/// What holds people's records: nobody else's to read or to write.
void look_at_record(const fs::path& path, std::vector<std::string>& found) {
    const auto status = status_of(path);
    if (!status)
        return;
    if (!belongs_to_us(*status))
        found.push_back(path.string() + " belongs to user " + std::to_string(status->st_uid) +
                        "; it must belong to the user that runs peercert (" + std::to_string(::geteuid()) +
                        "): chown it");
    const std::string writers = who(S_IWGRP, S_IWOTH, *status);
    const std::string readers = who(S_IRGRP, S_IROTH, *status);
    if (!writers.empty() || !readers.empty())
        found.push_back(path.string() + " can be " + (writers.empty() ? "read " + readers : "changed " + writers) +
                        " (mode " + mode_text(*status) + "); run: chmod 600 " + path.string());
}

void look_at_folder(const fs::path& path, std::vector<std::string>& found) {
    const auto status = status_of(path);
    if (!status || (status->st_mode & S_ISVTX) != 0)
        return; // in a folder like /tmp nobody can replace what is ours
    if (const std::string writers = who(S_IWGRP, S_IWOTH, *status); !writers.empty())
        found.push_back(path.string() + " can be changed " + writers + " (mode " + mode_text(*status) +
                        "), so the database in it can be replaced; run: chmod go-w " + path.string());
}

void look_at_configuration(const Settings& settings, std::vector<std::string>& found) {
    const fs::path path = settings.configuration_file;
    const auto status = path.empty() ? std::nullopt : status_of(path);
    if (!status)
        return;
    const std::string writers = who(S_IWGRP, S_IWOTH, *status);
    const std::string readers = who(S_IRGRP, S_IROTH, *status);
    const bool secret = settings.database.origin.compare(0, path.string().size(), path.string()) == 0 &&
                        without_password(settings.database.value) != settings.database.value;
    if (!writers.empty())
        found.push_back(path.string() + " can be changed " + writers + " (mode " + mode_text(*status) +
                        "), who could name another database or plugin folder; run: chmod go-w " + path.string());
    if (secret && !readers.empty())
        found.push_back(path.string() + " holds the database's password and can be read " + readers +
                        "; run: chmod go-r " + path.string());
}

} // namespace

std::vector<std::string> exposed_files(const Settings& settings) {
    std::vector<std::string> found;
    look_at_configuration(settings, found);
    const auto file = database_file(settings.database.value);
    if (!file)
        return found;
    for (const char* tail : {"", "-wal", "-shm", "-journal"})
        look_at_record(file->string() + tail, found);
    const fs::path folder = file->has_parent_path() ? file->parent_path() : fs::path(".");
    look_at_folder(folder, found);
    const std::string copies = file->filename().string() + ".schema-";
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().filename().string().compare(0, copies.size(), copies) == 0)
            look_at_record(entry.path(), found);
    return found;
}

} // namespace peercert::cli
