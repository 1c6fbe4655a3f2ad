#include "cli/help.hpp"

#include <algorithm>

#include "cli/parser.hpp"
#include "cli/style.hpp"

namespace peercert::cli {
namespace {

constexpr std::size_t widest_help = 100; // longer lines are hard to read

std::size_t room_of(const Terminal& terminal) {
    return std::min(terminal.is_terminal ? terminal.width : 80, widest_help);
}

std::string heading(std::string_view text, const Terminal& terminal) {
    return styled(text, Look::strong, terminal) + "\n";
}

void append_paragraphs(std::string& out, std::string_view text, std::size_t indent, std::size_t room) {
    while (!text.empty()) {
        const std::size_t end = text.find("\n\n");
        for (const std::string& line : wrapped(text.substr(0, end), room - indent))
            out += std::string(indent, ' ') + line + "\n";
        if (end == std::string_view::npos)
            return;
        out += '\n';
        text.remove_prefix(end + 2);
    }
}

/// Terms on the left, explanations wrapped on the right.
void append_terms(std::string& out, const std::vector<std::pair<std::string, std::string>>& terms,
                  const Terminal& terminal) {
    std::size_t widest = 0;
    for (const auto& [term, text] : terms)
        if (display_width(term) <= 28)
            widest = std::max(widest, display_width(term));
    const std::size_t left = widest + 4;
    for (const auto& [term, text] : terms) {
        std::string line = "  " + styled(term, Look::strong, terminal);
        std::size_t at = 2 + display_width(term);
        if (at + 2 > left) {
            out += line + "\n";
            line.clear();
            at = 0;
        }
        for (const std::string& part : wrapped(text, room_of(terminal) - left)) {
            out += line + std::string(left - at, ' ') + part + "\n";
            line.clear();
            at = 0;
        }
    }
}

std::string allowed_text(const std::vector<std::string>& allowed) {
    std::string text;
    for (const std::string& word : allowed)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string option_term(const Option& option) {
    return (option.short_name ? std::string("-") + option.short_name + ", " : std::string("    ")) + "--" +
           option.name + (option.value.empty() ? "" : " " + option.value);
}

std::string option_text(const Option& option) {
    std::string text = option.help;
    if (!option.allowed.empty())
        text += " (" + allowed_text(option.allowed) + ")";
    if (option.required)
        text += "; required";
    if (option.repeated)
        text += "; may be repeated";
    if (!option.otherwise.empty())
        text += "; otherwise " + option.otherwise;
    return text;
}

} // namespace

std::string synopsis(const Command& command) {
    std::string text = "peercert " + command.path;
    for (const Option& option : command.options)
        if (option.required)
            text += " --" + option.name + " " + option.value;
    for (const Argument& argument : command.arguments) {
        const std::string word = argument.name + (argument.repeated ? "..." : "");
        text += argument.required ? " " + word : " [" + word + "]";
    }
    return text + " [options]";
}

std::string overview_help(const Terminal& terminal) {
    std::string out =
        "peercert keeps the record of a peer-support worker, from the first class to the last renewal.\n\n";
    out += heading("Usage", terminal) + "  peercert COMMAND [options]\n";
    std::vector<std::string_view> groups;
    for (const Topic& topic : topics())
        if (std::find(groups.begin(), groups.end(), topic.group) == groups.end())
            groups.push_back(topic.group);
    std::size_t widest = 0;
    for (const Topic& topic : topics())
        widest = std::max(widest, topic.noun.size());
    for (const std::string_view group : groups) {
        out += "\n" + heading(group, terminal);
        std::vector<std::pair<std::string, std::string>> terms;
        for (const Topic& topic : topics())
            if (topic.group == group)
                terms.emplace_back(std::string(topic.noun) + std::string(widest - topic.noun.size(), ' '),
                                   topic.summary);
        append_terms(out, terms, terminal);
    }
    out += "\n`peercert help COMMAND` explains one. `peercert man | man -l -` is the whole manual.\n"
           "To see it at work: `peercert init --demo`, then `peercert doctor`.\n";
    return out;
}

std::string topic_help(const Topic& topic, const Terminal& terminal) {
    std::string out = std::string(topic.summary) + "\n\n" + heading("Commands", terminal);
    std::vector<std::pair<std::string, std::string>> terms;
    for (const Command& command : topic.commands())
        terms.emplace_back("peercert " + command.path, command.summary);
    append_terms(out, terms, terminal);
    out += "\n`peercert " + std::string(topic.noun) + " COMMAND --help` explains one.\n";
    return out;
}

std::string command_help(const Command& command, const Terminal& terminal) {
    std::string out = command.summary + "\n\n" + heading("Usage", terminal);
    append_paragraphs(out, synopsis(command), 2, room_of(terminal));
    if (!command.text.empty()) {
        out += '\n';
        append_paragraphs(out, command.text, 0, room_of(terminal));
    }
    std::vector<std::pair<std::string, std::string>> terms;
    if (!command.arguments.empty()) {
        for (const Argument& argument : command.arguments)
            terms.emplace_back(argument.name,
                               argument.help +
                                   (argument.allowed.empty() ? "" : " (" + allowed_text(argument.allowed) + ")"));
        out += "\n" + heading("Arguments", terminal);
        append_terms(out, terms, terminal);
    }
    terms.clear();
    for (const Option& option : command.options)
        terms.emplace_back(option_term(option), option_text(option));
    if (!terms.empty()) {
        out += "\n" + heading("Options", terminal);
        append_terms(out, terms, terminal);
    }
    terms.clear();
    for (const Option& option : common_options(command.effect))
        terms.emplace_back(option_term(option), option_text(option));
    out += "\n" + heading("Common options", terminal);
    append_terms(out, terms, terminal);
    if (!command.examples.empty()) {
        out += "\n" + heading("Examples", terminal);
        for (const Example& example : command.examples) {
            append_paragraphs(out, example.says + ":", 2, room_of(terminal));
            out += "    peercert " + example.command + "\n";
        }
    }
    if (!command.json.empty()) {
        out += "\n" + heading("With --json", terminal);
        append_paragraphs(out, command.json, 2, room_of(terminal));
    }
    out += "\n" + heading("Exit codes", terminal);
    terms.clear();
    for (const ExitMeaning& meaning : exit_meanings()) {
        const bool named = std::find(command.exits.begin(), command.exits.end(), meaning.code) != command.exits.end();
        const bool general = meaning.code == Exit::yes || meaning.code == Exit::usage;
        if (named || general)
            terms.emplace_back(std::to_string(static_cast<int>(meaning.code)), std::string(meaning.meaning));
    }
    terms.emplace_back("3-9", "failures that every command shares; `peercert help exit-codes` lists them");
    append_terms(out, terms, terminal);
    return out;
}

std::string exit_code_help(const Terminal& terminal) {
    std::vector<std::pair<std::string, std::string>> terms;
    for (const ExitMeaning& meaning : exit_meanings())
        terms.emplace_back(std::to_string(static_cast<int>(meaning.code)), std::string(meaning.meaning));
    std::string out = heading("Exit codes", terminal);
    append_terms(out, terms, terminal);
    return out;
}

} // namespace peercert::cli
