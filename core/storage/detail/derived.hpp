#pragma once

#include <string>
#include <vector>

/// What follows from the record and is kept beside it to be found fast: who is alike (detail/likeness.hpp) and what
/// verification answers (detail/kept_answers.hpp). Backups of another database leave it out; it is made anew. The
/// counters of codes (detail/counters.hpp) are moved past what was handed out at the same time.
namespace peercert::storage {

class Connection;

/// All of it, within the transaction it is called in.
void derive_everything(Connection& connection);
/// Where it does not follow from the record: a sentence each.
std::vector<std::string> derived_problems(Connection& connection);

} // namespace peercert::storage
