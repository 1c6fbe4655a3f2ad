#include "services/cohort_status.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "rules/leading.hpp"
#include "services/completion.hpp"

namespace peercert::services {

namespace {

bool within(const std::optional<Bound>& size, int people) {
    return !size || ((!size->at_least || people >= *size->at_least) && (!size->at_most || people <= *size->at_most));
}

/// Leaders lead many sessions, and each session of a cohort has mostly the same ones: every record is read once, and a
/// question that was asked before is not asked again.
class Gaps {
public:
    Gaps(storage::UnitOfWork& work, const Rulebook& rulebook) : work_(work), rulebook_(rulebook) {}

    bool led_as_asked(const rules::Program& program, const std::string& format, const std::vector<PersonId>& leaders,
                      Date day) {
        const auto [known, fresh] = answers_.emplace(std::tuple(&program, format, leaders, day), false);
        if (!fresh)
            return known->second;
        std::vector<const Record*> records;
        for (const PersonId leader : leaders) {
            auto at = records_.find(leader);
            if (at == records_.end())
                at = records_.emplace(leader, work_.entries.record(leader, rulebook_.words())).first;
            records.push_back(&at->second);
        }
        const auto answer = rules::lead(program, format, records, std::nullopt, day);
        const auto& parts = answer.finding.parts;
        known->second = std::none_of(parts.begin(), parts.end(), [](const Finding& part) {
            return part.clause == "leaders" && !part.verdict.passes();
        });
        return known->second;
    }

private:
    storage::UnitOfWork& work_;
    const Rulebook& rulebook_;
    std::map<PersonId, Record> records_;
    std::map<std::tuple<const rules::Program*, std::string, std::vector<PersonId>, Date>, bool> answers_;
};

} // namespace

std::vector<CohortStatus> open_cohorts(House& house, const Rulebook& rulebook, const Actor& actor) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const Date today = house.today();
        authorize(work, actor, Action::run_cohort, {}, today);
        std::map<CohortId, std::vector<domain::Session>> sessions;
        for (domain::Session& one : work.cohorts.sessions_of_open(today))
            sessions[one.cohort].push_back(std::move(one));
        std::map<SessionId, std::vector<PersonId>> leaders;
        for (const domain::SessionLeader& one : work.cohorts.leaders_since(today))
            leaders[one.session].push_back(one.person);
        const std::map<CohortId, int> people = work.enrolments.numbers_of_people();
        std::map<OrganizationId, bool> mine;
        std::map<std::pair<std::string, std::string>, Rulebook::ProgramPtr> programs;
        Gaps gaps(work, rulebook);
        std::vector<CohortStatus> all;
        for (domain::Cohort& cohort : work.cohorts.list()) {
            const auto held = sessions.find(cohort.id);
            if (held == sessions.end())
                continue;
            const auto [may_run, unasked] = mine.emplace(cohort.organization, false);
            if (unasked)
                may_run->second = may(work, actor, Action::run_cohort, {PersonId{}, cohort.organization}, today);
            if (!may_run->second)
                continue;
            Rulebook::ProgramPtr& program = programs[{cohort.curriculum, cohort.edition}];
            if (!program)
                program = rulebook.edition(work, cohort.curriculum, cohort.edition);
            const Format& format = format_of(*program, cohort);
            CohortStatus status;
            status.sessions = static_cast<int>(held->second.size());
            const auto there = people.find(cohort.id);
            status.people = there == people.end() ? 0 : there->second;
            status.size_as_asked = within(format.size, status.people);
            for (const domain::Session& session : held->second) {
                if (session.held_on < today) {
                    ++status.held;
                    continue;
                }
                if (!status.next)
                    status.next = session.held_on;
                if (format.led_by.empty() ||
                    gaps.led_as_asked(*program, cohort.format, leaders[session.id], session.held_on))
                    continue;
                if (status.gaps++ == 0)
                    status.first_gap = session.held_on;
            }
            status.cohort = std::move(cohort);
            all.push_back(std::move(status));
        }
        std::sort(all.begin(), all.end(), [](const CohortStatus& a, const CohortStatus& b) {
            return std::tie(*a.next, a.cohort.code) < std::tie(*b.next, b.cohort.code);
        });
        return all;
    });
}

} // namespace peercert::services
