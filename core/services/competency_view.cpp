#include "services/competency_view.hpp"

#include <algorithm>

#include "services/assessment.hpp"
#include "services/signing.hpp"

namespace peercert::services {

namespace {

using How = CompetencyStanding::How;

How how_of(const SignatureView& view) {
    switch (view.detail.state) {
    case domain::SignOffState::under_review: return How::under_review;
    case domain::SignOffState::awaiting_assessor:
    case domain::SignOffState::awaiting_cosignature:
        return view.line.result == EntryResult::pending ? How::waiting : How::not_seen;
    case domain::SignOffState::draft: return How::not_seen;
    case domain::SignOffState::signed_off:
        return view.line.result == EntryResult::shown     ? How::shown
               : view.line.result == EntryResult::not_yet ? How::not_yet
                                                          : How::not_seen;
    }
    return How::not_seen;
}

} // namespace

CompetencyView competencies_of(House& house, const Rulebook& rulebook, const Actor& actor, std::string_view person,
                               std::string_view framework, Date on) {
    const auto program = rulebook.choose(framework, rules::event_days_on(on)).program;
    const Edition& edition = program->edition();
    refuse_about_organizations(edition);
    const auto lines = Signatures(house, rulebook).of(actor, person, false);
    CompetencyView view{edition.code, edition.edition, edition.title_on(on), {}};
    for (const Competency& one : edition.competencies) {
        const bool heading = std::any_of(edition.competencies.begin(), edition.competencies.end(),
                                         [&](const Competency& other) { return other.parent == one.code; });
        CompetencyStanding standing{one, How::not_seen, std::nullopt};
        for (const SignatureView& line : lines) {
            if (line.line.code != edition.code + "/" + one.code || line.line.last_day > on)
                continue;
            if (const How how = how_of(line); how <= standing.how && how != How::not_seen) {
                standing.how = how; // what was shown once is shown, whatever a later day brought
                standing.by = line;
            }
        }
        if (!heading || standing.how != How::not_seen)
            view.competencies.push_back(std::move(standing));
    }
    return view;
}

} // namespace peercert::services
