#include "cli/commands/curriculum_folder.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "cli/wiring.hpp"

namespace peercert::cli {

namespace {

namespace fs = std::filesystem;

fs::path plain(const fs::path& path) {
    std::error_code ignored;
    fs::path whole = fs::weakly_canonical(path, ignored);
    return whole.has_filename() ? whole : whole.parent_path();
}

bool below(const fs::path& folder, const fs::path& path) {
    const auto [end, _] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

} // namespace

AuthorFolder::AuthorFolder(Invocation& asked, const fs::path& folder) : folder_(plain(folder)) {
    std::vector<curricula::Folder> folders = asked.wiring.curricula_folders();
    const bool installed = std::any_of(folders.begin(), folders.end(), [&](const curricula::Folder& one) {
        return below(plain(one.path), folder_) || below(folder_, plain(one.path));
    });
    if (installed) {
        catalogue_ = &asked.wiring.catalogue();
    } else {
        folders.insert(folders.begin(), {folder, "file"}); // the first of two files of one edition is the one
        own_ = std::make_unique<const curricula::Catalogue>(
            curricula::Catalogue::load(folders, &asked.wiring.plugins().kinds()));
        catalogue_ = own_.get();
    }
    std::set<std::string> seen;
    for (const curricula::Problem& one : catalogue_->problems())
        if (has(one.file)) {
            problems_.push_back(one);
            seen.insert(one.file);
        }
    for (const fs::path& one : catalogue_->case_files())
        if (has(one)) {
            case_files_.push_back(one);
            seen.insert(one.string());
        }
    for (const auto& edition : catalogue_->all())
        if (has(edition->file)) {
            editions_.push_back(edition);
            seen.insert(edition->file);
        }
    for (const curricula::Profile& one : catalogue_->profiles())
        if (has(one.file))
            seen.insert(one.file);
    files_ = seen.size();
    if (seen.empty())
        throw Error(ErrorCode::not_found, "no .yaml file lies in the folder " + folder.string() + " or below it");
}

bool AuthorFolder::has(const fs::path& file) const { return below(folder_, plain(file)); }

} // namespace peercert::cli
