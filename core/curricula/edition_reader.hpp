#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/kinds.hpp>

#include "curricula/problem.hpp"

namespace peercert::curricula {

/// A file as bytes. `name` is how it is called in problems; `origin` says who answers for it ("plugin wrap", "local").
struct SourceText {
    std::string name;
    std::string text;
    std::string origin{"local"};
};

struct ReadEdition {
    std::optional<Edition> edition; ///< absent when there is any error
    std::vector<Problem> problems;  ///< all of them at once, and warnings
};

/// The text of an edition that another one is based on: its full text, never "based on" itself. Nothing when unknown.
/// With `calendar_code` as the code: the file of the calendar of closed days that is called `edition`.
using FindBase = std::function<std::optional<SourceText>(std::string_view code, std::string_view edition)>;

inline constexpr std::string_view calendar_code = "calendar";

/// Reads a track, curriculum, course or framework. `kinds` may be nullptr: then a plugin's words are taken unchecked.
/// The edition's full text is the file as read, or the resolved text when it is based on another; reading the full text
/// again gives the same edition, places apart.
ReadEdition read_edition(const SourceText& source, const Kinds* kinds, const FindBase& find_base = {});

/// Rebuilds an edition from its stored full text, so that an old decision replays though the file is gone. Throws
/// Error{invalid_input} with every problem when this version of peercert cannot read it.
Edition from_full_text(const SourceText& source, const Kinds* kinds);

/// SHA-256 in hex.
std::string digest_of(std::string_view text);

} // namespace peercert::curricula
