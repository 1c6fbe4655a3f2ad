#pragma once

#include <vector>

#include "cli/output.hpp"
#include "services/conformity.hpp"

/// How a cohort was held against its curriculum's model, in words: about sessions and never about a person.
namespace peercert::cli {

/// Sessions with what they lack, and what the whole lacks.
void print_conformity(Output& out, const std::vector<services::SessionConformity>& sessions,
                      const std::vector<Finding>& whole);
void print_decision(Output& out, const services::ModelDecision& decision);

} // namespace peercert::cli
