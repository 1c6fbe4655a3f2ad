#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"

namespace peercert::cli {

std::vector<Command> completion_commands() {
    return {{
        .path = "completion",
        .summary = "Print a completion script for your shell",
        .text = "The script completes commands, options and fixed values. It never asks the database.",
        .effect = Effect::elsewhere,
        .arguments =
            {{.name = "SHELL", .help = "Your shell", .type = ValueType::word, .allowed = {"bash", "zsh", "fish"}}},
        .examples = {{"completion bash > ~/.local/share/bash-completion/completions/peercert",
                      "For bash, from the next shell on"},
                     {"completion fish > ~/.config/fish/completions/peercert.fish", "For fish"}},
        .json = "{\"shell\": word, \"script\": text}",
        .run =
            [](Invocation& asked) {
                asked.out.raw(completion_script(asked.text("SHELL")));
                return Exit::yes;
            },
    }};
}

std::vector<Command> man_commands() {
    return {{
        .path = "man",
        .summary = "Print the manual page",
        .effect = Effect::elsewhere,
        .examples = {{"man | man -l -", "Read it"}},
        .json = "{\"page\": roff}",
        .run =
            [](Invocation& asked) {
                asked.out.raw(manual_page());
                return Exit::yes;
            },
    }};
}

std::vector<Command> version_commands() {
    return {{
        .path = "version",
        .summary = "Print the version of this program",
        .effect = Effect::elsewhere,
        .json = "{\"version\": text}",
        .run =
            [](Invocation& asked) {
                if (asked.json())
                    asked.out.json(words::Json::object().set("version", PEERCERT_VERSION));
                else
                    asked.out.line("peercert " PEERCERT_VERSION);
                return Exit::yes;
            },
    }};
}

} // namespace peercert::cli
