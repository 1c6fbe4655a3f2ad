#include "services/people.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "services/departure.hpp"
#include "services/duplicates.hpp"
#include "services/merging.hpp"

namespace peercert::services {

namespace {

constexpr std::size_t most_of_one_name = 100;

std::string object_of(const domain::Person& person) { return "person " + std::to_string(person.id.value()); }

PersonLine line_of(storage::UnitOfWork& work, const domain::Person& person) {
    return {person.code, work.people.name_used(person.id), person.born, person.merged};
}

void refuse_impossible_birthday(std::optional<Date> born, Date today) {
    if (born && *born > today)
        throw Error(ErrorCode::invalid_input,
                    "the day of birth " + to_text(*born) + " is still to come; check the year");
}

void refuse_to_come(Date day, Date today) {
    if (day > today)
        throw Error(ErrorCode::invalid_input, "the day " + to_text(day) +
                                                  " is still to come; a name is shown from the "
                                                  "moment it is recorded, so record it when it has come");
}

/// A code that somebody typed with a slip is told from a name: it has the shape of one.
void refuse_mistyped(std::string_view typed) {
    if (typed.size() > domain::longest_typed_code || domain::PersonCode::parse(typed))
        return;
    const bool prefixed = typed.size() > 2 && (typed[0] == 'P' || typed[0] == 'p') && typed[1] == '-';
    const auto digits = std::count_if(typed.begin(), typed.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (prefixed && digits > 0)
        throw Error(ErrorCode::invalid_input, "\"" + std::string(typed) +
                                                  "\" is no person's code: its last character does not fit the others, "
                                                  "so one of them is mistyped or two have changed places");
}

using Candidates = std::vector<storage::Duplicates::Candidate>;

/// Of those whom the actor may not know of it is said that they may be there, not who they are.
void refuse_duplicate(storage::UnitOfWork& work, const Actor& actor, const Candidates& candidates, Date today) {
    if (candidates.empty())
        return;
    std::string codes;
    for (const auto& one : candidates)
        if (may_know(work, actor, one.person, today))
            codes +=
                (codes.empty() ? "" : ", ") + work.people.of(one.person).code.str() + " (" + why(one.resemblance) + ")";
    if (codes.empty())
        throw Error(ErrorCode::conflict,
                    "this may be someone who is in the record of another organization already; ask the person for "
                    "their code, or the operator of this installation to look; add again with --not-duplicate if it "
                    "is another person");
    throw Error(ErrorCode::conflict, "this may be someone who is here already: " + codes +
                                         "; look first, then add again with --not-duplicate if it is another person");
}

} // namespace

domain::Person person_of(storage::UnitOfWork& work, const Actor& actor, std::string_view typed, Date today) {
    if (const auto code = domain::PersonCode::parse(typed))
        if (auto person = work.people.find(*code))
            return *person;
    refuse_mistyped(typed);
    const std::string key = domain::search_key(typed);
    std::vector<domain::Person> named;
    for (domain::Person& person : work.people.search(typed, most_of_one_name))
        if (domain::search_key(work.people.name_used(person.id)) == key && may_know(work, actor, person.id, today))
            named.push_back(std::move(person));
    if (named.size() == 1)
        return named.front();
    if (named.empty())
        throw no_such_person();
    std::string codes;
    for (const domain::Person& person : named)
        codes += (codes.empty() ? "" : ", ") + person.code.str();
    throw Error(ErrorCode::conflict,
                "several people use the name \"" + std::string(typed) + "\": " + codes + "; give the code");
}

domain::Organization organization_of(storage::UnitOfWork& work, std::string_view code) {
    auto found = work.organizations.find(code);
    if (!found)
        throw Error(ErrorCode::not_found, "no organization has the code \"" + std::string(code) +
                                              "\"; `peercert organization list` shows them");
    return *found;
}

PersonLine People::add(const Actor& actor, const domain::NewPerson& person, bool not_duplicate, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::manage_people, {}, today);
        refuse_impossible_birthday(person.born, today);
        const Candidates candidates = work.duplicates.of(person);
        if (!not_duplicate)
            refuse_duplicate(work, actor, candidates, today);
        domain::NewPerson dated = person;
        dated.from = today;
        const domain::Person added = work.people.add(dated);
        for (const auto& one : candidates) // somebody has looked; nobody is asked again
            work.duplicates.set_apart(added.id, one.person, true, today);
        work.audit.append({.action = "person.added", .object = object_of(added), .after = person.name_used});
        return line_of(work, added);
    });
}

PersonView People::show(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        PersonView view;
        view.person = person_of(work, actor, code, house_.today());
        const PersonId id = view.person.id;
        authorize(work, actor, Action::read_person, {id, {}}, house_.today());
        view.names = work.people.names(id);
        view.contacts = work.people.contacts(id);
        view.came_from = work.packets.origins_of(id);
        for (const domain::Membership& membership : work.organizations.memberships(id))
            view.roles.push_back({work.organizations.of(membership.organization).code, membership.role,
                                  membership.first_day, membership.last_day});
        for (const domain::Enrolment& enrolment : work.enrolments.of_person(id)) {
            const domain::Cohort cohort = work.cohorts.of(enrolment.cohort);
            view.places.push_back({cohort.code, cohort.title, enrolment.state(), enrolment.history.back().day});
        }
        view.merged = merged_into(work, id);
        return view;
    });
}

std::vector<PersonLine> People::find(const Actor& actor, std::string_view words, std::size_t limit) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::manage_people, {}, house_.today());
        std::vector<PersonLine> lines;
        const auto found = words.empty() ? work.people.list(PersonId{}, limit) : work.people.search(words, limit);
        for (const domain::Person& person : found)
            if (may(work, actor, Action::read_person, {person.id, {}}, house_.today()))
                lines.push_back(line_of(work, person));
        return lines;
    });
}

void People::change_name(const Actor& actor, std::string_view code, domain::NameKind kind, std::string_view name,
                         std::optional<Date> from, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::change_person, {person.id, {}}, house_.today());
        const auto names = work.people.names(person.id);
        const auto before =
            std::find_if(names.rbegin(), names.rend(), [&](const auto& one) { return one.kind == kind; });
        refuse_to_come(from.value_or(house_.today()), house_.today());
        work.people.change_name(person.id, kind, name, from.value_or(house_.today()));
        work.audit.append({.action = "person.renamed",
                           .object = object_of(person),
                           .before = before == names.rend() ? std::string_view{} : before->full_name,
                           .after = name});
    });
}

void People::end_name(const Actor& actor, std::string_view code, domain::NameKind kind, Date last_day, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::change_person, {person.id, {}}, house_.today());
        refuse_to_come(last_day, house_.today());
        work.people.end_name(person.id, kind, last_day);
        work.audit.append({.action = "person.name_ended", .object = object_of(person), .after = to_text(last_day)});
    });
}

void People::set_born(const Actor& actor, std::string_view code, std::optional<Date> born, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::change_person, {person.id, {}}, house_.today());
        refuse_impossible_birthday(born, house_.today());
        work.people.set_born(person.id, born);
        const std::string before = person.born ? to_text(*person.born) : "", after = born ? to_text(*born) : "";
        work.audit.append(
            {.action = "person.born_corrected", .object = object_of(person), .before = before, .after = after});
    });
}

void People::change_contact(const Actor& actor, std::string_view code, domain::ContactKind kind, std::string_view value,
                            Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::change_person, {person.id, {}}, house_.today());
        work.people.change_contact(person.id, kind, value, house_.today());
        work.audit.append({.action = "person.contact_changed", .object = object_of(person), .after = value});
    });
}

void People::set_hidden(const Actor& actor, std::string_view code, bool hidden, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::change_person, {person.id, {}}, house_.today());
        work.people.set_hidden(person.id, hidden);
        work.audit.append({.action = hidden ? "person.hidden" : "person.shown", .object = object_of(person)});
    });
}

void People::set_departed(const Actor& actor, std::string_view code, std::optional<Date> day, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house_.today());
        authorize(work, actor, Action::manage_people, {person.id, {}}, house_.today());
        check_departure(person, day, house_.today());
        work.people.set_departed(person.id, day);
        const std::string before = person.departed_on ? to_text(*person.departed_on) : "";
        work.audit.append({.action = !day             ? "person.departure_withdrawn"
                                     : before.empty() ? "person.departed"
                                                      : "person.departure_corrected",
                           .object = object_of(person),
                           .before = before,
                           .after = day ? to_text(*day) : ""});
    });
}

void Organizations::add(const Actor& actor, const domain::Organization& organization, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::manage_house, {}, house_.today());
        const OrganizationId id = work.organizations.add(organization);
        work.audit.append({.action = "organization.added",
                           .object = "organization " + std::to_string(id.value()),
                           .after = organization.code});
    });
}

std::vector<domain::Organization> Organizations::list() {
    return house_.store.read([](storage::UnitOfWork& work) { return work.organizations.list(); });
}

void Organizations::grant(const Actor& actor, std::string_view organization, std::string_view code,
                          std::string_view role, std::optional<Date> from, std::optional<Date> until, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Organization where = organization_of(work, organization);
        authorize(work, actor, Action::manage_house, {PersonId{}, where.id}, house_.today());
        const domain::Person person = person_of(work, actor, code, house_.today());
        const Date first = from.value_or(house_.today());
        if (until && *until < first)
            throw Error(ErrorCode::invalid_input, "the role would end on " + to_text(*until) + ", before it begins");
        refuse_from_departure(person, first, "a role");
        work.organizations.add_membership({person.id, where.id, std::string(role), first, until});
        work.audit.append({.action = "role.granted",
                           .object = object_of(person) + " organization " + std::to_string(where.id.value()),
                           .after = role});
    });
}

void Organizations::end(const Actor& actor, std::string_view organization, std::string_view code, std::string_view role,
                        Date last_day, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Organization where = organization_of(work, organization);
        authorize(work, actor, Action::manage_house, {PersonId{}, where.id}, house_.today());
        const domain::Person person = person_of(work, actor, code, house_.today());
        if (work.organizations.end_membership(person.id, where.id, role, last_day) == 0)
            throw Error(ErrorCode::not_found, "there is no open role \"" + std::string(role) + "\" of this person at " +
                                                  where.code + " to end");
        work.audit.append({.action = "role.ended",
                           .object = object_of(person) + " organization " + std::to_string(where.id.value()),
                           .after = to_text(last_day)});
    });
}

} // namespace peercert::services
