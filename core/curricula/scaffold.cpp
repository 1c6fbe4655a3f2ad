#include "curricula/scaffold.hpp"

#include <algorithm>

namespace peercert::curricula {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_of_a_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

/// The code where it stands alone as a value ("training: CODE", "[a, CODE]") or before a slash ("CODE/level").
void rename(std::string& line, const std::string& from, const std::string& to) {
    for (std::size_t at = line.find(from); at != std::string::npos; at = line.find(from, at + 1)) {
        const std::size_t end = at + from.size();
        const bool begins =
            at >= 1 && (line[at - 1] == '[' ||
                        (at >= 2 && line[at - 1] == ' ' &&
                         (line[at - 2] == ':' || line[at - 2] == ',' || line[at - 2] == '-' || line[at - 2] == '[')));
        const bool ends = end == line.size() || (!is_of_a_name(line[end]) && line[end] != ' ' && line[end] != ':');
        const bool for_cases = line.starts_with("cases for: ");
        if (begins && (ends || (for_cases && line[end] == ' '))) {
            line.replace(at, from.size(), to);
            at += to.size() - 1;
        }
    }
}

/// A group that the file gives no name is called as the file is: "asks: to lead CODE".
void rename_group(std::string& line, const std::string& from, const std::string& to) {
    for (const std::string_view question :
         {"to lead ", "completion of ", "to record attendance in ", "outcome of ", "group "}) {
        const std::string words = std::string(question) + from;
        const std::size_t at = line.find("asks: " + words);
        if (at == std::string::npos)
            continue;
        const std::size_t code = at + 6 + question.size(), end = code + from.size();
        if (end == line.size() || !(is_of_a_name(line[end]) || line[end] == ' '))
            line.replace(code, from.size(), to);
    }
}

/// Whether the file itself names something so: "  CODE:".
bool names_something(std::string_view edition_text, const std::string& name) {
    const std::vector<std::string> lines = lines_of(edition_text);
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        const std::size_t at = line.find_first_not_of(' ');
        return at != std::string::npos && at > 0 && line.compare(at, name.size() + 1, name + ":") == 0;
    });
}

std::size_t indent_of(const std::string& line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool is_comment(const std::string& line) { return indent_of(line) < line.size() && line[indent_of(line)] == '#'; }

void not_read_yet(std::string& line) {
    for (const std::string_view trust : {"trust: verified but old", "trust: verified", "trust: secondary"})
        if (const std::size_t at = line.find(trust); at != std::string::npos) {
            line.replace(at, trust.size(), "trust: recalled");
            return;
        }
}

constexpr std::string_view edition_guide =
    "# Made from {from}. Work from top to bottom, and run after every step:\n"
    "#     peercert curriculum check FILE    can it be read?\n"
    "#     peercert curriculum test FILE     do the cases beside it come out?\n"
    "#     peercert curriculum explain FILE  does it say what you mean?\n"
    "#     peercert curriculum lint FILE     what looks odd?\n"
    "# 1. Say what it is called, who gives it, in which time zone, and since when it is in force.\n"
    "# 2. Go through the clauses with your source beside you: change figures and days, take out what is not asked, "
    "add\n"
    "#    what is. Where the source is silent write \"nothing said\"; where you have not found it, \"unknown\".\n"
    "# 3. At the foot put your own sources. All are marked \"recalled\": nothing here has been read for {to} yet. Say\n"
    "#    \"verified\" once you have.\n"
    "# 4. For each line you changed, change the two cases beside it: the last that is inside, the first that is "
    "outside.\n"
    "# 5. At the end: peercert curriculum test --mutate FILE shows which figure no case would miss.\n"
    "# Then take these lines out.\n";

constexpr std::string_view case_guide =
    "# Cases made from those of {from}. Each is somebody's days, a question, and the answer worked out by hand.\n";

std::string filled(std::string_view guide, const std::string& from, const std::string& to) {
    std::string text(guide);
    for (const auto& [place, value] : {std::pair<std::string_view, std::string>{"{from}", from}, {"{to}", to}})
        for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
            text.replace(at, place.size(), value);
    return text;
}

} // namespace

Scaffold scaffold(std::string_view edition_text, std::string_view case_text, const std::string& from,
                  const std::string& to) {
    Scaffold made{filled(edition_guide, from, to), filled(case_guide, from, to)};
    bool head = true;
    for (std::string line : lines_of(edition_text)) {
        if ((head && is_comment(line)) || line.starts_with("replaces:")) // what the other file says about itself
            continue;
        head = false;
        if (!is_comment(line) && !line.starts_with("uses:") && !line.starts_with("based on:"))
            rename(line, from, to);
        not_read_yet(line);
        made.edition += line + "\n";
    }
    const bool group_of_that_name = names_something(edition_text, from);
    for (std::string line : lines_of(case_text)) {
        rename(line, from, to);
        if (!group_of_that_name)
            rename_group(line, from, to);
        made.cases += line + "\n";
    }
    return made;
}

std::string without_cases(std::string_view case_text, const std::vector<int>& lines) {
    const std::vector<std::string> all = lines_of(case_text);
    std::string kept;
    bool leaving_out = false;
    std::size_t dash = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
        const std::string& line = all[at];
        const std::size_t indent = indent_of(line);
        if (std::find(lines.begin(), lines.end(), static_cast<int>(at) + 1) != lines.end()) {
            leaving_out = true;
            dash = line.rfind("- ", indent + 1) == std::string::npos ? indent : line.find("- ");
            continue;
        }
        if (leaving_out && indent < line.size() && indent <= dash)
            leaving_out = false;
        if (!leaving_out)
            kept += line + "\n";
    }
    return kept;
}

} // namespace peercert::curricula
