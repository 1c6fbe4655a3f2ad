#include "services/cohorts.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/departure.hpp"
#include "services/places.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

std::string object_of(const domain::Cohort& cohort) { return "cohort " + std::to_string(cohort.id.value()); }

domain::Enrolment place_of(storage::UnitOfWork& work, const domain::Cohort& cohort, PersonId person) {
    auto place = work.enrolments.find(cohort.id, person);
    if (!place)
        throw Error(ErrorCode::not_found, "this person has no place in " + cohort.code + "; enrol them first");
    return *place;
}

} // namespace

domain::Cohort cohort_of(storage::UnitOfWork& work, const Actor& actor, Action action, std::string_view code,
                         Date today) {
    const Error missing(ErrorCode::not_found,
                        "no cohort has the code \"" + std::string(code) + "\"; `peercert cohort list` shows them");
    const auto cohort = work.cohorts.find(code);
    if (!cohort)
        throw Error(missing);
    authorize(work, actor, action, {PersonId{}, cohort->organization}, today, missing);
    return *cohort;
}

domain::Session session_of(storage::UnitOfWork& work, const domain::Cohort& cohort, int number) {
    const auto sessions = work.cohorts.sessions(cohort.id);
    for (const domain::Session& session : sessions)
        if (session.number == number)
            return session;
    throw Error(ErrorCode::not_found, cohort.code + " has no session " + std::to_string(number) + "; it has " +
                                          std::to_string(sessions.size()));
}

std::string unit_of(const domain::Session& session) {
    return session.unit.empty() ? "session " + std::to_string(session.number) : session.unit;
}

bool leads(storage::UnitOfWork& work, const domain::Session& session, PersonId person) {
    const auto leaders = work.cohorts.leaders(session.id);
    return std::any_of(leaders.begin(), leaders.end(),
                       [&](const auto& one) { return work.merges.same(one.person, person); });
}

void refuse_register(const Edition& edition, const Format& format) {
    if (!format.keeps_no_register)
        return;
    throw Error(ErrorCode::forbidden,
                edition.titles.front().called + ": this group keeps no register; who comes is nobody's record");
}

CohortView Cohorts::show(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        return view(work, cohort);
    });
}

std::vector<domain::Cohort> Cohorts::list(const Actor& actor) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::run_cohort, {}, house_.today());
        auto all = work.cohorts.list();
        std::erase_if(all, [&](const domain::Cohort& one) {
            return !may(work, actor, Action::run_cohort, {PersonId{}, one.organization}, house_.today());
        });
        return all;
    });
}

void Cohorts::set_leader(const Actor& actor, std::string_view code, int number, std::string_view leader, bool leads_it,
                         Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        const domain::Session session = session_of(work, cohort, number);
        const domain::Person person = person_of(work, actor, leader, house_.today());
        if (leads_it)
            work.cohorts.add_leader({session.id, person.id, "facilitator"});
        else
            work.cohorts.remove_leader(session.id, person.id);
        work.audit.append({.action = leads_it ? "session.leader_added" : "session.leader_removed",
                           .object = "session " + std::to_string(session.id.value()) + " person " +
                                     std::to_string(person.id.value())});
    });
}

void Cohorts::enrol(const Actor& actor, std::string_view code, std::string_view who, std::optional<Date> day,
                    Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        const domain::Person person = person_of(work, actor, who, house_.today());
        if (day && *day > house_.today())
            refuse("the day " + to_text(*day) + " is still to come");
        refuse_from_departure(person, day.value_or(house_.today()), "a place");
        refuse_around_places(work, cohort);
        work.enrolments.add(cohort.id, person.id, day.value_or(house_.today()));
        work.audit.append({.action = "cohort.enrolled",
                           .object = object_of(cohort) + " person " + std::to_string(person.id.value())});
    });
}

void Cohorts::change_place(const Actor& actor, std::string_view code, std::string_view who,
                           domain::EnrolmentState state, std::optional<Date> day, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        const domain::Person person = person_of(work, actor, who, house_.today());
        const domain::Enrolment place = place_of(work, cohort, person.id);
        if (place.state() == state)
            throw Error(ErrorCode::conflict,
                        "that is how it stands already, since " + to_text(place.history.back().day));
        const Date from = day.value_or(house_.today());
        if (from < place.history.back().day || from > house_.today())
            refuse("that day lies before " + to_text(place.history.back().day) +
                   ", when the place became what it is, or is still to come");
        work.enrolments.record(place.id, state, from);
        work.audit.append({.action = "cohort.place_changed",
                           .object = object_of(cohort) + " person " + std::to_string(person.id.value()),
                           .before = domain::to_text(place.state()),
                           .after = domain::to_text(state)});
        if (state == domain::EnrolmentState::moved_on)
            (void)advance_places(work, cohort, house_.today(), domain::PlaceFree::given_back);
    });
}

Accepted Cohorts::accept(const Actor& actor, std::string_view code, const NewModelDecision& asked, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::decide, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        const Conformity conformity = conformity_of(work, rulebook_, *program, cohort);
        if (!conformity.sessions.empty() && conformity.sessions.back().session.held_on > house_.today())
            refuse("the last session is on " + to_text(conformity.sessions.back().session.held_on) +
                   "; it is judged when all have been held");
        Accepted accepted{
            decide_model(work, actor, cohort, conformity, asked, program->edition().digest, house_.today()),
            conformity.outside(), conformity.whole};
        return accepted;
    });
}

Completed Cohorts::complete(const Actor& actor, std::string_view code, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        const Format& format = format_of(*program, cohort);
        refuse_register(program->edition(), format);
        if (format.completion_word.empty())
            refuse(cohort.curriculum + " awards nothing for taking part in \"" + cohort.format + "\"");
        const auto sessions = work.cohorts.sessions(cohort.id);
        const Date last = sessions.back().held_on;
        if (last > house_.today())
            refuse("the last session is on " + to_text(last) + "; the cohort can be completed from that day on");
        Completed result;
        const Conformity conformity = conformity_of(work, rulebook_, *program, cohort);
        result.outside = conformity.outside();
        result.whole = conformity.whole;
        for (ModelDecision& decision : model_decisions(work, cohort, conformity))
            if (decision.covers)
                result.decision = std::move(decision);
        const bool may_count = conformity.conforms() || result.decision;
        for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id)) {
            if (place.state() == domain::EnrolmentState::moved_on || place.state() == domain::EnrolmentState::completed)
                continue;
            Progress one = progress_of(work, rulebook_, *program, cohort, place, house_.today());
            if (one.stands == CompletionState::complete)
                continue; // by another place of the same human
            if (!one.completion.verdict.passes()) {
                result.not_yet.push_back(std::move(one));
                continue;
            }
            if (!may_count) {
                result.waiting.push_back(std::move(one));
                continue;
            }
            domain::NewEntry entry;
            entry.person = place.person;
            entry.kind = EntryKind::training;
            entry.first_day = entry.last_day = last;
            entry.amount = one.present.count();
            entry.code = format.completion_word;
            entry.edition = cohort.curriculum + " " + cohort.edition;
            entry.provider = work.organizations.of(cohort.organization).code;
            entry.cohort = cohort.id;
            if (one.stands == CompletionState::under_review)
                entry.replaces = one.entry; // what waited for a person's word has it now
            const EntryId id = work.entries.add(entry);
            work.enrolments.record(place.id, domain::EnrolmentState::completed, last);
            work.audit.append({.action = "cohort.completed_by",
                               .object = object_of(cohort) + " person " + std::to_string(place.person.value()) +
                                         " entry " + std::to_string(id.value())});
            one.state = domain::EnrolmentState::completed;
            one.stands = CompletionState::complete;
            one.entry = id;
            result.completed.push_back(std::move(one));
        }
        return result;
    });
}

CohortView Cohorts::view(storage::UnitOfWork& work, const domain::Cohort& cohort) const {
    const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
    const Format& format = format_of(*program, cohort);
    CohortView seen;
    seen.cohort = cohort;
    seen.organization = work.organizations.of(cohort.organization).code;
    seen.curriculum_title = program->edition().title_on(house_.today());
    seen.keeps_no_register = format.keeps_no_register;
    seen.size = format.size;
    seen.conformity = conformity_of(work, rulebook_, *program, cohort);
    seen.decisions = model_decisions(work, cohort, seen.conformity);
    for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id))
        seen.people.push_back(progress_of(work, rulebook_, *program, cohort, place, house_.today()));
    return seen;
}

} // namespace peercert::services
