#include "services/duplicates.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::services {

namespace {

std::string_view said(domain::Likeness likeness) {
    using domain::Likeness;
    switch (likeness) {
    case Likeness::same_name: return "the same name";
    case Likeness::swapped_name: return "the same name in another order";
    case Likeness::name_variant: return "a familiar form of the name";
    case Likeness::part_of_name: return "the name with a word more";
    case Likeness::misspelt_name: return "the name but for one letter";
    case Likeness::initial: return "the name with an initial";
    case Likeness::same_birthday: return "born on the same day";
    case Likeness::swapped_birthday: return "born on that day with day and month the other way round";
    case Likeness::birthday_digit: return "the day of birth but for one digit";
    case Likeness::other_birthday: return "but another day of birth";
    case Likeness::same_email: return "the same e-mail address";
    case Likeness::same_phone: return "the same telephone number";
    case Likeness::little_known: return "too little is known to tell them apart";
    }
    return "";
}

PersonLine line_of(storage::UnitOfWork& work, PersonId id) {
    const domain::Person person = work.people.of(id);
    return {person.code, work.people.name_used(id), person.born, {}};
}

} // namespace

std::string why(const domain::Resemblance& resemblance) {
    std::string all;
    for (const domain::Ground& ground : resemblance.grounds)
        all += (all.empty() ? "" : "; ") + std::string(said(ground.likeness));
    return all;
}

std::vector<DuplicatePair> Duplicates::of(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::manage_people, {}, today);
        const domain::Person person = person_of(work, actor, code, today);
        authorize(work, actor, Action::read_person, {person.id, {}}, today);
        std::vector<DuplicatePair> pairs;
        for (auto& one : work.duplicates.of(person.kept))
            if (may_know(work, actor, one.person, today))
                pairs.push_back({line_of(work, person.kept), line_of(work, one.person), std::move(one.resemblance)});
        return pairs;
    });
}

std::vector<DuplicatePair> Duplicates::all(const Actor& actor, std::size_t limit) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::manage_people, {}, today);
        std::vector<DuplicatePair> pairs;
        // Of what others know only, so many more may have to be looked at.
        const std::size_t most = actor.is_operator() ? limit : static_cast<std::size_t>(-1);
        for (auto& one : work.duplicates.all(most)) {
            if (pairs.size() == limit)
                break;
            if (may_know(work, actor, one.one, today) && may_know(work, actor, one.other, today))
                pairs.push_back({line_of(work, one.one), line_of(work, one.other), std::move(one.resemblance)});
        }
        return pairs;
    });
}

void Duplicates::set_apart(const Actor& actor, std::string_view one_code, std::string_view other_code, bool apart,
                           Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Person one = person_of(work, actor, one_code, today);
        const domain::Person other = person_of(work, actor, other_code, today);
        authorize(work, actor, Action::manage_people, {one.id, {}}, today);
        authorize(work, actor, Action::manage_people, {other.id, {}}, today);
        if (one.id == other.id)
            throw Error(ErrorCode::invalid_input, "both codes are " + one.code.str() + "; nobody is two people");
        work.duplicates.set_apart(one.id, other.id, apart, today);
        work.audit.append(
            {.action = apart ? "person.distinct" : "person.not_distinct",
             .object = "person " + std::to_string(one.id.value()) + " person " + std::to_string(other.id.value())});
    });
}

} // namespace peercert::services
