#include "services/certification.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "curricula/phrases.hpp"
#include "exchange/finding_json.hpp"
#include "rules/terms.hpp"
#include "services/departure.hpp"
#include "services/issuing.hpp"

namespace peercert::services {

namespace {

std::string object_of(ApplicationId id) { return "application " + std::to_string(id.value()); }

/// The first unmet or open clause in words short enough for an error; the whole tree is what `assess` shows.
std::string first_open_clause(const Finding& finding) {
    const std::vector<OpenClause> open = open_clauses(finding);
    return open.empty() ? finding.clause : open.front().clause;
}

/// Who certifies: for a credential that exists its own issuer, for a first one the body that was named.
OrganizationId issuer_meant(storage::UnitOfWork& work, const Edition& edition,
                            const std::optional<domain::CredentialRecord>& held, const DecideRequest& request) {
    const OrganizationId named =
        request.issuer.empty() ? OrganizationId{} : certifier_of(work, edition, request.issuer).id;
    if (!held)
        return named;
    if (named && named != held->credential.issuer)
        throw Error(ErrorCode::conflict, held->credential.number.str() + " was issued by another body than " +
                                             request.issuer + "; leave the issuer out");
    return held->credential.issuer;
}

/// For whoever may do that for the applicant. Throws Error{not_found}, in the same words where the actor may not know
/// the applicant.
domain::Application application_numbered(storage::UnitOfWork& work, const Actor& actor, Action action, ApplicationId id,
                                         Date today) {
    const Error missing(ErrorCode::not_found, "no such application");
    auto application = work.applications.find(id);
    if (!application)
        throw Error(missing);
    authorize(work, actor, action, {application->person, {}}, today, missing);
    return std::move(*application);
}

} // namespace

ApplicationView Certification::apply(const Actor& actor, const ApplyRequest& request, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, request.person, house_.today());
        authorize(work, actor, Action::apply, {person.id, {}}, house_.today());
        return view(work, receive(work, person, request));
    });
}

ApplicationView Certification::approve(const Actor& actor, ApplicationId id, std::optional<Date> on, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Application application = application_numbered(work, actor, Action::decide, id, house_.today());
        refuse_self(work, actor.person, application.person, "approve");
        if (!work.applications.decisions_on(id).empty())
            throw Error(ErrorCode::conflict, object_of(id) + " has been decided already");
        const auto program = rulebook_.edition(work, application.track, application.edition);
        const Date today = today_for(house_, program->edition());
        const Date day = on.value_or(today);
        refuse_future(day, today, "the day of approval");
        if (day < application.received_on)
            throw Error(ErrorCode::invalid_input, object_of(id) + " was received on " +
                                                      to_text(application.received_on) + ", after " + to_text(day));
        refuse_from_departure(work.people.of(application.person), day, "an approval");
        domain::NewEntry entry;
        entry.person = application.person;
        entry.kind = EntryKind::decision;
        entry.result = EntryResult::approved;
        entry.first_day = entry.last_day = day;
        entry.code = rules::approval_code(application.track);
        work.entries.add(entry);
        work.audit.append({.action = "application.approved", .object = object_of(id), .after = to_text(day)});
        return view(work, application);
    });
}

ApplicationView Certification::view(storage::UnitOfWork& work, const domain::Application& application) const {
    ApplicationView seen{application,
                         work.people.of(application.person).code.str(),
                         work.applications.decisions_on(application.id),
                         {},
                         {}};
    if (!seen.decisions.empty())
        return seen;
    seen.closes_on = closes_on(work, application);
    const auto program = rulebook_.edition(work, application.track, application.edition);
    const Step* step = program->edition().step(verb_asked(application), application.level);
    if (step != nullptr)
        seen.decide_by = rules::decide_by(program->edition(), *step, application.received_on);
    return seen;
}

domain::Application Certification::receive(storage::UnitOfWork& work, const domain::Person& person,
                                           const ApplyRequest& request) const {
    const auto [chosen, received] = chosen_on_receipt(work, person, request);
    const Edition& edition = chosen.program->edition();
    refuse_from_departure(person, received, "an application");

    domain::Application application;
    application.person = person.id;
    application.track = edition.code;
    application.edition = edition.edition;
    application.level = level_meant(rulebook_, edition, request.verb, request.level);
    application.step = step_text(request.verb, application.level);
    application.received_on = received;
    if (request.verb != Step::Verb::transfer && request.verb != Step::Verb::extend) {
        rules::check_term_asked(*chosen.program, application.level, request.term);
        if (request.term)
            application.choice = curricula::to_text(*request.term);
    }
    const auto held = work.credentials.find(person.id, edition.code);
    if (request.verb != Step::Verb::become) {
        if (!held)
            throw Error(ErrorCode::conflict, "there is no " + edition.code + " credential of this person to renew");
        application.credential = held->credential.id;
    }
    if (held)
        refuse_standing(*held, edition, request.verb, application.level, today_for(house_, edition));
    for (const domain::Application& open : work.applications.of_person(person.id))
        if (open.track == application.track && open.step == application.step &&
            work.applications.decisions_on(open.id).empty() && !has_closed(work, open))
            throw Error(ErrorCode::conflict, "the same is asked for already in application " +
                                                 std::to_string(open.id.value()) + ", received on " +
                                                 to_text(open.received_on) + "; decide that one first");
    rulebook_.rely_on(work, edition);
    application.id = work.applications.add(application);
    work.audit.append(
        {.action = "application.received", .object = object_of(application.id), .after = application.step});
    return work.applications.of(application.id);
}

bool Certification::has_closed(storage::UnitOfWork& work, const domain::Application& application) const {
    const auto closes = closes_on(work, application);
    const auto program = rulebook_.edition(work, application.track, application.edition);
    return closes && *closes < today_for(house_, program->edition());
}

std::optional<Date> Certification::closes_on(storage::UnitOfWork& work, const domain::Application& application) const {
    const auto program = rulebook_.edition(work, application.track, application.edition);
    const Record record = work.entries.record(application.person, rulebook_.words());
    return rules::closes_on(*program, verb_asked(application), application.level, record,
                            {.as_of = today_for(house_, program->edition()), .applying = application.received_on});
}

Certification::Receipt Certification::chosen_on_receipt(storage::UnitOfWork& work, const domain::Person& person,
                                                        const ApplyRequest& request) const {
    const auto asked = asked_edition(house_, rulebook_, work.entries.record(person.id, rulebook_.words()),
                                     {.track = request.track,
                                      .verb = request.verb,
                                      .level = request.level,
                                      .as_of = request.received_on,
                                      .received = request.received_on,
                                      .edition = request.edition});
    refuse_future(asked.as_of, asked.today, "the day of receipt");
    return {asked.chosen, asked.as_of};
}

Decided Certification::decide(const Actor& actor, const DecideRequest& request, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::decide, {}, house_.today());
        const domain::Application application = work.applications.of(request.application);
        if (!work.applications.decisions_on(application.id).empty())
            throw Error(ErrorCode::conflict, "application " + std::to_string(application.id.value()) +
                                                 " has been decided already; `peercert application show` tells how");
        return issue(work, actor, application, request);
    });
}

Decided Certification::award(const Actor& actor, const ApplyRequest& request, const std::string& issuer, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::decide, {}, house_.today());
        const domain::Application asked =
            receive(work, person_of(work, actor, request.person, house_.today()), request);
        return issue(
            work, actor, asked,
            {.application = asked.id, .outcome = domain::Outcome::granted, .decided_by = {}, .issuer = issuer});
    });
}

Decided Certification::issue(storage::UnitOfWork& work, const Actor& actor, const domain::Application& application,
                             const DecideRequest& request) {
    const Record record = work.entries.record(application.person, rulebook_.words());
    const Date today = today_for(house_, rulebook_.edition(work, application.track, application.edition)->edition());
    const rules::Situation situation = situation_of_decision(application, today);
    const auto program = program_to_decide_by(work, rulebook_, application, record, situation);
    const Edition& edition = program->edition();
    const auto held = work.credentials.find(application.person, application.track);
    const OrganizationId issuer = issuer_meant(work, edition, held, request);
    authorize(work, actor, Action::decide, {PersonId{}, issuer}, house_.today());
    if (request.outcome == domain::Outcome::granted)
        refuse_from_departure(work.people.of(application.person), today, "a credential granted");
    if (held && request.outcome == domain::Outcome::granted)
        refuse_standing(*held, edition, verb_asked(application), application.level, today);
    const PersonId reviewer =
        request.decided_by.empty() ? actor.person : person_of(work, actor, request.decided_by, house_.today()).id;
    refuse_self(work, reviewer, application.person, "decide");
    if (!request.decided_by.empty()) // whoever is named has to be entitled, whoever types
        authorize(work, {"", reviewer}, Action::decide, {PersonId{}, issuer}, house_.today());

    const Step::Verb verb = verb_asked(application);
    Judgement judged = judge_step(*program, verb, application.level, record, situation);

    domain::Decision decision;
    decision.application = application.id;
    decision.credential = application.credential;
    decision.outcome = request.outcome;
    decision.action = verb == Step::Verb::renew ? "renew" : verb == Step::Verb::add ? "add" : "issue";
    decision.decided_on = today;
    decision.decided_by = request.decided_by.empty() ? actor.name : "person:" + work.people.of(reviewer).code.str();
    decision.finding = exchange::finding_json(judged.finding).text();
    decision.evidence = evidence_of(judged.finding);
    decision.edition_digest = edition.digest;
    decision.engine = engine_of(rulebook_, edition);

    Decided answer{request.outcome, judged.finding, std::nullopt};
    if (request.outcome == domain::Outcome::granted) {
        if (!judged.finding.verdict.passes())
            throw Error(ErrorCode::conflict, "this cannot be granted on " + to_text(today) + ": " +
                                                 first_open_clause(judged.finding) +
                                                 " is not there yet; `peercert assess` shows the whole reckoning");
        const IssueRequest what{application, *program, record, situation, issuer};
        const rules::PresentTerm days = term_asked_for(what);
        std::vector<MovedTerm> moved;
        if (verb != Step::Verb::add)
            moved = moved_by(work, rulebook_, application.person, record, *program, application.level, days, today);
        if (!moved.empty()) {
            explain_moved(answer.finding, moved);
            decision.finding = exchange::finding_json(answer.finding).text();
        }
        const IssuedTerm issued = issue_term(work, what, days, decision);
        move_terms(work, moved, application.person, record, issued.decision);
        record_flags(work, edition, verb, application, today);
        answer.credential = view_of(work, rulebook_, work.credentials.of(issued.credential), today);
        for (const MovedTerm& one : moved)
            answer.credential->moved.push_back(one.number);
    } else {
        work.applications.decide(decision);
    }
    work.audit.append(
        {.action = "application." + std::string(domain::to_text(request.outcome)),
         .object = object_of(application.id) +
                   (answer.credential ? " credential " + std::to_string(answer.credential->record.credential.id.value())
                                      : ""),
         .after = decision.finding});
    return answer;
}

CredentialView Certification::change_standing(const Actor& actor, std::string_view number,
                                              domain::CredentialEventKind kind, std::optional<Date> effective_day,
                                              Mode mode, const std::string& level) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        domain::CredentialRecord record = credential_numbered(work, number);
        authorize(work, actor, Action::decide, {PersonId{}, record.credential.issuer}, house_.today(),
                  no_such_credential(number));
        refuse_self(work, actor.person, record.credential.person, "change the standing of a credential");
        const Date today = today_for(house_, record);
        const Date day = effective_day.value_or(today);
        check_change(record, kind, day, today, level);
        const credentials::Status before = credentials::status(record, day);
        domain::Decision decision;
        decision.credential = record.credential.id;
        decision.action = domain::to_text(kind);
        decision.decided_on = today;
        decision.decided_by = actor.name;
        decision.engine = engine_version;
        domain::CredentialEvent event;
        event.kind = kind;
        event.effective_day = day;
        event.level = level;
        event.decision = work.applications.decide(decision);
        work.credentials.add_event(record.credential.id, event);
        work.audit.append({.action = "credential." + std::string(domain::to_text(kind)),
                           .object = "credential " + std::to_string(record.credential.id.value()),
                           .before = credentials::to_text(before.code),
                           .after = to_text(day)});
        return view_of(work, rulebook_, work.credentials.of(record.credential.id), std::max(day, today));
    });
}

CredentialView Certification::consent(const Actor& actor, std::string_view number, bool given, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::CredentialRecord record = credential_numbered(work, number);
        authorize(work, actor, Action::change_person, {record.credential.person, {}}, house_.today());
        const Date today = today_for(house_, record);
        const std::string printed = record.credential.number.str();
        if (record.terms.empty() || record.terms.back().shown_to != domain::RegisterAccess::with_consent)
            throw Error(ErrorCode::conflict, "the register of " + record.credential.track +
                                                 " asks for no consent; whether a person is shown at all is changed "
                                                 "with `peercert person hide`");
        if (credentials::may_be_shown(record, today) == given)
            throw Error(ErrorCode::conflict, given ? "consent is on record for " + printed + " already"
                                                   : "there is no consent on record for " + printed);
        domain::Consent consent;
        consent.person = record.credential.person;
        consent.about = record.credential.track;
        consent.given = given;
        consent.wording = record.credential.track + ":" + record.terms.back().edition; // what the rule of it says
        consent.day = today;
        work.consents.add(consent);
        work.audit.append({.action = given ? "credential.consent" : "credential.consent_withdrawn",
                           .object = "credential " + std::to_string(record.credential.id.value()),
                           .after = to_text(today)});
        return view_of(work, rulebook_, work.credentials.of(record.credential.id), today);
    });
}

CredentialView Certification::show(const Actor& actor, std::string_view number, std::optional<Date> on) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::CredentialRecord record = credential_numbered(work, number);
        authorize(work, actor, Action::read_person, {record.credential.person, {}}, house_.today(),
                  no_such_credential(number));
        return view_of(work, rulebook_, record, on.value_or(today_for(house_, record)));
    });
}

std::vector<CredentialView> Certification::of_person(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        std::vector<CredentialView> views;
        for (const domain::CredentialRecord& record : work.credentials.of_person(person.id))
            views.push_back(view_of(work, rulebook_, record, today_for(house_, record)));
        return views;
    });
}

std::vector<ApplicationView> Certification::open_applications(const Actor& actor) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::decide, {}, house_.today());
        std::vector<ApplicationView> views;
        for (const domain::Application& application : work.applications.open())
            views.push_back(view(work, application));
        return views;
    });
}

ApplicationView Certification::application(const Actor& actor, ApplicationId id) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Application application =
            application_numbered(work, actor, Action::read_person, id, house_.today());
        return view(work, application);
    });
}

} // namespace peercert::services
