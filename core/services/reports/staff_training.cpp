#include "services/reports/staff_training.hpp"

#include <algorithm>
#include <map>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/people.hpp"

namespace peercert::services {

StaffTraining staff_training(House& house, const Rulebook& rulebook, const Actor& actor,
                             const StaffTrainingRequest& request) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const domain::Organization where = organization_of(work, request.organization);
        authorize(work, actor, Action::report, {PersonId{}, where.id}, house.today());
        StaffTraining report;
        report.on = request.on.value_or(house.today());
        const auto chosen = rulebook.choose(request.curriculum, rules::event_days_on(report.on));
        const Edition& edition = chosen.program->edition();
        if (edition.about != Edition::About::organization_staff)
            throw Error(ErrorCode::invalid_input,
                        edition.code + " is taken by people for themselves; only a training of an organization's staff "
                                       "adds up to something the organization can show");
        report.curriculum = edition.code;
        report.title = edition.title_on(report.on);
        report.organization = where.code;
        report.role = request.role;
        std::vector<Symbol> courses;
        for (const Format& format : edition.formats)
            if (!format.completion_word.empty())
                courses.push_back(rulebook.words().find(format.completion_word));
        std::map<std::string, StaffTraining::Member> members;
        for (const domain::Membership& role : work.organizations.members(where.id)) {
            if (role.role != request.role || role.first_day > report.on ||
                (role.last_day && *role.last_day < report.on))
                continue;
            StaffTraining::Member member{work.people.of(role.person).code.str(), std::nullopt};
            for (const Entry& entry : work.entries.record(role.person, rulebook.words()).entries)
                if (entry.kind == EntryKind::training && entry.last <= report.on &&
                    std::find(courses.begin(), courses.end(), entry.code) != courses.end() && !member.completed_on)
                    member.completed_on = entry.last;
            members.emplace(member.person, member);
        }
        for (auto& [code, member] : members) {
            report.trained += member.completed_on.has_value();
            report.members.push_back(std::move(member));
        }
        return report;
    });
}

} // namespace peercert::services
