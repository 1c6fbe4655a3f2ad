#include "services/substitutes.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <peercert/error.hpp>

#include "services/cohort_plan.hpp"
#include "services/cohorts.hpp"

namespace peercert::services {

namespace {

bool leaders_suffice(const rules::LeadingAnswer& answer) {
    const auto& parts = answer.finding.parts;
    return std::none_of(parts.begin(), parts.end(),
                        [](const Finding& part) { return part.clause == "leaders" && !part.verdict.passes(); });
}

/// Everybody who ever held a level of the curriculum that may lead this format.
std::set<PersonId> holders(storage::UnitOfWork& work, const std::string& curriculum, const Format& format, Date on) {
    std::set<std::string> levels;
    for (const auto& slot : format.led_by)
        levels.insert(slot.begin(), slot.end());
    std::set<PersonId> people;
    work.credentials.each_of_track(curriculum, [&](const domain::CredentialRecord& held) {
        for (const domain::Term& term : held.terms)
            if (term.first_day <= on && levels.contains(term.level))
                people.insert(held.credential.person);
    });
    return people;
}

} // namespace

Substitutes substitutes(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view code, int number) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const Date today = house.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::run_cohort, code, today);
        const auto program = rulebook.edition(work, cohort.curriculum, cohort.edition);
        const Format& format = format_of(*program, cohort);
        if (format.led_by.empty())
            throw Error(ErrorCode::invalid_input, cohort.curriculum + " asks no level of whoever leads; anybody whom "
                                                                      "its author invites can stand in");
        Substitutes found;
        found.session = session_of(work, cohort, number);
        const Date day = found.session.held_on;
        std::vector<Record> now;
        std::vector<std::string> names;
        std::set<PersonId> leading;
        for (const domain::SessionLeader& leader : work.cohorts.leaders(found.session.id)) {
            leading.insert(leader.person);
            names.push_back(work.people.name_used(leader.person));
            now.push_back(work.entries.record(leader.person, rulebook.words()));
        }
        std::vector<const Record*> leaders;
        for (const Record& record : now)
            leaders.push_back(&record);
        const auto as_it_is = rules::lead(*program, format.name, leaders, std::nullopt, day);
        found.led_as_asked = leaders_suffice(as_it_is);
        found.gap = leading_gap_text(found.session, names, as_it_is);
        // A leader who is not current that day would be replaced, not joined.
        std::vector<const Record*> staying;
        for (std::size_t i = 0; i < leaders.size(); ++i)
            if (as_it_is.leaders[i].current)
                staying.push_back(leaders[i]);
        for (const PersonId id : holders(work, cohort.curriculum, format, day)) {
            const domain::Person person = work.people.of(id);
            if (leading.contains(id) || (person.departed_on && *person.departed_on <= day) ||
                !may_know(work, actor, id, today))
                continue;
            const Record record = work.entries.record(id, rulebook.words());
            const std::vector<const Record*> alone{&record};
            const auto answer = rules::lead(*program, format.name, alone, std::nullopt, day);
            if (!answer.leaders[0].slot || !answer.leaders[0].current)
                continue;
            if (!work.cohorts.led_by(id, day).empty()) {
                ++found.leading_elsewhere;
                continue;
            }
            std::vector<const Record*> together = staying;
            together.push_back(&record);
            found.free.push_back({{person.code, work.people.name_used(id), person.born},
                                  answer.leaders[0].level,
                                  answer.leaders[0].finding.holds_until,
                                  leaders_suffice(rules::lead(*program, format.name, together, std::nullopt, day))});
        }
        std::sort(found.free.begin(), found.free.end(), [](const Substitute& a, const Substitute& b) {
            const auto until = [](const Substitute& one) { return one.current_until.value_or(no_end); };
            return std::tuple(!a.completes, until(b), a.person.name) <
                   std::tuple(!b.completes, until(a), b.person.name);
        });
        return found;
    });
}

} // namespace peercert::services
