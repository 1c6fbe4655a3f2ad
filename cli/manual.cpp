#include "cli/help.hpp"
#include "cli/parser.hpp"
#include "cli/settings.hpp"

namespace peercert::cli {
namespace {

/// Text for roff: backslashes, hyphens that must stay ASCII, and lines that would look like requests.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\n')
            out += ' ';
        else if (out.empty() && (c == '.' || c == '\''))
            (out += "\\&") += c;
        else
            out += c;
    }
    return out;
}

void append_paragraphs(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find("\n\n");
        out += ".PP\n" + roff(text.substr(0, end)) + "\n";
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 2);
    }
}

void append_term(std::string& out, const std::string& term, const std::string& text) {
    out += ".TP\n.B " + roff(term) + "\n" + roff(text) + "\n";
}

void append_options(std::string& out, const std::vector<Option>& options) {
    for (const Option& option : options) {
        std::string names = option.short_name ? std::string("-") + option.short_name + ", " : std::string{};
        names += "--" + option.name + (option.value.empty() ? "" : " " + option.value);
        std::string text = option.help + ".";
        std::string allowed;
        for (const std::string& word : option.allowed)
            allowed += (allowed.empty() ? " One of " : ", ") + word;
        text += allowed + (allowed.empty() ? "" : ".");
        if (option.required)
            text += " Required.";
        if (option.repeated)
            text += " May be repeated.";
        if (!option.otherwise.empty())
            text += " Otherwise " + option.otherwise + ".";
        append_term(out, names, text);
    }
}

} // namespace

std::string manual_page() {
    std::string out =
        ".TH PEERCERT 1 \"2026-11-22\" \"peercert " PEERCERT_VERSION "\" \"User commands\"\n"
        ".SH NAME\npeercert \\- keep and verify the record of peer\\-support workers\n"
        ".SH SYNOPSIS\n.B peercert\n.I COMMAND\n[options]\n"
        ".SH DESCRIPTION\n"
        "Keeps the record of a peer\\-support worker from the first class to the last renewal, and answers whether a "
        "person is certified, for what, on which day, and how that is known.\n";
    for (const Topic& topic : topics()) {
        out += ".SH " + roff(topic.noun) + "\n" + roff(topic.summary) + ".\n";
        for (const Command& command : topic.commands()) {
            out += ".SS " + roff(synopsis(command)) + "\n" + roff(command.summary) + ".\n";
            append_paragraphs(out, command.text);
            for (const Argument& argument : command.arguments)
                append_term(out, argument.name, argument.help + ".");
            append_options(out, command.options);
            if (!command.json.empty())
                out += ".PP\nWith \\-\\-json: " + roff(command.json) + "\n";
            for (const Example& example : command.examples)
                out += ".PP\n" + roff(example.says) + ":\n.PP\n.RS 4\n.nf\n" + roff("peercert " + example.command) +
                       "\n.fi\n.RE\n";
        }
    }
    out += ".SH COMMON OPTIONS\n";
    append_options(out, common_options(Effect::decides));
    out += ".SH EXIT STATUS\n";
    for (const ExitMeaning& meaning : exit_meanings())
        append_term(out, std::to_string(static_cast<int>(meaning.code)), std::string(meaning.meaning) + ".");
    out += ".SH ENVIRONMENT\n";
    for (const SettingMeaning& setting : setting_meanings())
        append_term(out, std::string(setting.environment), std::string(setting.meaning) + ".");
    append_term(out, "NO_COLOR", "No colours, whatever its value.");
    append_term(out, "COLUMNS", "The width to lay out for, instead of the terminal's.");
    out += ".SH CONFIGURATION FILE\n"
           "Lines of the form name = value; a line that begins with # is a remark. A name that is not listed here is "
           "refused. "
           "The command line goes before the environment, the environment before the file.\n";
    for (const SettingMeaning& setting : setting_meanings())
        if (!setting.name.empty())
            append_term(out, std::string(setting.name), std::string(setting.meaning) + ".");
    out += ".SH FILES\n";
    append_term(out, "~/.config/peercert/peercert.conf, /etc/peercert/peercert.conf",
                "The configuration file; the first found is read.");
    append_term(out, "~/.local/share/peercert/peercert.db", "The database, unless another is named.");
    return out;
}

} // namespace peercert::cli
