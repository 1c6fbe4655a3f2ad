#include "services/conflicts_of_interest.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "services/people.hpp"

namespace peercert::services {

namespace {

int signed_between(storage::UnitOfWork& work, PersonId assessor, PersonId learner, const DayRange& days) {
    const auto lines = work.entries.vouched_for_by(assessor, days.first);
    return static_cast<int>(std::count_if(lines.begin(), lines.end(), [&](const domain::LedgerEntry& line) {
        return line.kind == EntryKind::sign_off && work.merges.same(line.person, learner) && line.counts() &&
               days.contains(line.last_day);
    }));
}

} // namespace

ConflictsOfInterest::Declared ConflictsOfInterest::declare(const Actor& actor, const Declaration& declaration,
                                                           Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person one = person_of(work, actor, declaration.person, today);
        const domain::Person other = person_of(work, actor, declaration.other, today);
        if (work.merges.same(one.id, other.id))
            throw Error(ErrorCode::invalid_input, "a conflict of interest is between two people");
        if (!may(work, actor, Action::change_person, {other.id, {}}, today))
            authorize(work, actor, Action::change_person, {one.id, {}}, today);
        const Date first = declaration.first_day.value_or(today);
        const auto before = work.sign_offs.conflicts(one.id);
        const bool declared = std::any_of(before.begin(), before.end(), [&](const domain::DeclaredConflict& conflict) {
            return work.merges.same(conflict.other, other.id) && conflict.days.first == first;
        });
        if (declaration.withdrawn && !declared)
            throw Error(ErrorCode::not_found, "no conflict of interest between the two was declared from " +
                                                  to_text(first) + "; `peercert signoff conflicts` shows the days");
        Declared answer;
        answer.days = {first, declaration.last_day};
        work.sign_offs.declare_conflict({one.id, other.id, answer.days, declaration.withdrawn});
        if (!declaration.withdrawn)
            answer.signed_already = signed_between(work, one.id, other.id, answer.days) +
                                    signed_between(work, other.id, one.id, answer.days);
        work.audit.append({.action = declaration.withdrawn ? "conflict.withdrawn" : "conflict.declared",
                           .object = "person " + std::to_string(std::min(one.id, other.id).value()) + " person " +
                                     std::to_string(std::max(one.id, other.id).value())});
        return answer;
    });
}

std::vector<ConflictsOfInterest::View> ConflictsOfInterest::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, code, today);
        authorize(work, actor, Action::read_person, {person.id, {}}, today);
        std::vector<View> views;
        for (const domain::DeclaredConflict& conflict : work.sign_offs.conflicts(person.id)) {
            views.push_back(
                {work.people.of(conflict.other).code.str(), work.people.name_used(conflict.other), conflict.days});
        }
        return views;
    });
}

} // namespace peercert::services
