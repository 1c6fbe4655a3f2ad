#include "services/verification.hpp"

#include <peercert/error.hpp>

#include "credentials/status.hpp"
#include "domain/text.hpp"

namespace peercert::services {

namespace {

VerificationOutcome outcome_of(credentials::StatusCode code) {
    switch (code) {
    case credentials::StatusCode::certified: return VerificationOutcome::certified;
    case credentials::StatusCode::expired: return VerificationOutcome::expired;
    case credentials::StatusCode::suspended: return VerificationOutcome::suspended;
    case credentials::StatusCode::revoked: return VerificationOutcome::revoked;
    case credentials::StatusCode::surrendered: return VerificationOutcome::surrendered;
    case credentials::StatusCode::replaced: return VerificationOutcome::replaced;
    case credentials::StatusCode::ended: return VerificationOutcome::ended;
    case credentials::StatusCode::not_yet_effective: return VerificationOutcome::not_yet_effective;
    case credentials::StatusCode::unknown: return VerificationOutcome::no_match;
    }
    return VerificationOutcome::cannot_check;
}

const domain::Term* term_numbered(const domain::CredentialRecord& record, int n) {
    for (const domain::Term& term : record.terms)
        if (term.n == n)
            return &term;
    return nullptr;
}

} // namespace

VerificationAnswer Verification::verify(std::string_view number, std::optional<Date> valid_on) const {
    const domain::Instant now = house_.clock.now();
    VerificationAnswer answer;
    answer.checked_at = domain::to_text(now);
    answer.data_as_of = answer.checked_at;
    const Date installation_today = day_in_zone(now, house_.zone);
    answer.asked_day = valid_on.value_or(installation_today);
    answer.projection = answer.asked_day > installation_today;
    answer.outcome = VerificationOutcome::no_match;
    const auto parsed = domain::CredentialNumber::parse(number);
    answer.asked = domain::first_bytes(number, domain::longest_typed_code);
    answer.number = parsed ? parsed->str() : answer.asked;
    std::optional<storage::VerificationRecord> found;
    try { // a mistyped number is looked for too, so that it takes as long as an unknown one
        found = house_.store.verification(parsed.value_or(domain::CredentialNumber(0)));
    } catch (const Error&) {
        answer.outcome = VerificationOutcome::cannot_check;
        answer.data_as_of.clear(); // nothing was read
        return answer;
    }
    if (!parsed || !found || found->record.hidden || found->record.terms.empty())
        return answer;

    const std::string& zone = found->record.terms.back().zone;
    const Date today = zone.empty() ? installation_today : day_in_zone(now, zone);
    const Date day = valid_on.value_or(today);
    const credentials::Status status = credentials::status(found->record, day);
    const domain::Term* term = term_numbered(found->record, status.term);
    if (status.code == credentials::StatusCode::unknown || term == nullptr)
        return answer;
    answer.asked_day = day;
    answer.projection = day > today;
    answer.outcome = outcome_of(status.code);
    answer.holder = found->holder;
    answer.credential_title = term->public_title.empty() ? term->title : term->public_title;
    answer.level = term->level;
    answer.issuer = found->issuer;
    answer.first_issued = found->record.terms.front().first_day;
    answer.term_first_day = term->first_day;
    answer.last_valid_day = term->last_day;
    answer.status_since = status.since;
    answer.status_name = status.rung;
    answer.restriction = status.condition;
    if (day < today) {
        const credentials::Status now_is = credentials::status(found->record, today);
        answer.outcome_today = outcome_of(now_is.code);
        answer.today_since = now_is.since;
    }
    return answer;
}

} // namespace peercert::services
