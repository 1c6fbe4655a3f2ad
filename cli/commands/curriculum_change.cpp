#include <filesystem>
#include <fstream>
#include <set>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/commands/curriculum_folder.hpp"
#include "cli/commands/curriculum_preview.hpp"
#include "cli/output.hpp"
#include "curricula/compare.hpp"
#include "curricula/lint.hpp"
#include "curricula/scaffold.hpp"
#include "rules/editions.hpp"
#include "services/case_runner.hpp"
#include "words/rule_changes.hpp"

namespace peercert::cli {

namespace {

namespace fs = std::filesystem;
using words::Json;

/// A file as its author wrote it, not the resolved text.
curricula::SourceText as_written(const std::string& path) { return {path, curricula::read_file(path), "file"}; }

Date today_of(Invocation& asked) {
    return services::day_in_zone(services::SystemClock().now(), asked.wiring.settings().zone.value);
}

/// Gaps and overlaps between the editions of one code.
void lint_editions(const curricula::Catalogue& catalogue, const std::string& code,
                   std::vector<curricula::LintFinding>& found) {
    std::vector<const Edition*> editions;
    for (const auto& one : catalogue.of(code))
        editions.push_back(one.get());
    for (const std::string& conflict : rules::edition_conflicts(editions))
        found.push_back({"editions",
                         editions.back()->file,
                         0,
                         0,
                         true,
                         conflict,
                         "let one edition end the day before the next begins",
                         {}});
}

Exit lint(Invocation& asked) {
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    const Date today = asked.maybe_date("as-of").value_or(today_of(asked));
    std::vector<std::string> files = asked.texts("WHAT");
    std::vector<curricula::LintFinding> found;
    std::set<std::string> codes;
    std::vector<std::unique_ptr<AuthorFolder>> folders;
    const auto lint_one = [&](const curricula::Catalogue& from, const std::string& file) {
        const auto more = curricula::lint(as_written(file), &asked.wiring.plugins().kinds(), from.bases(file), today);
        found.insert(found.end(), more.begin(), more.end());
    };
    if (files.empty())
        for (const auto& edition : catalogue.all()) {
            files.push_back(edition->file);
            codes.insert(edition->code);
        }
    if (asked.texts("WHAT").empty())
        for (const curricula::Problem& one : catalogue.problems()) // files that cannot be read are no editions
            if (!one.warning)
                found.push_back({"reading", one.file, one.line, one.column, true, one.sentence, {}, {}});
    for (const std::string& file : files) {
        if (fs::is_directory(file) && (names_a_file(file) || catalogue.of(file).empty())) {
            const AuthorFolder& folder = *folders.emplace_back(std::make_unique<AuthorFolder>(asked, file));
            for (const curricula::Problem& one : folder.problems())
                if (!one.warning)
                    found.push_back({"reading", one.file, one.line, one.column, true, one.sentence, {}, {}});
            std::set<std::string> below;
            for (const auto& edition : folder.editions()) {
                lint_one(folder.catalogue(), edition->file);
                if (below.insert(edition->code).second)
                    lint_editions(folder.catalogue(), edition->code, found);
            }
            continue;
        }
        if (!names_a_file(file)) {
            if (catalogue.of(file).empty())
                catalogue.get(file); // throws with the nearest code
            codes.insert(file);
            for (const auto& edition : catalogue.of(file))
                lint_one(catalogue, edition->file);
            continue;
        }
        lint_one(catalogue, file);
    }
    for (const std::string& code : codes)
        lint_editions(catalogue, code, found);

    std::size_t errors = 0, warnings = 0, known = 0;
    Json list = Json::array();
    for (const curricula::LintFinding& one : found) {
        (one.is_trouble() ? one.error ? errors : warnings : known) += 1;
        list.push(Json::object()
                      .set("file", one.file)
                      .set("line", one.line)
                      .set("column", one.column)
                      .set("severity", one.error ? "error" : "warning")
                      .set("rule", one.rule)
                      .set("says", one.sentence)
                      .set("mend", one.mend.empty() ? Json() : Json(one.mend))
                      .set("because", one.because.empty() ? Json() : Json(one.because)));
        if (asked.json() || (!one.is_trouble() && !asked.flag("all")))
            continue;
        std::string place = one.file;
        if (one.line > 0)
            place += ":" + std::to_string(one.line) + ":" + std::to_string(one.column);
        asked.out.line({{place, Look::strong},
                        {": "},
                        {one.error ? "error: " : "warning: ", one.error ? Look::bad : Look::warning},
                        {one.sentence}});
        if (!one.mend.empty())
            asked.out.paragraph("To mend it: " + one.mend + ".", 4);
        if (!one.because.empty())
            asked.out.paragraph("Kept because " + one.because, 4);
    }
    if (asked.json())
        asked.out.json(Json::object()
                           .set("errors", errors)
                           .set("warnings", warnings)
                           .set("known", known)
                           .set("findings", std::move(list)));
    else
        asked.out.line(counted(errors, "error", "errors") + ", " + counted(warnings, "warning", "warnings") +
                       (known == 0 ? "" : ", " + std::to_string(known) + " known"));
    return errors + warnings == 0 ? Exit::yes : Exit::no;
}

Exit diff(Invocation& asked) {
    const auto earlier = edition_named(asked, asked.text("EARLIER"));
    const auto later = edition_named(asked, asked.text("LATER"));
    const auto changes = curricula::compare(*earlier, *later);
    const words::Messages& messages = asked.wiring.messages();
    const words::Language language = asked.wiring.language();
    Json list = Json::array();
    for (const curricula::RuleChange& one : changes) {
        const std::string sentence = words::sentence(one, messages, language);
        list.push(Json::object()
                      .set("kind", words::word_of(one.what))
                      .set("section", one.section)
                      .set("name", one.name.empty() ? Json() : Json(one.name))
                      .set("part", one.detail.empty() ? Json() : Json(one.detail))
                      .set("before", one.before.empty() ? Json() : Json(one.before))
                      .set("after", one.after.empty() ? Json() : Json(one.after))
                      .set("place", one.place.empty() ? Json() : Json(one.place))
                      .set("says", sentence));
        if (!asked.json())
            asked.out.paragraph(sentence);
    }
    if (asked.json())
        asked.out.json(Json::object()
                           .set("earlier", earlier->code + " " + earlier->edition)
                           .set("later", later->code + " " + later->edition)
                           .set("changes", std::move(list)));
    else
        asked.out.line(messages.format(language,
                                       changes.empty()       ? "change.none"
                                       : changes.size() == 1 ? "change.count.one"
                                                             : "change.count.many",
                                       {{"count", std::to_string(changes.size())},
                                        {"earlier", earlier->code + " " + earlier->edition},
                                        {"later", later->code + " " + later->edition}}));
    return Exit::yes;
}

void write_new(const fs::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush())
        throw Error(ErrorCode::unavailable, path.string() + " cannot be written");
}

Exit scaffold(Invocation& asked) {
    const std::string code = asked.text("CODE");
    const curricula::Catalogue& catalogue = asked.wiring.catalogue();
    const auto model = edition_named(asked, asked.text("from"));
    if (!catalogue.of(code).empty())
        throw Error(ErrorCode::conflict, "there is a " + code + " already; choose another code");
    const fs::path folder = fs::path(asked.given("into") ? asked.text("into") : ".") / code;
    const fs::path file = folder / (model->edition + ".yaml"), cases = folder / (model->edition + ".cases.yaml");
    if (fs::exists(file) || fs::exists(cases))
        throw Error(ErrorCode::conflict, file.string() + " is there already; it is not written over");

    const std::string model_cases = case_file_of(model->file);
    curricula::Scaffold made = curricula::scaffold(curricula::read_file(model->file),
                                                   fs::exists(model_cases) ? curricula::read_file(model_cases)
                                                                           : "cases for: " + model->code + " " +
                                                                                 model->edition + "\ncases: []\n",
                                                   model->code, code);
    const Kinds& kinds = asked.wiring.plugins().kinds();
    const curricula::ReadEdition read =
        curricula::read_edition({file.string(), made.edition, "file"}, &kinds, catalogue.bases());
    if (!read.edition)
        throw Error(ErrorCode::invalid_input,
                    model->file + " does not lend itself to being copied:\n" + to_text(read.problems));
    const curricula::ReadCases read_cases = curricula::read_cases({cases.string(), made.cases}, *read.edition);
    if (has_errors(read_cases.problems))
        throw Error(ErrorCode::invalid_input,
                    model_cases + " does not lend itself to being copied:\n" + to_text(read_cases.problems));
    services::CaseRunner runner(catalogue, kinds);
    std::vector<int> other_lines; // cases about other editions of the model
    for (const curricula::Case& one : read_cases.cases.cases)
        if (!runner.run(*read.edition, one).as_expected())
            other_lines.push_back(curricula::problem_at(one.place, {}).line);
    made.cases = curricula::without_cases(made.cases, other_lines);

    fs::create_directories(folder);
    write_new(file, made.edition);
    write_new(cases, made.cases);
    const std::size_t kept = read_cases.cases.cases.size() - other_lines.size();
    if (asked.json())
        asked.out.json(Json::object()
                           .set("file", file.string())
                           .set("cases_file", cases.string())
                           .set("cases", kept)
                           .set("left_out", other_lines.size()));
    else {
        asked.out.line(
            {{file.string(), Look::strong}, {" and its " + counted(kept, "case is", "cases are") + " written"}});
        if (!other_lines.empty())
            asked.out.line(counted(other_lines.size(), "case", "cases") + " about other editions of " + model->code +
                           " left out");
        asked.out.line("Read the first lines of the file: they say what to do, step by step.");
    }
    return Exit::yes;
}

} // namespace

std::vector<Command> curriculum_change_commands() {
    return {
        {.path = "curriculum lint",
         .summary = "Look for rules that can be read and are probably not what was meant",
         .text =
             "Parts that do not add up to their total, branches that are never taken, levels that nobody can come to "
             "hold, gaps and overlaps of editions, printed days that arithmetic contradicts, names that nothing uses, "
             "branches that ended long ago, figures from memory that turn people away, closed days that no calendar "
             "lists.\n\n"
             "A warning that is kept on purpose stands in the file: known warnings: [{says: words out of it, because: "
             "the reason}].",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "WHAT",
                        .help = "A code, a .yaml file, or a folder of them",
                        .required = false,
                        .repeated = true}},
         .options = {{.name = "all", .help = "Show the known warnings too"},
                     {.name = "as-of",
                      .value = "DATE",
                      .help = "What ended long ago is told by this day",
                      .type = ValueType::date,
                      .otherwise = "today"}},
         .examples = {{"curriculum lint wi-cps", "What looks odd in Wisconsin's file"},
                      {"curriculum lint drafts/", "The same for every file of a folder"}},
         .json = "{\"errors\": number, \"warnings\": number, \"known\": number, \"findings\": [{\"file\": text, "
                 "\"line\": number, \"column\": number, \"severity\": word, \"rule\": word, \"says\": text, \"mend\": "
                 "text or null, \"because\": text or null}]}",
         .exits = {Exit::no, Exit::not_found, Exit::plugin_failure},
         .run = lint},
        {.path = "curriculum diff",
         .summary = "Say in words what differs between two editions",
         .text =
             "Clause by clause, by meaning: a file that was only written differently has no changes. CODE:EDITION of "
             "a draft that was proposed means its kept text.",
         .effect = Effect::reads,
         .arguments = {{.name = "EARLIER", .help = "CODE:EDITION, CODE or a .yaml file"},
                       {.name = "LATER", .help = "The same for the later one"}},
         .examples = {{"curriculum diff wa-cpc:until-2025-06 wa-cpc:2025-07", "What changed in July 2025"}},
         .json =
             "{\"earlier\": text, \"later\": text, \"changes\": [{\"kind\": word, \"section\": text, \"name\": text "
             "or null, \"part\": text or null, \"before\": text or null, \"after\": text or null, \"says\": text}]}",
         .exits = {Exit::not_found, Exit::invalid_input, Exit::plugin_failure},
         .run = diff},
        preview_command(),
        {.path = "curriculum new",
         .summary = "Make a file of your own from one that works",
         .text = "Writes CODE/EDITION.yaml and its cases, which pass check and test at once, with comments that lead "
                 "through them.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "CODE", .help = "The new code: small letters, digits and hyphens"}},
         .options = {{.name = "from",
                      .value = "WHAT",
                      .help = "What it is made from: CODE, CODE:EDITION or a .yaml file",
                      .required = true},
                     {.name = "into",
                      .value = "FOLDER",
                      .help = "Where the folder CODE is made",
                      .type = ValueType::folder,
                      .otherwise = "here"}},
         .examples = {{"curriculum new oh-aps --from wi-cps --into curricula", "Begin a state's rules"}},
         .json = "{\"file\": text, \"cases_file\": text, \"cases\": number, \"left_out\": number}",
         .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input, Exit::plugin_failure},
         .run = scaffold},
    };
}

} // namespace peercert::cli
