#include <algorithm>
#include <filesystem>
#include <iterator>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/database_address.hpp"
#include "cli/exposed_files.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {
namespace {

struct Check {
    std::string name;
    bool sound{true};
    std::string says;
};

/// Runs one check; a failure of the thing itself is what it finds.
template <class Fn>
void look_at(std::vector<Check>& checks, const std::string& name, Fn&& fn) {
    try {
        checks.push_back({name, true, fn()});
    } catch (const Error& error) {
        checks.push_back({name, false, in_one_line(error.what())});
    }
}

/// All of them: who repairs wants the whole list.
void refuse_if_any(const std::vector<std::string>& problems) {
    std::string all;
    for (const std::string& problem : problems)
        all += (all.empty() ? "" : "; ") + problem;
    if (!problems.empty())
        throw Error(ErrorCode::conflict, all);
}

std::string database_kind(const storage::Store& store) {
    const domain::Installation& installation = store.installation();
    std::string text(domain::to_text(installation.kind));
    text += store.backend() == storage::Backend::sqlite ? ", SQLite" : ", PostgreSQL";
    if (installation.demo_clock)
        text += ", clock at " + domain::to_text(*installation.demo_clock);
    return text + ", made " + domain::to_text(installation.created_at) + ": " + store.location();
}

void check_database(Invocation& asked, std::vector<Check>& checks) {
    storage::Store& store = asked.wiring.store();
    look_at(checks, "state", [&] {
        const std::vector<std::string> not_ready = store.not_ready();
        // What integrity finds as well is said once, there.
        const std::vector<std::string> found = store.problems(false);
        std::vector<std::string> own;
        std::copy_if(not_ready.begin(), not_ready.end(), std::back_inserter(own),
                     [&](const std::string& one) { return std::find(found.begin(), found.end(), one) == found.end(); });
        if (own.size() < not_ready.size())
            own.emplace_back("what integrity says");
        refuse_if_any(own);
        return std::string("all tables there, and it can be written to");
    });
    look_at(checks, "integrity", [&] {
        const std::vector<std::string> problems = store.problems(asked.flag("thorough"));
        refuse_if_any(problems);
        return std::string("nothing wrong") + (asked.flag("thorough") ? ", every page read" : "");
    });
    look_at(checks, "audit trail", [&] {
        const storage::AuditVerdict verdict = store.read([](storage::UnitOfWork& work) { return work.audit.verify(); });
        const Check& integrity = checks.back();
        if (verdict.broken_at == 0 && !integrity.sound && integrity.says.find(verdict.problem) != std::string::npos)
            throw Error(ErrorCode::conflict, "the chain fits; what integrity says");
        if (!verdict.intact())
            throw Error(ErrorCode::conflict,
                        (verdict.broken_at == 0 ? "" : "broken at row " + std::to_string(verdict.broken_at) + ": ") +
                            verdict.problem);
        return "intact, rows: " + grouped(static_cast<std::uint64_t>(verdict.rows));
    });
    look_at(checks, "clock", [&] {
        const domain::Instant now = asked.wiring.clock().now();
        const auto newest = store.read([](storage::UnitOfWork& work) { return work.audit.newest(); });
        if (newest && newest->at > now)
            throw Error(ErrorCode::conflict, "it is " + domain::to_text(now) + " here, but something was recorded at " +
                                                 domain::to_text(newest->at) +
                                                 "; set this machine's clock right before anything is recorded");
        return domain::to_text(now) + ", " + to_text(services::day_in_zone(now, asked.wiring.settings().zone.value)) +
               " in " + asked.wiring.settings().zone.value;
    });
    look_at(checks, "issuing", [&] {
        if (store.read([](storage::UnitOfWork& work) { return work.numbers.issuing_paused(); }))
            throw Error(ErrorCode::conflict, "paused: peercert issuance resume opens it again");
        return std::string("open");
    });
}

void check_rules(Invocation& asked, std::vector<Check>& checks, bool with_database) {
    look_at(checks, "plugins", [&] {
        std::string text;
        for (const plugin_host::PluginInfo& plugin : asked.wiring.plugins().plugins())
            text += (text.empty() ? "" : ", ") + plugin.id + " " + plugin.version;
        return text.empty() ? std::string("none") : text;
    });
    if (!checks.back().sound)
        return;
    look_at(checks, "curricula", [&] {
        const curricula::Catalogue& catalogue = asked.wiring.catalogue();
        catalogue.require_clean();
        return counted(catalogue.all().size(), "edition", "editions") + ", no mistakes";
    });
    if (!with_database)
        return;
    look_at(checks, "published rules", [&] {
        const curricula::Catalogue& catalogue = asked.wiring.catalogue();
        std::vector<std::string> problems;
        for (const curricula::Problem& one : catalogue.passed_over())
            problems.push_back(to_text(one));
        std::size_t published = 0;
        asked.wiring.store().read([&](storage::UnitOfWork& work) {
            for (const auto& edition : catalogue.all()) {
                const bool is_published = edition->origin == curricula::published_origin;
                published += is_published ? 1U : 0U;
                const auto kept = work.editions.digest_of(edition->code, edition->edition);
                if (kept && *kept != edition->digest)
                    problems.push_back(edition->file + " is not the text of " + edition->code + " " + edition->edition +
                                       " that something relies on; what it asks decides nothing. Put the file back, or "
                                       "give the change an edition of its own");
            }
        });
        refuse_if_any(problems);
        return grouped(published) + (published == 1 ? " edition" : " editions") + " published; no file says otherwise";
    });
}

std::vector<std::pair<std::string, const Setting*>> named(const Settings& settings) {
    return {{"db", &settings.database},   {"as", &settings.actor},        {"curricula", &settings.curricula},
            {"rules", &settings.rules},   {"plugins", &settings.plugins}, {"zone", &settings.zone},
            {"listen", &settings.listen}, {"port", &settings.port},       {"proxies", &settings.proxies}};
}

Exit doctor(Invocation& asked) {
    const Settings& settings = asked.wiring.settings();
    std::vector<Check> checks;
    look_at(checks, "database", [&] { return database_kind(asked.wiring.store()); });
    const bool with_database = checks.back().sound;
    if (with_database)
        check_database(asked, checks);
    look_at(checks, "files", [&] {
        refuse_if_any(exposed_files(settings));
        return std::string("nobody else's to read or change");
    });
    check_rules(asked, checks, with_database);
    bool all_sound = true;
    for (const Check& check : checks)
        all_sound = all_sound && check.sound;

    if (asked.json()) {
        words::Json in_force = words::Json::object();
        for (const auto& [name, setting] : named(settings))
            in_force.set(
                name,
                words::Json::object().set("value", without_password(setting->value)).set("from", setting->origin));
        words::Json found = words::Json::array();
        for (const Check& check : checks)
            found.push(
                words::Json::object().set("check", check.name).set("sound", check.sound).set("says", check.says));
        asked.out.json(words::Json::object()
                           .set("sound", all_sound)
                           .set("version", PEERCERT_VERSION)
                           .set("configuration_file", settings.configuration_file.empty()
                                                          ? words::Json()
                                                          : words::Json(settings.configuration_file))
                           .set("settings", std::move(in_force))
                           .set("checks", std::move(found)));
        return all_sound ? Exit::yes : Exit::no;
    }
    Table in_force({{"SETTING"}, {"VALUE"}, {"FROM"}});
    for (const auto& [name, setting] : named(settings))
        in_force.add({{name}, {without_password(setting->value)}, {setting->origin}});
    asked.out.table(in_force);
    asked.out.line();
    Table found({{"CHECK"}, {"STATE"}, {"WHAT IT SAYS"}});
    for (const Check& check : checks)
        found.add(
            {{check.name}, {check.sound ? "sound" : "look here", check.sound ? Look::good : Look::bad}, {check.says}});
    asked.out.table(found);
    return all_sound ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> doctor_commands() {
    return {{
        .path = "doctor",
        .summary = "Show the settings in force and whether all is well",
        .text =
            "Shows every setting with where it comes from, then looks at the database, its tables, its audit trail and "
            "its "
            "clock, and at who else on this machine may read or change its files. Changes nothing. Passwords are not "
            "shown.",
        .options = {{.name = "thorough",
                     .help = "Read every page of the database, and compare what is derived with what is recorded"}},
        .json = "{\"sound\": true or false, \"version\": text, \"configuration_file\": path or null, \"settings\": "
                "{name: {\"value\": text, \"from\": text}}, "
                "\"checks\": [{\"check\": text, \"sound\": true or false, \"says\": text}]}",
        .exits = {Exit::no},
        .run = doctor,
    }};
}

} // namespace peercert::cli
