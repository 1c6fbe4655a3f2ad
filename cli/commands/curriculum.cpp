#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/commands/curriculum_folder.hpp"
#include "cli/commands/curriculum_names.hpp"
#include "cli/commands/departures.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "curricula/catalogue.hpp"
#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/schema.hpp"

namespace peercert::cli {
namespace {

using words::Json;

/// How many files have an error, and are therefore no editions.
std::size_t left_out(const curricula::Catalogue& catalogue) {
    std::set<std::string> files;
    for (const curricula::Problem& one : catalogue.problems())
        if (!one.warning)
            files.insert(one.file);
    return files.size();
}

void say_what_is_left_out(Invocation& asked) {
    if (const std::size_t files = left_out(asked.wiring.catalogue()); files > 0)
        asked.out.warning((files == 1 ? "1 file of curricula or folder has errors and is"
                                      : std::to_string(files) + " files of curricula have errors and are") +
                          std::string(" left out (peercert curriculum check)"));
    for (const curricula::Problem& one : asked.wiring.catalogue().passed_over())
        asked.out.warning(to_text(one));
}

Exit list(Invocation& asked) {
    const std::string kind = asked.text("kind");
    Json all = Json::array();
    Table table({{"CODE"}, {"EDITION"}, {"KIND"}, {"TITLE"}, {"LEVELS"}, {"FROM"}});
    for (const auto& edition : asked.wiring.catalogue().all()) {
        if (!kind.empty() && kind != curricula::to_text(edition->kind))
            continue;
        all.push(edition_json(*edition));
        std::string levels;
        for (const Level& one : edition->levels)
            levels += (levels.empty() ? "" : ", ") + one.name;
        table.add({{edition->code, Look::strong},
                   {edition->edition},
                   {std::string(curricula::to_text(edition->kind))},
                   {edition->titles.back().called},
                   {levels},
                   {edition->origin}});
    }
    say_what_is_left_out(asked);
    if (asked.json())
        asked.out.json(Json::object().set("editions", std::move(all)));
    else
        asked.out.table(table);
    return Exit::yes;
}

Exit show(Invocation& asked) {
    const std::string code = asked.text("CODE"), edition = asked.text("EDITION");
    const auto there = edition.empty() ? nullptr : asked.wiring.catalogue().find(code, edition); // before a draft of it
    show_edition(asked, there ? *there : *edition_named(asked, edition.empty() ? code : code + ":" + edition));
    return Exit::yes;
}

Exit explain_file(Invocation& asked) {
    const std::string what = asked.text("FILE");
    if (!names_a_file(what)) {
        const std::size_t colon = std::min(what.find(':'), what.size());
        show_edition(
            asked, *asked.wiring.catalogue().get(what.substr(0, colon), what.substr(std::min(colon + 1, what.size()))));
        return Exit::yes;
    }
    if (std::filesystem::is_directory(what))
        throw Error(ErrorCode::invalid_input, what + " is a folder; name a .yaml file in it");
    const curricula::ReadEdition read = read_edition_file(asked, asked.text("FILE"));
    require_edition(asked, asked.text("FILE"), read);
    show_edition(asked, *read.edition);
    return Exit::yes;
}

/// Which of so many files have errors, in words.
std::string not_usable(const std::vector<curricula::Problem>& problems, std::size_t files) {
    std::set<std::string> wrong;
    for (const curricula::Problem& one : problems)
        if (!one.warning)
            wrong.insert(one.file);
    if (files == 1)
        return "not usable yet";
    return std::to_string(wrong.size()) + (wrong.size() == 1 ? " has errors and is" : " have errors and are") +
           " not usable yet";
}

Exit check(Invocation& asked) {
    std::vector<curricula::Problem> problems;
    std::size_t files = 0;
    const auto add = [&](const std::vector<curricula::Problem>& more) {
        problems.insert(problems.end(), more.begin(), more.end());
    };
    const auto check_cases = [&](const std::string& path, const Edition& edition) {
        add(curricula::read_cases({path, curricula::read_file(path)}, edition).problems);
    };
    const auto check_all_cases = [&](const curricula::Catalogue& catalogue,
                                     const std::vector<std::filesystem::path>& paths) {
        for (const std::filesystem::path& path : paths) {
            const auto [code, edition] = curricula::cases_for({path.string(), curricula::read_file(path)});
            if (const auto found = catalogue.find(code, edition))
                check_cases(path.string(), *found);
            else
                problems.push_back(
                    {path.string(), 1, 1, "there is no edition \"" + code + " " + edition + "\" that can be read"});
        }
    };
    for (const std::string& path : asked.texts("FILE")) {
        if (std::filesystem::is_directory(path)) {
            const AuthorFolder folder(asked, path);
            files += folder.files();
            add(folder.problems());
            check_all_cases(folder.catalogue(), folder.case_files());
            continue;
        }
        ++files;
        if (curricula::is_profile(path)) {
            add(curricula::read_profile({path, curricula::read_file(path)}).problems);
            continue;
        }
        const curricula::ReadEdition read = read_edition_file(asked, is_case_file(path) ? edition_file_of(path) : path);
        if (!is_case_file(path) || !read.edition)
            add(read.problems);
        else
            check_cases(path, *read.edition);
    }
    if (!asked.given("FILE")) {
        const curricula::Catalogue& catalogue = asked.wiring.catalogue();
        add(catalogue.problems());
        files = catalogue.all().size() + catalogue.case_files().size() + left_out(catalogue);
        check_all_cases(catalogue, catalogue.case_files());
    }
    const bool good = !has_errors(problems);
    if (asked.json()) {
        Json all = Json::array();
        for (const curricula::Problem& one : problems)
            all.push(problem_json(one));
        asked.out.json(Json::object().set("files", files).set("good", good).set("problems", std::move(all)));
    } else {
        show_problems(asked, problems);
        asked.out.line(std::to_string(files) + (files == 1 ? " file, " : " files, ") +
                       (problems.empty() ? "nothing wrong"
                        : good           ? "usable, with warnings"
                                         : not_usable(problems, files)));
    }
    return good ? Exit::yes : Exit::no;
}

Exit show_gaps(Invocation& asked) {
    std::vector<curricula::Catalogue::EditionPointer> editions = asked.wiring.catalogue().all();
    if (asked.given("CODE"))
        editions = {asked.wiring.catalogue().get(asked.text("CODE"), asked.text("EDITION"))};
    Json all = Json::array();
    Table table({{"EDITION"}, {"NOT KNOWN"}, {"WHY"}, {"SOURCE"}, {"PLACE"}});
    for (const auto& edition : editions) {
        for (const curricula::Gap& gap : curricula::gaps(*edition)) {
            const std::string why = gap.knowing == Knowing::unknown ? "not found" : "the source is silent";
            table.add(
                {{edition->code + " " + edition->edition}, {gap.what}, {why}, {gap.see}, {gap.place, Look::faint}});
            all.push(Json::object()
                         .set("code", edition->code)
                         .set("edition", edition->edition)
                         .set("what", gap.what)
                         .set("why", gap.knowing == Knowing::unknown ? "unknown" : "nothing_said")
                         .set("source", gap.see.empty() ? Json() : Json(gap.see))
                         .set("place", gap.place));
        }
        for (const Source& source : curricula::weak_sources(*edition)) {
            const std::string trust(curricula::to_text(source.confidence));
            table.add({{edition->code + " " + edition->edition},
                       {"source " + source.mark + ": " + source.what},
                       {trust},
                       {source.mark},
                       {edition->file, Look::faint}});
            all.push(Json::object()
                         .set("code", edition->code)
                         .set("edition", edition->edition)
                         .set("what", "source " + source.mark)
                         .set("why", trust)
                         .set("source", source.mark)
                         .set("place", edition->file));
        }
    }
    if (asked.json())
        asked.out.json(Json::object().set("gaps", std::move(all)));
    else
        asked.out.table(table);
    return Exit::yes;
}

Exit show_schema(Invocation& asked) {
    asked.out.raw(curricula::json_schema());
    return Exit::yes;
}

} // namespace

std::vector<Command> curriculum_commands() {
    const Argument code{.name = "CODE", .help = "Code of a track, curriculum or framework, such as wi-cps"};
    const Argument edition{
        .name = "EDITION", .help = "Which edition; the one in force when left out", .required = false};
    const Argument file{.name = "FILE", .help = "A .yaml file", .type = ValueType::file};
    std::vector<Command> commands{
        {.path = "curriculum list",
         .summary = "List the tracks, curricula and frameworks of this installation",
         .effect = Effect::reads,
         .options = {{.name = "kind",
                      .value = "KIND",
                      .help = "Only these",
                      .type = ValueType::word,
                      .allowed = {"track", "curriculum", "framework"}}},
         .examples = {{"curriculum list --kind track", "Which certifications are known"}},
         .json = "{\"editions\": [{\"code\": text, \"edition\": text, \"kind\": word, \"titles\": [...], \"levels\": "
                 "[text], \"origin\": text, \"digest\": text}]}",
         .exits = {Exit::plugin_failure},
         .run = list},
        {.path = "curriculum show",
         .summary = "Read an edition aloud: levels, steps, every clause with its source",
         .text =
             "What the engine understood, in sentences, with the source and how sure it is. What nobody knows says so.",
         .effect = Effect::reads,
         .arguments = {code, edition},
         .examples = {{"curriculum show wi-cps", "What Wisconsin asks"}},
         .json = "{\"code\": text, ..., \"sections\": [{\"heading\": text, \"lines\": [{\"depth\": number, \"name\": "
                 "text or null, \"says\": text or null, \"source\": text or null, \"confidence\": word or null}]}]}",
         .exits = {Exit::not_found, Exit::plugin_failure},
         .run = show},
        {.path = "curriculum explain",
         .summary = "Read a file aloud, as the engine understood it",
         .text = "For proof-reading one's own file before it is used: the same as show, for any file. CODE or "
                 "CODE:EDITION reads one that is on file already.",
         .effect = Effect::elsewhere,
         .arguments = {file},
         .examples = {{"curriculum explain my-course/1.yaml", "Proof-read a file"}},
         .json = "as curriculum show",
         .exits = {Exit::invalid_input, Exit::not_found, Exit::plugin_failure},
         .run = explain_file},
        {.path = "curriculum check",
         .summary = "Check curriculum and case files, saying everything that is wrong at once",
         .text = "Without FILE all files of this installation are checked. Needs no database and changes nothing.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FILE",
                        .help = "A .yaml or .cases.yaml file, or a folder of them",
                        .type = ValueType::file,
                        .required = false,
                        .repeated = true}},
         .examples = {{"curriculum check my-course/1.yaml", "Check one file"},
                      {"curriculum check my-course/", "Check every file of a folder"}},
         .json = "{\"files\": number, \"good\": yes or no, \"problems\": [{\"file\": text, \"line\": number, "
                 "\"column\": number, \"severity\": word, \"problem\": text}]}",
         .exits = {Exit::no, Exit::not_found, Exit::plugin_failure},
         .run = check},
        {.path = "curriculum test",
         .summary = "Run the cases that stand beside the editions",
         .text =
             "Each case is a person's days, a question and what must come out. Without arguments every case of every "
             "file is run.\n\n"
             "With --prove every expectation is also replaced by wrong values, each of which must make its case "
             "fail.\n\n"
             "With --mutate the edition is changed instead: every number, day, comparison, unit and word of choice in "
             "its "
             "file, one at a time. Some case must fail each time; what goes unnoticed is listed with its place. What "
             "no "
             "case can notice stands in the file of cases under \"cannot fail\", with the reason.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "WHAT",
                        .help = "A code, a .yaml or .cases.yaml file, or a folder of them",
                        .required = false,
                        .repeated = true}},
         .options = {{.name = "all", .help = "Show the cases that came out as expected too"},
                     {.name = "prove", .help = "Prove that each case can fail"},
                     {.name = "mutate", .help = "Prove that each rule has a case that notices its change"}},
         .examples = {{"curriculum test wi-cps", "Run Wisconsin's cases"},
                      {"curriculum test --mutate wi-cps", "What in Wisconsin's file could change unnoticed"}},
         .json = "{\"cases\": number, \"as_expected\": number, \"otherwise\": number, \"results\": [{\"file\": text, "
                 "\"place\": text, \"case\": text, \"as_expected\": yes or no, \"expectations\": [...]}], "
                 "\"problems\": [...]}, and with --mutate {\"changes\": number, \"unnoticed\": number, \"survivors\": "
                 "[{\"place\": text, \"in\": text, \"was\": text, \"becomes\": text}], \"cannot_fail\": [...], "
                 "\"problems\": [...]}",
         .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::plugin_failure},
         .run = test_curricula},
        {.path = "curriculum gaps",
         .summary = "List what the files honestly do not know",
         .text = "A work list: rules that must exist and were not found, sources that are silent, sources that were "
                 "not verified.",
         .effect = Effect::reads,
         .arguments = {{.name = "CODE", .help = "Only this one", .required = false}, edition},
         .examples = {{"curriculum gaps wi-cps", "What is not known about Wisconsin"}},
         .json = "{\"gaps\": [{\"code\": text, \"edition\": text, \"what\": text, \"why\": word, \"source\": text or "
                 "null, \"place\": text}]}",
         .exits = {Exit::not_found, Exit::plugin_failure},
         .run = show_gaps},
        departures_command(),
        names_command(),
        {.path = "curriculum schema",
         .summary = "Print the JSON Schema of curriculum files, for editors",
         .text =
             "Save it and name it in the first line of a file:\n\n# yaml-language-server: $schema=peercert.schema.json",
         .effect = Effect::elsewhere,
         .examples = {{"curriculum schema", "Print it"}},
         .json = "the schema itself",
         .run = show_schema},
    };
    for (std::vector<Command> more :
         {curriculum_change_commands(), curriculum_publish_commands(), curriculum_case_file_commands()})
        commands.insert(commands.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return commands;
}

} // namespace peercert::cli
