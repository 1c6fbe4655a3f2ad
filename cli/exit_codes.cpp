#include "cli/exit_codes.hpp"

namespace peercert::cli {
namespace {

constexpr ExitMeaning meanings[] = {
    {Exit::yes, "yes", "done, or the answer is yes; for verify: certified on that day"},
    {Exit::no, "no", "the answer is no: not yet shown, or a check found something"},
    {Exit::usage, "usage", "the command line or the configuration cannot be understood; nothing was tried"},
    {Exit::invalid_input, "invalid_input", "the data given are refused; nothing was changed"},
    {Exit::not_found, "not_found", "no such person, cohort, credential or file"},
    {Exit::conflict, "conflict", "it contradicts what is recorded already; nothing was changed"},
    {Exit::forbidden, "forbidden", "whoever asks may not do this"},
    {Exit::plugin_failure, "plugin_failure", "a plugin was refused or went wrong"},
    {Exit::unavailable, "unavailable", "the database, a disk or a lock cannot be reached now; later may help"},
    {Exit::internal, "internal", "a mistake in peercert itself"},
    {Exit::expired, "expired", "verify: the last term has ended"},
    {Exit::suspended, "suspended", "verify: suspended on that day"},
    {Exit::revoked, "revoked", "verify: revoked on or before that day"},
    {Exit::surrendered, "surrendered", "verify: given back by the holder"},
    {Exit::replaced, "replaced", "verify: another credential took its place"},
    {Exit::ended, "ended", "verify: ended for another reason"},
    {Exit::not_yet_effective, "not_yet_effective", "verify: issued, but not in force yet on that day"},
    {Exit::no_match, "no_match",
     "verify: nothing to show for that number (the same for unknown, withheld and mistyped)"},
    {Exit::cannot_check, "cannot_check", "verify: the record could not be asked; this is no answer"},
};

} // namespace

Exit exit_for(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid_input: return Exit::invalid_input;
    case ErrorCode::not_found: return Exit::not_found;
    case ErrorCode::conflict: return Exit::conflict;
    case ErrorCode::forbidden: return Exit::forbidden;
    case ErrorCode::plugin_failure: return Exit::plugin_failure;
    case ErrorCode::unavailable: return Exit::unavailable;
    case ErrorCode::internal: return Exit::internal;
    }
    return Exit::internal;
}

std::span<const ExitMeaning> exit_meanings() { return meanings; }

std::string_view word_for(Exit code) {
    for (const ExitMeaning& meaning : meanings)
        if (meaning.code == code)
            return meaning.word;
    return "internal";
}

} // namespace peercert::cli
