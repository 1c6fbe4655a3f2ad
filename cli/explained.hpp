#pragma once

#include <string>
#include <vector>

#include <peercert/finding.hpp>

#include "cli/command.hpp"
#include "words/sheet.hpp"

namespace peercert::cli {

/// A judgement for reading: the answer, what is there, what is open and the way to it. `brief` leaves out the details
/// of what is there.
void print_finding(const Invocation& asked, const Finding& finding, bool brief);

/// What the words room wrote.
void print_sheet(const Invocation& asked, const words::Sheet& sheet);

/// The sentences and the language of this run.
words::Speaker speaker(const Invocation& asked);

/// A whole sentence that was made in English, in the language of this run where somebody has translated it.
std::string said(const Invocation& asked, const std::string& english);

} // namespace peercert::cli
