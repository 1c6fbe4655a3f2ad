#include "services/reports/coverage.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <peercert/error.hpp>

#include "domain/text.hpp"

#include "services/assessment.hpp"
#include "services/people.hpp"
#include "services/reports/teams.hpp"

namespace peercert::services {

namespace {

const Format& format_meant(const Edition& edition, const std::string& wanted) {
    if (!wanted.empty())
        if (const Format* found = edition.format(wanted))
            return *found;
    for (const Format& one : edition.formats)
        if (wanted.empty() && !one.led_by.empty())
            return one;
    throw Error(ErrorCode::invalid_input, edition.code + (wanted.empty() ? " says nothing about who leads"
                                                                         : " is not given as \"" + wanted + "\""));
}

std::set<std::string> leading_levels(const Format& format) {
    std::set<std::string> levels;
    for (const auto& slot : format.led_by)
        levels.insert(slot.begin(), slot.end());
    return levels;
}

/// Whether it was put out of force, and by what; one that has merely run out has lapsed like the rest.
credentials::StatusCode stands_as(const domain::CredentialRecord& held, Date day) {
    const credentials::StatusCode code = credentials::status(held, day).code;
    return code == credentials::StatusCode::expired ? credentials::StatusCode::certified : code;
}

/// A county nobody is in is most likely mistyped.
void check_county(storage::UnitOfWork& work, const std::string& county) {
    std::set<std::string> known;
    for (const domain::Organization& one : work.organizations.list()) {
        if (domain::search_key(one.county) == county)
            return;
        if (!one.county.empty())
            known.insert(one.county);
    }
    std::string all;
    for (const std::string& one : known)
        all += (all.empty() ? "" : ", ") + one;
    throw Error(ErrorCode::not_found,
                "no organization is in that county" + (all.empty() ? "" : "; there are some in: " + all));
}

} // namespace

Coverage coverage(House& house, const Rulebook& rulebook, const Actor& actor, const CoverageRequest& request) {
    return house.store.read([&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::report, {}, house.today());
        const Date asked = request.on.value_or(house.today());
        const auto chosen = rulebook.choose(request.curriculum, rules::event_days_on(asked));
        const rules::Program& program = *chosen.program;
        const Edition& edition = program.edition();
        const Format& format = format_meant(edition, request.format);

        Coverage report;
        report.curriculum = edition.code;
        report.title = edition.title_on(asked);
        report.format = format.name;
        report.on = asked;

        const std::string county = domain::search_key(request.county);
        if (!county.empty())
            check_county(work, county);
        std::set<PersonId> left_out;
        for (const std::string& code : request.without)
            left_out.insert(person_of(work, actor, code, house.today()).kept);
        const std::set<std::string> levels = leading_levels(format);
        struct Holder {
            PersonId id;
            std::string level;
            credentials::StatusCode credential;
        };
        std::vector<Holder> holders;
        work.credentials.each_of_track(edition.code, [&](const domain::CredentialRecord& held) {
            std::string level;
            for (const domain::Term& term : held.terms)
                if (term.first_day <= asked && levels.contains(term.level))
                    level = term.level;
            if (!level.empty())
                holders.push_back({work.merges.kept(held.credential.person), level, stands_as(held, asked)});
        });
        std::set<PersonId> seen; // who holds two credentials of one track under two records is one leader
        std::vector<Coverage::Leader> here;
        for (const auto& [id, level, credential] : holders) {
            const domain::Person person = work.people.of(id);
            if (!seen.insert(id).second)
                continue;
            if (person.departed_on && *person.departed_on <= asked)
                continue;
            if (!county.empty()) {
                const auto roles = work.organizations.memberships(id);
                const bool is_here = std::any_of(roles.begin(), roles.end(), [&](const domain::Membership& role) {
                    return role.first_day <= asked && (!role.last_day || asked <= *role.last_day) &&
                           domain::search_key(work.organizations.of(role.organization).county) == county;
                });
                if (!is_here)
                    continue;
            }
            Coverage::Leader one;
            one.person = person.code.str();
            one.level = level;
            one.counted = !left_out.contains(id);
            const Record record = work.entries.record(id, rulebook.words());
            const Finding finding = rules::explain(program, program.level(one.level), record, {.as_of = asked});
            one.credential = credential;
            one.current = finding.verdict.passes();
            one.current_until = finding.holds_until;
            here.push_back(std::move(one));
        }
        std::sort(here.begin(), here.end(), [](const Coverage::Leader& a, const Coverage::Leader& b) {
            const auto until = [](const Coverage::Leader& one) { return one.current_until.value_or(no_end); };
            return std::tuple(!a.current, until(a), a.person) < std::tuple(!b.current, until(b), b.person);
        });

        LevelCounts available;
        for (const Coverage::Leader& one : here) {
            report.leaders.push_back(one);
            if (!one.counted)
                continue;
            if (!one.current) {
                ++(one.out_of_force() ? report.out_of_force : report.lapsed);
                continue;
            }
            ++report.current;
            ++available[one.level];
            if (one.current_until) {
                const int days = days_between(asked, *one.current_until);
                report.lapsing_30 += days < 30;
                report.lapsing_90 += days < 90;
                report.lapsing_180 += days < 180;
            }
        }
        const TeamArithmetic teams = count_teams(format.led_by, available);
        report.teams = teams.teams;
        report.groups_at_once = teams.at_once;
        report.may_leave = teams.may_leave;
        report.teams_if_one_leaves = teams.teams_if_one_leaves;
        return report;
    });
}

} // namespace peercert::services
