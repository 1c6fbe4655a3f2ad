#include "services/cohort_calendar.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "storage/files.hpp"

namespace peercert::cli {
namespace {

Exit calendar(Invocation& asked) {
    const auto made = services::cohort_calendar(asked.wiring.house(), asked.wiring.actor(), asked.text("COHORT"));
    const std::string file = asked.text("out");
    storage::write_new_file(file, made.text);
    if (asked.json())
        asked.out.json(words::Json::object().set("cohort", made.cohort).set("file", file).set("sessions", made.days));
    else
        asked.out.line(std::to_string(made.days) + " sessions of " + made.cohort + " are in " + file +
                       "; nobody's name is in it");
    return Exit::yes;
}

} // namespace

std::vector<Command> cohort_calendar_commands() {
    return {{
        .path = "cohort calendar",
        .summary = "Write a cohort's sessions as a calendar file",
        .text = "An iCalendar file (.ics) that every calendar reads: a day for each session, what is held and how "
                "long. Nobody's name is in it, so it can be shared. Reading a later file moves what has moved.",
        .arguments = {{.name = "COHORT", .help = "The cohort's code"}},
        .options = {{.name = "out",
                     .value = "FILE",
                     .help = "Where to; must not exist yet",
                     .type = ValueType::file,
                     .required = true}},
        .examples = {{"cohort calendar wrap-2026 --out wrap-2026.ics", "For everybody's calendar"}},
        .json = "{\"cohort\": text, \"file\": path, \"sessions\": number}",
        .exits = {Exit::not_found, Exit::forbidden, Exit::conflict},
        .run = calendar,
    }};
}

} // namespace peercert::cli
