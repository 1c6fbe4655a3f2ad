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
    FixedSql key{"id"}; ///< columns that name a row to a person
    bool marked{false}; ///< its rows carry a mark of themselves (see units.hpp); 0: recorded by an older program
};
inline constexpr VouchedTable vouched_tables[] = {
    {"edition", "kind, code, edition, digest, body", "kind, code, edition"},
    {"enrolment_event", "enrolment, n, state, day, recorded_at", "enrolment, n"},
    {"entry",
     "person, last_day, id, kind, result, first_day, amount, code, tags, provider, session, cohort, authority_role, "
     "authority_first, authority_last, authority_credential, replaces, withdrawn, recorded_at, edition, asserted_by, "
     "typed_by, wording, document_digest, late_reason",
     "id", true},
    {"application", "id, person, track, edition, step, level, received_on, choice, credential, recorded_at"},
    {"credential", "id, number, person, track, issuer, created_at"},
    {"decision",
     "id, application, credential, outcome, action, decided_on, decided_by, finding, evidence, edition_digest, "
     "engine, recorded_at"},
    {"term",
     "credential, n, first_day, last_day, level, title, public_title, name_as_issued, edition, edition_digest, zone, "
     "timeline, decision, recorded_at",
     "credential, n"},
    {"credential_event", "credential, n, kind, effective_day, recorded_at, decision, actor, condition",
     "credential, n"},
    {"replaced_state", "n, unit, id, was, digest", "unit, id, was"},
    {"organization_score", "organization, n, edition, item, score, observed_on, recorded_at", "organization, n"}};

} // namespace peercert::storage
