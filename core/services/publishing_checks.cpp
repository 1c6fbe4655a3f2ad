#include "services/publishing_checks.hpp"

#include "services/assessment.hpp"

namespace peercert::services {

namespace {

std::string plural(std::size_t count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

void run_cases(DraftCheck& check, const Rulebook& rulebook, const Edition& edition,
               const curricula::SourceText& source) {
    const curricula::ReadCases read = curricula::read_cases(source, edition);
    if (has_errors(read.problems)) {
        check.in_the_way.push_back("its cases cannot be read: " + to_text(read.problems));
        return;
    }
    CaseRunner runner(rulebook.catalogue(), rulebook.kinds());
    for (const curricula::Case& one : read.cases.cases) {
        ++check.cases;
        CaseOutcome outcome = runner.run(edition, one);
        if (!outcome.as_expected())
            check.otherwise.push_back(std::move(outcome));
    }
    if (check.cases == 0)
        check.in_the_way.emplace_back("it has no cases; a rule without a worked example cannot be approved by reading");
    else if (!check.otherwise.empty())
        check.in_the_way.push_back(plural(check.otherwise.size(), "case") + " of " + std::to_string(check.cases) +
                                   (check.otherwise.size() == 1 ? " comes" : " come") + " out otherwise");
}

void lint(DraftCheck& check, const Rulebook& rulebook, const Edition& edition, Date today) {
    std::size_t errors = 0;
    for (curricula::LintFinding& one : curricula::lint({edition.file, edition.full_text, edition.origin},
                                                       &rulebook.kinds(), rulebook.catalogue().bases(), today)) {
        if (!one.is_trouble())
            continue;
        errors += one.error ? 1U : 0U;
        check.lint.push_back(std::move(one));
    }
    if (errors > 0)
        check.in_the_way.push_back("lint finds " + plural(errors, "error"));
}

void look_at_days(DraftCheck& check, const Rulebook& rulebook, const Edition& edition, const std::string& because,
                  Date today) {
    if (edition.in_force_from.knowing == Knowing::unknown) {
        check.in_the_way.emplace_back("it says that nobody knows from when it is in force; who publishes it has to "
                                      "know: in force: {from: DAY}");
        return;
    }
    check.first_day = edition.in_force_from.is_stated() ? edition.in_force_from.value : today;
    check.has_passed = check.first_day < today;
    if (check.has_passed && because.empty())
        check.in_the_way.push_back("its first day, " + to_text(check.first_day) +
                                   ", has passed; give it a day to come, or propose it with the reason (--because): an "
                                   "emergency, or a rule that was in force before it came here");
    for (const auto& other : rulebook.catalogue().of(edition.code))
        if (other->kind != edition.kind) {
            check.in_the_way.push_back("the code " + edition.code + " means something of another kind already");
            return;
        }
    curricula::Succession next = curricula::succession(edition, check.first_day, rulebook.catalogue().all());
    check.ends = std::move(next.ends);
    check.in_the_way.insert(check.in_the_way.end(), next.conflicts.begin(), next.conflicts.end());
}

} // namespace

DraftCheck check_draft(const House& house, const Rulebook& rulebook, const Edition& edition,
                       const curricula::SourceText& cases, const std::string& because) {
    DraftCheck check;
    const Date today = today_for(house, edition);
    look_at_days(check, rulebook, edition, because, today);
    lint(check, rulebook, edition, today);
    run_cases(check, rulebook, edition, cases);
    return check;
}

} // namespace peercert::services
