#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <peercert/error.hpp>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/parser.hpp"
#include "cli/wiring.hpp"

namespace {

using namespace peercert::cli;

/// Before the command line is understood, its manner of speaking has to be guessed from it.
Output::Manner manner_of(const std::vector<std::string>& words) {
    Output::Manner manner;
    for (const std::string& word : words) {
        if (word == "--")
            break;
        manner.json = manner.json || word == "--json";
        manner.quiet = manner.quiet || word == "--quiet" || word == "-q";
        manner.colour = manner.colour && word != "--no-color";
    }
    return manner;
}

Exit explain(const Asked& asked, Output& output) {
    switch (asked.kind) {
    case Asked::Kind::overview:
    case Asked::Kind::topic_help: {
        const Terminal& reader = asked.by_name ? output.answers() : output.remarks();
        const std::string text = asked.topic ? topic_help(*asked.topic, reader) : overview_help(reader);
        if (asked.by_name) {
            output.raw(text);
            return Exit::yes;
        }
        std::fputs(text.c_str(), stderr); // nothing was asked, so nothing is answered: scripts must notice
        return Exit::usage;
    }
    case Asked::Kind::help: output.raw(command_help(asked.command, output.answers())); return Exit::yes;
    case Asked::Kind::exit_codes: output.raw(exit_code_help(output.answers())); return Exit::yes;
    case Asked::Kind::version: output.line("peercert " PEERCERT_VERSION); return Exit::yes;
    case Asked::Kind::run: break;
    }
    return Exit::internal;
}

/// Runs the command; a refusal is told in the reader's language (with --json, which programs read, in English).
Exit answered(const Command& command, Invocation& invocation) {
    Wiring& wiring = invocation.wiring;
    const auto in_english = [&] {
        return invocation.json() || wiring.language() == peercert::words::Language::english;
    };
    const auto said = [&](std::string_view english) { return wiring.messages().sentence(wiring.language(), english); };
    try {
        return command.run(invocation);
    } catch (const OutputLost&) {
        throw;
    } catch (const UsageError& error) {
        if (in_english())
            throw;
        throw UsageError(said(error.what()), said(error.hint()));
    } catch (const peercert::Error& error) {
        if (in_english())
            throw;
        throw peercert::Error(error.code(), said(error.what()));
    }
}

Exit run(const std::vector<std::string>& words, Output& output) {
    Asked asked = parse(words);
    if (asked.kind != Asked::Kind::run)
        return explain(asked, output);
    const bool with_record = asked.command.effect != Effect::elsewhere;
    Wiring wiring(asked.values, output, with_record);
    if (with_record)
        wiring.settings(); // a configuration with a mistake in it stops the command before it does anything
    const bool rehearsed = asked.values.find("dry-run") != asked.values.end();
    Invocation invocation(asked.command, std::move(asked.values), output, wiring);
    const bool changes = asked.command.effect == Effect::writes || asked.command.effect == Effect::decides;
    if (changes)
        output.hold_everything();
    if (rehearsed)
        output.rehearse();
    const Exit exit = answered(asked.command, invocation);
    if (with_record)
        say_if_merged(invocation);
    wiring.settle();
    if (!changes || rehearsed || exit != Exit::yes)
        return exit;
    try {
        output.flush();
    } catch (const OutputLost& lost) {
        throw peercert::Error(lost.code(), "it was recorded, but the answer could not be printed; do not repeat it");
    }
    return exit;
}

} // namespace

int main(int count, char** values) {
    std::signal(SIGPIPE, SIG_IGN); // a reader that left is told apart from a failure, see OutputLost
    const std::vector<std::string> words(values + (count > 0 ? 1 : 0), values + count);
    Output output(manner_of(words));
    const auto failed = [&](Exit exit, std::string_view sentence, std::string_view hint = {}) {
        output.failure(word_for(exit), static_cast<int>(exit), sentence, hint);
        return static_cast<int>(exit);
    };
    try {
        const Exit exit = run(words, output);
        output.flush();
        return static_cast<int>(exit);
    } catch (const OutputLost& lost) {
        const Exit exit = exit_for(lost.code());
        return lost.reader_left() ? static_cast<int>(exit) : failed(exit, lost.what()); // `| head` wants no more
    } catch (const UsageError& error) {
        return failed(Exit::usage, error.what(), error.hint());
    } catch (const peercert::Error& error) {
        return failed(exit_for(error.code()), error.what());
    } catch (const std::exception&) { // its text may hold SQL or a person's data
        return failed(Exit::internal, "something went wrong inside peercert; nothing more is known about it",
                      "please report what you did; the record was not changed by a command that ended like this");
    }
}
