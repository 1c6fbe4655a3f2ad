#include <algorithm>

#include <peercert/error.hpp>

#include "services/cohorts.hpp"
#include "services/departure.hpp"
#include "services/hours_left.hpp"

/// Presence at another time that makes up for what somebody missed of a session.
namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

/// Where the rule does not say, people decide: the presence is recorded, and the judgement stays open.
void check_can_be_made_up(const Format& format, const std::string& unit) {
    if (const std::string why_not = why_not_made_up(format, unit); !why_not.empty())
        refuse(why_not);
}

/// Whether anything changed: the same again changes nothing, another figure for that day is a correction.
bool record_make_up(storage::UnitOfWork& work, const domain::Cohort& cohort, const domain::Session& session,
                    PersonId person, const MakeUp& made_up) {
    const std::string unit = unit_of(session);
    std::optional<domain::LedgerEntry> before;
    Minutes there{0};
    for (domain::LedgerEntry& line : work.entries.of_person(person)) {
        if (line.kind != EntryKind::attendance || line.cohort != cohort.id || line.code != unit || !line.counts())
            continue;
        const bool is_make_up = std::find(line.tags.begin(), line.tags.end(), make_up_word) != line.tags.end();
        if (is_make_up && line.last_day == made_up.on)
            before = std::move(line);
        else
            there += Minutes{line.amount};
    }
    if (there + made_up.minutes > session.length)
        refuse("session " + std::to_string(session.number) + " was " + std::to_string(session.length.count()) +
               " minutes long, and " + std::to_string(there.count()) + " of them are on record; at most " +
               std::to_string(std::max<Minutes::rep>(0, (session.length - there).count())) + " can be made up");
    if (before && before->amount == made_up.minutes.count())
        return false;
    domain::NewEntry entry;
    entry.person = person;
    entry.kind = EntryKind::attendance;
    entry.first_day = entry.last_day = made_up.on;
    entry.amount = made_up.minutes.count();
    entry.code = unit;
    entry.tags = {std::string(make_up_word)};
    entry.edition = cohort.curriculum + " " + cohort.edition;
    entry.cohort = cohort.id;
    if (before) {
        entry.person = before->person;
        entry.replaces = before->id;
    }
    work.entries.add(entry);
    return true;
}

} // namespace

Attended Cohorts::make_up(const Actor& actor, std::string_view code, int number, std::string_view who,
                          const MakeUp& made_up, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        const Format& format = format_of(*program, cohort);
        refuse_register(program->edition(), format);
        const domain::Session session = session_of(work, cohort, number);
        check_can_be_made_up(format, unit_of(session));
        if (made_up.on <= session.held_on)
            refuse("session " + std::to_string(number) + " was on " + to_text(session.held_on) +
                   "; it is made up on a later day");
        if (made_up.on > house_.today())
            refuse("the day " + to_text(made_up.on) + " is still to come");
        const domain::Person person = person_of(work, actor, who, house_.today());
        const auto place = work.enrolments.find(cohort.id, person.id);
        if (!place)
            throw Error(ErrorCode::not_found, person.code.str() + " has no place in " + cohort.code);
        refuse_self(work, actor.person, person.id, "record presence");
        refuse_after_departure(person, made_up.on, "a session made up");
        Attended attended;
        attended.changed = record_make_up(work, cohort, session, place->person, made_up);
        if (!attended.changed)
            return attended;
        work.audit.append(
            {.action = "attendance.made_up",
             .object = "session " + std::to_string(session.id.value()) + " person " + std::to_string(person.id.value()),
             .after = to_text(made_up.on) + " " + std::to_string(made_up.minutes.count())});
        attended.review = review_completion(work, rulebook_, cohort, person.id, house_.today());
        return attended;
    });
}

} // namespace peercert::services
