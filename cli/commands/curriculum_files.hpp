#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/wiring.hpp"
#include "curricula/case.hpp"
#include "curricula/edition_reader.hpp"
#include "words/json.hpp"

/// What the curriculum commands share: files named on the command line, problems as they are shown.
namespace peercert::cli {

bool is_case_file(const std::string& path);
/// `x.yaml` for `x.cases.yaml`, and the other way round.
std::string edition_file_of(const std::string& case_file);
std::string case_file_of(const std::string& edition_file);

/// Reads a file of an author; bases are looked for in this installation's catalogue. `-` is not taken.
curricula::ReadEdition read_edition_file(Invocation& asked, const std::string& path);
/// Shows what is wrong, and throws Error{invalid_input}, when the file could not be read as an edition.
void require_edition(Invocation& asked, const std::string& path, const curricula::ReadEdition& read);

/// CODE, CODE:EDITION or a file. An edition that is proposed and not published yet is its kept text.
std::shared_ptr<const Edition> edition_named(Invocation& asked, const std::string& what);
/// What stands before and after the colon of CODE:EDITION. Throws UsageError where there is none.
std::pair<std::string, std::string> code_and_edition(const std::string& what);

/// What an edition is, and everything it says under headings.
words::Json edition_json(const Edition& edition);
void show_edition(Invocation& asked, const Edition& edition);

words::Json problem_json(const curricula::Problem& problem);
/// Each on a line of its own, errors first.
void show_problems(Invocation& asked, const std::vector<curricula::Problem>& problems);

/// A file rather than a code: it has a point or a slash in it.
bool names_a_file(const std::string& text);

Exit test_curricula(Invocation& asked);
Exit mutate_curricula(Invocation& asked); ///< test --mutate

} // namespace peercert::cli
