#include "cli/settings.hpp"

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <pwd.h>
#include <unistd.h>

#include "cli/output.hpp"
#include "cli/suggest.hpp"
#include "cli/values.hpp"
#include "domain/text.hpp"

namespace peercert::cli {
namespace {

namespace fs = std::filesystem;

constexpr SettingMeaning meanings[] = {
    {"db", "PEERCERT_DB", "The database: a file, or postgresql:// and its address; --db goes before it"},
    {"as", "PEERCERT_AS",
     "In whose name this is done: a person of the record, by code or whole name, with their rights; --as goes before "
     "it"},
    {"curricula", "PEERCERT_CURRICULA", "Folders of curricula, tracks and frameworks, divided by colons"},
    {"rules", "PEERCERT_RULES",
     "any: decide by files too; published: applications, awards, cohorts and scores rely on published editions only"},
    {"plugins", "PEERCERT_PLUGINS", "The folder plugins are loaded from"},
    {"zone", "PEERCERT_ZONE", "The IANA time zone of today where no programme says otherwise, such as America/Chicago"},
    {"listen", "PEERCERT_LISTEN",
     "The address that serve binds; anything but this machine's own needs more (see serve)"},
    {"port", "PEERCERT_PORT", "The port that serve binds"},
    {"proxies", "PEERCERT_PROXIES", "Addresses of the reverse proxies in front of serve, divided by commas"},
    {"words", "PEERCERT_WORDS", "A folder with wordings of your own, en.txt and es.txt (see README)"},
    {"lang", "PEERCERT_LANG", "en or es: the language of answers; otherwise LC_ALL, LC_MESSAGES or LANG decides"},
    {"", "PEERCERT_CONFIG", "The configuration file; --config goes before it"},
};

std::string environment(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value ? value : "";
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::vector<std::string> divided(std::string_view text, char divider) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(divider);
        if (std::string part = trimmed(text.substr(0, end)); !part.empty())
            parts.push_back(std::move(part));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

std::string home() {
    if (const std::string folder = environment("HOME"); !folder.empty())
        return folder;
    const passwd* entry = ::getpwuid(::getuid());
    return entry && entry->pw_dir ? entry->pw_dir : "/";
}

/// "es" when the account speaks Spanish, else "en".
Setting language_of_account() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const std::string value = environment(variable); !value.empty())
            return {value.starts_with("es") &&
                            (value.size() == 2 || !std::isalpha(static_cast<unsigned char>(value[2])))
                        ? "es"
                        : "en",
                    variable};
    return {"en", "built in"};
}

/// From the system's own list: an environment variable can be set to anything.
std::string login_name() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry && entry->pw_name ? entry->pw_name : "uid " + std::to_string(::getuid());
}

/// An XDG base folder; a relative one is ignored, as the specification says.
fs::path base_folder(const char* variable, const char* otherwise) {
    const fs::path named = environment(variable);
    return named.is_absolute() ? named : fs::path(home()) / otherwise;
}

std::optional<std::string> given_text(const Values& given, std::string_view name) {
    const auto found = given.find(name);
    return found == given.end() || found->second.empty() ? std::nullopt : std::optional(found->second.back());
}

std::string file_text(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw UsageError("the configuration file " + file + " cannot be read", "check the path and its permissions");
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string configuration_file(const Values& given) {
    if (const auto named = given_text(given, "config"))
        return *named;
    if (const std::string named = environment("PEERCERT_CONFIG"); !named.empty())
        return named;
    for (const fs::path& candidate : {base_folder("XDG_CONFIG_HOME", ".config") / "peercert/peercert.conf",
                                      fs::path("/etc/peercert/peercert.conf")}) {
        std::error_code ignored;
        if (fs::exists(candidate, ignored))
            return candidate.string();
    }
    return {};
}

/// Where this build or installation keeps its data: beside the executable in a build tree, under the prefix otherwise.
struct Layout {
    fs::path curricula;
    fs::path plugins;
};

Layout layout() {
    const fs::path programs = executable_folder();
    std::error_code ignored;
    if (fs::exists(programs.parent_path() / "CMakeCache.txt", ignored)) // BUILD/bin: sources are at ../../..
        return {(programs / "../../../curricula").lexically_normal(), (programs / "../plugins").lexically_normal()};
    const fs::path prefix = programs.parent_path();
    return {prefix / "share/peercert/curricula", prefix / PEERCERT_PLUGIN_FOLDER};
}

} // namespace

fs::path executable_folder() {
    std::error_code problem;
    const fs::path self = fs::read_symlink("/proc/self/exe", problem);
    return problem ? fs::path("/usr/bin") : self.parent_path();
}

std::span<const SettingMeaning> setting_meanings() { return meanings; }

std::vector<fs::path> Settings::curricula_folders() const {
    std::vector<fs::path> folders;
    for (const std::string& folder : divided(curricula.value, ':'))
        folders.emplace_back(folder);
    return folders;
}

std::vector<std::string> Settings::proxy_addresses() const { return divided(proxies.value, ','); }

std::vector<ConfigurationLine> read_configuration(std::string_view text, const std::string& file) {
    std::vector<ConfigurationLine> lines;
    std::vector<std::string> known;
    for (const SettingMeaning& meaning : meanings)
        if (!meaning.name.empty())
            known.emplace_back(meaning.name);
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view raw = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        if (!raw.empty() && raw.back() == '\r')
            raw.remove_suffix(1);
        const std::string line = trimmed(raw);
        const std::string place = file + ":" + std::to_string(number) + ": ";
        if (line.empty() || line.front() == '#')
            continue;
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            throw UsageError(place + "\"" + line + "\" is not a setting; one is written name = value");
        ConfigurationLine each{trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)), number};
        if (std::find(known.begin(), known.end(), each.name) == known.end()) {
            std::string all;
            for (const std::string& word : known)
                all += (all.empty() ? "" : ", ") + word;
            const std::string guess = did_you_mean(each.name, known);
            throw UsageError(place + "unknown setting \"" + each.name + '"',
                             guess.empty() ? "settings are " + all : guess);
        }
        if (each.value.empty())
            throw UsageError(place + each.name + " has no value", "leave the line out, or begin it with #");
        if (printable(each.value) != each.value)
            throw UsageError(place + each.name + " holds characters that cannot be shown");
        for (const ConfigurationLine& earlier : lines)
            if (earlier.name == each.name)
                throw UsageError(place + each.name + " stands in line " + std::to_string(earlier.line) + " already");
        lines.push_back(std::move(each));
    }
    return lines;
}

Settings settings_for(const Values& given) {
    Settings settings;
    settings.configuration_file = configuration_file(given);
    std::vector<ConfigurationLine> lines;
    if (!settings.configuration_file.empty())
        lines = read_configuration(file_text(settings.configuration_file), settings.configuration_file);

    const auto effective = [&](std::string_view name, const std::string& built_in) -> Setting {
        if (auto value = given_text(given, name))
            return {std::move(*value), "--" + std::string(name)};
        for (const SettingMeaning& meaning : meanings)
            if (meaning.name == name)
                if (std::string value = environment(meaning.environment); !value.empty())
                    return {std::move(value), std::string(meaning.environment)};
        for (const ConfigurationLine& line : lines)
            if (line.name == name)
                return {line.value, settings.configuration_file + ":" + std::to_string(line.line)};
        return {built_in, "built in"};
    };
    const Layout built_in = layout();
    settings.database =
        effective("db", (base_folder("XDG_DATA_HOME", ".local/share") / "peercert/peercert.db").string());
    settings.login = login_name();
    settings.actor = effective("as", settings.login);
    if (settings.actor.origin != "built in") // it is told in the audit trail: one line, and nothing that hides
        settings.actor.value = domain::clean_text(
            settings.actor.value, {"name of who is doing this (from " + settings.actor.origin + ")", 100, false});
    settings.curricula = effective("curricula", built_in.curricula.string());
    settings.rules = effective("rules", "any");
    if (settings.rules.value != "any" && settings.rules.value != "published")
        throw UsageError("rules must be any or published, not \"" + settings.rules.value + "\" (from " +
                         settings.rules.origin + ")");
    settings.plugins = effective("plugins", built_in.plugins.string());
    settings.zone = effective("zone", "UTC");
    settings.listen = effective("listen", "127.0.0.1");
    settings.port = effective("port", "8080");
    settings.proxies = effective("proxies", "");
    settings.words = effective("words", "");
    settings.lang = effective("lang", "");
    if (settings.lang.value.empty())
        settings.lang = language_of_account();
    if (settings.lang.value != "en" && settings.lang.value != "es")
        throw UsageError("lang must be en or es, not \"" + settings.lang.value + "\" (from " + settings.lang.origin +
                         ")");
    const auto port = parse_number(settings.port.value);
    if (!port || *port < 0 || *port > 65535)
        throw UsageError("port must be 0 to 65535, not \"" + settings.port.value + "\" (from " + settings.port.origin +
                         ")");
    return settings;
}

} // namespace peercert::cli
