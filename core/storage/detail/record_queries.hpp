#pragma once

#include "storage/detail/fixed_sql.hpp"

/// The rows of which records are made. record_reading.hpp counts their columns.
namespace peercert::storage::record_rows {

/// A key that is NULL reads as 0. The time of recording costs a column a row and is read only when it is asked for.
/// What few lines have is read apart: `more`.
inline constexpr FixedSql entry_columns = "person, last_day, id, kind, result, first_day, amount, code, tags, provider";
inline constexpr FixedSql place_columns = ", session, cohort";
inline constexpr FixedSql known_columns = ", recorded_at, audit";
inline constexpr FixedSql more_columns = "select person, id, replaces, withdrawn, authority_role, authority_first, "
                                         "authority_last, last_day from entry ";
inline constexpr FixedSql more_of_many =
    "where (replaces is not null or authority_role <> '') and person > $1 and person <= "
    "$2 order by person, last_day, id";
inline constexpr FixedSql term_query =
    "select credential.person, credential.id, track, n, level, first_day, "
    "coalesce(last_day, ''), term.recorded_at, coalesce(decided_on, ''), term.audit, place from credential "
    "join term on term.credential = credential.id "
    "left join decision on decision.id = term.decision ";
inline constexpr FixedSql event_query = "select credential.person, credential.id, n, kind, effective_day, recorded_at, "
                                        "credential_event.audit, level from credential_event join credential on "
                                        "credential.id = credential_event.credential ";
inline constexpr FixedSql use_query =
    "select application.person, application.track, decision.decided_on, "
    "decision.evidence, decision.recorded_at, decision.audit from application join "
    "decision on decision.application = application.id where decision.outcome = 'granted' "
    "and application.person ";
inline constexpr FixedSql person_query = "select id, coalesce(born, '') from person ";

} // namespace peercert::storage::record_rows
