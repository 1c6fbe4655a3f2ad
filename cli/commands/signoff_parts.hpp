#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "services/competencies.hpp"
#include "services/signatures.hpp"

/// What the commands about sign-offs share.
namespace peercert::cli {

/// For people: "waiting for the assessor".
std::string_view state_words(domain::SignOffState state);
/// Lines that were made, each with how far it is; what has to happen next where something has.
void print_lines(Invocation& asked, const std::vector<services::SignedLine>& lines, Date observed_on);
/// Why each of those who were not entitled was not.
void print_not_entitled(Invocation& asked, const std::vector<services::AssessorAnswer>& assessors);
void print_signatures(Invocation& asked, const std::vector<services::SignatureView>& views);
/// --late or --because, with the closed list of reasons.
Option late_option(const std::string& help, const std::string& name = "late");

/// confirm, correct, undo, list, answer.
std::vector<Command> signoff_line_commands();
/// conflict, conflicts.
std::vector<Command> signoff_conflict_commands();
/// impact, decide.
std::vector<Command> signoff_review_commands();

} // namespace peercert::cli
