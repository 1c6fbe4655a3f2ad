#pragma once

#include <peercert/edition.hpp>
#include <peercert/record.hpp>

#include "curricula/case.hpp"

namespace peercert::services {

/// The record that a case tells of: words become numbers, entries are sorted as a ledger is.
Record record_of(const curricula::CasePerson& person, const Edition& edition, Vocabulary& words);

} // namespace peercert::services
