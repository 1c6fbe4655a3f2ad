#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>

#include "cli/exit_codes.hpp"
#include "domain/instant.hpp"

/// A command is described as data. The same description makes the parser, --help, the shell completions, the man page
/// and "did you mean". A new command: a Command value in cli/commands/<noun>.cpp; a new noun: one line in
/// cli/commands.cpp.
namespace peercert::cli {

class Invocation;

/// How a value is read. A value that does not fit is refused before `run` is called, so the getters of Invocation
/// cannot fail on form.
enum class ValueType {
    text,
    number,  ///< a whole number, may be negative
    date,    ///< YYYY-MM-DD
    instant, ///< YYYY-MM-DDThh:mm:ssZ
    minutes, ///< 90, "90 min", "1.5 h", "1 h 30 min", 1:30; must be whole minutes
    amount,  ///< as minutes, or in a unit that some track has ("0.2 CEU"): the command says whose
    money,   ///< 75 or 75.00, in cents
    file,    ///< a path; `-` is standard input where the help says so
    folder,
    word ///< one of `allowed`
};

/// A value without a name, by its place.
struct Argument {
    std::string name; ///< in capitals, as shown in help: "NUMBER"
    std::string help;
    ValueType type{ValueType::text};
    std::vector<std::string> allowed{}; ///< for ValueType::word
    bool required{true};
    bool repeated{false}; ///< takes all that follow; only the last argument
};

/// `--name VALUE`, or a switch if `value` is empty.
struct Option {
    std::string name;    ///< without dashes: "valid-on"
    std::string value{}; ///< what help calls the value: "DATE"; empty for a switch
    std::string help;
    ValueType type{ValueType::text};
    std::vector<std::string> allowed{};
    bool required{false};
    bool repeated{false};
    char short_name{'\0'};
    std::string otherwise{}; ///< what holds when it is not given, in words for help; text() is empty then
};

struct Example {
    std::string command; ///< without "peercert"
    std::string says;
};

/// What a command does to the record; decides which common options it has.
enum class Effect {
    reads,
    writes,   ///< has -n/--dry-run
    decides,  ///< has -n/--dry-run and asks for confirmation unless -y/--yes
    elsewhere ///< neither reads nor writes the record: no --db, no --as
};

struct Command {
    std::string path;    ///< "person add"; the first word is the noun (or the whole command)
    std::string summary; ///< one line, no full stop, begins with a capital verb: "Add a person to the record"
    std::string text{};  ///< paragraphs separated by an empty line; may be empty
    Effect effect{Effect::reads};
    std::vector<Argument> arguments{};
    std::vector<Option> options{};
    std::vector<Example> examples{};
    std::string json{};        ///< the shape printed with --json, as a sketch: {"number": text, "status": word}
    std::vector<Exit> exits{}; ///< besides 0, 2 and the general failures: what this command answers with
    std::function<Exit(Invocation&)> run;
};

/// A noun of the command line and its verbs; or a single command of that name.
struct Topic {
    std::string_view noun;
    std::string_view group;   ///< heading in the overview
    std::string_view summary; ///< one line
    std::vector<Command> (*commands)();
};

/// Every noun there is, in the order of the overview. Written by hand in commands.cpp.
std::span<const Topic> topics();

/// The command line cannot be understood: exit code 2. `hint` is a second line ("did you mean ...").
class UsageError : public std::runtime_error {
public:
    explicit UsageError(const std::string& message, std::string hint = {})
        : std::runtime_error(message), hint_(std::move(hint)) {}
    const std::string& hint() const noexcept { return hint_; }

private:
    std::string hint_;
};

/// Values as given, by option or argument name, already checked against the description.
using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

class Output;
class Wiring;

/// One run of one command: what was given, where answers go, and the house behind it. Asking for a name that the
/// command does not describe is a programming error (assert).
class Invocation {
public:
    Invocation(const Command& command, Values values, Output& output, Wiring& wiring);

    bool given(std::string_view name) const;
    /// A switch.
    bool flag(std::string_view name) const;
    /// Empty when not given.
    std::string text(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    std::optional<std::string> maybe_text(std::string_view name) const;
    /// Only for required ones or after given().
    std::int64_t number(std::string_view name) const;
    std::int64_t number_or(std::string_view name, std::int64_t otherwise) const;
    Date date(std::string_view name) const;
    std::optional<Date> maybe_date(std::string_view name) const;
    domain::Instant instant(std::string_view name) const;
    std::optional<domain::Instant> maybe_instant(std::string_view name) const;
    Minutes minutes(std::string_view name) const;
    std::optional<Minutes> maybe_minutes(std::string_view name) const;
    std::int64_t cents(std::string_view name) const;

    bool dry_run() const { return flag("dry-run"); }
    bool json() const;
    /// For Effect::decides: true with --yes or --dry-run, or when a person at a terminal agrees. Without a terminal and
    /// without either throws UsageError; nobody is ever asked when standard input is not a terminal. `question` ends
    /// with a question mark.
    bool confirmed(const std::string& question) const;
    /// The bytes of the named file, or of standard input for `-`. Throws Error{not_found, invalid_input}.
    std::string contents(std::string_view name) const;

    const Command& command;
    Output& out;
    Wiring& wiring;

private:
    const std::vector<std::string>& values_of(std::string_view name) const;
    Values values_;
};

} // namespace peercert::cli
