#pragma once

#include "domain/entry.hpp"
#include "domain/person.hpp"
#include "storage/unit_of_work.hpp"

/// Whether a line fits beside those that stand in a person's ledger already.
namespace peercert::services {

/// Nothing happened to anybody before they were born. Throws Error{invalid_input}.
void refuse_before_birth(const domain::Person& person, Date day, const std::string& what);

/// The same amount of the same thing, on the same days and with the same words, counts already: typed twice, as far as
/// anybody can tell. Throws Error{conflict} naming the line.
void refuse_repeated(storage::UnitOfWork& work, const domain::NewEntry& line);

/// Hours of practice or supervision: all lines that lie within its days, and within those of a longer line around it,
/// are no more than 24 hours a day. Throws Error{invalid_input}.
void refuse_longer_than_its_days(storage::UnitOfWork& work, const domain::NewEntry& line);
/// The same beside lines that are at hand: of the same person, of any kind.
void refuse_longer_than_its_days(const std::vector<domain::LedgerEntry>& beside, const domain::NewEntry& line);

} // namespace peercert::services
