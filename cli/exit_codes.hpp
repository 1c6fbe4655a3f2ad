#pragma once

#include <span>
#include <string_view>

#include <peercert/error.hpp>

namespace peercert::cli {

/// What the shell sees. Stable: scripts depend on these numbers, so one is never given a second meaning.
enum class Exit : int {
    yes = 0,           ///< done; or the answer is yes; `verify`: certified on that day
    no = 1,            ///< the answer is no (not yet eligible, a check found something)
    usage = 2,         ///< the command line or configuration cannot be understood; nothing was tried
    invalid_input = 3, ///< the data given are refused; nothing was changed
    not_found = 4,
    conflict = 5, ///< it contradicts what is recorded already; nothing was changed
    forbidden = 6,
    plugin_failure = 7,
    unavailable = 8, ///< database, disk or network cannot be reached now
    internal = 9,    ///< our own mistake
    expired = 10,    ///< from here on: only `verify`
    suspended = 11,
    revoked = 12,
    surrendered = 13,
    replaced = 14,
    ended = 15,
    not_yet_effective = 16,
    no_match = 17,
    cannot_check = 18
};

/// The one place where a failure's kind becomes an exit code.
Exit exit_for(ErrorCode code);

struct ExitMeaning {
    Exit code;
    std::string_view word; ///< stable, also used in JSON ("not_found")
    std::string_view meaning;
};

/// All of them in order, for help, man page and tests.
std::span<const ExitMeaning> exit_meanings();
std::string_view word_for(Exit code);

} // namespace peercert::cli
