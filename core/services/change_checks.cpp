#include <algorithm>

#include <peercert/error.hpp>

#include "services/issuing.hpp"

/// What can happen to a credential as it stands, and what cannot.
namespace peercert::services {

namespace {

/// The last event of that scope that changes a standing.
const domain::CredentialEvent* last_change(const domain::CredentialRecord& record, const std::string& level) {
    using domain::CredentialEventKind;
    for (auto event = record.events.rbegin(); event != record.events.rend(); ++event)
        if (event->level == level && event->kind != CredentialEventKind::consent &&
            event->kind != CredentialEventKind::consent_withdrawn)
            return &*event;
    return nullptr;
}

void check_level_change(const domain::CredentialRecord& record, domain::CredentialEventKind kind, Date day,
                        const std::string& level) {
    using domain::CredentialEventKind;
    const auto levels = credentials::added_levels(record, day);
    const auto borne = std::find_if(levels.begin(), levels.end(),
                                    [&](const credentials::AddedLevel& one) { return one.level == level; });
    const std::string what = level + " of " + record.credential.number.str();
    if (borne == levels.end())
        throw Error(ErrorCode::conflict, record.credential.number.str() + " bears no added level \"" + level +
                                             "\" on " + to_text(day) + "; `peercert credential show` tells which");
    const bool certified = borne->code == credentials::StatusCode::certified;
    const bool suspended = borne->code == credentials::StatusCode::suspended;
    const std::string is_so = what + " is " + std::string(credentials::to_text(borne->code)) + " on " + to_text(day);
    switch (kind) {
    case CredentialEventKind::reinstate:
        if (!suspended && borne->code != credentials::StatusCode::revoked)
            throw Error(ErrorCode::conflict, is_so + "; there is nothing to reinstate");
        return;
    case CredentialEventKind::suspend:
        if (!certified)
            throw Error(ErrorCode::conflict, is_so + "; it cannot be suspended");
        return;
    case CredentialEventKind::revoke:
    case CredentialEventKind::surrender:
    case CredentialEventKind::end:
        if (!certified && !suspended)
            throw Error(ErrorCode::conflict, is_so + " already");
        return;
    case CredentialEventKind::replace:
    case CredentialEventKind::condition:
    case CredentialEventKind::condition_lifted:
    case CredentialEventKind::consent:
    case CredentialEventKind::consent_withdrawn:
        throw Error(ErrorCode::invalid_input, "this is recorded of a whole credential, not of a level alone");
    }
}

} // namespace

void check_change(const domain::CredentialRecord& record, domain::CredentialEventKind kind, Date day, Date today,
                  const std::string& level) {
    using domain::CredentialEventKind;
    const std::string number = record.credential.number.str();
    if (day > today)
        throw Error(ErrorCode::invalid_input,
                    "the day " + to_text(day) + " is still to come; record the change when it has come");
    if (record.terms.empty() || day < record.terms.front().first_day)
        throw Error(ErrorCode::invalid_input, number + " was not in force yet on " + to_text(day));
    if (const auto* last = last_change(record, level); last != nullptr && day < last->effective_day)
        throw Error(ErrorCode::conflict, "something later is recorded about " + number + " already, of " +
                                             to_text(last->effective_day) + "; give that day or a later one");
    if (!level.empty())
        return check_level_change(record, kind, day, level);
    const credentials::Status now = credentials::status(record, day);
    const bool closed = now.code == credentials::StatusCode::revoked ||
                        now.code == credentials::StatusCode::surrendered ||
                        now.code == credentials::StatusCode::replaced || now.code == credentials::StatusCode::ended;
    const bool suspended = now.code == credentials::StatusCode::suspended;
    const bool departed = record.departed_on && *record.departed_on <= day;
    const std::string is_so = number + " is " + std::string(credentials::to_text(now.code)) + " on " + to_text(day);
    switch (kind) {
    case CredentialEventKind::reinstate:
        if (departed)
            throw Error(ErrorCode::conflict, number + " ended with its holder, who is gone since " +
                                                 to_text(*record.departed_on) + "; it cannot be reinstated");
        if (now.code == credentials::StatusCode::surrendered)
            throw Error(ErrorCode::conflict,
                        is_so + ": its holder gave it back; they apply anew if they want it again");
        if (now.code == credentials::StatusCode::replaced)
            throw Error(ErrorCode::conflict, is_so + ": another credential took its place, and that one counts");
        if (now.code == credentials::StatusCode::ended)
            throw Error(ErrorCode::conflict, is_so + " for good; a new one is applied for");
        if (now.code != credentials::StatusCode::revoked && !suspended)
            throw Error(ErrorCode::conflict, is_so + "; there is nothing to reinstate");
        return;
    case CredentialEventKind::suspend:
        if (closed || suspended)
            throw Error(ErrorCode::conflict, is_so + "; it cannot be suspended");
        return;
    case CredentialEventKind::revoke:
    case CredentialEventKind::surrender:
    case CredentialEventKind::replace:
    case CredentialEventKind::end:
        if (closed)
            throw Error(ErrorCode::conflict, is_so + " already");
        return;
    case CredentialEventKind::condition:
    case CredentialEventKind::condition_lifted:
    case CredentialEventKind::consent:
    case CredentialEventKind::consent_withdrawn: return;
    }
}

void refuse_standing(const domain::CredentialRecord& held, const Edition& edition, Step::Verb verb,
                     std::string_view level, Date today) {
    const credentials::Status status = credentials::status(held, today);
    const std::string number = held.credential.number.str();
    switch (status.code) {
    case credentials::StatusCode::suspended:
    case credentials::StatusCode::revoked:
    case credentials::StatusCode::surrendered:
    case credentials::StatusCode::replaced:
    case credentials::StatusCode::ended:
        throw Error(ErrorCode::conflict, number + " is " + std::string(credentials::to_text(status.code)) + " since " +
                                             to_text(status.since.value_or(today)) + "; it has to be reinstated first");
    case credentials::StatusCode::certified:
        if (verb == Step::Verb::become)
            for (const domain::Term& term : held.terms)
                if (term.n == status.term && term.level == level)
                    throw Error(ErrorCode::conflict, number + " certifies this already; ask for its renewal instead");
        if (verb == Step::Verb::renew)
            for (const domain::Term& term : held.terms)
                if (term.level == level && term.first_day > today)
                    throw Error(ErrorCode::conflict, number + " is renewed already: the next term goes from " +
                                                         to_text(term.first_day) +
                                                         (term.last_day ? " to " + to_text(*term.last_day) : "") +
                                                         "; the renewal after that can be asked for once it has begun");
        if (verb == Step::Verb::add)
            for (const credentials::AddedLevel& one : credentials::added_levels(held, today))
                if (one.level == level)
                    throw Error(ErrorCode::conflict, number + " bears " + one.level + " already");
        return;
    case credentials::StatusCode::expired:
        if (verb == Step::Verb::become && edition.step(Step::Verb::renew, level) != nullptr)
            for (const domain::Term& term : held.terms)
                if (term.level == level)
                    throw Error(ErrorCode::conflict,
                                number + " ran out" + (term.last_day ? " on " + to_text(*term.last_day) : "") +
                                    "; the way back is its renewal, whose rule says what a late one asks");
        return;
    case credentials::StatusCode::not_yet_effective:
    case credentials::StatusCode::unknown: return;
    }
}

} // namespace peercert::services
