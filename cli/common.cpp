#include "cli/common.hpp"

#include "cli/output.hpp"

namespace peercert::cli {

services::Mode mode_of(const Invocation& asked) {
    return asked.dry_run() ? services::Mode::rehearse : services::Mode::commit;
}

Exit said_done(Invocation& asked, const std::string& sentence) {
    if (asked.json())
        asked.out.json(words::Json::object().set("done", !asked.dry_run()));
    else
        asked.out.line(sentence);
    return Exit::yes;
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
