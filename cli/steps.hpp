#pragma once

#include <optional>

#include <peercert/edition.hpp>

#include "cli/command.hpp"
#include "cli/exit_codes.hpp"
#include "curricula/phrases.hpp"

/// What the commands that ask about a step have in common.
namespace peercert::cli {

inline Option add_option() {
    return {.name = "add", .help = "A level beside the one that is held, instead of becoming one"};
}
inline Option extend_option() {
    return {.name = "extend", .help = "The extension of a term instead of the first certification"};
}
inline Option term_option() {
    return {.name = "term", .value = "SPAN", .help = "How long a term, where the holder chooses: \"2 years\""};
}
inline Option edition_option() {
    return {.name = "edition",
            .value = "EDITION",
            .help = "Another edition of the rules, where they leave the choice",
            .otherwise = "the one that applies"};
}

/// --renew, --add, --extend or none of them.
inline Step::Verb verb_of(const Invocation& asked) {
    const bool renew = asked.flag("renew"), add = asked.flag("add"), extend = asked.flag("extend");
    if (int{renew} + int{add} + int{extend} > 1)
        throw UsageError("say one of --renew, --add and --extend");
    return renew ? Step::Verb::renew : add ? Step::Verb::add : extend ? Step::Verb::extend : Step::Verb::become;
}

inline std::optional<Span> term_of(const Invocation& asked) {
    if (!asked.given("term"))
        return std::nullopt;
    const auto span = curricula::parse_span(asked.text("term"));
    if (!span.value)
        throw UsageError("--term: " + span.wrong);
    return span.value;
}

} // namespace peercert::cli
