#include "services/hours_left.hpp"

#include <algorithm>
#include <map>

#include <peercert/error.hpp>

#include "services/cohorts.hpp"

namespace peercert::services {

namespace {

/// What a finding still asks in minutes: the most that any of its parts wants, the least where any of them will do.
/// Nothing where it asks for no time.
std::optional<Minutes> wanted_by(const Finding& finding) {
    if (finding.verdict.is_not_applicable())
        return std::nullopt;
    std::optional<Minutes> wanted;
    const bool any = finding.kind == "any of";
    for (const Finding& part : finding.parts)
        if (const auto one = wanted_by(part))
            wanted = !wanted ? *one : any ? std::min(*wanted, *one) : std::max(*wanted, *one);
    if (finding.unit == Unit::minutes && finding.have && finding.need) {
        const Minutes own{std::max<std::int64_t>(0, finding.need_is_limit ? *finding.have - *finding.need
                                                                          : *finding.need - *finding.have)};
        wanted = wanted ? std::max(*wanted, own) : own;
    }
    return wanted;
}

/// Minutes on record of each session of the cohort, by its number, with what was made up.
std::map<int, Minutes> minutes_by_session(storage::UnitOfWork& work, const domain::Cohort& cohort,
                                          const std::vector<domain::Session>& sessions, PersonId person) {
    std::map<int, Minutes> minutes;
    for (const domain::LedgerEntry& line : work.entries.of_person(person)) {
        if (line.kind != EntryKind::attendance || line.cohort != cohort.id || !line.counts())
            continue;
        for (const domain::Session& session : sessions)
            if (line.session == session.id || (!line.session && line.code == unit_of(session)))
                minutes[session.number] += Minutes{line.amount};
    }
    return minutes;
}

HoursLeft hours_of(storage::UnitOfWork& work, const Rulebook& rulebook, const rules::Program& program,
                   const domain::Cohort& cohort, const domain::Enrolment& place, Date today) {
    HoursLeft left;
    left.progress = progress_of(work, rulebook, program, cohort, place, today);
    const Format& format = format_of(program, cohort);
    const auto sessions = work.cohorts.sessions(cohort.id);
    const auto minutes = minutes_by_session(work, cohort, sessions, place.person);
    for (const domain::Session& session : sessions) {
        if (session.length == domain::length_not_given)
            continue; // nobody knows how long it was
        const auto there = minutes.find(session.number);
        // Today's session is still to come until something is recorded of it.
        if (session.held_on > today || (session.held_on == today && there == minutes.end())) {
            left.to_come += session.length;
            continue;
        }
        const Minutes missed = session.length - (there == minutes.end() ? Minutes{0} : there->second);
        if (missed.count() > 0)
            left.missed.push_back({session, missed, why_not_made_up(format, unit_of(session))});
    }
    left.wanted = wanted_by(left.progress.completion);
    if (left.wanted)
        left.may_miss = left.to_come - *left.wanted;
    return left;
}

} // namespace

std::string why_not_made_up(const Format& format, const std::string& unit) {
    if (!format.missed_at_most && format.never_missed.empty())
        return "the rule of \"" + format.name + "\" counts no missed hours, so there is nothing to make up";
    if (format.made_up_by.knowing == Knowing::none)
        return "what is missed of \"" + format.name + "\" cannot be made up, says its rule";
    if (std::find(format.never_missed.begin(), format.never_missed.end(), unit) != format.never_missed.end())
        return "\"" + unit + "\" has to be attended from beginning to end, says the rule; it cannot be made up";
    return "";
}

std::vector<HoursLeft> CohortHours::of(const Actor& actor, std::string_view code, std::string_view who) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const auto found = work.cohorts.find(code);
        std::optional<domain::Person> person;
        if (!who.empty())
            person = person_of(work, actor, who, today);
        const bool own = found && person && actor.person && work.merges.same(person->id, actor.person);
        const domain::Cohort cohort = own ? *found : cohort_of(work, actor, Action::record_attendance, code, today);
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        std::vector<HoursLeft> all;
        for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id))
            if (!person || work.merges.same(place.person, person->id))
                all.push_back(hours_of(work, rulebook_, *program, cohort, place, today));
        if (person && all.empty())
            throw Error(ErrorCode::not_found, person->code.str() + " has no place in " + cohort.code);
        return all;
    });
}

} // namespace peercert::services
