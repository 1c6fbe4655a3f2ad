#include "services/issuing.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"
#include "services/eligibility.hpp"

namespace peercert::services {

namespace {

domain::RegisterAccess access_of(Edition::Register kept) {
    switch (kept) {
    case Edition::Register::not_said: return domain::RegisterAccess::not_said;
    case Edition::Register::open: return domain::RegisterAccess::open;
    case Edition::Register::with_consent: return domain::RegisterAccess::with_consent;
    case Edition::Register::restricted: return domain::RegisterAccess::restricted;
    }
    return domain::RegisterAccess::restricted;
}

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
    term.shown_to = access_of(edition.public_register);
    term.shown_until = rules::shown_until(program, level, present);
    const Level* of = edition.level(level);
    term.ends_with_eligibility =
        of != nullptr && of->eligible_while && of->when_no_longer_eligible == Level::NoLonger::ends;
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

/// Whether the newest term at that level stands beside the row.
bool was_added(const domain::CredentialRecord& record, const std::string& level) {
    for (auto term = record.terms.rbegin(); term != record.terms.rend(); ++term)
        if (term->level == level)
            return term->place == domain::TermPlace::beside;
    return false;
}

/// What is added with its term unchanged ends and is renewed with the certificate that bears it, unless the edition has
/// a renewal of its own for it.
bool goes_with_its_certificate(const Edition& edition, const std::string& level) {
    const Level* found = edition.level(level);
    return found != nullptr && found->lasts && found->lasts->clock == "unchanged" &&
           edition.step(Step::Verb::renew, level) == nullptr;
}

/// The added levels that the certificate bore when its row was last in force before `first_day`: they go on with its
/// next term. A level that was taken away for good by itself does not; one that is suspended stays so.
std::vector<std::string> levels_borne(const domain::CredentialRecord& before, const Edition& edition, Date first_day) {
    std::vector<std::string> levels;
    const domain::Term* newest = domain::newest_in_row(before.terms);
    if (newest == nullptr)
        return levels;
    const Date day = newest->last_day ? std::min(*newest->last_day, add_days(first_day, -1)) : add_days(first_day, -1);
    for (const domain::Term& term : before.terms) {
        if (term.place != domain::TermPlace::beside || term.first_day > day ||
            (term.last_day && *term.last_day < day) || !goes_with_its_certificate(edition, term.level) ||
            std::find(levels.begin(), levels.end(), term.level) != levels.end())
            continue;
        const auto events = domain::acting_events(before.events, first_day, {}, term.level);
        bool gone = false;
        for (const domain::CredentialEvent* event : events)
            gone = event->kind != domain::CredentialEventKind::reinstate &&
                   (gone || event->kind != domain::CredentialEventKind::suspend);
        if (!gone)
            levels.push_back(term.level);
    }
    return levels;
}

/// Terms of one credential, given by one decision.
struct Issuing {
    storage::UnitOfWork& work;
    const rules::Program& program;
    PersonId person;
    const Record& record;
    CredentialId credential;
    domain::DecisionId decision;

    void add(const std::string& level, const rules::PresentTerm& days, domain::TermPlace place) const {
        domain::Term term = term_as_issued(work, program, person, level, days, &record);
        term.n = next_number(work.credentials.of(credential));
        term.place = place;
        term.decision = decision;
        work.credentials.add_term(credential, term);
    }
    /// What the certificate bore goes on with it.
    void add_to_row(const domain::CredentialRecord& before, const std::string& level, const rules::PresentTerm& days,
                    domain::TermPlace place) const {
        add(level, days, place);
        for (const std::string& borne : levels_borne(before, program.edition(), days.first))
            add(borne, days, domain::TermPlace::beside);
    }
};

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

Rulebook::ProgramPtr program_to_decide_by(storage::UnitOfWork& work, const Rulebook& rulebook,
                                          const domain::Application& application, const Record& record,
                                          const rules::Situation& situation) {
    const auto received = rulebook.edition(work, application.track, application.edition);
    if (received->edition().chosen_by != "issue")
        return received;
    const auto chosen =
        rulebook.choose(application.track, record, {verb_asked(application), application.level, situation});
    if (chosen.program->edition().digest == received->edition().digest)
        return received;
    rulebook.rely_on(work, chosen.program->edition());
    return chosen.program;
}

rules::PresentTerm term_asked_for(const IssueRequest& request) {
    const domain::Application& application = request.application;
    const bool renewal = application.credential.value() != 0 && verb_asked(application) != Step::Verb::add;
    return renewal ? rules::next_term(request.program, application.level, request.record, request.situation)
                   : rules::first_term(request.program, application.level, request.record, request.situation);
}

IssuedTerm issue_term(storage::UnitOfWork& work, const IssueRequest& request, const rules::PresentTerm& days,
                      domain::Decision decision) {
    const domain::Application& application = request.application;
    const Edition& edition = request.program.edition();
    auto held = work.credentials.find(application.person, application.track);
    const CredentialId credential =
        held ? held->credential.id : work.credentials.add(application.person, application.track, request.issuer).id;
    const domain::CredentialRecord before = work.credentials.of(credential);
    decision.credential = credential;
    const domain::DecisionId decided = work.applications.decide(decision);
    const Issuing issuing{work, request.program, application.person, request.record, credential, decided};
    if (verb_asked(application) == Step::Verb::add || was_added(before, application.level)) {
        issuing.add(application.level, days, domain::TermPlace::beside);
        for (const domain::Term& later : before.terms) // renewed ahead: it is borne by that term too
            if (later.place != domain::TermPlace::beside && later.first_day > days.first &&
                goes_with_its_certificate(edition, application.level))
                issuing.add(application.level, {days.number, later.first_day, later.last_day},
                            domain::TermPlace::beside);
    } else {
        issuing.add_to_row(before, application.level, days, domain::TermPlace::in_row);
    }
    return {credential, decided};
}

void move_terms(storage::UnitOfWork& work, const std::vector<MovedTerm>& moved, PersonId person, const Record& record,
                domain::DecisionId decision) {
    for (const MovedTerm& one : moved) {
        freeze(work, one.program->edition());
        const Issuing issuing{work, *one.program, person, record, one.credential, decision};
        issuing.add_to_row(work.credentials.of(one.credential), one.level, one.becomes, domain::TermPlace::moved);
        work.audit.append({.action = "credential.moved",
                           .object = "credential " + std::to_string(one.credential.value()),
                           .before = one.was.last ? to_text(*one.was.last) : "",
                           .after = one.becomes.last ? to_text(*one.becomes.last) : ""});
    }
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

Finding finding_of_take_over() {
    Finding finding;
    finding.kind = "take over";
    finding.verdict = Verdict::not_applicable();
    return finding;
}

IssuedTerm take_over_term(storage::UnitOfWork& work, const rules::Program& program, const TakeOver& taken) {
    const Edition& edition = program.edition();
    if (edition.level(taken.level) == nullptr) {
        std::string known;
        for (const Level& one : edition.levels)
            known += (known.empty() ? "" : ", ") + one.name;
        throw Error(ErrorCode::invalid_input, edition.code + " has no level \"" + taken.level + "\"; it has: " + known);
    }
    freeze(work, edition);
    const auto held = work.credentials.find(taken.person, edition.code);
    const CredentialId credential =
        held ? held->credential.id : work.credentials.add(taken.person, edition.code, taken.issuer).id;
    const int number = held ? next_number(*held) : 1;
    domain::Term term = term_as_issued(work, program, taken.person, taken.level,
                                       {number, taken.days.first.value(), taken.days.last}, nullptr);
    term.n = number;
    if (edition.step(Step::Verb::add, taken.level) != nullptr &&
        edition.step(Step::Verb::become, taken.level) == nullptr)
        term.place = domain::TermPlace::beside;
    domain::Decision decision;
    decision.credential = credential;
    decision.action = "take_over";
    decision.decided_on = taken.days.first.value();
    decision.decided_by = taken.actor;
    decision.finding = taken.finding;
    decision.edition_digest = edition.digest;
    decision.engine = engine_version;
    term.decision = work.applications.decide(decision);
    work.credentials.add_term(credential, term);
    return {credential, term.decision};
}

std::vector<EntryId> evidence_of(const Finding& finding) {
    std::set<EntryId> seen;
    collect(finding, seen);
    return {seen.begin(), seen.end()};
}

void refuse_future(Date day, Date today, const char* what) {
    if (day > today)
        throw Error(ErrorCode::invalid_input, std::string(what) + " " + to_text(day) + " is still to come; today is " +
                                                  to_text(today) + " where the programme is");
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

CredentialView view_of(storage::UnitOfWork& work, const Rulebook& rulebook, domain::CredentialRecord record, Date on) {
    CredentialView view;
    view.person = work.people.of(record.credential.person).code.str();
    view.issuer = record.credential.issuer ? work.organizations.of(record.credential.issuer).code : "";
    view.status = status_on(work, rulebook, record, on);
    if (view.status.yes())
        view.levels = credentials::added_levels(record, on);
    view.numbers_elsewhere = work.packets.numbers_elsewhere(record.credential.id);
    view.record = std::move(record);
    return view;
}

} // namespace peercert::services
