#include <algorithm>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "domain/text.hpp"
#include "services/verification.hpp"
#include "words/verification.hpp"

namespace peercert::cli {
namespace {

using services::VerificationAnswer;
using services::VerificationOutcome;

constexpr std::size_t most_in_a_batch = 100'000;

Exit exit_of(VerificationOutcome outcome) {
    switch (outcome) {
    case VerificationOutcome::certified: return Exit::yes;
    case VerificationOutcome::expired: return Exit::expired;
    case VerificationOutcome::suspended: return Exit::suspended;
    case VerificationOutcome::revoked: return Exit::revoked;
    case VerificationOutcome::surrendered: return Exit::surrendered;
    case VerificationOutcome::replaced: return Exit::replaced;
    case VerificationOutcome::ended: return Exit::ended;
    case VerificationOutcome::not_yet_effective: return Exit::not_yet_effective;
    case VerificationOutcome::no_match: return Exit::no_match;
    case VerificationOutcome::cannot_check: return Exit::cannot_check;
    }
    return Exit::cannot_check;
}

Look look_of(const VerificationAnswer& answer) {
    if (answer.was_certified_only())
        return Look::warning;
    return answer.outcome == VerificationOutcome::certified ? Look::good : Look::bad;
}

/// The rule files are read only if an answer needs them.
services::Verification verification_of(Invocation& asked) {
    return {asked.wiring.house(), [&asked]() -> const services::Rulebook& { return asked.wiring.rulebook(); }};
}

/// A record that cannot be opened is an answer of its own here, never a plain failure.
VerificationAnswer unreachable(std::string_view number, std::optional<Date> day) {
    VerificationAnswer answer;
    answer.outcome = VerificationOutcome::cannot_check;
    answer.asked = answer.number = domain::first_bytes(number, domain::longest_typed_code);
    const domain::Instant now = services::SystemClock{}.now();
    answer.checked_at = domain::to_text(now);
    answer.asked_day = day.value_or(services::day_in_zone(now, "UTC"));
    return answer;
}

void print(Invocation& asked, const VerificationAnswer& answer) {
    const words::Messages& messages = asked.wiring.messages();
    const words::Language language = asked.wiring.language();
    asked.out.line({{words::headline(answer, messages, language), look_of(answer)}});
    asked.out.paragraph(words::statement(answer, messages, language));
    const auto day = [](const std::optional<Date>& date) { return Piece{date ? to_text(*date) : std::string{}}; };
    const auto named = [&](const char* fact) { return messages.text(language, std::string("verify.fact.") + fact); };
    asked.out.facts({{named("number"), {answer.number, Look::strong}},
                     {named("holder"), {answer.holder}},
                     {named("credential"), {answer.credential_title}},
                     {named("level"), {messages.name(language, answer.level)}},
                     {named("added_levels"), {words::added_levels_text(answer, messages, language)}},
                     {named("issuer"), {answer.issuer}},
                     {named("first_issued"), day(answer.first_issued)},
                     {named("term_first_day"), day(answer.term_first_day)},
                     {named("last_valid_day"), day(answer.last_valid_day)},
                     {named("list_shows_until"), day(answer.list_shows_until)},
                     {named("asked_day"), {to_text(answer.asked_day)}},
                     {named("checked_at"), {answer.checked_at}}});
}

/// One number a line: what stands before a comma, semicolon or tab, so that a table's first column will do. What
/// follows a # is a remark; empty lines are left out. Throws Error{invalid_input} if no number is left.
std::vector<std::string> numbers_in(std::string_view text) {
    std::vector<std::string> numbers;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // some editors begin a file with it
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark)
        text.remove_prefix(byte_order_mark.size());
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        line = line.substr(0, line.find_first_of(",;\t#"));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
            line.remove_suffix(1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
            line.remove_prefix(1);
        if (line.size() > 1 && line.front() == '"' && line.back() == '"')
            line = line.substr(1, line.size() - 2);
        if (line.empty())
            continue;
        numbers.emplace_back(line);
        if (numbers.size() > most_in_a_batch)
            throw Error(ErrorCode::invalid_input,
                        "a batch holds at most " + grouped(most_in_a_batch) + " numbers; divide the file");
    }
    if (numbers.empty()) // "every number is certified" would be true of it
        throw Error(ErrorCode::invalid_input, "the file holds no numbers");
    return numbers;
}

Exit batch(Invocation& asked, std::optional<Date> day, const words::Messages& messages) {
    const std::vector<std::string> numbers = numbers_in(asked.contents("batch"));
    std::vector<VerificationAnswer> answers;
    answers.reserve(numbers.size());
    try {
        const services::Verification verification = verification_of(asked);
        Progress progress(asked.out, "numbers", numbers.size());
        for (const std::string& number : numbers) {
            answers.push_back(verification.verify(number, day));
            progress.at(answers.size());
        }
    } catch (const Error& error) {
        for (std::size_t i = answers.size(); i < numbers.size(); ++i)
            answers.push_back(unreachable(numbers[i], day));
        asked.out.note(error.what());
    }
    if (asked.json()) {
        std::string text = "{\"answers\":[";
        for (std::size_t i = 0; i < answers.size(); ++i) {
            text += i > 0 ? "," : "";
            words::append_json(text, answers[i], messages);
        }
        asked.out.json_text(text + "]}");
    } else {
        Table table({{"NUMBER"}, {"ANSWER"}, {"NAME"}, {"CREDENTIAL"}, {"ADDED"}, {"TERM UNTIL"}});
        for (const VerificationAnswer& answer : answers)
            table.add({{answer.number},
                       {words::headline(answer, messages, asked.wiring.language()), look_of(answer)},
                       {answer.holder},
                       {answer.credential_title},
                       {words::added_levels_text(answer, messages, asked.wiring.language())},
                       {answer.last_valid_day ? to_text(*answer.last_valid_day) : std::string{}}});
        asked.out.table(table);
    }
    const auto is = [](VerificationOutcome wanted) {
        return [wanted](const VerificationAnswer& answer) { return answer.outcome == wanted; };
    };
    if (std::any_of(answers.begin(), answers.end(), is(VerificationOutcome::cannot_check)))
        return Exit::cannot_check;
    return std::all_of(answers.begin(), answers.end(), is(VerificationOutcome::certified)) ? Exit::yes : Exit::no;
}

Exit verify(Invocation& asked) {
    const std::optional<Date> day = asked.maybe_date("on");
    if (asked.given("NUMBER") == asked.given("batch"))
        throw UsageError(asked.given("NUMBER") ? "peercert verify takes a NUMBER or --batch FILE, not both"
                                               : "peercert verify needs a NUMBER or --batch FILE",
                         "peercert verify --help shows what it takes");
    const words::Messages& messages = asked.wiring.messages();
    if (asked.given("batch"))
        return batch(asked, day, messages);
    const std::string number = asked.text("NUMBER");
    VerificationAnswer answer;
    try {
        answer = verification_of(asked).verify(number, day);
    } catch (const Error& error) {
        answer = unreachable(number, day);
        asked.out.note(error.what());
    }
    if (asked.json())
        asked.out.json_text(words::to_json(answer, messages));
    else
        print(asked, answer);
    return exit_of(answer.outcome);
}

} // namespace

std::vector<Command> verify_commands() {
    return {{
        .path = "verify",
        .summary = "Say whether a credential is valid, on a day",
        .text = "Only `Certified` is a yes, and only then is the exit code 0. Unknown, withheld and mistyped numbers "
                "get the same answer, and so do numbers of a register that is not for the public or only with a "
                "consent that is not on record; the body's own staff see those with `credential show`. Levels that "
                "were added (endorsements) are told beside a yes. "
                "A record that cannot be read is neither a yes nor a no and has an answer of its own.\n\n"
                "With --batch the exit code is 0 if every number is certified, 18 if one could not be checked, and 1 "
                "otherwise.",
        .arguments = {{.name = "NUMBER",
                       .help = "The number on the certificate; case, blanks and hyphens do not matter",
                       .required = false}},
        .options = {{.name = "on",
                     .value = "DATE",
                     .help = "The day asked about",
                     .type = ValueType::date,
                     .otherwise = "today where the credential was issued"},
                    {.name = "batch",
                     .value = "FILE",
                     .help = "Check many: one number a line, or the first column of a table; # begins a remark; - for "
                             "standard input",
                     .type = ValueType::file}},
        .examples = {{"verify 7K3M-9QXT-42H", "Is it valid today?"},
                     {"verify 7K3M-9QXT-42H --on 2026-03-03", "Was it valid on that day?"},
                     {"verify --batch numbers.txt --json", "Check everybody at once"}},
        .json = "The same object as GET /api/v1/verify/NUMBER: {\"certified\": true or false, \"outcome\": word, "
                "\"asked\": what was typed, at most 64 bytes, \"number\": text, \"valid_on\": day, ...}; "
                "with --batch {\"answers\": [that object]}",
        .exits = {Exit::no, Exit::expired, Exit::suspended, Exit::revoked, Exit::surrendered, Exit::replaced,
                  Exit::ended, Exit::not_yet_effective, Exit::no_match, Exit::cannot_check},
        .run = verify,
    }};
}

} // namespace peercert::cli
