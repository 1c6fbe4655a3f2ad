#include "credentials/status.hpp"

#include <algorithm>

#include "domain/enum_text.hpp"

namespace peercert::credentials {

using domain::CredentialEvent;
using domain::CredentialEventKind;
using domain::Term;

namespace {

constexpr domain::EnumText<StatusCode, 9> status_words{{{"certified", "expired", "suspended", "revoked", "surrendered",
                                                         "replaced", "ended", "not_yet_effective", "unknown"}}};

/// How grave a status out of force is; a milder event never hides a graver one.
int gravity(StatusCode code) {
    switch (code) {
    case StatusCode::revoked: return 5;
    case StatusCode::surrendered: return 4;
    case StatusCode::replaced: return 3;
    case StatusCode::ended: return 2;
    case StatusCode::suspended: return 1;
    case StatusCode::certified:
    case StatusCode::expired:
    case StatusCode::not_yet_effective:
    case StatusCode::unknown: return 0;
    }
    return 0;
}

/// What events alone say of a day.
struct Standing {
    StatusCode code{StatusCode::certified};
    std::optional<Date> since;
    std::string condition;
};

void put_out_of_force(Standing& standing, StatusCode code, Date day) {
    if (gravity(code) <= gravity(standing.code))
        return;
    standing.code = code;
    standing.since = day;
}

/// What is said of the whole credential, or of an added level alone.
Standing standing_on(const std::vector<CredentialEvent>& events, Date day, std::optional<domain::Instant> known_at,
                     std::string_view level = {}) {
    Standing standing;
    if (events.empty())
        return standing;
    for (const auto* event : domain::acting_events(events, day, known_at, level)) {
        switch (event->kind) {
        case CredentialEventKind::suspend:
            put_out_of_force(standing, StatusCode::suspended, event->effective_day);
            break;
        case CredentialEventKind::revoke: put_out_of_force(standing, StatusCode::revoked, event->effective_day); break;
        case CredentialEventKind::surrender:
            put_out_of_force(standing, StatusCode::surrendered, event->effective_day);
            break;
        case CredentialEventKind::replace:
            put_out_of_force(standing, StatusCode::replaced, event->effective_day);
            break;
        case CredentialEventKind::end: put_out_of_force(standing, StatusCode::ended, event->effective_day); break;
        case CredentialEventKind::reinstate:
            standing.code = StatusCode::certified;
            standing.since = event->effective_day;
            break;
        case CredentialEventKind::condition: standing.condition = event->condition; break;
        case CredentialEventKind::condition_lifted: standing.condition.clear(); break;
        case CredentialEventKind::consent:
        case CredentialEventKind::consent_withdrawn: break;
        }
    }
    return standing;
}

/// The first day of the unbroken row of terms that `at` is the last of.
Date certified_since(const std::vector<const Term*>& terms, std::size_t at) {
    while (at > 0 && (!terms[at - 1]->last_day || add_days(*terms[at - 1]->last_day, 1) >= terms[at]->first_day))
        --at;
    return terms[at]->first_day;
}

std::string rung_on(const Term& term, Date day) {
    std::string name;
    for (const auto& rung : term.timeline)
        if (rung.first_day <= day)
            name = rung.name;
    return name;
}

} // namespace

std::string_view to_text(StatusCode code) { return status_words.text(code); }

Status status(const domain::CredentialRecord& record, Date day, std::optional<domain::Instant> known_at) {
    std::vector<const Term*> terms;
    terms.reserve(record.terms.size());
    for (const Term& term : record.terms)
        if (term.place != domain::TermPlace::beside && (!known_at || term.recorded_at <= *known_at))
            terms.push_back(&term);
    Status status;
    if (terms.empty())
        return status;

    const auto next = std::find_if(terms.begin(), terms.end(), [&](const Term* term) { return term->first_day > day; });
    const bool begun = next != terms.begin();
    const auto at = begun ? static_cast<std::size_t>(next - terms.begin()) - 1 : 0;
    const Term& term = *terms[at];
    status.term = term.n;
    status.last_day = term.last_day;

    Standing standing = standing_on(record.events, day, known_at);
    status.condition = std::move(standing.condition);
    if (record.departed_on && *record.departed_on <= day)
        put_out_of_force(standing, StatusCode::ended, *record.departed_on);

    if (standing.code != StatusCode::certified) {
        status.code = standing.code;
        status.since = standing.since;
    } else if (!begun) {
        status.code = StatusCode::not_yet_effective;
    } else if (term.last_day && *term.last_day < day) {
        status.code = StatusCode::expired;
        status.since = add_days(*term.last_day, 1);
        status.rung = rung_on(term, day);
    } else {
        status.code = StatusCode::certified;
        status.since = certified_since(terms, at);
        if (standing.since && *standing.since > *status.since)
            status.since = standing.since;
    }
    return status;
}

std::vector<AddedLevel> added_levels(const domain::CredentialRecord& record, Date day,
                                     std::optional<domain::Instant> known_at) {
    std::vector<AddedLevel> levels;
    for (const Term& term : record.terms) {
        if (term.place != domain::TermPlace::beside || day < term.first_day ||
            (known_at && term.recorded_at > *known_at))
            continue;
        AddedLevel added{.level = term.level, .term = term.n, .first_day = term.first_day, .last_day = term.last_day};
        const auto same =
            std::find_if(levels.begin(), levels.end(), [&](const AddedLevel& one) { return one.level == term.level; });
        if (same == levels.end())
            levels.push_back(std::move(added));
        else
            *same = std::move(added); // issued anew, with the certificate that bears it
    }
    std::erase_if(levels, [day](const AddedLevel& one) { return one.last_day && *one.last_day < day; });
    if (levels.empty() || !status(record, day, known_at).yes())
        return {};
    for (AddedLevel& one : levels) {
        const Standing standing = standing_on(record.events, day, known_at, one.level);
        one.code = standing.code;
        if (standing.code != StatusCode::certified)
            one.since = standing.since;
    }
    return levels;
}

bool may_be_shown(const domain::CredentialRecord& record, Date day) {
    if (record.terms.empty())
        return true;
    switch (record.terms.back().shown_to) {
    case domain::RegisterAccess::not_said:
    case domain::RegisterAccess::open: return true;
    case domain::RegisterAccess::restricted: return false;
    case domain::RegisterAccess::with_consent: break;
    }
    if (record.consent)
        return *record.consent;
    bool consented = false;                            // as older programs recorded it, of each credential
    for (const CredentialEvent& event : record.events) // as recorded: the last word counts
        if (event.effective_day <= day)
            consented = event.kind == CredentialEventKind::consent ||
                        (consented && event.kind != CredentialEventKind::consent_withdrawn);
    return consented;
}

} // namespace peercert::credentials
