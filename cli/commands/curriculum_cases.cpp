#include <filesystem>
#include <optional>

#include <peercert/error.hpp>

#include "cli/commands/curriculum_files.hpp"
#include "cli/commands/curriculum_folder.hpp"
#include "cli/output.hpp"
#include "services/case_runner.hpp"

namespace peercert::cli {

namespace {

using words::Json;

/// One file of cases and what came of it.
struct FileResult {
    std::string file;
    std::vector<curricula::Problem> problems; ///< with an error nothing was run
    std::vector<services::CaseOutcome> outcomes;

    std::size_t otherwise() const {
        std::size_t count = 0;
        for (const services::CaseOutcome& one : outcomes)
            count += one.as_expected() && one.unprovable.empty() ? 0 : 1;
        return count;
    }
};

class Testing {
public:
    Testing(Invocation& asked)
        : asked_(asked), runner_(asked.wiring.catalogue(), asked.wiring.plugins().kinds()),
          prove_(asked.flag("prove")) {}

    void everything() {
        const curricula::Catalogue& catalogue = asked_.wiring.catalogue();
        results_.push_back({"", catalogue.problems(), {}});
        for (const std::filesystem::path& path : catalogue.case_files())
            installed(path.string());
    }

    void named(const std::string& what) {
        // In the folder of all files a code is also the name of a folder; the code is meant then.
        if (std::filesystem::is_directory(what) && (names_a_file(what) || asked_.wiring.catalogue().of(what).empty()))
            return folder(what);
        if (names_a_file(what))
            return file(what);
        const curricula::Catalogue& catalogue = asked_.wiring.catalogue();
        if (catalogue.of(what).empty())
            catalogue.get(what); // throws with the nearest code
        std::size_t found = 0;
        for (const std::filesystem::path& path : catalogue.case_files()) {
            const auto [code, edition] = curricula::cases_for({path.string(), curricula::read_file(path)});
            if (code == what) {
                installed(path.string());
                ++found;
            }
        }
        if (found == 0)
            throw Error(ErrorCode::not_found,
                        "there are no cases for " + what + "; they stand beside its file, in EDITION.cases.yaml");
    }

    const std::vector<FileResult>& results() const { return results_; }

private:
    void folder(const std::string& path) {
        const AuthorFolder& all = *folders_.emplace_back(std::make_unique<AuthorFolder>(asked_, path));
        services::CaseRunner& runner = *runners_.emplace_back(
            std::make_unique<services::CaseRunner>(all.catalogue(), asked_.wiring.plugins().kinds()));
        results_.push_back({"", all.problems(), {}});
        for (const std::filesystem::path& cases : all.case_files())
            installed(cases.string(), all.catalogue(), runner);
    }

    void installed(const std::string& path) { installed(path, asked_.wiring.catalogue(), runner_); }

    void installed(const std::string& path, const curricula::Catalogue& catalogue, services::CaseRunner& runner) {
        const curricula::SourceText source{path, curricula::read_file(path)};
        const auto [code, edition] = curricula::cases_for(source);
        const auto found = catalogue.find(code, edition);
        if (found)
            run(source, *found, runner);
        else
            results_.push_back(
                {path, {{path, 1, 1, "there is no edition \"" + code + " " + edition + "\" that can be read"}}, {}});
    }

    void file(const std::string& path) {
        const std::string edition_path = is_case_file(path) ? edition_file_of(path) : path;
        const std::string case_path = is_case_file(path) ? path : case_file_of(path);
        curricula::ReadEdition read = read_edition_file(asked_, edition_path);
        if (!read.edition) {
            results_.push_back({case_path, read.problems, {}});
            return;
        }
        editions_.push_back(std::make_unique<Edition>(std::move(*read.edition)));
        run({case_path, curricula::read_file(case_path)}, *editions_.back(), runner_);
    }

    void run(const curricula::SourceText& source, const Edition& edition, services::CaseRunner& runner) {
        const curricula::ReadCases read = curricula::read_cases(source, edition);
        FileResult result{source.name, read.problems, {}};
        if (!has_errors(read.problems))
            for (const curricula::Case& one : read.cases.cases)
                result.outcomes.push_back(prove_ ? runner.prove(edition, one) : runner.run(edition, one));
        results_.push_back(std::move(result));
    }

    Invocation& asked_;
    services::CaseRunner runner_;
    bool prove_;
    std::vector<std::unique_ptr<AuthorFolder>> folders_; ///< the runners look into them
    std::vector<std::unique_ptr<services::CaseRunner>> runners_;
    std::vector<std::unique_ptr<Edition>> editions_; ///< read from files; the runner looks into them
    std::vector<FileResult> results_;
};

Json outcome_json(const FileResult& file, const services::CaseOutcome& outcome) {
    Json expectations = Json::array();
    for (const services::CheckedExpectation& one : outcome.expectations)
        expectations.push(Json::object()
                              .set("key", one.expected.key)
                              .set("about", one.expected.about.empty() ? Json() : Json(one.expected.about))
                              .set("expected", one.expected.value)
                              .set("got", one.got)
                              .set("as_expected", one.as_expected));
    Json open = Json::array();
    for (const std::string& one : outcome.open)
        open.push(one);
    return Json::object()
        .set("file", file.file)
        .set("place", outcome.place)
        .set("case", outcome.name)
        .set("asks", outcome.asks)
        .set("as_expected", outcome.as_expected())
        .set("proven", outcome.unprovable.empty())
        .set("open", std::move(open))
        .set("expectations", std::move(expectations));
}

std::string about(const curricula::Expectation& expected) {
    return expected.key + (expected.about.empty() ? "" : " of " + expected.about);
}

void show_outcome(Invocation& asked, const services::CaseOutcome& outcome, bool all) {
    const bool good = outcome.as_expected() && outcome.unprovable.empty();
    if (good && !all)
        return;
    asked.out.line({{outcome.place, Look::faint},
                    {": " + outcome.name + " ... "},
                    {good ? "ok" : "otherwise", good ? Look::good : Look::bad}});
    for (const services::CheckedExpectation& one : outcome.expectations)
        if (!one.as_expected)
            asked.out.line("    " + about(one.expected) + ": expected " + one.expected.value + ", got " + one.got);
    for (const std::string& one : outcome.open)
        asked.out.line("    open: " + one);
    for (const services::CheckedExpectation& one : outcome.unprovable)
        asked.out.line("    " + about(one.expected) + ": still as expected when changed to " + one.expected.value +
                       ", so it proves nothing");
}

} // namespace

Exit test_curricula(Invocation& asked) {
    if (asked.flag("mutate"))
        return mutate_curricula(asked);
    Testing testing(asked);
    const std::vector<std::string> named = asked.texts("WHAT");
    if (named.empty())
        testing.everything();
    for (const std::string& one : named)
        testing.named(one);

    std::size_t cases = 0, otherwise = 0, errors = 0;
    Json list = Json::array(), problems = Json::array();
    for (const FileResult& file : testing.results()) {
        for (const curricula::Problem& one : file.problems)
            errors += one.warning ? 0 : 1;
        cases += file.outcomes.size();
        otherwise += file.otherwise();
        for (const curricula::Problem& one : file.problems)
            problems.push(problem_json(one));
        for (const services::CaseOutcome& one : file.outcomes)
            list.push(outcome_json(file, one));
        if (asked.json())
            continue;
        show_problems(asked, file.problems);
        for (const services::CaseOutcome& one : file.outcomes)
            show_outcome(asked, one, asked.flag("all"));
        if (!file.outcomes.empty())
            asked.out.line(file.file + ": " + std::to_string(file.outcomes.size() - file.otherwise()) + " of " +
                           counted(file.outcomes.size(), "case", "cases") + " as expected" +
                           (asked.flag("prove") && file.otherwise() == 0 ? ", each able to fail" : ""));
    }
    const bool good = otherwise == 0 && errors == 0 && cases > 0;
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("cases", cases)
                           .set("as_expected", cases - otherwise)
                           .set("otherwise", otherwise)
                           .set("results", std::move(list))
                           .set("problems", std::move(problems)));
    } else {
        asked.out.line({{counted(cases, "case", "cases") + ", ", Look::plain},
                        {otherwise == 0 ? "all as expected" : std::to_string(otherwise) + " otherwise",
                         good ? Look::good : Look::bad},
                        {errors == 0 ? "" : ", " + counted(errors, "error", "errors") + " in files", Look::bad}});
    }
    return good ? Exit::yes : Exit::no;
}

} // namespace peercert::cli
