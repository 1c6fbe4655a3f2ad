#include "cli/common.hpp"

#include <algorithm>

#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/merging.hpp"

namespace peercert::cli {

services::Mode mode_of(const Invocation& asked) {
    return asked.dry_run() ? services::Mode::rehearse : services::Mode::commit;
}

Exit said_done(Invocation& asked, const std::string& sentence) {
    if (asked.json())
        asked.out.json(words::Json::object().set("done", !asked.dry_run()));
    else
        asked.out.line(said(asked, sentence));
    return Exit::yes;
}

void say_if_merged(Invocation& asked) {
    const auto& arguments = asked.command.arguments;
    const bool takes_one = std::any_of(arguments.begin(), arguments.end(),
                                       [](const Argument& argument) { return argument.name == "PERSON"; });
    if (!takes_one || !asked.given("PERSON") || !domain::PersonCode::parse(asked.text("PERSON")))
        return;
    if (const auto merged =
            services::Merging(asked.wiring.house()).redirect(asked.wiring.actor(), asked.text("PERSON")))
        asked.out.note(merged->from.str() + " is " + merged->to.str() + " since " + to_text(merged->since) +
                       ": two records of one human");
}

std::string in_one_line(std::string_view sentences) {
    std::string line;
    for (const char c : sentences) {
        if (c == '\n')
            line += line.ends_with(':') ? " " : "; ";
        else
            line += c;
    }
    return line;
}

} // namespace peercert::cli
