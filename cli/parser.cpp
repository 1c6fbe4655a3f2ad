#include "cli/parser.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/suggest.hpp"
#include "cli/values.hpp"

namespace peercert::cli {
namespace {

std::vector<std::string> nouns() {
    std::vector<std::string> names;
    for (const Topic& topic : topics())
        names.emplace_back(topic.noun);
    return names;
}

std::string verb_of(const Command& command) {
    const auto blank = command.path.find(' ');
    return blank == std::string::npos ? std::string{} : command.path.substr(blank + 1);
}

/// Whether `word` is a common option that takes the next word as its value.
bool takes_next_word(std::string_view word) {
    for (const Option& option : common_options(Effect::decides))
        if (!option.value.empty() && word == "--" + option.name)
            return true;
    return false;
}

/// Positions of the first words that are not options: noun and verb stand there.
std::vector<std::size_t> plain_words(const std::vector<std::string>& words, std::size_t most) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < words.size() && found.size() < most; ++i) {
        if (words[i] == "--")
            break;
        if (words[i].size() > 1 && words[i][0] == '-') {
            if (takes_next_word(words[i]))
                ++i;
            continue;
        }
        found.push_back(i);
    }
    return found;
}

bool has_any(const std::vector<std::string>& words, std::initializer_list<std::string_view> wanted) {
    for (const std::string& word : words) {
        if (word == "--")
            return false;
        if (std::find(wanted.begin(), wanted.end(), word) != wanted.end())
            return true;
    }
    return false;
}

[[noreturn]] void unknown_noun(const std::vector<std::string>& words, const std::vector<std::size_t>& plain) {
    const std::string& typed = words[plain[0]];
    std::string hint = did_you_mean(typed, nouns(), "peercert ");
    if (plain.size() > 1) // verb before noun is a common habit
        for (const Topic& topic : topics())
            if (topic.noun == words[plain[1]])
                for (const Command& command : topic.commands())
                    if (verb_of(command) == typed)
                        hint = "did you mean peercert " + command.path + "?";
    if (hint.empty())
        hint = "peercert help lists the commands";
    throw UsageError("there is no command \"" + typed + "\"", hint);
}

std::string flag_names(const Option& option) {
    return (option.short_name ? std::string("-") + option.short_name + "," : std::string{}) + "--" + option.name;
}

[[noreturn]] void unknown_word(const Command& command, const std::vector<Option>& options, const std::string& word) {
    const std::string where = "peercert " + command.path;
    if (word.size() > 1 && word[0] == '-') {
        std::vector<std::string> names;
        for (const Option& option : options)
            names.push_back("--" + option.name);
        const std::string typed = word.substr(0, word.find('='));
        std::string hint = did_you_mean(typed, names);
        throw UsageError(where + " has no option " + typed, hint.empty() ? where + " --help lists its options" : hint);
    }
    throw UsageError(where + " does not know what to do with \"" + word + '"', where + " --help shows what it takes");
}

Values read_values(const Command& command, std::vector<std::string> words) {
    std::vector<Option> options = command.options;
    for (Option& option : common_options(command.effect))
        options.push_back(std::move(option));

    CLI::App reader;
    reader.set_help_flag();
    reader.allow_extras();
    Values values;
    std::vector<std::pair<std::string, CLI::Option*>> read;
    for (const Option& option : options) {
        CLI::Option* each =
            option.value.empty() ? reader.add_flag(flag_names(option)) : reader.add_option(flag_names(option));
        if (!option.value.empty())
            each->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        read.emplace_back(option.name, each);
    }
    for (const Argument& argument : command.arguments) {
        CLI::Option* each = reader.add_option(argument.name);
        each->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        if (argument.repeated)
            each->expected(1, 1 << 20)->allow_extra_args(); // without it a second one is "not expected"
        else
            each->expected(1);
        read.emplace_back(argument.name, each);
    }
    std::reverse(words.begin(), words.end());
    try {
        reader.parse(words);
    } catch (const CLI::ArgumentMismatch& problem) {
        for (const Option& option : options)
            if (std::string(problem.what()).find("--" + option.name) != std::string::npos)
                throw UsageError("--" + option.name +
                                 (option.value.empty() ? " takes no value" : " needs a value: " + option.value));
        throw UsageError(problem.what(), "peercert " + command.path + " --help shows what it takes");
    } catch (const CLI::ParseError& problem) {
        throw UsageError(problem.what(), "peercert " + command.path + " --help shows what it takes");
    }
    bool marked = false;
    for (const std::string& word : reader.remaining()) {
        if (word == "--" && !marked) // what follows is no option, whatever it begins with
            marked = true;
        else
            unknown_word(command, options, word);
    }
    for (const auto& [name, option] : read)
        if (option->count() > 0)
            values[name] = option->results();

    for (const Option& option : options) {
        const auto found = values.find(option.name);
        if (found == values.end()) {
            if (option.required)
                throw UsageError("peercert " + command.path + " needs --" + option.name + " " + option.value,
                                 option.help);
            continue;
        }
        if (option.value.empty())
            continue;
        if (found->second.size() > 1 && !option.repeated)
            throw UsageError("--" + option.name + " may be given only once");
        for (const std::string& value : found->second)
            if (const auto why = complaint(option.type, option.allowed, value))
                throw UsageError("--" + option.name + " " + *why);
    }
    for (const Argument& argument : command.arguments) {
        const auto found = values.find(argument.name);
        if (found == values.end()) {
            if (argument.required)
                throw UsageError("peercert " + command.path + " needs " + argument.name + ": " + argument.help,
                                 "peercert " + command.path + " --help shows what it takes");
            continue;
        }
        for (const std::string& value : found->second)
            if (const auto why = complaint(argument.type, argument.allowed, value))
                throw UsageError(argument.name + " " + *why);
    }
    return values;
}

} // namespace

std::vector<Option> common_options(Effect effect) {
    std::vector<Option> options;
    if (effect == Effect::writes || effect == Effect::decides)
        options.push_back({.name = "dry-run", .help = "Say what would happen and change nothing", .short_name = 'n'});
    if (effect == Effect::decides)
        options.push_back({.name = "yes", .help = "Do not ask for confirmation", .short_name = 'y'});
    if (effect == Effect::writes) // a script may say it to every command that changes something
        options.push_back({.name = "yes", .help = "Taken, though this asks for no confirmation", .short_name = 'y'});
    options.push_back({.name = "json", .help = "Print the answer as JSON"});
    options.push_back({.name = "quiet", .help = "Print no remarks on standard error", .short_name = 'q'});
    if (effect != Effect::elsewhere) {
        options.push_back({.name = "db",
                           .value = "WHERE",
                           .help = "The database: a file, or postgresql:// and its address",
                           .otherwise = "PEERCERT_DB, the configuration file, peercert.db in the data folder"});
        options.push_back({.name = "as",
                           .value = "PERSON",
                           .help = "In whose name this is done, by code or whole name; with their rights, not yours",
                           .otherwise = "PEERCERT_AS, the configuration file, the operator of this machine"});
    }
    options.push_back({.name = "lang",
                       .value = "LANGUAGE",
                       .help = "Say answers in this language: en or es",
                       .type = ValueType::word,
                       .allowed = {"en", "es"},
                       .otherwise = "PEERCERT_LANG, the configuration file, LC_ALL, LC_MESSAGES, LANG"});
    options.push_back({.name = "config",
                       .value = "FILE",
                       .help = "The configuration file",
                       .type = ValueType::file,
                       .otherwise = "PEERCERT_CONFIG, ~/.config/peercert/peercert.conf, /etc/peercert/peercert.conf"});
    options.push_back({.name = "no-color", .help = "No colours; NO_COLOR in the environment does the same"});
    options.push_back({.name = "help", .help = "Show this help", .short_name = 'h'});
    return options;
}

Asked parse(const std::vector<std::string>& words) {
    Asked asked;
    std::vector<std::size_t> plain = plain_words(words, 3);
    const bool help_wanted = has_any(words, {"-h", "--help"});
    if (plain.empty()) {
        if (has_any(words, {"--version", "-V"})) {
            asked.kind = Asked::Kind::version;
            return asked;
        }
        for (const std::string& word : words)
            if (word.size() > 1 && word[0] == '-' && !help_wanted)
                throw UsageError(word + " stands alone: a command is missing", "peercert help lists the commands");
        asked.by_name = help_wanted;
        return asked;
    }
    std::vector<std::string> rest = words;
    bool help_command = false;
    if (words[plain[0]] == "help") {
        help_command = true;
        if (plain.size() == 1) {
            asked.by_name = true;
            return asked;
        }
        plain.erase(plain.begin());
        if (words[plain[0]] == "exit-codes") {
            asked.kind = Asked::Kind::exit_codes;
            return asked;
        }
    }
    for (const Topic& topic : topics())
        if (topic.noun == words[plain[0]])
            asked.topic = &topic;
    if (!asked.topic)
        unknown_noun(words, plain);

    std::vector<Command> commands = asked.topic->commands();
    std::vector<std::string> verbs;
    for (Command& command : commands) {
        const std::string verb = verb_of(command);
        const bool chosen = verb.empty() || (plain.size() > 1 && words[plain[1]] == verb);
        if (!chosen) {
            verbs.push_back(verb);
            continue;
        }
        if (help_command || help_wanted) {
            asked.kind = Asked::Kind::help;
            asked.by_name = true;
            asked.command = std::move(command);
            return asked;
        }
        if (!verb.empty())
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(plain[1]));
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(plain[0]));
        asked.kind = Asked::Kind::run;
        asked.values = read_values(command, std::move(rest));
        asked.command = std::move(command);
        return asked;
    }
    if (plain.size() == 1) {
        asked.kind = Asked::Kind::topic_help;
        asked.by_name = help_command || help_wanted;
        return asked;
    }
    const std::string noun(asked.topic->noun);
    const std::string hint = did_you_mean(words[plain[1]], verbs, "peercert " + noun + " ");
    throw UsageError("peercert " + noun + " has no command \"" + words[plain[1]] + '"',
                     hint.empty() ? "peercert " + noun + " --help lists its commands" : hint);
}

} // namespace peercert::cli
