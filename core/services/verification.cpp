#include "services/verification.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "services/eligibility.hpp"

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
    const domain::CredentialRecord& record = found->record;
    const std::string& zone = record.terms.back().zone;
    const Date today = zone.empty() ? installation_today : day_in_zone(now, zone);
    if (!credentials::may_be_shown(record, today)) // as the register is kept now, whatever day is asked about
        return answer;
    const Date day = valid_on.value_or(today);
    const auto cannot_check = [&] {
        answer.outcome = VerificationOutcome::cannot_check;
        answer.data_as_of.clear();
        return answer;
    };
    const auto status_then = status(record, day);
    if (!status_then)
        return cannot_check();
    const domain::Term* term = term_numbered(record, status_then->term);
    if (status_then->code == credentials::StatusCode::unknown || term == nullptr)
        return answer;
    if (day < today) {
        const auto now_is = status(record, today);
        if (!now_is)
            return cannot_check();
        answer.outcome_today = outcome_of(now_is->code);
        answer.today_since = now_is->since;
    }
    answer.asked_day = day;
    answer.projection = day > today;
    answer.outcome = outcome_of(status_then->code);
    answer.holder = found->holder;
    answer.credential_title = term->public_title.empty() ? term->title : term->public_title;
    answer.level = term->level;
    answer.issuer = found->issuer;
    answer.first_issued = record.terms.front().first_day;
    answer.term_first_day = term->first_day;
    answer.last_valid_day = term->last_day;
    answer.status_since = status_then->since;
    answer.status_name = status_then->rung;
    answer.restriction = status_then->condition;
    if (term->shown_until != term->last_day)
        answer.list_shows_until = term->shown_until;
    if (status_then->yes())
        for (const credentials::AddedLevel& one : credentials::added_levels(record, day))
            if (one.code == credentials::StatusCode::certified)
                answer.added_levels.push_back({one.level, one.first_day, one.last_day});
    return answer;
}

std::optional<credentials::Status> Verification::status(const domain::CredentialRecord& record, Date day) const {
    credentials::Status status = credentials::status(record, day);
    const domain::Term* term = term_numbered(record, status.term);
    if (!status.yes() || term == nullptr || !term->ends_with_eligibility)
        return status;
    try {
        const Rulebook& rules = rules_();
        return house_.store.read([&](storage::UnitOfWork& work) {
            return status_on(work, rules, work.credentials.of(record.credential.id), day);
        });
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace peercert::services
