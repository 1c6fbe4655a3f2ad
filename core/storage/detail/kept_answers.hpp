#pragma once

#include <optional>
#include <string>

#include "domain/codes.hpp"
#include "domain/installation.hpp"
#include "storage/verification.hpp"

/// The table verification: for each credential everything that the public's question takes, as one text. What is
/// derived from the record only: whoever changes a name, a term, an event, a departure or a wish to stay hidden writes
/// the text anew in the same unit. The issuer's name is joined, so that an organization may change it.
///
///     c, person, number, track, created_at, departed_on, hidden, holder      once
///     t, n, first_day, last_day, level, title, public_title, zone, timeline, recorded_at, place, shown_to,
///        shown_until, eligibility      each term, by n
///     e, n, kind, effective_day, recorded_at, actor, condition, level      each event, by n
/// with a tab between columns and a line end after each line; a tab, line end or backslash within is written \t, \n,
/// \\.
namespace peercert::storage {

class Connection;

/// Store::verification on one session: one statement.
std::optional<VerificationRecord> kept_answer(Connection& connection, const domain::Installation& installation,
                                              domain::CredentialNumber number);

/// Writes anew what is kept of one credential, or of all of a person's.
void keep_answer(Connection& connection, CredentialId credential);
void keep_answers_of(Connection& connection, PersonId person);

/// The whole table anew, within the transaction it is called in.
void keep_all_answers(Connection& connection);
/// The first credential of which something else is kept than is recorded: a sentence. Empty if there is none. Reads
/// all.
std::string answers_problem(Connection& connection);

} // namespace peercert::storage
