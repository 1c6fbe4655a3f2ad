#include <filesystem>

#include <unistd.h>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "storage/admin.hpp"

/// What is done to a database as a whole: made, brought up to date, saved, put back.
namespace peercert::cli {
namespace {

namespace fs = std::filesystem;

/// Demos tell the same story with the same numbers every time. It guards nothing: the people are invented.
constexpr domain::CodeBook::Key demo_key{'p', 'e', 'e', 'r', 'c', 'e', 'r', 't',
                                         ' ', 'd', 'e', 'm', 'o', ' ', '0', '1'};

/// The file behind a database setting, if it is one.
std::optional<fs::path> file_of(std::string_view url) {
    if (url.starts_with("sqlite:"))
        url.remove_prefix(7);
    if (url.starts_with("postgresql:"))
        return std::nullopt;
    return fs::path(url);
}

/// The setting without a password, for remarks before there is a Store to ask.
std::string shown(const std::string& url) { return file_of(url) ? file_of(url)->string() : "PostgreSQL"; }

/// A demo's numbers are the same every time, so that a story can be told twice. A live database draws its own key.
constexpr domain::CodeBook::Key demo_number_key{0x64, 0x65, 0x6d, 0x6f};

Exit init(Invocation& asked) {
    const storage::StoreSettings where = asked.wiring.store_settings();
    const bool demo = asked.flag("demo");
    if (asked.given("clock") && !demo)
        throw UsageError("--clock is only for a demo database: a live one keeps the real time",
                         "add --demo, or leave --clock out");
    storage::Setup setup;
    if (demo) {
        setup.kind = domain::InstallationKind::demo;
        setup.number_key = demo_key;
        setup.number_key = demo_number_key;
        setup.demo_clock = asked.maybe_instant("clock").value_or(*domain::parse_instant("2025-01-06T15:00:00Z"));
    }
    storage::WriteContext by = asked.wiring.operator_now();
    if (setup.demo_clock)
        by.now = *setup.demo_clock;
    const auto file = file_of(where.url);
    // An empty file is no database yet, only its name (`mktemp` makes such files).
    const bool empty = file && fs::is_regular_file(*file) && fs::is_empty(*file);
    if (file && fs::exists(*file) && !empty)
        throw Error(ErrorCode::conflict,
                    "there is a database at " + file->string() + " already; name another with --db");
    if (!asked.dry_run()) {
        if (file && file->has_parent_path() && !fs::exists(file->parent_path())) {
            std::error_code problem;
            fs::create_directories(file->parent_path(), problem);
            if (problem)
                throw Error(ErrorCode::unavailable,
                            "the folder " + file->parent_path().string() + " cannot be made: " + problem.message());
            fs::permissions(file->parent_path(), fs::perms::owner_all); // the record is nobody else's to read
        }
        if (empty)
            fs::remove(*file);
        storage::create_database(where, setup, by);
    }
    const std::string kind(domain::to_text(setup.kind));
    if (asked.json()) {
        asked.out.json(
            words::Json::object()
                .set("database", shown(where.url))
                .set("kind", kind)
                .set("clock", setup.demo_clock ? words::Json(domain::to_text(*setup.demo_clock)) : words::Json())
                .set("made", !asked.dry_run()));
        return Exit::yes;
    }
    asked.out.line(std::string("made a ") + kind + " database: " + shown(where.url));
    if (setup.demo_clock)
        asked.out.line("its clock stands at " + domain::to_text(*setup.demo_clock) + "; peercert clock set moves it");
    return Exit::yes;
}

Exit migrate(Invocation& asked) {
    const storage::MigrationReport report =
        storage::migrate_database(asked.wiring.store_settings(), asked.wiring.operator_now(), asked.dry_run());
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("from", report.from)
                           .set("to", report.to)
                           .set("steps", words::Json::array_of(report.steps))
                           .set("backup", report.backup.empty() ? words::Json() : words::Json(report.backup))
                           .set("applied", !asked.dry_run() && !report.steps.empty()));
        return Exit::yes;
    }
    if (report.steps.empty()) {
        asked.out.line("the database is up to date (schema " + std::to_string(report.to) + ")");
        return Exit::yes;
    }
    asked.out.line(std::string("brought the schema from ") + std::to_string(report.from) + " to " +
                   std::to_string(report.to) + ":");
    for (const std::string& step : report.steps)
        asked.out.line("  " + step);
    if (!report.backup.empty())
        asked.out.line("a backup from before is at " + report.backup);
    return Exit::yes;
}

Exit derive(Invocation& asked) {
    const storage::WriteContext by = asked.wiring.operator_now();
    if (!asked.dry_run())
        storage::derive_anew(asked.wiring.store_settings(), by);
    if (asked.json())
        asked.out.json(words::Json::object().set("derived", !asked.dry_run()));
    else
        asked.out.line("what follows from the record was worked out anew; peercert doctor --thorough compares them");
    return Exit::yes;
}

void print(Invocation& asked, const storage::CopyReport& report, const std::string& says, const std::string& file) {
    if (asked.json()) {
        asked.out.json(
            words::Json::object()
                .set("file", file)
                .set("rows", report.rows)
                .set("audit_rows", report.audit_rows)
                .set("digest", report.digest)
                .set("recorded_as", report.recorded_as == 0 ? words::Json() : words::Json(report.recorded_as)));
        return;
    }
    asked.out.line(says);
    asked.out.facts(
        {{"rows in the backup", {grouped(static_cast<std::uint64_t>(report.rows))}},
         {"audit rows of these", {grouped(static_cast<std::uint64_t>(report.audit_rows))}},
         {"BLAKE2b-256", {report.digest}},
         {"recorded as", {report.recorded_as == 0 ? "" : "audit row " + std::to_string(report.recorded_as)}}});
}

Exit backup(Invocation& asked) {
    const std::string file = asked.text("FILE");
    asked.wiring.operator_name();
    const storage::CopyReport report = storage::back_up(asked.wiring.store_settings(), file);
    print(asked, report, "saved to " + file, file);
    return Exit::yes;
}

/// A rehearsal puts the backup into a database of its own, with every check, and throws that away.
storage::CopyReport rehearse_restore(const std::string& file, const storage::WriteContext& by) {
    std::string folder = (fs::temp_directory_path() / "peercert-rehearsal-XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        throw Error(ErrorCode::unavailable, "no temporary folder can be made in " + fs::temp_directory_path().string());
    struct Sweep {
        fs::path folder;
        ~Sweep() {
            std::error_code ignored;
            fs::remove_all(folder, ignored);
        }
    } sweep{folder};
    storage::CopyReport report = storage::restore(file, {.url = (sweep.folder / "rehearsal.db").string()}, by);
    report.recorded_as = 0; // nowhere that lasts
    return report;
}

Exit restore(Invocation& asked) {
    const std::string file = asked.text("FILE");
    const storage::StoreSettings where = asked.wiring.store_settings();
    const storage::WriteContext by = asked.wiring.operator_now();
    if (asked.dry_run()) {
        print(asked, rehearse_restore(file, by), "the backup is whole and could be restored", file);
        return Exit::yes;
    }
    print(asked, storage::restore(file, where, by), "restored into " + shown(where.url), file);
    asked.out.note("issuing is paused until you say which number was handed out last: peercert issuance resume");
    return Exit::yes;
}

} // namespace

std::vector<Command> init_commands() {
    return {{
        .path = "init",
        .summary = "Make a new database",
        .text =
            "Makes an empty database and refuses to touch one that exists. A SQLite file is readable by you only.\n\n"
            "A demo database is for invented people. It says so whenever it is used, and it has a clock of its own "
            "that "
            "peercert clock set moves forward; the clock of a live database is the machine's.",
        .effect = Effect::writes,
        .options = {{.name = "demo", .help = "Make a demo database"},
                    {.name = "clock",
                     .value = "INSTANT",
                     .help = "Where the demo's clock stands",
                     .type = ValueType::instant,
                     .otherwise = "2025-01-06T15:00:00Z"}},
        .examples = {{"init", "Make your own database where peercert looks for it"},
                     {"init --demo --db demo.db", "Make one to try things out"}},
        .json = "{\"database\": text, \"kind\": \"live\" or \"demo\", \"clock\": instant or null, \"made\": true, or "
                "false with --dry-run}",
        .exits = {Exit::conflict},
        .run = init,
    }};
}

std::vector<Command> db_commands() {
    return {
        {
            .path = "db migrate",
            .summary = "Bring an older database up to date",
            .text = "Applies the numbered changes of the schema that are missing, each in its own transaction, after a "
                    "backup. "
                    "A newer database than this program knows is refused.",
            .effect = Effect::writes,
            .examples = {{"db migrate --dry-run", "See what would change"}},
            .json =
                "{\"from\": number, \"to\": number, \"steps\": [text], \"backup\": path or null, \"applied\": true or "
                "false}",
            .exits = {Exit::conflict},
            .run = migrate,
        },
        {
            .path = "db derive",
            .summary = "Work out anew what follows from the record",
            .text =
                "Whom an import takes for somebody known, and what verification answers, are kept beside the record so "
                "that they are found fast. Only needed when peercert doctor or peercert audit verify says that they do "
                "not follow from the record: then somebody has changed the database behind the program's back.",
            .effect = Effect::writes,
            .json = "{\"derived\": true, or false with --dry-run}",
            .run = derive,
        }};
}

std::vector<Command> backup_commands() {
    return {{
        .path = "backup",
        .summary = "Save the whole database into one file, while it is in use",
        .text = "The backup is one SQLite file, whatever the database is. It is written under another name, checked, "
                "synced and only "
                "then given its name. It holds everything about everybody: keep it as safe as the database.\n\n"
                "How many rows it holds, and its digest, are what peercert restore says of it too: compare them.",
        .arguments = {{.name = "FILE", .help = "Where to; must not exist yet", .type = ValueType::file}},
        .examples = {{"backup /var/backups/peercert-2026-11-22.db", "Save today's state"}},
        .json = "{\"file\": path, \"rows\": number, \"audit_rows\": number, \"digest\": BLAKE2b-256 in hex, "
                "\"recorded_as\": null}",
        .exits = {Exit::conflict},
        .run = backup,
    }};
}

std::vector<Command> restore_commands() {
    return {{
        .path = "restore",
        .summary = "Put a backup into a database that is new or empty",
        .text = "Every id, number and audit row is kept, and the audit chain is checked before anything is committed. "
                "Afterwards no "
                "credential can be issued until peercert issuance resume says which number was handed out last, so "
                "that none is "
                "ever used twice.",
        .effect = Effect::writes,
        .arguments = {{.name = "FILE", .help = "The backup", .type = ValueType::file}},
        .examples = {{"restore /var/backups/peercert-2026-11-22.db --db new.db", "Make a database from a backup"},
                     {"restore /var/backups/peercert-2026-11-22.db --dry-run", "Only see whether the backup is whole"}},
        .json = "The same as backup says of the same file; recorded_as is the audit row of the restoring, null with "
                "--dry-run: {\"file\": path, \"rows\": number, \"audit_rows\": number, \"digest\": BLAKE2b-256 in hex, "
                "\"recorded_as\": number or null}",
        .exits = {Exit::conflict},
        .run = restore,
    }};
}

} // namespace peercert::cli
