#include <algorithm>

#include <peercert/error.hpp>

#include "exchange/finding_json.hpp"
#include "services/certification.hpp"
#include "services/departure.hpp"
#include "services/issuing.hpp"
#include "services/ledger_checks.hpp"

/// A credential that somebody else issued, taken over from its certificate.
namespace peercert::services {

namespace {

/// A certificate of a level that has terms has a last day; without it the credential would never end.
void refuse_without_last_day(const Edition& edition, const Certification::Held& held) {
    const Level* level = edition.level(held.level);
    if (!held.last_day && level != nullptr && level->lasts && level->lasts->clock != "no end")
        throw Error(ErrorCode::invalid_input, "a term of " + edition.code + ", " + held.level +
                                                  ", has a last day; give the one on the certificate (--until)");
}

/// The first edition of a track, when that one begins after `day`: nobody has put an older rule on file.
curricula::Catalogue::EditionPointer first_edition_after(const Rulebook& rulebook, std::string_view track, Date day) {
    curricula::Catalogue::EditionPointer first;
    for (const auto& one : rulebook.catalogue().of(track)) {
        if (!one->in_force_from.is_stated() || one->in_force_from.value <= day)
            return nullptr;
        if (!first || one->in_force_from.value < first->in_force_from.value)
            first = one;
    }
    return first;
}

/// The edition that the term of a certificate from elsewhere stands under, chosen as if it stood on record already. One
/// that is older than every rule on file is kept with the first of them: it is judged by nothing, its days are those on
/// the paper, and the next term is chosen by its own.
Rulebook::Chosen edition_of_certificate(const Rulebook& rulebook, Record record, const Certification::Held& held) {
    HeldTerm term{1, rulebook.words().intern(held.level), held.first_day, held.last_day};
    const Symbol track = rulebook.words().intern(held.track);
    const auto holding = std::find_if(record.holdings.begin(), record.holdings.end(),
                                      [track](const Holding& one) { return one.track == track; });
    if (holding != record.holdings.end())
        holding->terms.push_back(term);
    else
        record.holdings.push_back({track, {term}, {}});
    const rules::EventQuestion question{.level = held.level, .when = {.as_of = held.first_day}};
    try {
        return rulebook.choose(held.track, record, question, held.edition);
    } catch (const Error& none) {
        const auto first =
            none.code() == ErrorCode::not_found ? first_edition_after(rulebook, held.track, held.first_day) : nullptr;
        if (!first || (!held.edition.empty() && held.edition != first->edition))
            throw;
        return {rulebook.edition_on_file(held.track, first->edition), "older than every rule on file", held.first_day};
    }
}

} // namespace

CredentialView Certification::take_over(const Actor& actor, const Held& held, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::decide, {}, house_.today());
        const domain::Person person = person_of(work, actor, held.person, house_.today());
        refuse_self(work, actor.person, person.id, "take a credential over");
        const Record record = work.entries.record(person.id, rulebook_.words());
        const auto chosen = edition_of_certificate(rulebook_, record, held);
        refuse_future(held.first_day, today_for(house_, chosen.program->edition()), "the first day");
        refuse_before_birth(person, held.first_day, "a credential that begins");
        refuse_from_departure(person, held.first_day, "a credential that begins");
        refuse_without_last_day(chosen.program->edition(), held);
        const OrganizationId issuer = certifier_of(work, chosen.program->edition(), held.issuer).id;
        authorize(work, actor, Action::decide, {PersonId{}, issuer}, house_.today());
        const std::vector<MovedTerm> moved = moved_by(work, rulebook_, person.id, record, *chosen.program, held.level,
                                                      {1, held.first_day, held.last_day}, held.first_day);
        Finding finding = finding_of_take_over();
        explain_moved(finding, moved);
        const std::string says = moved.empty() ? std::string{} : exchange::finding_json(finding).text();
        const IssuedTerm taken = take_over_term(
            work, *chosen.program, {person.id, held.level, issuer, {held.first_day, held.last_day}, actor.name, says});
        move_terms(work, moved, person.id, record, taken.decision);
        work.audit.append({.action = "credential.taken_over",
                           .object = "credential " + std::to_string(taken.credential.value()),
                           .after = to_text(held.first_day)});
        CredentialView view = view_of(work, rulebook_, work.credentials.of(taken.credential),
                                      today_for(house_, chosen.program->edition()));
        for (const MovedTerm& one : moved)
            view.moved.push_back(one.number);
        return view;
    });
}

} // namespace peercert::services
