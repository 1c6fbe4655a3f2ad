#include "cli/commands/curriculum_files.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "cli/output.hpp"
#include "curricula/catalogue.hpp"
#include "services/publishing.hpp"

namespace peercert::cli {

namespace {

constexpr std::string_view case_ending = ".cases.yaml";
constexpr std::string_view ending = ".yaml";

} // namespace

bool is_case_file(const std::string& path) { return path.ends_with(case_ending); }

std::string edition_file_of(const std::string& case_file) {
    return case_file.substr(0, case_file.size() - case_ending.size()) + std::string(ending);
}

std::string case_file_of(const std::string& edition_file) {
    const bool plain = edition_file.ends_with(ending);
    return edition_file.substr(0, edition_file.size() - (plain ? ending.size() : 0)) + std::string(case_ending);
}

curricula::ReadEdition read_edition_file(Invocation& asked, const std::string& path) {
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    return curricula::read_edition({path, curricula::read_file(path), "file"}, &asked.wiring.plugins().kinds(),
                                   catalogue.bases(path));
}

void require_edition(Invocation& asked, const std::string& path, const curricula::ReadEdition& read) {
    if (read.edition)
        return;
    const auto errors = static_cast<std::size_t>(
        std::count_if(read.problems.begin(), read.problems.end(), [](const auto& one) { return !one.warning; }));
    if (!asked.json())
        show_problems(asked, read.problems);
    const curricula::Problem& first = *std::find_if(read.problems.begin(), read.problems.end(),
                                                    [](const curricula::Problem& one) { return !one.warning; });
    throw Error(ErrorCode::invalid_input, path + " cannot be used yet: it has " + counted(errors, "error", "errors") +
                                              (asked.json() ? "; the first: " + to_text(first) : ", said above"));
}

std::shared_ptr<const Edition> edition_named(Invocation& asked, const std::string& what) {
    if (names_a_file(what)) {
        curricula::ReadEdition read = read_edition_file(asked, what);
        require_edition(asked, what, read);
        return std::make_shared<const Edition>(std::move(*read.edition));
    }
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    const std::size_t colon = what.find(':');
    const std::string code = what.substr(0, colon);
    const std::string edition = colon == std::string::npos ? std::string() : what.substr(colon + 1);
    if (!edition.empty() && asked.wiring.has_database())
        if (auto draft = services::Publishing(asked.wiring.house(), asked.wiring.rulebook()).open_draft(code, edition))
            return draft;
    return catalogue.get(code, edition);
}

std::pair<std::string, std::string> code_and_edition(const std::string& what) {
    const std::size_t colon = what.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == what.size())
        throw UsageError("an edition is named CODE:EDITION, such as wi-cps:2026-07, not \"" + what + "\"");
    return {what.substr(0, colon), what.substr(colon + 1)};
}

words::Json problem_json(const curricula::Problem& problem) {
    return words::Json::object()
        .set("file", problem.file)
        .set("line", problem.line)
        .set("column", problem.column)
        .set("severity", problem.warning ? "warning" : "error")
        .set("problem", problem.sentence);
}

void show_problems(Invocation& asked, const std::vector<curricula::Problem>& problems) {
    for (const bool warnings : {false, true})
        for (const curricula::Problem& one : problems)
            if (one.warning == warnings) {
                curricula::Problem place = one;
                place.sentence.clear();
                place.warning = false;
                std::string where = to_text(place);
                where.resize(where.size() - 2); // the colon and the blank
                asked.out.line(
                    {{where, Look::strong}, {": "}, {warnings ? "warning: " : "", Look::warning}, {one.sentence}});
            }
}

bool names_a_file(const std::string& text) { return text.find('/') != std::string::npos || text.ends_with(ending); }

} // namespace peercert::cli
