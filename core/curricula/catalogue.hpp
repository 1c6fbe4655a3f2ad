#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "curricula/edition_reader.hpp"
#include "curricula/profile.hpp"
#include "curricula/published.hpp"

namespace peercert::curricula {

/// A folder of files and who answers for them ("plugin wrap", "local").
struct Folder {
    std::filesystem::path path;
    std::string origin;
};

/// Every edition this installation knows. Immutable after loading; may be read from any thread.
class Catalogue {
public:
    using EditionPointer = std::shared_ptr<const Edition>;

    Catalogue() = default;
    /// Reads all `*.yaml` (but not `*.cases.yaml`) below the folders, in order of their paths. A file with an error is
    /// left out and its problems are kept; it never hides another file. A folder that does not exist is a problem.
    /// `kinds` (nullptr: plugins' words are taken unchecked) must outlive the catalogue. `published` goes before files.
    static Catalogue load(const std::vector<Folder>& folders, const Kinds* kinds,
                          const std::vector<PublishedText>& published = {});

    /// By code, then edition.
    const std::vector<EditionPointer>& all() const { return editions_; }
    std::vector<EditionPointer> of(std::string_view code) const;
    EditionPointer find(std::string_view code, std::string_view edition) const; ///< nullptr when unknown
    /// Like find, or the only or last edition in force when `edition` is empty. Throws Error{not_found} with the
    /// nearest code.
    EditionPointer get(std::string_view code, std::string_view edition = {}) const;

    /// An edition rebuilt from its stored full text, as it was when something relied on it. `label` is how it is called
    /// in messages. Throws Error{invalid_input} when this version of peercert cannot read it.
    EditionPointer read_text(std::string text, std::string label) const;

    /// Paths of the `*.cases.yaml` files below the folders, in order.
    const std::vector<std::filesystem::path>& case_files() const { return case_files_; }

    /// Reference profiles (`*.profile.yaml`), in order of their paths.
    const std::vector<Profile>& profiles() const { return profiles_; }

    const std::vector<Problem>& problems() const { return problems_; }
    /// Files without a mistake that play no part, because what was published says something else.
    const std::vector<Problem>& passed_over() const { return passed_over_; }
    /// Throws Error{invalid_input} with all errors, if there are any.
    void require_clean() const;
    /// For read_edition: a base, or a calendar, out of this catalogue. For a file outside of it, a calendar of closed
    /// days may stand `beside` it first: in calendars/NAME.yaml of its folder or of the one above.
    FindBase bases(const std::filesystem::path& beside = {}) const;

private:
    void pass_over(const std::string& file, const Edition& edition, bool says_something_else);
    void take_profile(const std::filesystem::path& path, const std::string& origin);

    const Kinds* kinds_{nullptr};
    std::vector<EditionPointer> editions_;
    std::map<std::string, SourceText, std::less<>> calendars_; ///< of closed days, by name
    std::vector<Profile> profiles_;
    std::vector<std::filesystem::path> case_files_;
    std::vector<Problem> problems_;
    std::vector<Problem> passed_over_;
};

/// The bytes of a file. Throws Error{not_found, invalid_input} for one that cannot be read or is larger than 1 MB.
std::string read_file(const std::filesystem::path& path);

} // namespace peercert::curricula
