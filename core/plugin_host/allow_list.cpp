#include "plugin_host/allow_list.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::plugin_host {

namespace {

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

/// Calls `use(line, number)` for each line, without its line end.
template <class Use>
void each_line(std::string_view text, Use&& use) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        use(text.substr(0, end), number);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
}

bool is_for_people(std::string_view line) { return line.empty() || line.front() == '#'; }

bool is_about(std::string_view line, std::string_view name) {
    return !is_for_people(line) && line.substr(0, line.find(' ')) == name;
}

} // namespace

const AllowedFile* AllowList::find(std::string_view name) const {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const AllowedFile& one) { return one.name == name; });
    return found == files.end() ? nullptr : &*found;
}

bool is_plugin_file_name(std::string_view name) {
    return name.size() > 3 && name.size() <= 80 && name.ends_with(".so") && name.front() != '-' &&
           std::all_of(name.begin(), name.end() - 3, is_name_letter);
}

AllowList parse_allow_list(std::string_view text, const std::string& where) {
    AllowList list;
    each_line(text, [&](std::string_view line, std::size_t number) {
        if (is_for_people(line))
            return;
        const auto refuse = [&](const std::string& what) {
            throw Error(ErrorCode::invalid_input, where + ":" + std::to_string(number) + ": " + what);
        };
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos)
            refuse("a line is a file name, one blank and its SHA-256, like: wrap.so 0123...");
        AllowedFile entry{std::string(line.substr(0, blank)), std::string(line.substr(blank + 1))};
        if (!is_plugin_file_name(entry.name))
            refuse("a file name here is lower-case letters, digits, underscores and dashes, then .so");
        if (entry.sha256.size() != 64 || !std::all_of(entry.sha256.begin(), entry.sha256.end(), is_hex))
            refuse("the SHA-256 of " + entry.name +
                   " is 64 digits 0-9 a-f, after one blank and at the end of the line");
        if (list.find(entry.name) != nullptr)
            refuse(entry.name + " is listed twice");
        list.files.push_back(std::move(entry));
    });
    return list;
}

std::string with_entry(std::string_view text, const AllowedFile& entry) {
    std::string result;
    bool placed = false;
    each_line(text, [&](std::string_view line, std::size_t) {
        const bool same = is_about(line, entry.name);
        result += same ? entry.name + " " + entry.sha256 : std::string(line);
        result += '\n';
        placed = placed || same;
    });
    if (!placed)
        result += entry.name + " " + entry.sha256 + "\n";
    return result;
}

std::string without_entry(std::string_view text, std::string_view name) {
    std::string result;
    each_line(text, [&](std::string_view line, std::size_t) {
        if (!is_about(line, name))
            result += std::string(line) + "\n";
    });
    return result;
}

} // namespace peercert::plugin_host
