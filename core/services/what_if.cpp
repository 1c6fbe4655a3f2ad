#include "services/what_if.hpp"

#include <algorithm>

#include "services/issuing.hpp"

namespace peercert::services {

namespace {

struct Named {
    std::string path; ///< names from the root down, so that two clauses of one name stay two
    const Finding* finding{nullptr};
};

/// Clauses that answer something themselves: leaves, and totals with their parts.
void gather(const Finding& finding, const std::string& above, std::vector<Named>& into) {
    const std::string name = finding.clause.empty() ? finding.kind : finding.clause;
    const std::string path = above + "\n" + name;
    if (finding.parts.empty() || finding.have)
        into.push_back({path, &finding});
    for (const Finding& part : finding.parts)
        gather(part, path, into);
}

const Finding* at(const std::vector<Named>& all, const std::string& path) {
    const auto found = std::find_if(all.begin(), all.end(), [&path](const Named& one) { return one.path == path; });
    return found == all.end() ? nullptr : found->finding;
}

/// `told`: the one of the two whose name people read.
ClauseChange change_of(const Finding& told, const Finding* before, const Finding* after) {
    ClauseChange change;
    change.clause = told.clause.empty() ? told.kind : told.clause;
    change.unit = told.unit;
    change.own_unit = told.own_unit;
    change.own_unit_size = told.own_unit_size;
    if (before != nullptr) {
        change.before = before->verdict;
        change.have_before = before->have;
    }
    if (after != nullptr) {
        change.after = after->verdict;
        change.have_after = after->have;
        change.need = after->need;
    }
    return change;
}

} // namespace

std::vector<ClauseChange> changes_between(const Finding& before, const Finding& after) {
    std::vector<Named> old_ones, new_ones;
    gather(before, {}, old_ones);
    gather(after, {}, new_ones);
    std::vector<ClauseChange> changes;
    for (const Named& one : new_ones) {
        const Finding* old_one = at(old_ones, one.path);
        if (old_one == nullptr || old_one->verdict != one.finding->verdict || old_one->have != one.finding->have ||
            old_one->need != one.finding->need)
            changes.push_back(change_of(*one.finding, old_one, one.finding));
    }
    for (const Named& one : old_ones)
        if (at(new_ones, one.path) == nullptr)
            changes.push_back(change_of(*one.finding, one.finding, nullptr));
    return changes;
}

WhatIf WhatIfs::ask(const Actor& actor, const WhatIfRequest& request) {
    const KnownWords known(rulebook_.catalogue());
    Supposition supposition;
    for (const std::string& phrase : request.add)
        supposition.add.push_back(supposed_entry(phrase, known));
    for (const std::string& phrase : request.hold)
        supposition.hold.push_back(supposed_term(phrase));
    supposition.remove = request.remove;
    supposition.move = request.move;
    supposition.born = request.born;
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, request.asked.person, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        PersonLine line = person_line(work, person);
        const Record record = work.entries.record(person.id, rulebook_.words());
        WhatIf answer;
        answer.added = supposition.add;
        answer.before = assess_record(house_, rulebook_, line, record, request.asked);
        AssessRequest otherwise = request.asked;
        if (request.received_on)
            otherwise.received_on = request.received_on;
        if (request.as_of)
            otherwise.as_of = request.as_of;
        otherwise.very_edition = request.edition;
        if (!request.move_to.empty() && request.move_to != otherwise.track) {
            answer.another_track = true;
            otherwise.track = request.move_to;
            otherwise.level.clear();
            otherwise.verb = Step::Verb::become;
        }
        const Record would_be = supposed(record, supposition, rulebook_.words(), otherwise.track);
        line.born = would_be.born;
        answer.after = assess_record(house_, rulebook_, line, would_be, otherwise);
        if (answer.another_track)
            answer.carried = evidence_of(answer.after.finding);
        else
            answer.changes = changes_between(answer.before.finding, answer.after.finding);
        return answer;
    });
}

} // namespace peercert::services
