#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/imported.hpp"
#include "cli/input_file.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/cohort_import.hpp"
#include "services/record_import.hpp"

/// Files of what happened: ledger lines, sign-offs, cohorts with their sessions.
namespace peercert::cli {
namespace {

/// Reads the file of a command with what the service wants of it.
template <class Read>
Exit read_file(Invocation& asked, const char* one, const char* many, Read&& read) {
    InputFile input(asked.text("FILE"));
    Progress progress(asked.out, "bytes", input.size());
    const services::ImportReport report = read(input.stream(), [&](std::size_t bytes) { progress.at(bytes); });
    return print_import(asked, report, one, many);
}

Exit records(Invocation& asked) {
    services::RecordImports imports(asked.wiring.house(), asked.wiring.rulebook(), notes_kept(asked));
    const auto kind = asked.given("kind") ? domain::parse_entry_kind(asked.text("kind")) : std::nullopt;
    return read_file(asked, "line", "lines", [&](std::istream& file, const services::Imports::Progress& progress) {
        return imports.records(asked.wiring.actor(), file, kind, import_names(asked), mode_of(asked), progress);
    });
}

Exit sign_offs(Invocation& asked) {
    services::RecordImports imports(asked.wiring.house(), asked.wiring.rulebook(), notes_kept(asked));
    return read_file(
        asked, "sign-off", "sign-offs", [&](std::istream& file, const services::Imports::Progress& progress) {
            return imports.sign_offs(asked.wiring.actor(), file, import_names(asked), mode_of(asked), progress);
        });
}

Exit cohorts(Invocation& asked) {
    return read_file(
        asked, "session", "sessions", [&](std::istream& file, const services::Imports::Progress& progress) {
            return services::import_cohorts(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(), file,
                                            import_names(asked), mode_of(asked), progress, notes_kept(asked));
        });
}

constexpr const char* report_shape =
    "{\"stored\": true or false, \"separator\": \"comma\", \"semicolon\" or \"tab\", \"rows\": number, \"added\": "
    "number, "
    "\"changed\": number, \"known\": number, \"errors\": number, \"error_notes\": [{\"line\": number, \"column\": "
    "text, "
    "\"value\": text, \"what\": text}], \"change_notes\": [...], \"passed_over\": [text]}";

} // namespace

std::vector<Command> import_record_commands() {
    std::vector<Command> commands{
        {
            .path = "import records",
            .summary = "Read lines of people's ledgers: history, hours, exam results, courses, documents",
            .text =
                std::string(
                    "Columns: person, on (the day), kind (training, exam, practice, supervision, ce, activity, "
                    "attestation, document or fact; not needed with --kind); if you have them until, amount (90, 90 "
                    "min "
                    "or 1.5 h; times of an activity), code (which course, part, statement, document or fact), topics "
                    "(with semicolons between), provider, result, score, vouched_by, vouched_as, wording, document "
                    "(SHA-256), late (why it is entered late).\n\n"
                    "A line that is there already changes nothing. Of what happens once on a day (a course, an exam, a "
                    "statement, a document, a fact) another value is a correction, and --dry-run says what was and "
                    "what "
                    "becomes; hours, learning and activities are added. A column that the file does not have corrects "
                    "nothing.\n\n") +
                import_manner,
            .effect = Effect::writes,
            .arguments = {import_file_argument},
            .options = {{.name = "kind",
                         .value = "KIND",
                         .help = "Every row is of this kind",
                         .type = ValueType::word,
                         .allowed = {"training", "exam", "practice", "supervision", "ce", "activity", "attestation",
                                     "document", "fact"}}},
            .examples = {{"import records hours-2019.csv --kind practice --dry-run", "Old hours, looked at first"},
                         {"import records export.csv --kind training --columns "
                          "\"Learner=person,Completed=on,Course=code\" --remember lms",
                          "Courses out of another system; next time --mapping lms"}},
            .json = report_shape,
            .exits = {Exit::invalid_input, Exit::not_found, Exit::forbidden, Exit::conflict},
            .run = records,
        },
        {
            .path = "import sign-offs",
            .summary = "Read competencies that were seen, from paper typed into a spreadsheet",
            .text =
                std::string("Columns: person, competency (framework/code), assessor (code); on (the day observed), or "
                            "cohort and session; if you have them curriculum, rating, method, assessor_2, late.\n\n"
                            "Each is taken as signoff takes it: who signed has to have been entitled on the day "
                            "observed, and what somebody else types waits for them to confirm it.\n\n") +
                import_manner,
            .effect = Effect::writes,
            .arguments = {import_file_argument},
            .json = report_shape,
            .exits = {Exit::invalid_input, Exit::not_found, Exit::forbidden, Exit::conflict},
            .run = sign_offs,
        },
        {
            .path = "import cohorts",
            .summary = "Read cohorts with their sessions: history, or a year that was planned elsewhere",
            .text =
                std::string("A row for each session. Columns: cohort (its code), curriculum, organization, day; if you "
                            "have them format, title, county, minutes, unit, leaders (codes with semicolons between). "
                            "What belongs to the cohort may stand in one of its rows or in all.\n\n"
                            "A session still to come has to be led as its curriculum asks. A cohort that is here "
                            "already with these days changes nothing.\n\n") +
                import_manner,
            .effect = Effect::writes,
            .arguments = {import_file_argument},
            .json = report_shape,
            .exits = {Exit::invalid_input, Exit::not_found, Exit::forbidden, Exit::conflict},
            .run = cohorts,
        },
    };
    for (Command& command : commands)
        for (const Option& option : import_name_options())
            command.options.push_back(option);
    return commands;
}

} // namespace peercert::cli
