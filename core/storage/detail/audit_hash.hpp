#pragma once

#include <string>
#include <string_view>

#include "domain/audit.hpp"
#include "storage/detail/fixed_sql.hpp"

namespace peercert::storage {

/// The hash that chains a row of the audit table to the one before.
std::string audit_hash(const domain::AuditRow& row, std::string_view rows_digest);

/// The columns of a table that audit rows vouch for, in the order in which they were hashed; "audit" comes first and is
/// no part of it. Columns that came later are vouched for apart, in the rows that use them, so that what was hashed
/// before still adds up.
struct VouchedTable {
    FixedSql name;
    FixedSql columns;
    FixedSql which{""};  ///< a condition, for columns vouched for apart
    FixedSql called{""}; ///< in the hash, for the same; else the name
    std::string_view hashed_as() const { return called.text().empty() ? name.text() : called.text(); }
};
inline constexpr VouchedTable vouched_tables[] = {
    {"edition", "kind, code, edition, digest, body"},
    {"enrolment_event", "enrolment, n, state, day, recorded_at"},
    {"entry",
     "person, last_day, id, kind, result, first_day, amount, code, tags, provider, session, cohort, authority_role, "
     "authority_first, authority_last, authority_credential, replaces, withdrawn, recorded_at, edition, asserted_by, "
     "typed_by, wording, document_digest, late_reason"},
    {"application", "id, person, track, edition, step, level, received_on, choice, credential, recorded_at"},
    {"credential", "id, number, person, track, issuer, created_at"},
    {"decision",
     "id, application, credential, outcome, action, decided_on, decided_by, finding, evidence, edition_digest, "
     "engine, recorded_at"},
    {"term",
     "credential, n, first_day, last_day, level, title, public_title, name_as_issued, edition, edition_digest, zone, "
     "timeline, decision, recorded_at"},
    {"term", "credential, n, place, shown_to, shown_until, eligibility",
     "where place <> '' or shown_to <> '' or shown_until is not null or eligibility <> ''", "term_rule"},
    {"credential_event", "credential, n, kind, effective_day, recorded_at, decision, actor, condition"},
    {"credential_event", "credential, n, level", "where level <> ''", "credential_event_level"},
    {"replaced_state", "n, unit, id, was, digest"},
    {"organization_score", "organization, n, edition, item, score, observed_on, recorded_at"}};

} // namespace peercert::storage
