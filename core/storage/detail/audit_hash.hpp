#pragma once

#include <string>
#include <string_view>

#include "domain/audit.hpp"
#include "storage/detail/fixed_sql.hpp"

namespace peercert::storage {

/// The hash that chains a row of the audit table to the one before.
std::string audit_hash(const domain::AuditRow& row, std::string_view rows_digest);

/// The columns of a table that audit rows vouch for, in the order in which they were hashed; "audit" comes first and is
/// no part of it.
struct VouchedTable {
    FixedSql name;
    FixedSql columns;
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
    {"credential_event", "credential, n, kind, effective_day, recorded_at, decision, actor, condition"},
    {"replaced_state", "n, unit, id, was, digest"},
    {"organization_score", "organization, n, edition, item, score, observed_on, recorded_at"},
    {"edition_proposal",
     "id, kind, code, edition, digest, body, cases, organization, proposed_by, because, typed_by, recorded_at"},
    {"edition_event", "proposal, n, step, person, day, reason, typed_by, recorded_at"}};

} // namespace peercert::storage
