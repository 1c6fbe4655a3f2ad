#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "curricula/catalogue.hpp"

namespace peercert::cli {

/// The files below a folder that an author names, read as this installation would read them: beside the files it has,
/// and in place of one of the same edition. A folder of the installation itself is read as it is installed.
class AuthorFolder {
public:
    /// Throws Error{not_found} when no curriculum file lies below it.
    AuthorFolder(Invocation& asked, const std::filesystem::path& folder);

    const curricula::Catalogue& catalogue() const { return *catalogue_; }
    /// Of the files below the folder, and of no others.
    const std::vector<curricula::Problem>& problems() const { return problems_; }
    const std::vector<std::filesystem::path>& case_files() const { return case_files_; }
    const std::vector<curricula::Catalogue::EditionPointer>& editions() const { return editions_; }
    std::size_t files() const { return files_; }

private:
    bool has(const std::filesystem::path& file) const;

    std::filesystem::path folder_; ///< without links and dots, to compare with
    std::unique_ptr<const curricula::Catalogue> own_;
    const curricula::Catalogue* catalogue_{nullptr};
    std::vector<curricula::Problem> problems_;
    std::vector<std::filesystem::path> case_files_;
    std::vector<curricula::Catalogue::EditionPointer> editions_;
    std::size_t files_{0};
};

} // namespace peercert::cli
