#include "services/issuing.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"

namespace peercert::services {

namespace {

domain::Term term_as_issued(storage::UnitOfWork& work, const rules::Program& program, PersonId person,
                            const std::string& level, const rules::PresentTerm& present, const Record* record) {
    const Edition& edition = program.edition();
    domain::Term term;
    term.first_day = present.first;
    term.last_day = present.last;
    term.level = level;
    term.title = edition.title_on(present.first);
    term.public_title = edition.public_title.empty() ? term.title : edition.public_title;
    term.name_as_issued = work.people.public_name(person);
    term.edition = edition.edition;
    term.edition_digest = edition.digest;
    term.zone = edition.zone;
    if (present.last)
        for (const rules::Stretch& stretch :
             record != nullptr ? rules::timeline(program, present, *record) : rules::timeline(program, present))
            if (!stretch.in_force)
                term.timeline.push_back({stretch.first, stretch.called});
    return term;
}

void collect(const Finding& finding, std::set<EntryId>& seen) {
    for (const UsedEntry& used : finding.used)
        if (used.counted > 0 || used.of == 0)
            seen.insert(used.entry);
    for (const Finding& part : finding.parts)
        collect(part, seen);
}

int next_number(const domain::CredentialRecord& record) { return record.terms.empty() ? 1 : record.terms.back().n + 1; }

} // namespace

std::string engine_of(const Rulebook& rulebook, const Edition& edition) {
    const std::string builds = rulebook.plugin_builds(edition);
    return builds.empty() ? engine_version : std::string(engine_version) + "; " + builds;
}

Step::Verb verb_asked(const domain::Application& application) {
    if (application.step.starts_with("to renew"))
        return Step::Verb::renew;
    if (application.step.starts_with("to extend"))
        return Step::Verb::extend;
    if (application.step.starts_with("to add"))
        return Step::Verb::add;
    if (application.step.starts_with("to transfer"))
        return Step::Verb::transfer;
    return Step::Verb::become;
}

rules::Situation situation_of_decision(const domain::Application& application, Date decided_on) {
    return {.as_of = decided_on,
            .applying = application.received_on,
            .issue = decided_on,
            .term_asked = curricula::parse_span(application.choice).value};
}

CredentialId issue_term(storage::UnitOfWork& work, const IssueRequest& request, domain::Decision decision) {
    const domain::Application& application = request.application;
    const bool renewal = application.credential.value() != 0 && !application.step.starts_with("to add");
    const rules::PresentTerm present =
        renewal ? rules::next_term(request.program, application.level, request.record, request.situation)
                : rules::first_term(request.program, application.level, request.record, request.situation);
    auto held = work.credentials.find(application.person, application.track);
    const CredentialId credential =
        held ? held->credential.id : work.credentials.add(application.person, application.track, request.issuer).id;
    const domain::CredentialRecord before = work.credentials.of(credential);
    domain::Term term =
        term_as_issued(work, request.program, application.person, application.level, present, &request.record);
    term.n = next_number(before);
    decision.credential = credential;
    term.decision = work.applications.decide(decision);
    work.credentials.add_term(credential, term);
    return credential;
}

void record_flags(storage::UnitOfWork& work, const Edition& edition, Step::Verb verb,
                  const domain::Application& application, Date today) {
    const Step* step = edition.step(verb, application.level);
    if (step == nullptr)
        return;
    for (const std::string& flag : step->flags) {
        const auto held = work.entries.of_person(application.person);
        if (std::any_of(held.begin(), held.end(), [&](const domain::LedgerEntry& one) {
                return one.kind == EntryKind::fact && one.code == flag && one.counts() && one.last_day == no_end;
            }))
            continue;
        domain::NewEntry entry;
        entry.person = application.person;
        entry.kind = EntryKind::fact;
        entry.first_day = today;
        entry.last_day = no_end;
        entry.code = flag;
        work.entries.add(entry);
    }
}

CredentialId take_over_term(storage::UnitOfWork& work, const rules::Program& program, PersonId person,
                            const std::string& level, OrganizationId issuer, DayRange days, const std::string& actor) {
    const Edition& edition = program.edition();
    if (edition.level(level) == nullptr) {
        std::string known;
        for (const Level& one : edition.levels)
            known += (known.empty() ? "" : ", ") + one.name;
        throw Error(ErrorCode::invalid_input, edition.code + " has no level \"" + level + "\"; it has: " + known);
    }
    freeze(work, edition);
    const auto held = work.credentials.find(person, edition.code);
    const CredentialId credential = held ? held->credential.id : work.credentials.add(person, edition.code, issuer).id;
    const int number = held ? next_number(*held) : 1;
    domain::Term term = term_as_issued(work, program, person, level, {number, days.first.value(), days.last}, nullptr);
    term.n = number;
    domain::Decision decision;
    decision.credential = credential;
    decision.action = "take_over";
    decision.decided_on = days.first.value();
    decision.decided_by = actor;
    decision.edition_digest = edition.digest;
    decision.engine = engine_version;
    term.decision = work.applications.decide(decision);
    work.credentials.add_term(credential, term);
    return credential;
}

std::vector<EntryId> evidence_of(const Finding& finding) {
    std::set<EntryId> seen;
    collect(finding, seen);
    return {seen.begin(), seen.end()};
}

Error no_such_credential(std::string_view number) {
    return Error(ErrorCode::not_found, "no credential has the number \"" + std::string(number) +
                                           "\"; look at the certificate again, letter by letter");
}

domain::CredentialRecord credential_numbered(storage::UnitOfWork& work, std::string_view number) {
    const auto parsed = domain::CredentialNumber::parse(number);
    auto record = parsed ? work.credentials.find(*parsed) : std::nullopt;
    if (!record)
        throw no_such_credential(number);
    return *record;
}

void check_change(const domain::CredentialRecord& record, domain::CredentialEventKind kind, Date day, Date today) {
    using domain::CredentialEventKind;
    const std::string number = record.credential.number.str();
    if (day > today)
        throw Error(ErrorCode::invalid_input,
                    "the day " + to_text(day) + " is still to come; record the change when it has come");
    if (record.terms.empty() || day < record.terms.front().first_day)
        throw Error(ErrorCode::invalid_input, number + " was not in force yet on " + to_text(day));
    if (!record.events.empty() && day < record.events.back().effective_day)
        throw Error(ErrorCode::conflict, "something later is recorded about " + number + " already, of " +
                                             to_text(record.events.back().effective_day) +
                                             "; give that day or a later one");
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
    case CredentialEventKind::condition_lifted: return;
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

domain::Organization certifier_of(storage::UnitOfWork& work, const Edition& edition, std::string_view code) {
    const domain::Organization organization = organization_of(work, code);
    using domain::OrganizationKind;
    const bool certifies = organization.kind == OrganizationKind::certifying_body;
    const bool trains =
        organization.kind == OrganizationKind::training_centre || organization.kind == OrganizationKind::provider;
    if (certifies || (trains && edition.kind == Edition::Kind::curriculum))
        return organization;
    throw Error(ErrorCode::invalid_input,
                organization.code + " is no certifying body; " + edition.code + " is given by one");
}

CredentialView view_of(storage::UnitOfWork& work, domain::CredentialRecord record, Date on) {
    CredentialView view;
    view.person = work.people.of(record.credential.person).code.str();
    view.issuer = record.credential.issuer ? work.organizations.of(record.credential.issuer).code : "";
    view.status = credentials::status(record, on);
    view.record = std::move(record);
    return view;
}

} // namespace peercert::services
