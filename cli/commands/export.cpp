#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/exports.hpp"

/// Everything, in open formats: nobody's record is locked in.
namespace peercert::cli {
namespace {

Exit everything(Invocation& asked) {
    const std::string folder = asked.text("FOLDER");
    const auto format = asked.text("format") == "csv" ? services::ExportFormat::csv : services::ExportFormat::jsonl;
    services::Exports exports(asked.wiring.house());
    services::ExportReport report;
    {
        Progress progress(asked.out, "rows", static_cast<std::uint64_t>(asked.json() ? 0 : exports.rows()));
        report = exports.everything(asked.wiring.actor(), folder, format, mode_of(asked),
                                    [&](std::int64_t rows) { progress.at(static_cast<std::uint64_t>(rows)); });
    }
    if (asked.json()) {
        words::Json files = words::Json::array();
        for (const auto& file : report.files)
            files.push(words::Json::object()
                           .set("file", file.name)
                           .set("rows", file.rows)
                           .set("sha256", file.sha256.empty() ? words::Json() : words::Json(file.sha256)));
        asked.out.json(words::Json::object()
                           .set("written", !asked.dry_run())
                           .set("folder", folder)
                           .set("rows", report.rows)
                           .set("files", std::move(files)));
        return Exit::yes;
    }
    Table table({{"FILE"}, {"ROWS"}});
    for (const auto& file : report.files)
        table.add({{file.name}, {grouped(static_cast<std::uint64_t>(file.rows))}});
    asked.out.table(table);
    asked.out.line(grouped(static_cast<std::uint64_t>(report.rows)) + " rows in " +
                   std::to_string(report.files.size()) + " files in " + folder);
    asked.out.note("manifest.json says what each column is and what was left out: the keys of this installation, and "
                   "what is worked out of the rest");
    return Exit::yes;
}

} // namespace

std::vector<Command> export_commands() {
    return {{
        .path = "export",
        .summary = "Take the whole record out into files that need no peercert to be read",
        .text =
            "A file for each table of the record, all of one moment, as JSON Lines or as CSV, while the database is in "
            "use; the same bytes whichever database it is kept in. manifest.json, written last, names the columns, "
            "rows and SHA-256 of each file. Only the keys and salts of this installation are left out, and what is "
            "worked out of the rest; manifest.json names them.\n\n"
            "In CSV, nothing stands for a value that is missing and \"\" for an empty one, and a field that a "
            "spreadsheet would take for a formula has an apostrophe before it.\n\n"
            "The files hold everything about everybody and are readable by you only: keep them as safe as the "
            "database. That they were made is recorded. What one person takes along is peercert person packet; "
            "what brings everything back is peercert backup.",
        .effect = Effect::writes,
        .arguments = {{.name = "FOLDER", .help = "Where to; must be new or empty", .type = ValueType::folder}},
        .options = {{.name = "format",
                     .value = "FORMAT",
                     .help = "What kind of files",
                     .type = ValueType::word,
                     .allowed = {"jsonl", "csv"},
                     .otherwise = "jsonl"}},
        .examples = {{"export everything-2026-11-25 --format csv", "Take it all to a spreadsheet"},
                     {"export everything --dry-run", "Only see how much it is"}},
        .json = "{\"written\": true, or false with --dry-run, \"folder\": path, \"rows\": number, \"files\": "
                "[{\"file\": text, \"rows\": number, \"sha256\": text or null}]}",
        .exits = {Exit::conflict, Exit::forbidden},
        .run = everything,
    }};
}

} // namespace peercert::cli
