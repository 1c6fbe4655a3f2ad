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
    FixedSql key{"id"};  ///< columns that name a row to a person
    bool marked{false};  ///< its rows carry a mark of themselves (see units.hpp); 0: recorded by an older program
    FixedSql which{""};  ///< a condition, for columns vouched for apart
    FixedSql called{""}; ///< in the hash, for the same; else the name
    /// Between the table's name and the rest of a query.
    FixedSql where() const { return which.text().empty() ? FixedSql("") : FixedSql(" where "); }
    std::string_view hashed_as() const { return called.text().empty() ? name.text() : called.text(); }
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
    {"term", "credential, n, place, shown_to, shown_until, eligibility", "credential, n", false,
     "place <> '' or shown_to <> '' or shown_until is not null or eligibility <> ''", "term_rule"},
    {"credential_event", "credential, n, kind, effective_day, recorded_at, decision, actor, condition",
     "credential, n"},
    {"credential_event", "credential, n, level", "credential, n", false, "level <> ''", "credential_event_level"},
    {"replaced_state", "n, unit, id, was, digest", "unit, id, was"},
    {"organization_score", "organization, n, edition, item, score, observed_on, recorded_at", "organization, n"},
    {"edition_proposal",
     "id, kind, code, edition, digest, body, cases, organization, proposed_by, because, typed_by, recorded_at", "id"},
    {"edition_event", "proposal, n, step, person, day, reason, typed_by, recorded_at", "proposal, n"},
    {"person_merge", "person, n, kept, day, typed_by, recorded_at", "person, n"},
    {"person_distinct", "person, other, n, apart, day, typed_by, recorded_at", "person, other, n"},
    {"person_consent", "person, n, purpose, about, given, wording, day, typed_by, recorded_at", "person, n"},
    {"sign_off", "entry, act, root, state, rating, framework", "entry"},
    {"sign_off_response", "root, n, response, recorded_at", "root, n"},
    {"self_rating", "person, n, competency, framework, rating, rated_on, shared, withdrawn, recorded_at", "person, n"},
    {"declared_conflict", "person, other, n, first_day, last_day, withdrawn, recorded_at", "person, other, n"},
    {"ce_approval",
     "id, body, provider, course, topics, minutes, first_day, last_day, replaces, withdrawn, recorded_at", "id"},
    {"confirmation", "id, person, supervisor, role, secret_digest, expires_at, typed_by, recorded_at", "id"},
    {"confirmation_event", "confirmation, n, step, entry, typed_by, recorded_at", "confirmation, n"},
    {"place_call",
     "cohort, n, capacity, closes_on, given_by, criteria, reviewers, offer_days, keep_days, seed, recorded_at",
     "cohort, n"},
    {"place_request", "id, cohort, person, number, received_on, recorded_at"},
    {"place_event", "request, n, step, day, until, position, why, reviewer, recorded_at", "request, n"},
    {"seat_pool", "cohort, payer, n, seats, recorded_at", "cohort, payer, n"},
    {"seat_use", "request, n, payer, recorded_at", "request, n"},
    {"bundle", "id, cohort, public_key, recorded_at"},
    {"bundle_withdrawn", "bundle, recorded_at", "bundle"},
    {"bundle_line", "bundle, n, session, person, minutes, claimed_at, outcome, recorded_at", "bundle, n"},
    {"bundle_settled", "bundle, n, minutes, recorded_at", "bundle, n"},
    {"packet", "person, n, digest, installation, code, recorded_at", "person, n"},
    {"packet_number", "credential, n, number", "credential, n"},
    {"packet_signer", "entry, code, name", "entry"},
    {"import_mapping", "name, n, kind, columns, typed_by, recorded_at", "name, n"}};

} // namespace peercert::storage
