#include "services/authority.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/gone.hpp"

namespace peercert::services {

namespace {

/// As far as the judge itself looks; an authority that lasts longer is stored as one without that end.
constexpr int years_looked_at = 12;

rules::Goal goal_of(const rules::Program& program, std::string_view name) {
    const auto& meanings = program.edition().meanings;
    const bool is_meaning =
        std::any_of(meanings.begin(), meanings.end(), [&](const Requirement& one) { return one.name == name; });
    return is_meaning ? program.meaning(name) : program.level(name);
}

std::string number_relied_on(storage::UnitOfWork& work, PersonId person, std::string_view code) {
    const auto held = work.credentials.find(person, code);
    return held ? held->credential.number.str() : "";
}

} // namespace

AuthorityAnswer authority_on(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                             std::string_view role, Date on) {
    const std::size_t slash = role.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == role.size())
        throw Error(ErrorCode::invalid_input,
                    "a role is written CODE/ROLE, such as wa-cpss/approved supervisor, not \"" + std::string(role) +
                        "\"");
    const std::string_view code = role.substr(0, slash);
    Record record = work.entries.record(person, rulebook.words());
    const auto departed = work.people.of(person).departed_on;
    end_with(record, departed);
    const rules::Situation situation{.as_of = on};
    auto days = rulebook.event_days(code, record, {.when = situation});
    days["first session"] = days["observed"] = on; // what they were asked to vouch for or lead is on that day
    const auto chosen = rulebook.choose(code, days);
    const rules::Goal goal = goal_of(*chosen.program, role.substr(slash + 1));
    AuthorityAnswer answer;
    answer.finding = rules::explain(*chosen.program, goal, record, situation);
    if (is_gone(departed, on))
        end_with(answer.finding, *departed);
    answer.entitled = answer.finding.verdict.passes();
    if (!answer.entitled)
        return answer;
    answer.authority.role = std::string(role);
    answer.authority.credential = number_relied_on(work, person, code);
    const Date from = add_years(on, -years_looked_at), until = add_years(on, years_looked_at);
    answer.authority.held = {on, on};
    for (const DayRange& stretch : rules::days_met(*chosen.program, goal, record, situation, from, until))
        if (stretch.contains(on))
            answer.authority.held = {stretch.first == from ? std::nullopt : stretch.first,
                                     stretch.last == until ? std::nullopt : stretch.last};
    return answer;
}

} // namespace peercert::services
