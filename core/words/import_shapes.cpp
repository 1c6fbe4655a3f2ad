#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

namespace {

Json note_json(const services::RowNote& note) {
    Json json = Json::object();
    json.set("line", note.line);
    if (!note.column.empty())
        json.set("column", note.column);
    if (!note.value.empty())
        json.set("value", note.value);
    return json.set("what", note.what);
}

std::string_view name_of(char separator) {
    return separator == ';' ? "semicolon" : separator == '\t' ? "tab" : "comma";
}

} // namespace

Json import_json(const services::ImportReport& report) {
    return Json::object()
        .set("stored", report.stored)
        .set("separator", name_of(report.separator))
        .set("rows", report.rows)
        .set("added", report.added)
        .set("changed", report.changed)
        .set("known", report.known)
        .set("doubtful", report.doubtful)
        .set("similar", report.similar)
        .set("errors", report.errors)
        .set("error_notes", list(report.error_notes, note_json))
        .set("known_notes", list(report.known_notes, note_json))
        .set("doubtful_notes", list(report.doubtful_notes, note_json))
        .set("similar_notes", list(report.similar_notes, note_json))
        .set("change_notes", list(report.change_notes, note_json))
        .set("passed_over", Json::array_of(report.passed_over))
        .set("completions_reviewed", list(report.reviews, review_json));
}

} // namespace peercert::words
