#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/merge.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/record_known.hpp"

/// Which people are one human. Nearly everybody stands alone: that costs one look-up a transaction, and a whole state
/// one for some thousand people.
namespace peercert::storage {

/// Everybody who is one human, the one who was kept first, then by id. Somebody alone is a group of one.
using Group = std::vector<PersonId>;

/// As it is now.
Group group_of(Connection& connection, PersonId person);
/// The one whose name, contacts and code speak for the group: the person, if nobody was merged.
inline PersonId kept_of(Connection& connection, PersonId person) { return group_of(connection, person).front(); }

/// For a query that has a credential and, as "holder", the person who speaks for whoever it was issued to: when the
/// human is gone, and whether they opted out, under whichever of their records that stands.
inline constexpr FixedSql holder_join =
    "left join person_group on person_group.person = credential.person join person holder on holder.id = "
    "coalesce(person_group.kept, credential.person) ";
inline constexpr FixedSql holder_departed =
    "coalesce((select min(departed_on) from person_group member join person on person.id = member.person where "
    "member.kept = person_group.kept), holder.departed_on, '')";
inline constexpr FixedSql holder_hidden =
    "coalesce((select max(hidden) from person_group member join person on person.id = member.person where "
    "member.kept = person_group.kept), holder.hidden)";

/// Whether the holder agreed to be shown in the register of the credential's track: 1, 0, or NULL for never asked.
/// Their newest word about that track or about every one counts.
inline constexpr FixedSql holder_consent =
    "(select given from person_consent where person in (credential.person, holder.id) and purpose = 'register' and "
    "about in ('', credential.track) order by audit desc, n desc limit 1)";

/// As it was known then, from the events themselves.
Group group_known(Connection& connection, PersonId person, const Known& known);

/// Groups with somebody among those whose key is greater than `after` and at most `last`, each once, by who was kept.
std::vector<Group> groups_between(Connection& connection, PersonId after, PersonId last);

/// What happened to that person and everybody they were ever one human with, in the order in which it was recorded.
std::vector<domain::MergeEvent> events_near(Connection& connection, PersonId person);

/// Works the table person_group out anew: for that person and everybody near them, or for all.
void group_anew(Connection& connection, PersonId person);
void group_everybody(Connection& connection);
/// What is wrong with the table, for a person to read; empty if nothing is.
std::string groups_problem(Connection& connection);

} // namespace peercert::storage
