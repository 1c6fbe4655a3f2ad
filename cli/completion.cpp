#include <algorithm>

#include <peercert/error.hpp>

#include "cli/help.hpp"
#include "cli/parser.hpp"

namespace peercert::cli {
namespace {

std::string verb_of(const Command& command) {
    const auto blank = command.path.find(' ');
    return blank == std::string::npos ? std::string{} : command.path.substr(blank + 1);
}

std::vector<Option> all_options(const Command& command) {
    std::vector<Option> options = command.options;
    for (Option& option : common_options(command.effect))
        options.push_back(std::move(option));
    return options;
}

/// In single quotes for a shell.
std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text)
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

bool is_path(ValueType type) { return type == ValueType::file || type == ValueType::folder; }

/// What may stand as a plain word after the command: fixed words, files, or nothing.
struct PlainWords {
    std::vector<std::string> words;
    bool files{false};
};

PlainWords plain_words(const Command& command) {
    PlainWords plain;
    for (const Argument& argument : command.arguments) {
        plain.words.insert(plain.words.end(), argument.allowed.begin(), argument.allowed.end());
        plain.files = plain.files || is_path(argument.type);
    }
    return plain;
}

std::vector<std::string> nouns() {
    std::vector<std::string> words;
    for (const Topic& topic : topics())
        words.emplace_back(topic.noun);
    words.emplace_back("help");
    return words;
}

std::string bash_script() {
    std::string out = R"(# bash completion for peercert; made by `peercert completion bash`
_peercert() {
    local current previous noun verb command word i
    local -a plain
    current=${COMP_WORDS[COMP_CWORD]}
    previous=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        [[ $word == -* || $word == '=' ]] && continue
        [[ $word == help && ${#plain[@]} -eq 0 ]] && continue
        plain+=("$word")
    done
    noun=${plain[0]-}
    verb=${plain[1]-}
)";
    out += "    if [[ -z $noun ]]; then\n        COMPREPLY=($(compgen -W " + quoted(joined(nouns())) +
           " -- \"$current\"))\n        return\n    fi\n";
    out += "    case $noun in\n";
    std::string commands;
    for (const Topic& topic : topics()) {
        std::vector<std::string> verbs;
        for (const Command& command : topic.commands()) {
            const std::string verb = verb_of(command);
            if (!verb.empty())
                verbs.push_back(verb);
            std::vector<std::string> names;
            std::string values;
            for (const Option& option : all_options(command)) {
                names.push_back("--" + option.name);
                if (!option.allowed.empty())
                    values += "            --" + option.name + ") COMPREPLY=($(compgen -W " +
                              quoted(joined(option.allowed)) + " -- \"$current\")); return ;;\n";
                else if (is_path(option.type))
                    values += "            --" + option.name + ") compopt -o default; return ;;\n";
                else if (!option.value.empty())
                    values += "            --" + option.name + ") return ;;\n";
            }
            commands += "        " + quoted(command.path) + ")\n            case $previous in\n" + values +
                        "            esac\n";
            commands += "            if [[ $current == -* ]]; then COMPREPLY=($(compgen -W " + quoted(joined(names)) +
                        " -- \"$current\")); return; fi\n";
            const PlainWords plain = plain_words(command);
            if (!plain.words.empty())
                commands +=
                    "            COMPREPLY=($(compgen -W " + quoted(joined(plain.words)) + " -- \"$current\"))\n";
            if (plain.files)
                commands += "            compopt -o default\n";
            commands += "            ;;\n";
        }
        if (verbs.empty())
            out += "        " + std::string(topic.noun) + ") command=$noun ;;\n";
        else
            out += "        " + std::string(topic.noun) +
                   ")\n            if [[ -z $verb ]]; then COMPREPLY=($(compgen -W " + quoted(joined(verbs)) +
                   " -- \"$current\")); return; fi\n            command=\"$noun $verb\" ;;\n";
    }
    out += "        *) return ;;\n    esac\n    case $command in\n" + commands +
           "    esac\n}\ncomplete -F _peercert peercert\n";
    return out;
}

/// Inside a zsh _arguments specification: colons and brackets are syntax.
std::string zsh_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ':' || c == '[' || c == ']' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

std::string zsh_action(ValueType type, const std::vector<std::string>& allowed) {
    if (!allowed.empty())
        return "(" + joined(allowed) + ")";
    return type == ValueType::folder ? "_files -/" : type == ValueType::file ? "_files" : " ";
}

std::string zsh_command(const Command& command) {
    std::string out = "_arguments -s";
    for (const Option& option : all_options(command)) {
        const std::string value =
            option.value.empty() ? "" : ":" + zsh_text(option.value) + ":" + zsh_action(option.type, option.allowed);
        const std::string many = option.repeated ? "*" : "";
        out += " " + quoted(many + "--" + option.name + "[" + zsh_text(option.help) + "]" + value);
        if (option.short_name)
            out += " " + quoted(std::string("-") + option.short_name + "[" + zsh_text(option.help) + "]" + value);
    }
    for (const Argument& argument : command.arguments)
        out += " " + quoted(std::string(argument.repeated ? "*" : "") + ":" + zsh_text(argument.name) + ":" +
                            zsh_action(argument.type, argument.allowed));
    return out;
}

std::string zsh_script() {
    std::string out =
        "#compdef peercert\n# zsh completion for peercert; made by `peercert completion zsh`\n_peercert() {\n"
        "    local -a words_known\n    if (( CURRENT == 2 )); then\n        words_known=(";
    for (const Topic& topic : topics())
        out += "\n            " + quoted(zsh_text(topic.noun) + ":" + zsh_text(topic.summary));
    out += "\n        )\n        _describe command words_known\n        return\n    fi\n    case $words[2] in\n";
    for (const Topic& topic : topics()) {
        const std::vector<Command> commands = topic.commands();
        out += "    " + std::string(topic.noun) + ")\n";
        if (verb_of(commands.front()).empty()) {
            out += "        shift words; (( CURRENT-- ))\n        " + zsh_command(commands.front()) + "\n        ;;\n";
            continue;
        }
        out += "        if (( CURRENT == 3 )); then\n            words_known=(";
        for (const Command& command : commands)
            out += " " + quoted(zsh_text(verb_of(command)) + ":" + zsh_text(command.summary));
        out += ")\n            _describe command words_known\n            return\n        fi\n        local "
               "verb=$words[3]\n"
               "        shift 2 words; (( CURRENT -= 2 ))\n        case $verb in\n";
        for (const Command& command : commands)
            out += "        " + verb_of(command) + ") " + zsh_command(command) + " ;;\n";
        out += "        esac\n        ;;\n";
    }
    // Loaded by autoload the file is the function's body; sourced it has to register itself.
    out += "    esac\n}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _peercert \"$@\"\nelse\n    compdef "
           "_peercert peercert\nfi\n";
    return out;
}

std::string fish_script() {
    std::string out = "# fish completion for peercert; made by `peercert completion fish`\ncomplete -c peercert -f\n";
    for (const Topic& topic : topics()) {
        const std::string noun(topic.noun);
        out += "complete -c peercert -n __fish_use_subcommand -a " + noun + " -d " + quoted(topic.summary) + "\n";
        const std::vector<Command> commands = topic.commands();
        std::vector<std::string> verbs;
        for (const Command& command : commands)
            if (!verb_of(command).empty())
                verbs.push_back(verb_of(command));
        for (const Command& command : commands) {
            const std::string verb = verb_of(command);
            std::string when = "__fish_seen_subcommand_from " + noun;
            if (!verb.empty()) {
                out += "complete -c peercert -n " +
                       quoted(when + "; and not __fish_seen_subcommand_from " + joined(verbs)) + " -a " + verb +
                       " -d " + quoted(command.summary) + "\n";
                when += "; and __fish_seen_subcommand_from " + verb;
            }
            for (const Option& option : all_options(command)) {
                out += "complete -c peercert -n " + quoted(when) + " -l " + option.name;
                if (option.short_name)
                    out += std::string(" -s ") + option.short_name;
                if (!option.value.empty())
                    out += is_path(option.type) ? " -r -F" : " -x";
                if (!option.allowed.empty())
                    out += " -a " + quoted(joined(option.allowed));
                out += " -d " + quoted(option.help) + "\n";
            }
            const PlainWords plain = plain_words(command);
            if (!plain.words.empty())
                out += "complete -c peercert -n " + quoted(when) + " -a " + quoted(joined(plain.words)) + "\n";
            if (plain.files)
                out += "complete -c peercert -n " + quoted(when) + " -F\n";
        }
    }
    return out;
}

} // namespace

std::string completion_script(std::string_view shell) {
    if (shell == "bash")
        return bash_script();
    if (shell == "zsh")
        return zsh_script();
    if (shell == "fish")
        return fish_script();
    throw Error(ErrorCode::invalid_input, "there is no completion for the shell \"" + std::string(shell) +
                                              "\"; there is one for bash, zsh and fish");
}

} // namespace peercert::cli
