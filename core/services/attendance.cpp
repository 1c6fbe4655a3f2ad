#include <algorithm>

#include <peercert/error.hpp>

#include "services/cohorts.hpp"
#include "services/departure.hpp"

/// Who was at a session, and how long.
namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

} // namespace

Minutes Presence::at(const domain::Session& session) const {
    const bool by_clock = arrived || left;
    const bool by_difference = late.count() > 0 || left_early.count() > 0;
    if (int{minutes.has_value()} + int{by_clock} + int{by_difference} > 1)
        refuse("say how long in one way: minutes, or from when to when, or how late and how early");
    if (minutes)
        return *minutes;
    if (by_clock) {
        if (!arrived || !left)
            refuse("say when they arrived and when they left");
        if (*left < *arrived)
            refuse("they left before they arrived; a session ends on the day on which it begins");
        return *left - *arrived;
    }
    if (session.length == domain::length_not_given)
        refuse("how long session " + std::to_string(session.number) +
               " was is not known; say how long they were there");
    return std::max(Minutes{0}, session.length - late - left_early);
}

bool record_attendance(storage::UnitOfWork& work, const domain::Cohort& cohort, const domain::Session& session,
                       PersonId person, Minutes present) {
    if (session.length == domain::length_not_given && present > session.length)
        refuse(std::to_string(present.count()) + " minutes are more than the 24 hours of a day");
    if (present > session.length)
        refuse("session " + std::to_string(session.number) + " was " + std::to_string(session.length.count()) +
               " minutes long; " + std::to_string(present.count()) + " minutes are more than that");
    const auto before = work.entries.attendance(session.id, person);
    if (before && before->amount == present.count())
        return false;
    Minutes on_that_day = present;
    for (const domain::LedgerEntry& other : work.entries.counting_on(person, EntryKind::attendance, session.held_on))
        if (!before || other.id != before->id)
            on_that_day += Minutes{other.amount};
    if (on_that_day > domain::length_not_given)
        refuse("with other sessions of " + to_text(session.held_on) + " that would be " +
               std::to_string(on_that_day.count()) + " minutes of presence, more than the 24 hours of a day");
    domain::NewEntry entry;
    entry.person = person;
    entry.kind = EntryKind::attendance;
    entry.first_day = entry.last_day = session.held_on;
    entry.amount = present.count();
    entry.code = unit_of(session);
    entry.edition = cohort.curriculum + " " + cohort.edition;
    entry.session = session.id;
    entry.cohort = cohort.id;
    if (before) {
        entry.person = before->person; // a correction stays with what it corrects, also of merged people
        entry.replaces = before->id;
    }
    work.entries.add(entry);
    return true;
}

void check_presence(storage::UnitOfWork& work, const Actor& actor, PersonId person, const domain::Session& session) {
    refuse_self(work, actor.person, person, "record presence");
    refuse_after_departure(work.people.of(person), session.held_on, "presence");
}

Attended attend_and_review(storage::UnitOfWork& work, const Rulebook& rulebook, const Actor& actor,
                           const domain::Cohort& cohort, const domain::Session& session, PersonId person,
                           Minutes present, Date today) {
    check_presence(work, actor, person, session);
    Attended attended;
    attended.changed = record_attendance(work, cohort, session, person, present);
    if (!attended.changed)
        return attended;
    work.audit.append(
        {.action = "attendance.recorded",
         .object = "session " + std::to_string(session.id.value()) + " person " + std::to_string(person.value()),
         .after = std::to_string(present.count())});
    attended.review = review_completion(work, rulebook, cohort, person, today);
    return attended;
}

Attended Cohorts::attend(const Actor& actor, std::string_view code, int number, std::string_view who,
                         const Presence& presence, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        const domain::Session session = session_of(work, cohort, number);
        if (session.held_on > house_.today())
            refuse("session " + std::to_string(number) + " is on " + to_text(session.held_on) +
                   ", which is still to come");
        const domain::Person person = person_of(work, actor, who, house_.today());
        const auto place = work.enrolments.find(cohort.id, person.id);
        if (!place)
            throw Error(ErrorCode::not_found, "this person has no place in " + cohort.code + "; enrol them first");
        return attend_and_review(work, rulebook_, actor, cohort, session, place->person, presence.at(session),
                                 house_.today());
    });
}

Attended Cohorts::attend(const Actor& actor, std::string_view code, int number, std::string_view who, Minutes present,
                         Mode mode) {
    return attend(actor, code, number, who, Presence{.minutes = present}, mode);
}

} // namespace peercert::services
