#include "cli/commands/curriculum_names.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/output.hpp"
#include "curricula/shown_names.hpp"

namespace peercert::cli {

namespace {

using words::Json;

Exit names(Invocation& asked) {
    const auto edition = edition_named(asked, asked.text("WHAT"));
    words::Messages messages = asked.wiring.messages();
    constexpr words::Language language = words::Language::spanish; // English is what the files are written in
    asked.wiring.add_names(messages, language);
    const bool only_missing = asked.flag("missing");
    std::size_t missing = 0;
    Json list = Json::array();
    for (const curricula::ShownName& one : curricula::shown_names(*edition)) {
        const auto said = messages.known_name(language, one.english);
        missing += said ? 0 : 1;
        if (only_missing && said)
            continue;
        if (asked.json())
            list.push(Json::object()
                          .set("english", one.english)
                          .set("what", one.what)
                          .set("said", said ? Json(*said) : Json()));
        else
            asked.out.line(one.english + " = " + said.value_or(""));
    }
    if (asked.json())
        asked.out.json(Json::object()
                           .set("code", edition->code)
                           .set("edition", edition->edition)
                           .set("language", words::code_of(language))
                           .set("missing", missing)
                           .set("names", std::move(list)));
    else
        asked.out.note(counted(missing, "name has", "names have") + " no translation");
    return missing == 0 ? Exit::yes : Exit::no;
}

} // namespace

Command names_command() {
    return {
        .path = "curriculum names",
        .summary = "List the names people are shown from a rule file, with their Spanish",
        .text = "Clauses, levels, statuses, courses and titles as lines of names.es.txt, the file beside the rules "
                "where a name gets its Spanish: English = español. A name without one is shown in English, in "
                "quotation marks. Exit 0 when every name has one, 1 when not.",
        .effect = Effect::reads,
        .arguments = {{.name = "WHAT", .help = "CODE, CODE:EDITION or a .yaml file"}},
        .options = {{.name = "missing", .help = "Only those that nobody has translated"}},
        .examples = {{"curriculum names wi-cps --missing", "What of Wisconsin is not yet said in Spanish"}},
        .json = "{\"code\": code, \"edition\": text, \"language\": word, \"missing\": number, \"names\": "
                "[{\"english\": text, \"what\": text, \"said\": text or null}]}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::plugin_failure},
        .run = names,
    };
}

} // namespace peercert::cli
