#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "services/publishing.hpp"
#include "words/json.hpp"

/// How proposals and what is found in them are shown.
namespace peercert::cli {

extern const std::string proposal_shape; ///< of the JSON below, for help
extern const std::string check_shape;

words::Json proposal_json(const services::ProposalView& seen);
words::Json check_json(const services::DraftCheck& check);

std::string edition_text(const services::ProposalView& seen);  ///< "wi-cps 2026-07"
std::string argument_text(const services::ProposalView& seen); ///< "wi-cps:2026-07"
std::string state_text(const services::ProposalView& seen);    ///< "draft, 1 of 2 approvals"
std::string joined(const std::vector<std::string>& words, const char* between = ", ");

/// What was found when the text was looked at.
void show_check(Invocation& asked, const services::DraftCheck& check, const std::string& code);
/// What is to be done now, by whom. Nothing where nothing is.
void show_next(Invocation& asked, const services::ProposalView& seen);

} // namespace peercert::cli
