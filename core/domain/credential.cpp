#include "domain/credential.hpp"

#include <algorithm>

namespace peercert::domain {

const Term* newest_in_row(const std::vector<Term>& terms) {
    for (auto term = terms.rbegin(); term != terms.rend(); ++term)
        if (term->place != TermPlace::beside)
            return &*term;
    return nullptr;
}

std::vector<const CredentialEvent*> acting_events(const std::vector<CredentialEvent>& events, Date day,
                                                  std::optional<Instant> known_at, std::string_view level) {
    std::vector<const CredentialEvent*> acting;
    for (const auto& event : events)
        if (event.level == level && event.effective_day <= day && (!known_at || event.recorded_at <= *known_at))
            acting.push_back(&event);
    std::sort(acting.begin(), acting.end(), [](const CredentialEvent* a, const CredentialEvent* b) {
        return a->effective_day != b->effective_day ? a->effective_day < b->effective_day : a->n < b->n;
    });
    return acting;
}

std::vector<DayRange> out_of_force(const std::vector<CredentialEvent>& events, std::optional<Instant> known_at,
                                   std::string_view level) {
    std::vector<DayRange> out;
    bool in_force = true;
    for (const auto* event : acting_events(events, no_end, known_at, level)) {
        switch (event->kind) {
        case CredentialEventKind::suspend:
        case CredentialEventKind::revoke:
        case CredentialEventKind::surrender:
        case CredentialEventKind::replace:
        case CredentialEventKind::end:
            if (in_force)
                out.push_back({event->effective_day, std::nullopt});
            in_force = false;
            break;
        case CredentialEventKind::reinstate:
            if (!in_force)
                out.back().last = add_days(event->effective_day, -1);
            // Put out of force and back on one day: it never was.
            if (!in_force && *out.back().last < *out.back().first)
                out.pop_back();
            in_force = true;
            break;
        case CredentialEventKind::condition:
        case CredentialEventKind::condition_lifted:
        case CredentialEventKind::consent:
        case CredentialEventKind::consent_withdrawn: break;
        }
    }
    return out;
}

} // namespace peercert::domain
