#pragma once

#include <optional>
#include <string>

#include <peercert/plugin.hpp>

/// What a plugin answers is looked at like any other outside input before a judgement rests on it.
namespace peercert::plugin_host {

/// A sentence on the first thing that cannot be, or nothing: outcomes and words that exist, entries of this very
/// record, no more counted than there is, days that exist, texts of a sensible length in UTF-8, a tree of a sensible
/// size.
std::optional<std::string> what_is_wrong(const Finding& answer, const Record& record);

/// The same for a term's last day: it exists and is not before the term's first.
std::optional<std::string> what_is_wrong(Date last_day, const TermQuestion& question);

/// Text of a plugin (an exception's, a finding's) made fit for a log line or a message: at most 300 bytes, no control
/// characters, valid UTF-8.
std::string made_printable(std::string_view text);

} // namespace peercert::plugin_host
