#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

/// Where things are and who asks: command line before environment before configuration file before what is built in.
namespace peercert::cli {

/// A value and where it came from ("--db", "PEERCERT_DB", "/etc/peercert/peercert.conf:3", "built in").
struct Setting {
    std::string value;
    std::string origin;
};

struct Settings {
    Setting database;  ///< `PATH`, `sqlite:PATH` or `postgresql://...`
    Setting actor;     ///< who is doing this: a person of the record, or `login`
    std::string login; ///< the account that runs the program; stands in the audit trail whatever `actor` says
    Setting curricula; ///< folders of data files, divided by colons
    Setting rules;     ///< "any" or "published": which editions something new may rely on
    Setting plugins;   ///< the one folder plugins are loaded from
    Setting zone;      ///< IANA zone of "today" where no programme says otherwise
    Setting listen;    ///< address `serve` binds
    Setting port;
    Setting proxies; ///< numeric addresses of reverse proxies in front of `serve`, divided by commas; may be empty
    Setting words;   ///< folder with a centre's own wordings, en.txt and es.txt; empty: as built in
    Setting lang;    ///< "en" or "es": what answers are said in
    std::string configuration_file; ///< the one that was read; empty if none

    std::vector<std::filesystem::path> curricula_folders() const;
    std::vector<std::string> proxy_addresses() const;
};

struct SettingMeaning {
    std::string_view name; ///< in the configuration file; empty if it cannot stand there
    std::string_view environment;
    std::string_view meaning;
};

/// Every setting there is, for the man page and for refusing unknown names.
std::span<const SettingMeaning> setting_meanings();

/// One line of a configuration file.
struct ConfigurationLine {
    std::string name;
    std::string value;
    int line{0};
};

/// Reads `name = value` lines strictly. Throws UsageError{file:line: what} for an unknown name (with the nearest one),
/// a name given twice, a line without `=`, or control characters.
std::vector<ConfigurationLine> read_configuration(std::string_view text, const std::string& file);

/// The effective settings of one run. Throws UsageError.
Settings settings_for(const Values& given);

/// The folder this program's executable lies in.
std::filesystem::path executable_folder();

} // namespace peercert::cli
