#pragma once

#include <span>
#include <string_view>

namespace peercert::domain {

/// What the hours of a peer worker are spent on: our own list, by the twelve categories of SAMHSA's core competencies
/// and by what peers say they are asked to do besides. Nothing here, or in the line that bears it, tells of anybody who
/// was supported.
struct Activity {
    std::string_view word; ///< tag of the ledger line: "one-to-one support"
    bool is_peer_work{true};
};

/// In the order in which people are shown them: peer work first.
std::span<const Activity> activities();
const Activity* activity(std::string_view word); ///< nullptr for no such word

/// Kinds of place: "community", "peer-run centre" ...; never an address.
std::span<const std::string_view> settings_of_work();
/// How it came to be done: "chosen", "agreed", "assigned".
std::span<const std::string_view> ways_of_work();

/// Whether a tag is one of the words above.
bool is_activity_word(std::string_view tag);

} // namespace peercert::domain
