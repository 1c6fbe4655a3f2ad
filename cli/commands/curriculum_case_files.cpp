#include <filesystem>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "curricula/edition_reader.hpp"
#include "services/case_files.hpp"
#include "storage/files.hpp"

/// Frameworks of competencies to and from CASE 1.1, which other systems read.
namespace peercert::cli {
namespace {

namespace fs = std::filesystem;

Exit export_case(Invocation& asked) {
    const auto edition = edition_named(asked, asked.text("FRAMEWORK"));
    services::CaseExportRequest request;
    request.base = asked.text("base");
    while (request.base.ends_with("/"))
        request.base.pop_back();
    if (!request.base.empty() && !request.base.starts_with("https://") && !request.base.starts_with("http://"))
        throw UsageError("--base is an address that begins with https://");
    request.changed = asked.maybe_date("changed");
    const std::string beside = services::package_beside(edition->file);
    if (std::error_code unknown; fs::is_regular_file(beside, unknown))
        request.package_beside = curricula::read_file(beside);
    const services::CaseExport made = services::export_case(*edition, request);
    const std::string file = asked.text("out");
    storage::write_new_file(file, made.json);
    if (asked.json())
        asked.out.json(words::Json::object()
                           .set("file", file)
                           .set("framework", edition->code)
                           .set("edition", edition->edition)
                           .set("items", edition->competencies.size())
                           .set("as_it_came", made.as_it_came));
    else
        asked.out.line(edition->code + " " + edition->edition + " is in " + file + ", with " +
                       std::to_string(edition->competencies.size()) + " competencies" +
                       (made.as_it_came ? ", as the package came that it was made from" : ""));
    return Exit::yes;
}

Exit import_case(Invocation& asked) {
    services::CaseImportRequest request;
    request.code = asked.text("code");
    request.edition = asked.text("edition");
    request.scale = asked.texts("scale");
    request.shown = asked.texts("shown");
    const services::CaseImport made = services::import_case(asked.contents("FILE"), request);
    const std::string file = asked.text("out"), package = services::package_beside(file);
    if (!file.ends_with(".yaml"))
        throw UsageError("--out names a file that ends with .yaml");
    const auto read = curricula::read_edition({file, made.yaml, "local"}, nullptr);
    if (!read.edition) {
        show_problems(asked, read.problems);
        throw Error(ErrorCode::invalid_input, "the package says what no framework's file can; nothing was written");
    }
    storage::write_new_file(package, made.package); // first: a file without its package would get other identifiers
    try {
        storage::write_new_file(file, made.yaml);
    } catch (...) {
        std::error_code ignored;
        fs::remove(package, ignored);
        throw;
    }
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("file", file)
                           .set("package", package)
                           .set("framework", made.code)
                           .set("edition", made.edition)
                           .set("items", made.items)
                           .set("kept", words::Json::array_of(made.kept)));
        return Exit::yes;
    }
    asked.out.line(made.code + " " + made.edition + " is in " + file + ", with " + std::to_string(made.items) +
                   " competencies; the package lies beside it in " + package);
    if (!made.kept.empty()) {
        std::string list;
        for (const std::string& one : made.kept)
            list += (list.empty() ? "" : ", ") + one;
        asked.out.note("kept in the package, and nowhere else: " + list);
    }
    if (made.scale_is_ours)
        asked.out.note("the package has no rating scale; \"not yet, shown\" was written, change it to yours");
    return Exit::yes;
}

} // namespace

std::vector<Command> curriculum_case_file_commands() {
    return {
        {.path = "curriculum export-case",
         .summary = "Write a framework of competencies as a CASE 1.1 package",
         .text = "A package that any system reads that reads CASE (1EdTech). Identifiers are made of the framework's "
                 "and the items' codes, so they are the same whenever it is exported. A framework that was made with "
                 "curriculum import-case is written as it came, every identifier and every member of it.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FRAMEWORK", .help = "CODE, CODE:EDITION or a .yaml file"}},
         .options = {{.name = "out",
                      .value = "FILE",
                      .help = "Where to; must not exist yet",
                      .type = ValueType::file,
                      .required = true},
                     {.name = "base",
                      .value = "ADDRESS",
                      .help = "Where the package will be served, such as https://board.example.net",
                      .otherwise = "addresses are urn:uuid:..."},
                     {.name = "changed",
                      .value = "DATE",
                      .help = "When the framework last changed",
                      .type = ValueType::date,
                      .otherwise = "from when it is in force, or the day in its edition's name"}},
         .examples = {{"curriculum export-case samhsa-core --out samhsa.json", "Give it to another system"}},
         .json = "{\"file\": path, \"framework\": text, \"edition\": text, \"items\": number, \"as_it_came\": true or "
                 "false}",
         .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
         .run = export_case},
        {.path = "curriculum import-case",
         .summary = "Make a framework's file of a CASE 1.1 package",
         .text = "Writes a .yaml file with every item, and beside it the package itself (.case.json): identifiers, "
                 "addresses and everything that has no place in the file stay there, and curriculum export-case gives "
                 "them back as they came. What is kept only there is named.\n\n"
                 "Codes are the package's own where they can be; items that lie deeper than two levels hang on the one "
                 "at the top. Look through the file before it is used: a package names no licence and mostly no "
                 "rating scale.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FILE", .help = "The package, or - for standard input", .type = ValueType::file}},
         .options = {{.name = "out",
                      .value = "FILE",
                      .help = "The file to write, .yaml; must not exist yet",
                      .type = ValueType::file,
                      .required = true},
                     {.name = "code", .value = "CODE", .help = "The framework's code", .otherwise = "from its title"},
                     {.name = "edition",
                      .value = "EDITION",
                      .help = "The edition's name",
                      .otherwise = "the package's version, or the year of its last change"},
                     {.name = "scale",
                      .value = "WORD",
                      .help = "A word of the rating scale, lowest first",
                      .repeated = true,
                      .otherwise = "the package's rubric; else not yet, shown"},
                     {.name = "shown",
                      .value = "WORD",
                      .help = "A rating that means shown",
                      .repeated = true,
                      .otherwise = "the highest"}},
         .examples = {{"curriculum import-case standards.json --out curricula/standards/2025.yaml",
                       "Bring somebody else's framework in"}},
         .json = "{\"file\": path, \"package\": path, \"framework\": text, \"edition\": text, \"items\": number, "
                 "\"kept\": [text]}",
         .exits = {Exit::not_found, Exit::conflict, Exit::invalid_input},
         .run = import_case}};
}

} // namespace peercert::cli
