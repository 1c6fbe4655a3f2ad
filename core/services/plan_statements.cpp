#include "services/plan_statements.hpp"

#include <algorithm>

namespace peercert::services {

namespace {

/// Meanings are looked into; one that used itself would have been refused when it was read.
template <class Fn>
void for_each_part(const Edition& edition, const Requirement& clause, int depth, const Fn& fn) {
    constexpr int deepest = 30;
    if (depth > deepest)
        return;
    const auto each = [&](const std::vector<Requirement>& parts) {
        for (const Requirement& part : parts)
            fn(part, depth + 1);
    };
    if (const auto* group = std::get_if<Group>(&clause.body); group != nullptr && group->op != Group::Op::none)
        each(group->parts);
    else if (const auto* order = std::get_if<InOrder>(&clause.body))
        each(order->parts);
    else if (const auto* choice = std::get_if<Conditional>(&clause.body))
        each(choice->parts);
    else if (const auto* use = std::get_if<UseMeaning>(&clause.body))
        for (const Requirement& meaning : edition.meanings)
            if (meaning.name == use->name)
                fn(meaning, depth + 1);
}

/// What people say of themselves in a clause: statements that nobody vouches for.
std::vector<std::string> statements_in(const Edition& edition, const Requirement& clause, Ways ways, int depth) {
    std::vector<std::string> found;
    if (const auto* has = std::get_if<HasEntries>(&clause.body))
        if (has->kind == EntryKind::attestation && has->selection.vouched_by.empty())
            found = has->codes;
    if (ways == Ways::plain)
        return found;
    for_each_part(edition, clause, depth, [&](const Requirement& part, int deeper) {
        for (std::string& one : statements_in(edition, part, ways, deeper))
            found.push_back(std::move(one));
    });
    return found;
}

void gather_alternatives(const Edition& edition, const Requirement& clause, const std::string& statement, Ways ways,
                         std::vector<std::string>& others, int depth) {
    const auto add_statements_of = [&](const Requirement& part) {
        for (const std::string& one : statements_in(edition, part, ways, 0))
            if (one != statement && std::find(others.begin(), others.end(), one) == others.end())
                others.push_back(one);
    };
    const auto* group = std::get_if<Group>(&clause.body);
    if (group != nullptr && group->op == Group::Op::any) {
        const auto has_it = [&](const Requirement& part) {
            const auto made = statements_in(edition, part, ways, 0);
            return std::find(made.begin(), made.end(), statement) != made.end();
        };
        if (std::any_of(group->parts.begin(), group->parts.end(), has_it))
            for (const Requirement& part : group->parts)
                if (!has_it(part))
                    add_statements_of(part);
    }
    for_each_part(edition, clause, depth, [&](const Requirement& part, int deeper) {
        gather_alternatives(edition, part, statement, ways, others, deeper);
    });
}

} // namespace

std::vector<std::string> other_statements(const Edition& edition, Step::Verb verb, const std::string& level,
                                          const std::string& statement, Ways ways) {
    std::vector<std::string> others;
    if (const Step* step = edition.step(verb, level))
        gather_alternatives(edition, step->needs, statement, ways, others, 0);
    return others;
}

} // namespace peercert::services
