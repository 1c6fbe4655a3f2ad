#include "services/self_ratings.hpp"

#include <algorithm>
#include <map>

#include <peercert/error.hpp>

#include "services/assessment.hpp"
#include "services/people.hpp"
#include "services/signing.hpp"

namespace peercert::services {

namespace {

/// Whether the actor leads at a training centre where the person has or had a place.
bool teaches(storage::UnitOfWork& work, const Actor& actor, PersonId person, Date today) {
    const auto places = work.enrolments.of_person(person);
    return std::any_of(places.begin(), places.end(), [&](const domain::Enrolment& place) {
        const OrganizationId where = work.cohorts.of(place.cohort).organization;
        const auto organization = where ? work.organizations.find(where) : std::nullopt;
        return organization && organization->kind == domain::OrganizationKind::training_centre &&
               may(work, actor, Action::read_self_rating, {PersonId{}, where}, today);
    });
}

} // namespace

void SelfRatings::rate(const Actor& actor, const std::vector<NewRating>& ratings, bool shared, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        if (actor.is_operator())
            throw Error(ErrorCode::forbidden, "people rate themselves and nobody else does; say who you are with --as");
        const Date today = house_.today();
        const auto before = work.sign_offs.self_ratings(actor.person);
        for (const NewRating& rating : ratings) {
            const KnownCompetency known = known_competency(rulebook_, nullptr, rating.competency, today);
            const Edition& framework = known.framework->edition();
            domain::SelfRating line{actor.person,  0,     known.competency, framework.code + " " + framework.edition,
                                    rating.rating, today, shared,           false};
            if (rating.rating.empty()) {
                const auto last = std::find_if(before.rbegin(), before.rend(), [&](const domain::SelfRating& one) {
                    return one.competency == known.competency;
                });
                if (last == before.rend() || last->withdrawn)
                    throw Error(ErrorCode::conflict, "you have not rated " + known.competency);
                line = *last;
                line.withdrawn = true;
            } else {
                (void)result_of(framework, rating.rating); // a word of the scale; what it means counts nowhere
                freeze(work, framework);
            }
            work.sign_offs.add_self_rating(line);
        }
        work.audit.append({.action = "competency.self_rated",
                           .object = "person " + std::to_string(actor.person.value()),
                           .after = std::to_string(ratings.size())});
    });
}

std::vector<domain::SelfRating> SelfRatings::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person person = person_of(work, actor, code, today);
        const bool own = actor.person && work.merges.same(actor.person, person.id);
        if (!own && !actor.is_operator() && !teaches(work, actor, person.id, today)) {
            if (!may_know(work, actor, person.id, today))
                throw no_such_person();
            throw Error(
                ErrorCode::forbidden,
                "what somebody says of themselves is seen by them, and by those who teach them if they share it");
        }
        std::map<std::string, domain::SelfRating> newest;
        for (domain::SelfRating& rating : work.sign_offs.self_ratings(person.id))
            newest.insert_or_assign(rating.competency, rating);
        std::vector<domain::SelfRating> standing;
        for (auto& [competency, rating] : newest)
            if (!rating.withdrawn && (own || rating.shared))
                standing.push_back(std::move(rating));
        return standing;
    });
}

} // namespace peercert::services
