#include "cli/commands/curriculum_files.hpp"
#include "cli/output.hpp"
#include "curricula/explain.hpp"

namespace peercert::cli {

namespace {

using curricula::ExplainedLine;
using words::Json;

/// Everything an edition says, under headings.
std::vector<std::pair<std::string, std::vector<ExplainedLine>>> sections_of(const Edition& edition) {
    std::vector<std::pair<std::string, std::vector<ExplainedLine>>> sections;
    const auto add = [&](const char* heading, std::vector<ExplainedLine> lines) {
        if (lines.empty())
            return;
        if (sections.empty() || sections.back().first != heading)
            sections.push_back({heading, {}});
        auto& into = sections.back().second;
        into.insert(into.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    };
    for (const Level& one : edition.levels)
        add("Levels", curricula::explain(one));
    for (const Step& one : edition.steps)
        add("Steps", curricula::explain(edition, one));
    add("After expiry", curricula::explain_after_expiry(edition));
    for (const Requirement& one : edition.meanings)
        add("Meanings", curricula::explain(one));
    for (const Purpose& one : edition.purposes)
        add("What a holder may do", curricula::explain(one));
    for (const Format& one : edition.formats)
        add("Groups", curricula::explain(one));
    for (const ExceptionRule& one : edition.exceptions)
        add("Exceptions", curricula::explain(one));
    std::vector<ExplainedLine> competencies;
    for (const Competency& one : edition.competencies)
        competencies.push_back(
            {one.parent.empty() ? 0 : 1, one.code,
             one.label + (one.confidence.empty() || one.confidence == "verified" ? "" : " [" + one.confidence + "]"),
             "", "", ""});
    add("Competencies", std::move(competencies));
    add("Sign-off", curricula::explain_sign_off(edition));
    add("Register", curricula::explain_register(edition));
    add("Calendars", curricula::explain_calendars(edition));
    add("Units of its own", curricula::explain_units(edition));
    add("Sources", curricula::explain_sources(edition));
    return sections;
}

/// "[Recert, verified]", or nothing.
std::string source_text(const Edition& edition, const std::string& mark) {
    for (const Source& one : edition.sources)
        if (one.mark == mark) {
            const std::string trust(curricula::to_text(one.confidence));
            return trust == mark ? "[" + mark + "]" : "[" + mark + ", " + trust + "]";
        }
    return {};
}

Json line_json(const Edition& edition, const ExplainedLine& line) {
    std::string confidence;
    for (const Source& one : edition.sources)
        if (one.mark == line.see)
            confidence = curricula::to_text(one.confidence);
    return Json::object()
        .set("depth", line.depth)
        .set("name", line.name.empty() ? Json() : Json(line.name))
        .set("says", line.sentence.empty() ? Json() : Json(line.sentence))
        .set("note", line.note.empty() ? Json() : Json(line.note))
        .set("source", line.see.empty() ? Json() : Json(line.see))
        .set("confidence", confidence.empty() ? Json() : Json(confidence))
        .set("place", line.place.empty() ? Json() : Json(line.place));
}

} // namespace

Json edition_json(const Edition& edition) {
    Json titles = Json::array();
    for (const Titled& one : edition.titles)
        titles.push(Json::object()
                        .set("title", one.called)
                        .set("from", one.dated.first ? Json(to_text(*one.dated.first)) : Json())
                        .set("until", one.dated.last ? Json(to_text(*one.dated.last)) : Json()));
    Json levels = Json::array();
    for (const Level& one : edition.levels)
        levels.push(one.name);
    return Json::object()
        .set("code", edition.code)
        .set("edition", edition.edition)
        .set("kind", curricula::to_text(edition.kind))
        .set("titles", std::move(titles))
        .set("author", edition.author.empty() ? Json() : Json(edition.author))
        .set("given_by", edition.given_by.empty() ? Json() : Json(edition.given_by))
        .set("licence", edition.licence.empty() ? Json() : Json(edition.licence))
        .set("in_force_from", edition.in_force_from.is_stated() ? Json(to_text(edition.in_force_from.value)) : Json())
        .set("in_force_until", edition.in_force_until ? Json(to_text(*edition.in_force_until)) : Json())
        .set("levels", std::move(levels))
        .set("origin", edition.origin)
        .set("file", edition.file)
        .set("digest", edition.digest);
}

void show_edition(Invocation& asked, const Edition& edition) {
    const auto sections = sections_of(edition);
    if (asked.json()) {
        Json all = edition_json(edition);
        Json list_of_sections = Json::array();
        for (const auto& [heading, lines] : sections) {
            Json items = Json::array();
            for (const ExplainedLine& line : lines)
                items.push(line_json(edition, line));
            list_of_sections.push(Json::object().set("heading", heading).set("lines", std::move(items)));
        }
        asked.out.json(std::move(all).set("sections", std::move(list_of_sections)));
        return;
    }
    std::string titles;
    for (const Titled& one : edition.titles)
        titles += (titles.empty() ? "" : "; ") + one.called +
                  (one.dated.first ? " (from " + to_text(*one.dated.first) + ")" : "") +
                  (one.dated.last ? " (until " + to_text(*one.dated.last) + ")" : "");
    asked.out.line({{titles, Look::strong}});
    asked.out.facts({{std::string(curricula::to_text(edition.kind)), {edition.code + ", edition " + edition.edition}},
                     {"author", {edition.author}},
                     {"given by", {edition.given_by}},
                     {"licence", {edition.licence}},
                     {"", {curricula::in_force_sentence(edition)}},
                     {"from", {edition.origin + ", " + edition.file}},
                     {"digest", {edition.digest, Look::faint}}});
    if (!edition.note.empty())
        asked.out.paragraph(edition.note);
    for (const auto& [heading, lines] : sections) {
        asked.out.line();
        asked.out.line({{heading, Look::strong}});
        for (const ExplainedLine& line : lines) {
            std::string text = line.name;
            if (!line.sentence.empty())
                text += (text.empty() ? "" : ": ") + line.sentence;
            const std::string source = heading == "Sources" ? std::string() : source_text(edition, line.see);
            asked.out.paragraph(text + (source.empty() ? "" : " " + source),
                                2 + 2 * static_cast<std::size_t>(line.depth));
            if (!line.note.empty())
                asked.out.paragraph("(" + line.note + ")", 4 + 2 * static_cast<std::size_t>(line.depth));
        }
    }
}

} // namespace peercert::cli
