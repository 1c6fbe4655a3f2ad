#include "cli/commands/curriculum_preview.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "services/assessment.hpp"
#include "words/answers.hpp"

namespace peercert::cli {

namespace {

using words::Json;

std::string_view word_of(services::Effect effect) {
    switch (effect) {
    case services::Effect::gains: return "gains";
    case services::Effect::loses: return "loses";
    case services::Effect::opens: return "needs_a_decision";
    case services::Effect::settles: return "not_yet";
    case services::Effect::changes_date: return "changes_date";
    }
    return {};
}

} // namespace

Json preview_json(const services::Preview& seen) {
    Json steps = Json::array(), added = Json::array(), gone = Json::array();
    for (const services::PreviewedStep& one : seen.steps) {
        Json people = Json::array();
        for (const services::PreviewedPerson& person : one.people)
            people.push(
                Json::object()
                    .set("person", person.code.str())
                    .set("effect", word_of(person.effect))
                    .set("last_day_now", person.last_day_now ? Json(to_text(*person.last_day_now)) : Json())
                    .set("last_day_then", person.last_day_then ? Json(to_text(*person.last_day_then)) : Json()));
        steps.push(Json::object()
                       .set("step", one.step)
                       .set("gain", one.gain)
                       .set("lose", one.lose)
                       .set("need_a_decision", one.open)
                       .set("not_yet_instead_of_a_decision", one.settle)
                       .set("change_date", one.change_date)
                       .set("people", std::move(people)));
    }
    for (const std::string& one : seen.new_steps)
        added.push(one);
    for (const std::string& one : seen.steps_no_more)
        gone.push(one);
    return Json::object()
        .set("as_of", to_text(seen.as_of))
        .set("now", seen.now)
        .set("then", seen.then)
        .set("people", seen.people)
        .set("steps", std::move(steps))
        .set("new_steps", std::move(added))
        .set("steps_no_more", std::move(gone));
}

void show_preview(Invocation& asked, const services::Preview& seen) {
    print_sheet(asked, words::told(seen, speaker(asked)));
}

services::Preview previewed(Invocation& asked, const curricula::Catalogue::EditionPointer& later,
                            std::optional<Date> on, bool with_people) {
    const Date as_of = on.value_or(services::today_for(asked.wiring.house(), *later));
    services::Rulebook& rulebook = asked.wiring.rulebook();
    const auto now = services::edition_on(rulebook, later->code, as_of);
    const rules::Program then(later, asked.wiring.plugins().kinds(), asked.wiring.vocabulary());
    return services::preview(asked.wiring.house(), rulebook, asked.wiring.actor(), *now, then, as_of, with_people);
}

namespace {

Exit preview(Invocation& asked) {
    const auto later = edition_named(asked, asked.text("NEW"));
    const services::Preview seen = previewed(asked, later, asked.maybe_date("as-of"), asked.flag("people"));
    if (asked.json())
        asked.out.json(preview_json(seen));
    else
        show_preview(asked, seen);
    return Exit::yes;
}

} // namespace

Command preview_command() {
    return {
        .path = "curriculum preview",
        .summary = "Say who would gain, lose or get another last day if an edition held instead of the present one",
        .text =
            "Everybody in the record is judged by both, in one pass. Nothing is changed. --people names those you may "
            "see.",
        .effect = Effect::reads,
        .arguments = {{.name = "NEW", .help = "A .yaml file, or CODE:EDITION, also of a draft that was proposed"}},
        .options =
            {{.name = "as-of", .value = "DATE", .help = "On this day", .type = ValueType::date, .otherwise = "today"},
             {.name = "people", .help = "Name the people by their codes, not only count them"}},
        .examples = {{"curriculum preview drafts/wi-cps/2026.yaml", "What the draft would do to people"}},
        .json = "{\"as_of\": day, \"now\": text, \"then\": text, \"people\": number, \"steps\": [{\"step\": text, "
                "\"gain\": number, \"lose\": number, \"need_a_decision\": number, \"change_date\": number, \"people\": "
                "[{\"person\": code, \"effect\": word}]}], \"new_steps\": [text], \"steps_no_more\": [text]}",
        .exits = {Exit::not_found, Exit::invalid_input, Exit::plugin_failure},
        .run = preview};
}

} // namespace peercert::cli
