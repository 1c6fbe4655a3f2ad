#include "cli/imported.hpp"

#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {

namespace {

void notes(Output& out, const std::vector<services::RowNote>& all, Look look) {
    for (const services::RowNote& note : all) {
        std::string where = "line " + std::to_string(note.line);
        if (!note.column.empty())
            where += ", " + note.column;
        if (!note.value.empty())
            where += " \"" + note.value + "\"";
        out.line({{where, look}, {": " + note.what}});
    }
}

} // namespace

Exit print_import(Invocation& asked, const services::ImportReport& report, const std::string& what) {
    const Exit exit = report.errors > 0 ? Exit::invalid_input : Exit::yes;
    if (asked.json()) {
        asked.out.json(words::import_json(report));
        return exit;
    }
    notes(asked.out, report.error_notes, Look::warning);
    notes(asked.out, report.known_notes, Look::faint);
    const auto count = [](std::size_t number) { return grouped(static_cast<std::uint64_t>(number)); };
    asked.out.line(count(report.rows) + " rows: " + count(report.added) + " " + what + " added, " +
                   count(report.changed) + " corrected, " + count(report.known) + " here already, " +
                   count(report.errors) + " to mend");
    for (const services::CompletionReview& review : report.reviews)
        print_review(asked, review);
    if (report.errors > 0)
        asked.out.line({{"Nothing was stored. Mend these rows and run it again.", Look::strong}});
    return exit;
}

} // namespace peercert::cli
