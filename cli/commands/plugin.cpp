#include "plugin_host/inspection.hpp"

#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/settings.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {
namespace {

using plugin_host::Brought;
using plugin_host::CheckReport;
using plugin_host::FolderEntry;
using Standing = FolderEntry::Standing;
using words::Json;

struct StandingWords {
    const char* word;
    const char* shown;
    Look look;
};

StandingWords words_for(Standing standing) {
    switch (standing) {
    case Standing::loads: return {"loads", "loads", Look::good};
    case Standing::refused: return {"refused", "refused", Look::bad};
    case Standing::missing: return {"missing", "missing", Look::bad};
    case Standing::not_trusted: return {"not_trusted", "not trusted", Look::warning};
    case Standing::damaged: return {"damaged", "damaged", Look::bad};
    }
    return {"", "", Look::plain};
}

plugin_host::Settings plugin_settings(Invocation& asked) {
    plugin_host::Settings wanted;
    wanted.folder = std::filesystem::absolute(asked.wiring.settings().plugins.value).lexically_normal();
    return wanted;
}

Json entry_json(const FolderEntry& entry) {
    Json one = Json::object();
    one.set("file", entry.file).set("standing", words_for(entry.standing).word);
    one.set("id", entry.manifest ? Json(entry.manifest->id) : Json());
    one.set("version", entry.manifest ? Json(entry.manifest->version) : Json());
    one.set("summary", entry.manifest ? Json(entry.manifest->summary) : Json());
    one.set("sha256", entry.sha256.empty() ? Json() : Json(entry.sha256));
    one.set("problem", entry.problem.empty() ? Json() : Json(entry.problem));
    return one;
}

Exit list(Invocation& asked) {
    const plugin_host::Settings settings = plugin_settings(asked);
    const std::vector<FolderEntry> all = plugin_host::list_folder(settings);
    const bool starts = std::all_of(all.begin(), all.end(), [](const FolderEntry& entry) {
        return entry.standing != Standing::refused && entry.standing != Standing::missing;
    });
    const Exit answer = starts ? Exit::yes : Exit::no;
    if (asked.json()) {
        Json plugins = Json::array();
        for (const FolderEntry& entry : all)
            plugins.push(entry_json(entry));
        asked.out.json(Json::object().set("folder", settings.folder.string()).set("plugins", std::move(plugins)));
        return answer;
    }
    Table table({{"PLUGIN"}, {"VERSION"}, {"STANDING"}, {"WHAT IT IS, OR WHAT IS WRONG"}});
    for (const FolderEntry& entry : all) {
        const StandingWords standing = words_for(entry.standing);
        table.add({{entry.manifest ? entry.manifest->id : entry.file, Look::strong},
                   {entry.manifest ? entry.manifest->version : "-"},
                   {standing.shown, standing.look},
                   {entry.problem.empty() && entry.manifest ? entry.manifest->summary : entry.problem}});
    }
    asked.out.table(table);
    asked.out.note("plugins of " + settings.folder.string());
    return answer;
}

Json brought_json(const std::vector<Brought>& all) {
    Json items = Json::array();
    for (const Brought& one : all)
        items.push(Json::object().set("name", one.name).set("help", one.help).set("tried", one.tried));
    return items;
}

Json report_json(const CheckReport& report) {
    Json answer = Json::object();
    answer.set("file", report.file).set("passes", report.passes());
    answer.set("problem", report.problem.empty() ? Json() : Json(report.problem));
    answer.set("exposed", report.exposed.empty() ? Json() : Json(report.exposed));
    answer.set("sha256", report.sha256.empty() ? Json() : Json(report.sha256));
    answer.set("id", report.manifest ? Json(report.manifest->id) : Json());
    answer.set("version", report.manifest ? Json(report.manifest->version) : Json());
    answer.set("summary", report.manifest ? Json(report.manifest->summary) : Json());
    answer.set("kinds", brought_json(report.kinds)).set("clocks", brought_json(report.clocks));
    answer.set("folders", Json::array_of(report.folders));
    return answer;
}

constexpr const char* report_shape =
    R"({"file": text, "passes": bool, "problem": text or null, "exposed": text or null, "sha256": text or null, "id": text or null, "version": text or null, "summary": text or null, "kinds": [{"name": text, "help": text, "tried": text}], "clocks": [...], "folders": [text]})";

void print_brought(Output& out, const char* what, const std::vector<Brought>& all) {
    for (const Brought& one : all) {
        out.line({{what}, {one.name, Look::strong}});
        if (!one.help.empty())
            out.paragraph(one.help, 4);
        if (one.tried != "answers")
            out.paragraph(one.tried, 4);
    }
}

void print_report(Output& out, const CheckReport& report) {
    if (report.manifest)
        out.facts(
            {{"plugin", {report.manifest->id + " " + report.manifest->version, Look::strong}},
             {"what", {report.manifest->summary}},
             {"SDK", {std::to_string(report.manifest->sdk_major) + "." + std::to_string(report.manifest->sdk_minor)}},
             {"built with", {report.manifest->abi_tag}},
             {"SHA-256", {report.sha256}}});
    print_brought(out, "kind ", report.kinds);
    print_brought(out, "clock ", report.clocks);
    for (const std::string& folder : report.folders)
        out.line("files of " + folder);
}

Exit answer_with(Invocation& asked, const CheckReport& report) {
    if (asked.json())
        asked.out.json(report_json(report));
    else
        print_report(asked.out, report);
    if (!asked.json() && !report.passes()) {
        asked.out.line({{"refused: ", Look::bad}, {report.problem}});
        if (!report.said.empty())
            asked.out.note("it printed: " + report.said);
    }
    return report.passes() ? Exit::yes : Exit::no;
}

Exit show(Invocation& asked) {
    const plugin_host::Settings settings = plugin_settings(asked);
    const std::string wanted = asked.text("PLUGIN");
    const std::vector<FolderEntry> all = plugin_host::list_folder(settings);
    std::vector<std::string_view> names;
    for (const FolderEntry& entry : all) {
        if (entry.file != wanted && entry.file != wanted + ".so" && !(entry.manifest && entry.manifest->id == wanted)) {
            names.push_back(entry.manifest ? entry.manifest->id : entry.file);
            continue;
        }
        const std::filesystem::path file = settings.folder / entry.file;
        if (entry.standing == Standing::loads) // only what is trusted runs, and that in a process of its own
            return answer_with(asked, plugin_host::check_file(file));
        CheckReport report;
        report.file = file.string();
        report.sha256 = entry.sha256;
        report.manifest = entry.manifest;
        report.problem = entry.problem;
        return answer_with(asked, report);
    }
    const std::string near = nearest(wanted, names);
    throw Error(ErrorCode::not_found, "there is no plugin \"" + wanted + "\" in " + settings.folder.string() +
                                          (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

Exit check(Invocation& asked) {
    const std::int64_t seconds = asked.number_or("seconds", 10);
    if (seconds < 1 || seconds > 3600)
        throw UsageError("--seconds takes 1 to 3600");
    const CheckReport report = plugin_host::check_file(asked.text("FILE"), std::chrono::seconds{seconds});
    const Exit answer = answer_with(asked, report);
    if (!asked.json() && answer == Exit::yes)
        asked.out.line(
            {{"loads and answers", Look::good}, {"; whether its answers are right only its author's tests can show"}});
    if (!asked.json() && !report.exposed.empty())
        asked.out.line({{"it would not be trusted as it lies here: ", Look::warning}, {report.exposed}});
    return answer;
}

Exit trust(Invocation& asked) {
    const plugin_host::Trusted done =
        plugin_host::trust_file(plugin_settings(asked), asked.text("FILE"), asked.dry_run());
    const bool changes = done.before != done.sha256;
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("file", done.file)
                           .set("sha256", done.sha256)
                           .set("before", done.before.empty() ? Json() : Json(done.before))
                           .set("written", changes && !asked.dry_run()));
        return Exit::yes;
    }
    print_report(asked.out, done.check);
    if (!changes)
        asked.out.line("it was trusted already; nothing was changed");
    else
        asked.out.line(done.file + " is trusted" +
                       (done.before.empty() ? "" : ", in place of the file with SHA-256 " + done.before));
    if (changes && !asked.dry_run())
        asked.out.note("a running server loads it when it is started again");
    return Exit::yes;
}

Exit distrust(Invocation& asked) {
    const std::filesystem::path file = asked.text("FILE");
    const std::string before = plugin_host::distrust_file(plugin_settings(asked), file, asked.dry_run());
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("file", file.filename().string())
                           .set("before", before)
                           .set("written", !asked.dry_run()));
        return Exit::yes;
    }
    asked.out.line(file.filename().string() + " is no longer trusted; its SHA-256 was " + before);
    if (!asked.dry_run())
        asked.out.note("a running server has it until it is started again");
    return Exit::yes;
}

} // namespace

std::vector<Command> plugin_commands() {
    return {
        {.path = "plugin list",
         .summary = "List the plugin folder: what loads, what would stop the start, what is not trusted",
         .text = "None of their code runs. Answers no when a trusted plugin is missing or refused: peercert would not "
                 "start.",
         .effect = Effect::elsewhere,
         .examples = {{"plugin list", "See what is loaded"}},
         .json =
             R"({"folder": text, "plugins": [{"file": text, "standing": "loads" | "refused" | "missing" | "not_trusted" | "damaged", "id": text or null, "version": text or null, "summary": text or null, "sha256": text or null, "problem": text or null}]})",
         .exits = {Exit::no, Exit::plugin_failure},
         .run = list},
        {.path = "plugin show",
         .summary = "Show what one plugin of the folder brings: kinds, clocks and folders of files",
         .text =
             "A trusted plugin is asked in a process of its own; of any other only what stands in its file is shown.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "PLUGIN", .help = "Its id, or its file name"}},
         .examples = {{"plugin show wrap", "What the WRAP plugin brings, and the parameters its kinds take"}},
         .json = report_shape,
         .exits = {Exit::no, Exit::not_found, Exit::plugin_failure},
         .run = show},
        {.path = "plugin check",
         .summary = "Try a plugin's file in a process of its own",
         .text = "Reads the file, loads it, and tries each kind and clock with its own example. A crash, a hang, an "
                 "exit or an "
                 "abort ends there and is said. The code of the file does run, with your rights: check only what you "
                 "would trust.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FILE", .help = "The plugin's file, anywhere", .type = ValueType::file}},
         .options = {{.name = "seconds",
                      .value = "N",
                      .help = "How long it may take in all",
                      .type = ValueType::number,
                      .otherwise = "10"}},
         .examples = {{"plugin check build/mystate.so", "Try a plugin you built"}},
         .json = report_shape,
         .exits = {Exit::no},
         .run = check},
        {.path = "plugin trust",
         .summary = "Check a file of the plugin folder and put it onto the list of what may be loaded",
         .text = "Writes the file's SHA-256 into plugins.allow. From the next start on, that very file is loaded, and "
                 "peercert "
                 "does not start without it. A plugin runs inside peercert and is as trusted as peercert itself.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FILE", .help = "A file of the plugin folder", .type = ValueType::file}},
         .options = {{.name = "dry-run",
                      .help = "Check it, say what would be written, and change nothing",
                      .short_name = 'n'}},
         .examples = {{"plugin trust /usr/lib/peercert/plugins/mystate.so", "Trust a plugin you copied there"}},
         .json = R"({"file": text, "sha256": text, "before": text or null, "written": bool})",
         .exits = {Exit::invalid_input, Exit::plugin_failure},
         .run = trust},
        {.path = "plugin distrust",
         .summary = "Take a file off the list of what may be loaded",
         .text = "From the next start on it is not loaded, and peercert starts without it; the file stays where it is. "
                 "It may be gone already.",
         .effect = Effect::elsewhere,
         .arguments = {{.name = "FILE",
                        .help = "A file of the plugin folder, or only its name",
                        .type = ValueType::file}},
         .options = {{.name = "dry-run", .help = "Say what would be written, and change nothing", .short_name = 'n'}},
         .examples = {{"plugin distrust mystate.so", "Start without that plugin from now on"}},
         .json = R"({"file": text, "before": text, "written": bool})",
         .exits = {Exit::invalid_input, Exit::not_found, Exit::plugin_failure},
         .run = distrust},
    };
}

} // namespace peercert::cli
