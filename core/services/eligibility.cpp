#include "services/eligibility.hpp"

#include <algorithm>

#include "rules/terms.hpp"

namespace peercert::services {

credentials::Status status_on(storage::UnitOfWork& work, const Rulebook& rulebook,
                              const domain::CredentialRecord& record, Date day,
                              std::optional<domain::Instant> known_at) {
    credentials::Status status = credentials::status(record, day, known_at);
    const auto term = std::find_if(record.terms.begin(), record.terms.end(),
                                   [&](const domain::Term& one) { return one.n == status.term; });
    if (!status.yes() || term == record.terms.end() || !term->ends_with_eligibility)
        return status;
    const auto program = rulebook.edition(work, record.credential.track, term->edition);
    const Record facts = work.entries.record(record.credential.person, rulebook.words(), known_at);
    const auto ended = [&](Date on) {
        return rules::still_eligible(*program, term->level, facts, on).verdict.is_unmet();
    };
    if (!ended(day))
        return status;
    Date since = day;
    while (since > term->first_day && ended(add_days(since, -1)))
        since = add_days(since, -1);
    status.code = credentials::StatusCode::ended;
    status.since = since;
    return status;
}

} // namespace peercert::services
