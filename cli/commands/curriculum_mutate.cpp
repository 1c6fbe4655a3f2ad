#include <filesystem>
#include <thread>

#include <peercert/error.hpp>

#include "cli/commands/curriculum_files.hpp"
#include "cli/commands/curriculum_folder.hpp"
#include "cli/output.hpp"
#include "services/mutation_check.hpp"

namespace peercert::cli {

namespace {

using services::MutationReport;
using words::Json;

struct FilePair {
    std::string edition;
    std::string cases;
};

/// What is named, or every edition of the installation with its cases beside it.
std::vector<FilePair> files_of(Invocation& asked) {
    std::vector<FilePair> files;
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    const std::vector<std::string> named = asked.texts("WHAT");
    for (const std::string& one : named) {
        if (std::filesystem::is_directory(one) && (names_a_file(one) || catalogue.of(one).empty())) {
            const AuthorFolder folder(asked, one);
            for (const auto& edition : folder.editions())
                files.push_back({edition->file, case_file_of(edition->file)});
            continue;
        }
        if (names_a_file(one)) {
            files.push_back(is_case_file(one) ? FilePair{edition_file_of(one), one} : FilePair{one, case_file_of(one)});
            continue;
        }
        if (catalogue.of(one).empty())
            catalogue.get(one); // throws with the nearest code
        for (const auto& edition : catalogue.of(one))
            files.push_back({edition->file, case_file_of(edition->file)});
    }
    if (named.empty())
        for (const auto& edition : catalogue.all())
            files.push_back({edition->file, case_file_of(edition->file)});
    return files;
}

Json mutation_json(const curricula::Mutation& one) {
    return Json::object()
        .set("place", one.place)
        .set("in", curricula::where_text(one.where))
        .set("was", one.was)
        .set("becomes", one.becomes);
}

void show(Invocation& asked, const FilePair& file, const MutationReport& report) {
    show_problems(asked, report.problems);
    for (const curricula::Mutation& one : report.survivors)
        asked.out.line({{one.place, Look::strong},
                        {": no case fails when \"" + one.was + "\" becomes \"" + one.becomes + "\" (in "},
                        {curricula::where_text(one.where)},
                        {")"}});
    if (asked.flag("all"))
        for (const services::Excused& one : report.excused)
            asked.out.line({{one.mutation.place, Look::faint},
                            {": \"" + one.mutation.was + "\" may become \"" + one.mutation.becomes +
                             "\" unnoticed: " + one.because}});
    asked.out.line(file.edition + ": " + counted(report.changes, "change", "changes") + ", " +
                   std::to_string(report.survivors.size()) + " unnoticed" +
                   (report.excused.empty() ? "" : ", " + std::to_string(report.excused.size()) + " that cannot be"));
}

} // namespace

Exit mutate_curricula(Invocation& asked) {
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    std::size_t changes = 0, unnoticed = 0, excused = 0, errors = 0;
    Json survivors = Json::array(), cannot_fail = Json::array(), problems = Json::array();
    for (const FilePair& file : files_of(asked)) {
        MutationReport report;
        if (std::filesystem::exists(file.cases))
            report = services::check_mutations(
                catalogue, asked.wiring.plugins().kinds(), {file.edition, curricula::read_file(file.edition), "file"},
                {file.cases, curricula::read_file(file.cases)}, std::max(1U, std::thread::hardware_concurrency()));
        else
            report.problems.push_back({file.edition, 0, 0, "it has no cases; they stand in " + file.cases});
        changes += report.changes;
        unnoticed += report.survivors.size();
        excused += report.excused.size();
        for (const curricula::Problem& one : report.problems)
            errors += one.warning ? 0 : 1;
        if (!asked.json()) {
            show(asked, file, report);
            continue;
        }
        for (const curricula::Mutation& one : report.survivors)
            survivors.push(mutation_json(one));
        for (const services::Excused& one : report.excused)
            cannot_fail.push(mutation_json(one.mutation).set("because", one.because));
        for (const curricula::Problem& one : report.problems)
            problems.push(problem_json(one));
    }
    const bool good = unnoticed == 0 && errors == 0 && changes > 0;
    if (asked.json())
        asked.out.json(Json::object()
                           .set("changes", changes)
                           .set("unnoticed", unnoticed)
                           .set("survivors", std::move(survivors))
                           .set("cannot_fail", std::move(cannot_fail))
                           .set("problems", std::move(problems)));
    else
        asked.out.line({{counted(changes, "change", "changes") + ", "},
                        {unnoticed == 0 ? "none goes unnoticed" : std::to_string(unnoticed) + " go unnoticed",
                         good ? Look::good : Look::bad},
                        {excused == 0 ? "" : ", " + std::to_string(excused) + " that no case can notice"},
                        {errors == 0 ? "" : ", " + counted(errors, "error", "errors") + " in files", Look::bad}});
    return good ? Exit::yes : Exit::no;
}

} // namespace peercert::cli
