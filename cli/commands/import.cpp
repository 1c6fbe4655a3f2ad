#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/imported.hpp"
#include "cli/input_file.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {
namespace {

Exit people(Invocation& asked) {
    InputFile input(asked.text("FILE"));
    Progress progress(asked.out, "bytes", input.size());
    const std::string cohort = asked.text("cohort");
    services::Imports imports(asked.wiring.house(), cohort.empty() ? nullptr : &asked.wiring.rulebook(),
                              import_names(asked), notes_kept(asked));
    const auto report = imports.people(asked.wiring.actor(), input.stream(), cohort, mode_of(asked),
                                       [&](std::size_t bytes) { progress.at(bytes); });
    return print_import(asked, report, "person", "people");
}

Exit attendance(Invocation& asked) {
    InputFile input(asked.text("FILE"));
    Progress progress(asked.out, "bytes", input.size());
    services::Imports imports(asked.wiring.house(), &asked.wiring.rulebook(), import_names(asked), notes_kept(asked));
    const auto report = imports.attendance(asked.wiring.actor(), asked.text("COHORT"), input.stream(), mode_of(asked),
                                           [&](std::size_t bytes) { progress.at(bytes); });
    return print_import(asked, report, "attendance", "attendances");
}

} // namespace

std::vector<Command> import_commands() {
    std::vector<Command> commands{
        {
            .path = "import people",
            .summary = "Read people from a spreadsheet saved as CSV",
            .text = std::string("Columns: name; if you have them also name_on_certificate, born, email, phone. Nobody "
                                "needs an e-mail address. "
                                "Somebody who is here already is named and not added twice. A row that fits several "
                                "people equally well, or somebody's name and e-mail with another birthday, is to be "
                                "mended: nothing is guessed.\n\n") +
                    import_manner,
            .effect = Effect::writes,
            .arguments = {import_file_argument},
            .options = {{.name = "cohort", .value = "COHORT", .help = "Enrol everybody in the file"}},
            .examples = {{"import people applicants.csv --cohort wrap-2026 --dry-run",
                          "Look before anything is stored"}},
            .json = "{\"stored\": true or false, \"separator\": \"comma\", \"semicolon\" or \"tab\", \"rows\": number, "
                    "\"added\": number, \"changed\": 0, \"known\": number, \"doubtful\": number, \"errors\": number, "
                    "\"error_notes\": [{\"line\": number, \"column\": text, \"value\": text, \"what\": text}], "
                    "\"known_notes\": [...], \"doubtful_notes\": [...], \"completions_reviewed\": []}; every row that "
                    "has to be mended or is known stands in one of the notes; column and value are left out where the "
                    "whole row is meant",
            .exits = {Exit::invalid_input, Exit::not_found},
            .run = people,
        },
        {
            .path = "import attendance",
            .summary = "Read a cohort's attendance from a spreadsheet saved as CSV",
            .text = std::string("Columns: person (code, name or e-mail of somebody enrolled), session (its number), "
                                "minutes (0 for not there).\n\n") +
                    import_manner,
            .effect = Effect::writes,
            .arguments = {{.name = "COHORT", .help = "The cohort's code"}, import_file_argument},
            .json = "{\"stored\": true or false, \"separator\": \"comma\", \"semicolon\" or \"tab\", \"rows\": number, "
                    "\"added\": number, \"changed\": number, \"known\": number, \"doubtful\": 0, \"errors\": number, "
                    "\"error_notes\": [{\"line\": number, \"column\": text, \"value\": text, \"what\": text}], "
                    "\"known_notes\": [], \"doubtful_notes\": [], \"completions_reviewed\": [...]}",
            .exits = {Exit::invalid_input, Exit::not_found, Exit::forbidden},
            .run = attendance,
        },
    };
    for (Command& command : commands)
        for (const Option& option : import_name_options())
            command.options.push_back(option);
    for (Command& command : import_record_commands())
        commands.push_back(std::move(command));
    return commands;
}

} // namespace peercert::cli
