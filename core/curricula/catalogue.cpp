#include "curricula/catalogue.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <map>
#include <sstream>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "curricula/calendars.hpp"
#include "curricula/read_document.hpp"
#include "curricula/resolve.hpp"

namespace peercert::curricula {

namespace {

namespace fs = std::filesystem;

bool is_cases(const fs::path& path) { return path.filename().string().ends_with(".cases.yaml"); }

/// All *.yaml below the folder, sorted; hidden names and links are passed over.
std::vector<fs::path> files_below(const fs::path& folder, std::vector<Problem>& problems) {
    std::vector<fs::path> found;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::none, error);
    if (error) {
        problems.push_back({folder.string(), 0, 0, "this folder of curricula cannot be read: " + error.message()});
        return found;
    }
    for (const fs::recursive_directory_iterator end; at != end && !error; at.increment(error)) {
        if (at->path().filename().string().starts_with('.')) {
            at.disable_recursion_pending();
            continue;
        }
        if (at->symlink_status().type() == fs::file_type::regular && at->path().extension() == ".yaml")
            found.push_back(at->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

struct Document {
    SourceText source;
    Node root;
    std::string code, edition, base_code, base_edition;
    std::vector<Problem> problems;
    enum class State { waiting, resolving, done } state{State::waiting};
    std::string full_text;
    bool published{false};
    bool stuck{false}; ///< what it is based on cannot be had
};

std::string code_of(const Node& root) {
    for (const std::string_view word : {"track", "curriculum", "course", "framework"})
        if (const Node* node = root.find(word))
            return node->text;
    return {};
}

/// What stands in a document before anything is known about the others.
void begin(Document& one) {
    one.root = read_yaml(one.source.name, one.source.text, one.problems);
    one.code = code_of(one.root);
    one.edition = one.root.find("edition") != nullptr ? one.root.find("edition")->text : "1";
    std::tie(one.base_code, one.base_edition) = base_of(one.root, one.problems);
    one.full_text = one.source.text;
}

void begin_published(std::deque<Document>& documents, const std::vector<PublishedText>& published) {
    for (const PublishedText& text : published) {
        Document& one = documents.emplace_back();
        one.published = true;
        one.source = {"published " + text.code + " " + text.edition, text.text, std::string(published_origin)};
        begin(one);
        if (digest_of(text.text) != text.digest)
            one.problems.push_back({one.source.name, 0, 0,
                                    "the text in the database is not the one that was approved: it was changed past "
                                    "the program (peercert audit verify)"});
    }
}

/// What is wrong in a base is met again in every file that stands on it, and said once.
void add_new(std::vector<Problem>& all, const Document& document) {
    bool hidden = false, error = false;
    const std::size_t before = all.size();
    for (const Problem& one : document.problems)
        if (std::find(all.begin(), all.end(), one) == all.end()) {
            error = error || !one.warning;
            all.push_back(one);
        } else {
            hidden = hidden || (!one.warning && one.file != document.source.name);
        }
    if (hidden && !error)
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(before),
                   {document.source.name, 0, 0, "a file it is based on has errors"});
}

/// Turns every document into its full form, bases first.
class Resolution {
public:
    explicit Resolution(std::deque<Document>& documents) : documents_(documents) {}

    void resolve_all() {
        for (Document& one : documents_)
            settle(one);
    }

private:
    Document* find(const std::string& code, const std::string& edition) {
        const auto found = std::find_if(documents_.begin(), documents_.end(), [&](const Document& one) {
            return one.code == code && one.edition == edition;
        });
        return found == documents_.end() ? nullptr : &*found;
    }

    void settle(Document& one) {
        if (one.state != Document::State::waiting)
            return;
        one.state = Document::State::resolving;
        if (!one.base_code.empty())
            settle_on_base(one);
        one.state = Document::State::done;
    }

    void settle_on_base(Document& one) {
        Document* base = find(one.base_code, one.base_edition);
        one.stuck = true;
        const Node& at = *one.root.find("based on");
        const std::string name = one.base_code + " " + one.base_edition;
        if (base == nullptr) {
            one.problems.push_back(
                {one.source.name, at.line, at.column, "no edition \"" + name + "\" is known to base this on"});
            return;
        }
        if (base->state == Document::State::resolving) {
            one.problems.push_back(
                {one.source.name, at.line, at.column, "\"" + name + "\" is based on this file in turn"});
            return;
        }
        settle(*base);
        if (has_errors(base->problems)) {
            one.problems.push_back({one.source.name, at.line, at.column,
                                    "the file it is based on (" + base->source.name + ") has errors"});
            return;
        }
        one.stuck = false;
        one.root = resolve(one.root, base->root, one.problems);
        one.full_text = write_yaml(one.root);
    }

    std::deque<Document>& documents_;
};

} // namespace

namespace {

/// calendars/NAME.yaml in the folder of a file, or in the one above: an author's draft brings its own.
std::optional<SourceText> calendar_beside(const fs::path& file, std::string_view name) {
    if (file.empty() || name.empty() || name.find_first_of("/\\") != std::string_view::npos || name.front() == '.')
        return std::nullopt;
    for (const fs::path& folder : {file.parent_path(), file.parent_path() / ".."}) {
        const fs::path path = folder / "calendars" / (std::string(name) + ".yaml");
        std::error_code error;
        if (fs::is_regular_file(path, error))
            return SourceText{path.lexically_normal().string(), read_file(path), "file"};
    }
    return std::nullopt;
}

} // namespace

std::string read_file(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        throw Error(ErrorCode::not_found, "there is no file " + path.string());
    if (fs::file_size(path, error) > most_bytes || error)
        throw Error(ErrorCode::invalid_input, path.string() + " is larger than 1 MB; split it into editions");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        throw Error(ErrorCode::unavailable, path.string() + " cannot be read");
    return text.str();
}

Catalogue Catalogue::load(const std::vector<Folder>& folders, const Kinds* kinds,
                          const std::vector<PublishedText>& published) {
    Catalogue catalogue;
    catalogue.kinds_ = kinds;
    std::deque<Document> documents;
    begin_published(documents, published); // first, so that a file of the same edition is the second one
    for (const Folder& folder : folders)
        for (const fs::path& path : files_below(folder.path, catalogue.problems_)) {
            if (is_cases(path)) {
                catalogue.case_files_.push_back(path);
                continue;
            }
            if (is_profile(path.string())) {
                catalogue.take_profile(path, folder.origin);
                continue;
            }
            Document& one = documents.emplace_back();
            try {
                one.source = {path.string(), read_file(path), folder.origin};
            } catch (const Error& unreadable) {
                one.problems.push_back({path.string(), 0, 0, unreadable.what()});
                continue;
            }
            begin(one);
        }
    Resolution(documents).resolve_all();
    for (Document& one : documents)
        if (is_calendar(one.root) && !has_errors(one.problems))
            if (const auto calendar = read_calendar(one.root, one.problems))
                if (!catalogue.calendars_.emplace(calendar->name, one.source).second)
                    one.problems.push_back(
                        {one.source.name, 0, 0, "another file is the calendar \"" + calendar->name + "\" already"});
    const auto find_calendar = [&documents](std::string_view name) -> const Node* {
        for (const Document& one : documents)
            if (is_calendar(one.root) && one.root.find("calendar")->text == name && !has_errors(one.problems))
                return &one.root;
        return nullptr;
    };
    std::deque<Calendars>
        beside; // of files whose calendar lies beside the folder that was named; nodes point into them
    for (Document& one : documents) {
        if (one.published || is_calendar(one.root) || !one.root.is_mapping())
            continue;
        Calendars& own = beside.emplace_back(
            [&one](std::string_view, std::string_view name) { return calendar_beside(one.source.name, name); });
        const auto find_here = [&](std::string_view name) {
            const Node* known = find_calendar(name);
            return known != nullptr ? known : own.find(name, one.problems);
        };
        if (embed_calendars(one.root, find_here, one.problems))
            one.full_text = write_yaml(one.root);
    }
    std::map<std::pair<std::string, std::string>, const Document*> seen;
    std::map<std::string, std::pair<Edition::Kind, std::string>> kinds_of_codes;
    for (Document& one : documents) {
        if (one.root.is_mapping() && !one.stuck && !is_calendar(one.root))
            if (auto edition = read_document(one.root, kinds, one.problems)) {
                const auto [present, fresh] = seen.emplace(std::pair(edition->code, edition->edition), &one);
                const auto [same_code, new_code] =
                    kinds_of_codes.emplace(edition->code, std::pair(edition->kind, one.source.name));
                if (!fresh && present->second->published)
                    catalogue.pass_over(one.source.name, *edition, one.full_text != present->second->source.text);
                else if (!fresh)
                    one.problems.push_back({one.source.name, 0, 0,
                                            edition->code + " " + edition->edition + " is in " +
                                                present->second->source.name + " already"});
                else if (!new_code && same_code->second.first != edition->kind)
                    one.problems.push_back({one.source.name, 0, 0,
                                            "the code " + edition->code + " means something of another kind in " +
                                                same_code->second.second});
                else {
                    sign(*edition, one.source, one.full_text);
                    catalogue.editions_.push_back(std::make_shared<const Edition>(std::move(*edition)));
                }
            }
        add_new(catalogue.problems_, one);
    }
    std::sort(catalogue.editions_.begin(), catalogue.editions_.end(),
              [](const EditionPointer& left, const EditionPointer& right) {
                  return std::tie(left->code, left->edition) < std::tie(right->code, right->edition);
              });
    const std::vector<Problem> gave_way = give_way_to_published(catalogue.editions_, published);
    catalogue.passed_over_.insert(catalogue.passed_over_.end(), gave_way.begin(), gave_way.end());
    return catalogue;
}

void Catalogue::pass_over(const std::string& file, const Edition& edition, bool says_something_else) {
    if (says_something_else)
        passed_over_.push_back({file, 0, 0,
                                edition.code + " " + edition.edition +
                                    " was published with another text, and that one holds; this file plays no part. "
                                    "A change is an edition of its own"});
}

void Catalogue::take_profile(const fs::path& path, const std::string& origin) {
    ReadProfile read;
    try {
        read = read_profile({path.string(), read_file(path), origin});
    } catch (const Error& unreadable) {
        problems_.push_back({path.string(), 0, 0, unreadable.what()});
        return;
    }
    problems_.insert(problems_.end(), read.problems.begin(), read.problems.end());
    if (read.profile)
        profiles_.push_back(std::move(*read.profile));
}

std::vector<Catalogue::EditionPointer> Catalogue::of(std::string_view code) const {
    std::vector<EditionPointer> found;
    for (const EditionPointer& one : editions_)
        if (one->code == code)
            found.push_back(one);
    return found;
}

Catalogue::EditionPointer Catalogue::find(std::string_view code, std::string_view edition) const {
    for (const EditionPointer& one : editions_)
        if (one->code == code && one->edition == edition)
            return one;
    return nullptr;
}

Catalogue::EditionPointer Catalogue::get(std::string_view code, std::string_view edition) const {
    const std::vector<EditionPointer> found = of(code);
    if (found.empty()) {
        std::vector<std::string_view> codes;
        for (const EditionPointer& one : editions_)
            codes.push_back(one->code);
        const std::string near = nearest(code, codes);
        throw Error(ErrorCode::not_found, "no track, curriculum or framework is called \"" + std::string(code) + "\"" +
                                              (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    if (edition.empty()) {
        EditionPointer last = found.back();
        const auto is_replaced = [&found](const EditionPointer& one) { // though nobody may have found on which day
            return std::any_of(found.begin(), found.end(),
                               [&one](const EditionPointer& other) { return other->replaces == one->edition; });
        };
        for (const EditionPointer& one : found)
            if (!one->in_force_until && !is_replaced(one))
                last = one;
        return last;
    }
    if (EditionPointer one = find(code, edition))
        return one;
    std::string known;
    for (const EditionPointer& one : found)
        known += (known.empty() ? "" : ", ") + one->edition;
    throw Error(ErrorCode::not_found,
                std::string(code) + " has no edition \"" + std::string(edition) + "\"; it has " + known);
}

void Catalogue::require_clean() const {
    if (has_errors(problems_)) {
        std::vector<Problem> errors;
        std::copy_if(problems_.begin(), problems_.end(), std::back_inserter(errors),
                     [](const Problem& one) { return !one.warning; });
        throw Error(ErrorCode::invalid_input,
                    "the curricula have errors; peercert does not start on half of them:\n" + to_text(errors));
    }
}

Catalogue::EditionPointer Catalogue::read_text(std::string text, std::string label) const {
    return std::make_shared<const Edition>(from_full_text({std::move(label), std::move(text), "record"}, kinds_));
}

FindBase Catalogue::bases(const fs::path& beside) const {
    return [this, beside](std::string_view code, std::string_view edition) -> std::optional<SourceText> {
        if (code == calendar_code) {
            if (auto own = calendar_beside(beside, edition))
                return own;
            const auto calendar = calendars_.find(edition);
            return calendar == calendars_.end() ? std::nullopt : std::optional(calendar->second);
        }
        const EditionPointer found = find(code, edition);
        if (!found)
            return std::nullopt;
        return SourceText{found->file, found->full_text, found->origin};
    };
}

} // namespace peercert::curricula
