#include "cli/imported.hpp"

#include <span>

#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {

namespace {

/// More than these of one sort are a number: a file that is read again would otherwise fill the screen with itself.
constexpr std::size_t most_shown = 20;

void notes(Output& out, std::span<const services::RowNote> all, Look look) {
    for (const services::RowNote& note : all) {
        std::string where = "line " + std::to_string(note.line);
        if (!note.column.empty())
            where += ", " + note.column;
        if (!note.value.empty())
            where += " \"" + note.value + "\"";
        out.line({{where, look}, {": " + note.what}});
    }
}

/// The first of them, and how many more there are.
void first_notes(Output& out, std::span<const services::RowNote> kept, std::size_t count, std::string_view more) {
    const std::size_t shown = count <= most_shown ? kept.size() : most_shown / 2;
    notes(out, kept.first(shown), Look::faint);
    if (count > shown)
        out.line({{"and " + grouped(count - shown) + std::string(more) + " --json lists them all", Look::faint}});
}

std::string_view separators(char separator) { return separator == ';' ? "semicolons" : "tabs"; }

} // namespace

Exit print_import(Invocation& asked, const services::ImportReport& report, const std::string& one,
                  const std::string& many) {
    const Exit exit = report.errors > 0 ? Exit::invalid_input : Exit::yes;
    if (asked.json()) {
        asked.out.json(words::import_json(report));
        return exit;
    }
    if (report.separator != ',')
        asked.out.note("the fields of this file are separated by " + std::string(separators(report.separator)) +
                       ", and were read so");
    if (!report.passed_over.empty()) {
        std::string columns;
        for (const std::string& column : report.passed_over)
            columns += (columns.empty() ? "\"" : ", \"") + column + "\"";
        asked.out.note("passed over, since they mean nothing here: " + columns);
    }
    notes(asked.out, report.error_notes, Look::warning);
    if (report.errors > report.error_notes.size())
        asked.out.line(
            {{"and " + grouped(report.errors - report.error_notes.size()) + " more to mend; --json lists them all",
              Look::warning}});
    first_notes(asked.out, report.doubtful_notes, report.doubtful, " more by the name alone;");
    first_notes(asked.out, report.similar_notes, report.similar, " more who look like somebody;");
    first_notes(asked.out, report.known_notes, report.known_notes.empty() ? 0 : report.known - report.doubtful,
                " more who are here already;");
    first_notes(asked.out, report.change_notes, report.change_notes.empty() ? 0 : report.changed,
                " more that would stand otherwise;");
    if (report.rows == 0)
        asked.out.line("This file names its columns and has no rows: there is nothing to read in it.");
    else
        asked.out.line(counted(report.rows, "row", "rows") + ": " + counted(report.added, one, many) + " added, " +
                       grouped(report.changed) + " corrected, " + grouped(report.known) + " here already, " +
                       grouped(report.errors) + " to mend");
    for (const services::CompletionReview& review : report.reviews)
        print_review(asked, review);
    if (report.errors > 0)
        asked.out.line({{"Nothing was stored. Mend these rows and run it again.", Look::strong}});
    return exit;
}

std::size_t notes_kept(const Invocation& asked) {
    return asked.json() ? services::ImportReport::every_note : services::ImportReport::most_notes;
}

services::ImportNames import_names(const Invocation& asked) {
    return {services::parse_column_names(asked.texts("columns")), asked.text("mapping"), asked.text("remember")};
}

const std::vector<Option>& import_name_options() {
    static const std::vector<Option> options{
        {.name = "columns",
         .value = "THEIRS=OURS,...",
         .help =
             "What the file calls its columns, such as \"Full name=name,DOB=born\"; its other columns are passed over",
         .repeated = true},
        {.name = "mapping", .value = "NAME", .help = "What it calls its columns, as it was remembered under that name"},
        {.name = "remember",
         .value = "NAME",
         .help = "Remember under that name what it calls its columns, if it is stored"}};
    return options;
}

const Argument import_file_argument{
    .name = "FILE", .help = "The file, or - for standard input", .type = ValueType::file};

} // namespace peercert::cli
