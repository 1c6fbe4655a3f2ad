#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <unistd.h>

#include <peercert/error.hpp>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/parser.hpp"
#include "cli/values.hpp"

namespace peercert::cli {
namespace {

[[maybe_unused]] bool describes(const Command& command, std::string_view name) {
    for (const Argument& argument : command.arguments)
        if (argument.name == name)
            return true;
    for (const Option& option : command.options)
        if (option.name == name)
            return true;
    for (const Option& option : common_options(command.effect))
        if (option.name == name)
            return true;
    return name == "dry-run" || name == "yes";
}

} // namespace

Invocation::Invocation(const Command& asked, Values values, Output& output, Wiring& house)
    : command(asked), out(output), wiring(house), values_(std::move(values)) {}

const std::vector<std::string>& Invocation::values_of(std::string_view name) const {
    static const std::vector<std::string> none;
    assert(describes(command, name));
    const auto found = values_.find(name);
    return found == values_.end() ? none : found->second;
}

bool Invocation::given(std::string_view name) const { return !values_of(name).empty(); }
bool Invocation::flag(std::string_view name) const { return given(name); }
std::vector<std::string> Invocation::texts(std::string_view name) const { return values_of(name); }

std::optional<std::string> Invocation::maybe_text(std::string_view name) const {
    const auto& values = values_of(name);
    return values.empty() ? std::nullopt : std::optional(values.back());
}

std::string Invocation::text(std::string_view name) const { return maybe_text(name).value_or(std::string{}); }

std::int64_t Invocation::number(std::string_view name) const { return parse_number(text(name)).value(); }

std::int64_t Invocation::number_or(std::string_view name, std::int64_t otherwise) const {
    return given(name) ? number(name) : otherwise;
}

Date Invocation::date(std::string_view name) const { return parse_date(text(name)).value(); }

std::optional<Date> Invocation::maybe_date(std::string_view name) const {
    return given(name) ? std::optional(date(name)) : std::nullopt;
}

domain::Instant Invocation::instant(std::string_view name) const { return domain::parse_instant(text(name)).value(); }

std::optional<domain::Instant> Invocation::maybe_instant(std::string_view name) const {
    return given(name) ? std::optional(instant(name)) : std::nullopt;
}

Minutes Invocation::minutes(std::string_view name) const { return parse_minutes(text(name)).value(); }

std::optional<Minutes> Invocation::maybe_minutes(std::string_view name) const {
    return given(name) ? std::optional(minutes(name)) : std::nullopt;
}

std::int64_t Invocation::cents(std::string_view name) const { return parse_cents(text(name)).value(); }

bool Invocation::json() const { return out.is_json(); }

bool Invocation::confirmed(const std::string& question) const {
    if (flag("yes") || dry_run()) // a rehearsal changes nothing, so there is nothing to ask
        return true;
    if (::isatty(STDIN_FILENO) != 1 || !out.remarks().is_terminal)
        throw UsageError("peercert " + command.path + " asks before it does this, and there is nobody to ask",
                         "add --yes if you mean it, or --dry-run to see what would happen");
    out.flush();
    std::cerr << printable(question) << " [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

std::string Invocation::contents(std::string_view name) const {
    const std::string path = text(name);
    if (path == "-")
        return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) // opening one succeeds, reading it does not
        throw Error(ErrorCode::invalid_input, path + " is a folder; a file is needed");
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw Error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::invalid_input,
                    "the file " + path + " cannot be read: " + std::strerror(errno));
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad())
        throw Error(ErrorCode::invalid_input, "the file " + path + " cannot be read to its end");
    return bytes;
}

} // namespace peercert::cli
