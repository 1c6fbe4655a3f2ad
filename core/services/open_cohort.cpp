#include <algorithm>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/cohort_plan.hpp"
#include "services/cohorts.hpp"

/// Opening a cohort in one step: its sessions from the format, its leaders judged for every session's day.
namespace peercert::services {

namespace {

std::string only_format(const Edition& edition, const std::string& wanted) {
    if (!wanted.empty() && edition.format(wanted) != nullptr)
        return wanted;
    if (wanted.empty() && edition.formats.size() == 1)
        return edition.formats.front().name;
    if (wanted.empty() && edition.formats.empty())
        return "";
    std::string known;
    for (const Format& one : edition.formats)
        known += (known.empty() ? "" : ", ") + one.name;
    throw Error(ErrorCode::invalid_input,
                wanted.empty() ? "in which format? " + edition.code + " is given as: " + known
                               : edition.code + " is not given as \"" + wanted + "\"; it is given as: " + known);
}

/// A session that is still to come needs its leaders; one that was held is a fact, whoever led it.
void refuse_gaps(const Conformity& conformity, const Format& format, Date today) {
    if (format.led_by.empty())
        return; // whoever the author invites
    std::string gaps;
    for (const SessionConformity& one : conformity.sessions) {
        const auto& parts = one.answer.finding.parts;
        const bool led = std::none_of(parts.begin(), parts.end(), [](const Finding& part) {
            return part.clause == "leaders" && part.verdict.is_unmet();
        });
        if (one.session.held_on < today || led)
            continue;
        gaps += "\n  " + leading_gap_text(one.session, one.names, one.answer);
    }
    if (!gaps.empty())
        throw Error(ErrorCode::conflict,
                    "not every session would be led as the curriculum asks; find somebody for it, or open the cohort "
                    "with these gaps and look for them afterwards:" +
                        gaps);
}

} // namespace

CohortView Cohorts::open(const Actor& actor, const NewCohort& request, Mode mode) {
    return change(house_, actor.name, mode,
                  [&](storage::UnitOfWork& work) { return open_within(work, actor, request); });
}

CohortView Cohorts::open_within(storage::UnitOfWork& work, const Actor& actor, const NewCohort& request) const {
    const domain::Organization organization = organization_of(work, request.organization);
    authorize(work, actor, Action::run_cohort, {PersonId{}, organization.id}, house_.today());
    Meetings meetings = request.meetings;
    if (!request.held_on.empty())
        meetings.held_on = request.held_on;
    if (meetings.held_on.empty() && !meetings.from)
        throw Error(ErrorCode::invalid_input,
                    "on which days does it meet? give at least one session, or the first day");
    const Date first = meetings.held_on.empty() ? *meetings.from : meetings.held_on.front();
    const auto chosen = rulebook_.choose(request.curriculum, rules::event_days_on(first));
    const Edition& edition = chosen.program->edition();
    domain::Cohort cohort;
    cohort.code = request.code;
    cohort.curriculum = edition.code;
    cohort.edition = edition.edition;
    cohort.format = only_format(edition, request.format);
    cohort.organization = organization.id;
    cohort.title = request.title.empty() ? edition.title_on(first) : request.title;
    cohort.county = request.county.empty() ? organization.county : request.county;
    const Format& format = format_of(*chosen.program, cohort);
    cohort.course = format.completion_word;
    const std::vector<domain::Session> sessions = planned_sessions(format, meetings);
    rulebook_.rely_on(work, edition);
    cohort.id = work.cohorts.add(cohort);
    std::vector<PersonId> leaders;
    for (const std::string& leader : request.leaders)
        leaders.push_back(person_of(work, actor, leader, house_.today()).id);
    for (domain::Session session : sessions) {
        session.cohort = cohort.id;
        session.id = work.cohorts.add_session(session);
        for (const PersonId leader : leaders)
            work.cohorts.add_leader({session.id, leader, "facilitator"});
    }
    work.audit.append(
        {.action = "cohort.opened", .object = "cohort " + std::to_string(cohort.id.value()), .after = edition.digest});
    CohortView opened = view(work, cohort);
    if (!request.with_gaps)
        refuse_gaps(opened.conformity, format, house_.today());
    return opened;
}

} // namespace peercert::services
