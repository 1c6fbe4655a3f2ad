#include "plugin_host/inspection.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <set>

#include <peercert/error.hpp>

#include "plugin_host/candidates.hpp"
#include "plugin_host/child.hpp"
#include "plugin_host/list_file.hpp"
#include "plugin_host/names.hpp"
#include "plugin_host/result_check.hpp"
#include "plugin_host/trial.hpp"

namespace peercert::plugin_host {

namespace {

namespace fs = std::filesystem;

FolderEntry look_at_listed(const Descriptor& folder, const Settings& settings, const AllowedFile& allowed) {
    FolderEntry entry;
    entry.file = allowed.name;
    try {
        const Candidate found = examine(folder, settings, allowed);
        entry.sha256 = found.file.sha256;
        entry.manifest = found.manifest;
    } catch (const Error& error) {
        entry.standing =
            error.code() == ErrorCode::not_found ? FolderEntry::Standing::missing : FolderEntry::Standing::refused;
        entry.problem = error.what();
    }
    return entry;
}

FolderEntry look_at_stranger(const Settings& settings, const std::string& name) {
    FolderEntry entry;
    entry.file = name;
    entry.standing = FolderEntry::Standing::not_trusted;
    const std::string where = (settings.folder / name).string();
    entry.problem =
        where + ": is not on the list, so it is never loaded; to change that: peercert plugin trust " + where;
    try {
        const FileBytes file = read_any_file(where);
        entry.sha256 = file.sha256;
        entry.manifest = read_manifest(file.bytes, where);
    } catch (const DamagedFile& error) {
        entry.standing = FolderEntry::Standing::damaged;
        entry.problem = error.what();
    } catch (const Error& error) {
        entry.problem = error.what();
    }
    return entry;
}

/// How the process ended, if not as it should.
std::string sentence_about(const ChildEnd& end, const std::string& stage, std::chrono::milliseconds deadline) {
    const std::string during = stage.empty() ? "before anything was asked of it" : "while " + stage;
    switch (end.how) {
    case ChildEnd::How::too_slow:
        return "did not come back within " + std::to_string(deadline.count()) + " ms " + during + " and was ended";
    case ChildEnd::How::too_much: return "told without end " + during + " and was ended";
    case ChildEnd::How::killed:
        return std::string(end.number == SIGABRT ? "aborted" : "crashed") + " " + during + " (" +
               ::strsignal(end.number) + ")";
    case ChildEnd::How::exited:
        return "ended the whole process with exit status " + std::to_string(end.number) + " " + during;
    }
    return {};
}

/// One line that the child told: a word, then up to three fields divided by tabs.
struct Told {
    explicit Told(std::string_view line) {
        for (std::size_t tab = line.find('\t'); fields.size() < 4; tab = line.find('\t')) {
            fields.emplace_back(made_printable(line.substr(0, tab)));
            if (tab == std::string_view::npos)
                break;
            line.remove_prefix(tab + 1);
        }
        fields.resize(4);
    }
    std::vector<std::string> fields;
};

void read_report(const ChildEnd& end, CheckReport& report, std::chrono::milliseconds deadline) {
    std::string stage;
    bool done = false;
    for (std::string_view rest = end.report; !rest.empty();) {
        const std::size_t line_end = rest.find('\n');
        if (line_end == std::string_view::npos)
            break;
        const Told told(rest.substr(0, line_end));
        rest.remove_prefix(line_end + 1);
        const std::string& word = told.fields[0];
        if (word == "stage")
            stage = told.fields[1];
        else if (word == "kind")
            report.kinds.push_back({told.fields[1], told.fields[2], told.fields[3]});
        else if (word == "clock")
            report.clocks.push_back({told.fields[1], told.fields[2], told.fields[3]});
        else if (word == "folder")
            report.folders.push_back(told.fields[1]);
        else if (word == "problem" && report.problem.empty())
            report.problem = told.fields[1];
        else if (word == "done")
            done = true;
    }
    if (report.problem.empty() && !(done && end.how == ChildEnd::How::exited && end.number == 0))
        report.problem = report.file + ": " + sentence_about(end, stage, deadline);
    report.said = made_printable(end.said);
}

void claim(Names& names, const CheckReport& brought) {
    if (!brought.manifest)
        return;
    names.claim("id", brought.manifest->id, brought.file);
    for (const Brought& kind : brought.kinds)
        names.claim("kind", kind.name, brought.file);
    for (const Brought& clock : brought.clocks)
        names.claim("clock", clock.name, brought.file);
    for (const std::string& curricula : brought.folders)
        names.claim("folder", curricula, brought.file);
}

/// Throws when the file brings what another trusted one has. Those are asked in a process of their own, too.
void refuse_taken(const Settings& settings, const Descriptor& folder, const Trusted& fresh) {
    Names names;
    std::string text;
    try {
        text = read_allow_list_text(folder, settings);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        return; // there is no list yet
    }
    for (const AllowedFile& other : parse_allow_list(text, allow_list_path(settings).string()).files) {
        if (other.name == fresh.file)
            continue; // the fresh one takes its place
        try {
            (void)examine(folder, settings, other);
            claim(names, check_file(settings.folder / other.name));
        } catch (const Error&) { // what is wrong with others is said by `plugin list`
        }
    }
    claim(names, fresh.check);
}

} // namespace

std::vector<FolderEntry> list_folder(const Settings& settings) {
    const Descriptor folder = open_trusted_folder(settings.folder);
    const AllowList list = parse_allow_list(read_allow_list_text(folder, settings), allow_list_path(settings).string());
    std::vector<FolderEntry> all;
    Names names;
    for (const AllowedFile& allowed : list.files) {
        FolderEntry entry = look_at_listed(folder, settings, allowed);
        try {
            if (entry.manifest)
                names.claim("id", entry.manifest->id, (settings.folder / entry.file).string());
        } catch (const Error& error) {
            entry.standing = FolderEntry::Standing::refused;
            entry.problem = error.what();
        }
        all.push_back(std::move(entry));
    }
    std::set<std::string> strangers;
    for (const fs::directory_entry& found : fs::directory_iterator(settings.folder))
        if (const std::string name = found.path().filename(); name.ends_with(".so") && list.find(name) == nullptr)
            strangers.insert(name);
    for (const std::string& name : strangers)
        all.push_back(look_at_stranger(settings, name));
    return all;
}

CheckReport check_file(const fs::path& file, std::chrono::milliseconds deadline) {
    CheckReport report;
    report.file = file.string();
    try {
        FileBytes read = read_any_file(file);
        report.sha256 = read.sha256;
        report.exposed = read.exposed;
        report.manifest = read_manifest(read.bytes, report.file);
        const ChildEnd end = run_in_child(
            [&](const Reporter& reporter) { try_out(std::move(read), *report.manifest, report.file, reporter); },
            deadline);
        read_report(end, report, deadline);
    } catch (const Error& error) {
        report.problem = error.what();
    }
    return report;
}

Trusted trust_file(const Settings& settings, const fs::path& file, bool dry_run) {
    const fs::path whole = fs::absolute(file).lexically_normal();
    Trusted result;
    result.file = whole.filename();
    if (whole.parent_path() != settings.folder.lexically_normal())
        throw Error(ErrorCode::invalid_input, whole.string() +
                                                  ": only files of the plugin folder are trusted; copy it to " +
                                                  settings.folder.string() + " first");
    if (!is_plugin_file_name(result.file))
        throw Error(ErrorCode::invalid_input,
                    whole.string() +
                        ": a plugin's file name is lower-case letters, digits, underscores and dashes, then .so");
    const Descriptor folder = open_trusted_folder(settings.folder);
    result.sha256 = read_trusted_file(folder, settings.folder, result.file).sha256;
    result.check = check_file(whole);
    if (!result.check.passes())
        throw Error(ErrorCode::plugin_failure, result.check.problem);
    if (result.check.sha256 != result.sha256)
        throw Error(ErrorCode::conflict, whole.string() + ": changed while it was checked; nothing was written");
    refuse_taken(settings, folder, result);
    result.before = write_entry(settings, folder, {result.file, result.sha256}, dry_run);
    return result;
}

std::string distrust_file(const Settings& settings, const fs::path& file, bool dry_run) {
    const std::string name = file.filename();
    if (file.has_parent_path() &&
        fs::absolute(file).lexically_normal().parent_path() != settings.folder.lexically_normal())
        throw Error(ErrorCode::invalid_input,
                    file.string() + ": is not in the plugin folder, which is " + settings.folder.string());
    const Descriptor folder = open_trusted_folder(settings.folder);
    const std::string before = remove_entry(settings, folder, name, dry_run);
    if (before.empty())
        throw Error(ErrorCode::not_found, name + " is not on the list of " + allow_list_path(settings).string() +
                                              ", so it is not loaded anyway");
    return before;
}

} // namespace peercert::plugin_host
