#include "services/organization_scores.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "services/assessment.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

void check_known(const std::string& framework, const char* what, const std::string& word,
                 const std::vector<std::string_view>& known) {
    if (known.empty())
        refuse(framework + " does not say which " + what + "s it has; an edition of your own, based on it, can say so");
    if (std::find(known.begin(), known.end(), word) != known.end())
        return;
    const std::string near = nearest(word, known);
    refuse(
        framework + " has no " + what + " \"" + word + "\"" +
        (near.empty() ? "; `peercert curriculum show " + framework + "` lists them" : "; did you mean " + near + "?"));
}

} // namespace

void OrganizationScores::add(const Actor& actor, const NewScore& request, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Organization where = organization_of(work, request.organization);
        authorize(work, actor, Action::manage_house, {PersonId{}, where.id}, house_.today());
        if (request.observed_on > house_.today())
            refuse("the day " + to_text(request.observed_on) + " is still to come");
        const auto chosen = rulebook_.choose(request.framework, rules::event_days_on(request.observed_on));
        const Edition& edition = chosen.program->edition();
        if (edition.about != Edition::About::organizations)
            refuse(edition.code + " is not about organizations; competencies of people are recorded with `signoff`");
        std::vector<std::string_view> items;
        for (const Competency& one : edition.competencies)
            items.push_back(one.code);
        check_known(edition.code, "item", request.item, items);
        check_known(edition.code, "score", request.score, {edition.scale.words.begin(), edition.scale.words.end()});
        rulebook_.rely_on(work, edition);
        work.organizations.add_score(
            {0, where.id, edition.code + " " + edition.edition, request.item, request.score, request.observed_on});
        work.audit.append({.action = "organization.scored",
                           .object = "organization " + std::to_string(where.id.value()),
                           .after = edition.code});
    });
}

std::vector<domain::OrganizationScore> OrganizationScores::standing(const Actor& actor, std::string_view organization,
                                                                    std::optional<Date> on) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Organization where = organization_of(work, organization);
        authorize(work, actor, Action::report, {PersonId{}, where.id}, house_.today());
        const Date day = on.value_or(house_.today());
        std::map<std::pair<std::string, std::string>, domain::OrganizationScore> latest;
        for (const domain::OrganizationScore& line : work.organizations.scores(where.id)) {
            if (line.observed_on > day)
                continue;
            auto& kept = latest[{line.edition, line.item}];
            if (kept.n == 0 || std::tuple(kept.observed_on, kept.n) < std::tuple(line.observed_on, line.n))
                kept = line;
        }
        std::vector<domain::OrganizationScore> lines;
        for (auto& [key, line] : latest)
            lines.push_back(std::move(line));
        return lines;
    });
}

} // namespace peercert::services
