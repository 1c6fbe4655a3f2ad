#include "layer_rules.hpp"

#include "source_text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>

namespace peercert::layers {
namespace {

using Names = std::set<std::string, std::less<>>;

// Who may include whom. One line a room; what is not here is refused.
const std::map<std::string, Names, std::less<>>& arrows() {
    static const std::map<std::string, Names, std::less<>> table{
        {"sdk", {}},
        {"domain", {"sdk"}},
        {"rules", {"sdk"}},
        {"curricula", {"sdk"}},
        {"plugin_host", {"sdk"}},
        {"credentials", {"domain", "sdk"}},
        {"exchange", {"domain", "sdk"}},
        {"storage", {"domain", "sdk"}},
        {"services",
         {"storage", "trust", "exchange", "rules", "credentials", "curricula", "plugin_host", "domain", "sdk"}},
        {"words", {"exchange", "services", "rules", "credentials", "curricula", "domain", "sdk"}},
        {"trust", {"domain", "sdk"}},
        {"documents", {"domain", "sdk"}},
        {"http", {"exchange", "words", "services", "rules", "credentials", "domain", "sdk"}},
        {"cli",
         {"exchange", "http", "words", "services", "storage", "exchange", "rules", "credentials", "curricula",
          "plugin_host", "documents", "domain", "sdk"}},
        {"plugins", {"sdk"}},
    };
    return table;
}

// Third-party headers and the only places that may include them.
struct Wall {
    std::string_view header; // prefix of what is included
    std::vector<std::string_view> places;
    bool in_headers; // may a header of that room include it?
};

const std::vector<Wall>& walls() {
    static const std::vector<Wall> table{
        {"soci/", {"core/storage/"}, true},
        {"sqlite3", {"core/storage/"}, true},
        {"libpq", {"core/storage/"}, true},
        {"postgresql/", {"core/storage/"}, true},
        {"Poco/", {"core/http/", "cli/main.cpp"}, true},
        {"boost/dll", {"core/plugin_host/", "core/sdk/include/peercert/plugin.hpp"}, true},
        {"boost/", {"core/sdk/", "core/storage/", "core/plugin_host/"}, true},
        {"yaml-cpp/", {"core/curricula/"}, true},
        {"CLI/", {"cli/"}, false},
        {"nlohmann/json_fwd", {"core/words/", "core/http/"}, true},
        {"nlohmann/", {"core/words/", "core/http/"}, false},
        {"sodium",
         {"core/domain/", "core/credentials/", "core/curricula/", "core/plugin_host/", "core/storage/", "core/trust/"},
         false},
        {"utf8proc", {"core/domain/", "cli/"}, false},
        {"date/", {"core/services/", "core/credentials/", "cli/"}, false},
        {"hpdf", {"core/documents/"}, true},
        {"qrencode", {"core/documents/"}, false},
        {"openssl/", {"core/http/"}, false},
        {"kainjow/", {"core/http/"}, true}, // page_builder.hpp, for the pages only,
    };
    return table;
}

// The one Clock; and the edge, which stamps its log lines and Date headers but judges nothing by them.
const Names clock_places{"core/services/clock.cpp", "core/http/log.cpp", "core/http/edge.cpp"};

// Headers of the system that need no wall; those of the C++ library have neither dot nor slash.
bool is_system_header(std::string_view header) {
    static const Names names{"cxxabi.h", "dlfcn.h", "elf.h",    "fcntl.h",  "link.h",   "poll.h",    "pthread.h",
                             "pwd.h",    "sched.h", "signal.h", "spawn.h",  "stdlib.h", "termios.h", "unistd.h",
                             "grp.h",    "errno.h", "netdb.h",  "syslog.h", "time.h",   "execinfo.h"};
    return header.find_first_of("./") == std::string_view::npos || names.contains(header) ||
           header.starts_with("sys/") || header.starts_with("netinet/") || header.starts_with("arpa/") ||
           header.starts_with("linux/");
}

const Wall* wall_of(std::string_view header) {
    for (const Wall& wall : walls())
        if (header.starts_with(wall.header))
            return &wall;
    return nullptr;
}

bool is_cpp_header(std::string_view path) { return path.ends_with(".hpp") || path.ends_with(".h"); }
bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || is_cpp_header(path); }

std::string room_of(std::string_view path) {
    if (path.starts_with("core/")) {
        const auto rest = path.substr(5);
        return std::string(rest.substr(0, rest.find('/')));
    }
    if (path.starts_with("cli/"))
        return "cli";
    return path.starts_with("plugins/") ? "plugins" : std::string();
}

// The room that an include names, or nothing when it names none (a neighbour in the same folder, a library).
std::string room_included(std::string_view target) {
    const auto first = target.substr(0, target.find('/'));
    if (first == target)
        return {};
    if (first == "peercert")
        return "sdk";
    return arrows().contains(first) ? std::string(first) : std::string();
}

std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!blank)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!result.ends_with(' '))
            result += ' ';
    }
    return result;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view p) { return text.find(p) != text.npos; });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view p) { return text.starts_with(p); });
}

bool is_statement(std::string_view sql) {
    return (sql.starts_with("select ") && sql.find(" from ") != sql.npos) ||
           (sql.starts_with("update ") && sql.find(" set ") != sql.npos) ||
           starts_with_any(sql, {"insert into ", "insert or ", "delete from ", "create table ", "alter table "});
}

bool is_sql(std::string_view sql) {
    return is_statement(sql) || starts_with_any(sql, {"pragma ", "drop ", "create ", "savepoint ", "copy "}) ||
           contains_any(sql, {" where ", " values", "order by ", " limit ", " offset ", " like ", " union ", " = '"}) ||
           starts_with_any(sql, {"where ", "select ", "limit ", "set "});
}

// The word `name` in a line of code, not as a part of a longer one.
bool has_word(std::string_view code, std::string_view name) {
    const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (auto at = code.find(name); at != code.npos; at = code.find(name, at + 1)) {
        const bool starts = at == 0 || !is_word(code[at - 1]);
        const auto end = at + name.size();
        if (starts && (end == code.size() || !is_word(code[end]) || !is_word(name.back())))
            return true;
    }
    return false;
}

class Check {
public:
    Check(const std::vector<SourceFile>& files, const LongFiles& long_files) : long_files_(long_files) {
        for (const SourceFile& file : files) {
            length(file);
            if (is_cpp(file.path) && !room_of(file.path).empty())
                parts_.emplace(file.path, take_apart(file.text));
            else if (file.path.ends_with(".sql"))
                sql_clock(file);
        }
        for (const auto& [path, reason] : long_files_)
            if (!reasoned_.contains(path))
                say(path, 0, "size", "is listed as a long file but is not one (any more): take it off the list");
    }

    std::vector<Violation> run() {
        for (const auto& [path, parts] : parts_) {
            path_ = path;
            room_ = room_of(path);
            for (const Include& include : parts.includes)
                one_include(include);
            for (std::size_t i = 0; i < parts.code.size(); ++i)
                one_line(parts.code[i], parts.comments[i], i + 1);
            for (const Literal& literal : parts.literals)
                one_literal(literal, parts);
        }
        return std::move(found_);
    }

private:
    void say(const std::string& path, std::size_t line, std::string rule, std::string message) {
        found_.push_back({path, line, std::move(rule), std::move(message)});
    }

    void say(std::size_t line, std::string rule, std::string message) {
        say(path_, line, std::move(rule), std::move(message));
    }

    void length(const SourceFile& file) {
        const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
        if (lines <= usual_length)
            return;
        const auto listed = long_files_.find(file.path);
        reasoned_.insert(file.path);
        if (listed == long_files_.end() || listed->second.empty())
            say(file.path, 0, "size",
                std::to_string(lines) +
                    " lines: it is probably two files, or tests/layers/long_files.txt says why not");
    }

    void one_include(const Include& include) {
        const std::string& target = include.target;
        if (target.find("..") != target.npos)
            return say(include.line, "parent", "\"" + target + "\": name the room instead of climbing to it");
        const auto to = room_included(target);
        if (to == room_)
            return;
        if (!to.empty()) {
            const auto allowed = arrows().find(room_);
            if (allowed == arrows().end())
                say(include.line, "arrow", "core/" + room_ + " is no room that tests/layers knows");
            else if (!allowed->second.contains(to))
                say(include.line, "arrow", room_ + " may not include " + to + " (\"" + target + "\")");
            return leaks(include, to);
        }
        if (include.angled && !is_system_header(target))
            third_party(include);
        else if (!include.angled && target.find('/') != target.npos && !resolve(path_, target))
            third_party(include);
    }

    void third_party(const Include& include) {
        const std::string& target = include.target;
        const Wall* wall = wall_of(target);
        if (wall == nullptr)
            return say(include.line, "wall", "<" + target + "> is a library that no room owns yet");
        const bool here = std::any_of(wall->places.begin(), wall->places.end(),
                                      [&](std::string_view place) { return path_.starts_with(place); });
        if (!here)
            say(include.line, "wall", "<" + target + "> belongs to " + std::string(wall->places.front()) + " only");
        else if (is_cpp_header(path_) && !wall->in_headers)
            say(include.line, "wall", "<" + target + "> belongs in a .cpp file: it costs seconds wherever it is seen");
    }

    // Nobody outside a room may come to see, through its headers, the library that it keeps private.
    void leaks(const Include& include, const std::string& to) {
        const auto header = resolve(path_, include.target);
        Names seen;
        if (header)
            follow(include, to, *header, seen);
    }

    void follow(const Include& include, const std::string& to, const std::string& header, Names& seen) {
        if (!seen.insert(header).second)
            return;
        for (const Include& next : parts_.at(header).includes) {
            if (const auto file = resolve(header, next.target))
                follow(include, to, *file, seen);
            else if (const Wall* wall = wall_of(next.target); wall != nullptr && room_of(header) != "sdk")
                say(include.line, "leak",
                    "\"" + include.target + "\" brings <" + next.target + "> with it (through " + header + ")");
        }
    }

    std::optional<std::string> resolve(const std::string& from, const std::string& target) const {
        for (const std::string& path :
             {from.substr(0, from.rfind('/') + 1) + target, "core/" + target, "core/sdk/include/" + target, target})
            if (parts_.contains(path))
                return path;
        return std::nullopt;
    }

    void one_line(const std::string& code, const std::string& comment, std::size_t line) {
        if (has_word(code, "std::regex") || has_word(code, "<regex>") || has_word(code, "boost::regex"))
            say(line, "regex", "no regular expressions on outside data: they can be made to run for ever");
        for (const std::string_view name :
             {"system_clock::now", "utc_clock::now", "localtime", "localtime_r", "mktime", "gettimeofday",
              "CLOCK_REALTIME", "current_zone", "std::time(", "time(nullptr)", "time(NULL)", "time(0)", "LocalDateTime",
              "Poco::DateTime"})
            if (has_word(code, name) && !clock_places.contains(path_))
                say(line, "clock",
                    std::string(name) + ": the day and the instant come from the caller or the one Clock");
        // A page is measured in points; everything that is counted about people is not.
        const bool counts = !Names{"http", "cli", "words", "documents"}.contains(room_);
        if (counts && (has_word(code, "double") || has_word(code, "float")))
            say(line, "exact", "minutes, cents and hundredths are whole numbers; no binary fractions below the edges");
        for (const std::string_view name : {"TODO", "FIXME"})
            if (has_word(comment, name))
                say(line, "unfinished", std::string(name) + ": finish it, or leave it out and say so in README.md");
    }

    void one_literal(const Literal& literal, const SourceText& parts) {
        const std::string text = lower(literal.text);
        for (const std::string_view word :
             {"patient", "relapse", "non-compliant", "noncompliant", "drop-out", "dropout"})
            if (has_word(text, word))
                say(literal.line, "words", "\"" + std::string(word) + "\" is not a word we use of people");
        if (is_statement(text) && room_ != "storage")
            say(literal.line, "sql", "SQL has one home: core/storage");
        if (room_ != "storage")
            return;
        clock_words(path_, text, literal.line);
        if (!is_sql(text) || has_reason(parts, literal.line))
            return;
        const auto joined = [&](std::string_view sign) {
            return literal.after.starts_with(sign) && literal.after.size() > sign.size() &&
                   literal.after[sign.size()] != '\1';
        };
        const bool printed = contains_any(text, {"%s", "%d", "%ld", "%lld", "%zu", "%u"});
        if (joined("+") || joined("<<") || literal.before.ends_with('+') || printed)
            say(literal.line, "sql",
                "a value is put into SQL as text: bind it with use(), or say in a comment \"fixed text: <why>\"");
    }

    static bool has_reason(const SourceText& parts, std::size_t line) {
        static constexpr std::string_view words = "fixed text: ";
        for (std::size_t i = line; i > 0 && i + 3 > line; --i) {
            const auto at = parts.comments[i - 1].find(words);
            if (at != std::string::npos && parts.comments[i - 1].size() > at + words.size() + 8)
                return true;
        }
        return false;
    }

    void sql_clock(const SourceFile& file) { clock_words(file.path, lower(file.text), 0); }

    void clock_words(const std::string& path, std::string_view sql, std::size_t line) {
        for (const std::string_view word :
             {"current_timestamp", "current_date", "datetime('now'", "date('now'", "now()", "clock_timestamp"})
            if (sql.find(word) != sql.npos)
                say(path, line, "clock", std::string(word) + " in SQL: instants come from the one Clock");
    }

    const LongFiles& long_files_;
    std::map<std::string, SourceText, std::less<>> parts_;
    Names reasoned_;
    std::string path_;
    std::string room_;
    std::vector<Violation> found_;
};

} // namespace

std::vector<Violation> check(const std::vector<SourceFile>& files, const LongFiles& long_files) {
    return Check(files, long_files).run();
}

} // namespace peercert::layers
