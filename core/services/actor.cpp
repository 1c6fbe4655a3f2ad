#include "services/actor.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <peercert/error.hpp>

#include "services/departure.hpp"

namespace peercert::services {

namespace {

struct Grant {
    std::string_view role;
    Action action;
};

// Role by role, what it may do inside its organization. What is not here is denied.
constexpr std::array grants{
    Grant{"administrator", Action::read_person},
    Grant{"administrator", Action::change_person},
    Grant{"administrator", Action::manage_people},
    Grant{"administrator", Action::merge_people},
    Grant{"administrator", Action::manage_house},
    Grant{"administrator", Action::run_cohort},
    Grant{"administrator", Action::record_attendance},
    Grant{"administrator", Action::record_entry},
    Grant{"administrator", Action::post_roster},
    Grant{"administrator", Action::log_entry},
    Grant{"administrator", Action::apply},
    Grant{"administrator", Action::report},
    Grant{"administrator", Action::propose_rules},
    Grant{"administrator", Action::approve_rules},
    Grant{"coordinator", Action::read_person},
    Grant{"coordinator", Action::change_person},
    Grant{"coordinator", Action::manage_people},
    Grant{"coordinator", Action::run_cohort},
    Grant{"coordinator", Action::record_attendance},
    Grant{"coordinator", Action::record_entry},
    Grant{"coordinator", Action::post_roster},
    Grant{"coordinator", Action::log_entry},
    Grant{"coordinator", Action::apply},
    Grant{"coordinator", Action::report},
    Grant{"coordinator", Action::propose_rules},
    Grant{"facilitator", Action::record_attendance},
    Grant{"facilitator", Action::sign_off},
    Grant{"facilitator", Action::read_self_rating},
    Grant{"supervisor", Action::record_entry},
    Grant{"supervisor", Action::log_entry},
    Grant{"reviewer", Action::read_person},
    Grant{"reviewer", Action::decide},
    Grant{"reviewer", Action::report},
    Grant{"reviewer", Action::propose_rules},
};

// What everybody may do with their own record.
constexpr std::array own{Action::read_person, Action::change_person,    Action::log_entry,   Action::apply,
                         Action::vouch,       Action::read_self_rating, Action::add_own_line};

bool role_allows(std::string_view role, Action action) {
    return std::any_of(grants.begin(), grants.end(),
                       [&](const Grant& grant) { return grant.role == role && grant.action == action; });
}

/// An organization knows the people it has trained, employs or certifies, and those who ask it for a place; of others
/// it may not even know that they exist.
bool knows(storage::UnitOfWork& work, OrganizationId organization, PersonId person) {
    for (const domain::Membership& membership : work.organizations.memberships(person))
        if (membership.organization == organization)
            return true;
    for (const domain::Enrolment& enrolment : work.enrolments.of_person(person))
        if (work.cohorts.of(enrolment.cohort).organization == organization)
            return true;
    for (const domain::PlaceRequest& request : work.places.of_person(person))
        if (work.cohorts.of(request.cohort).organization == organization)
            return true; // whoever asks a centre for a place tells it who they are
    for (const domain::CredentialRecord& record : work.credentials.of_person(person))
        if (record.credential.issuer == organization)
            return true;
    return false;
}

bool in_force(const domain::Membership& membership, Date today) {
    return membership.first_day <= today && (!membership.last_day || today <= *membership.last_day);
}

/// Whether one of the roles the actor holds today is in an organization that `fits`. Whoever is gone holds none.
template <class Fits>
bool has_role(storage::UnitOfWork& work, const Actor& actor, Date today, Fits&& fits) {
    if (is_gone(work.people.of(actor.person), today))
        return false;
    const auto memberships = work.organizations.memberships(actor.person);
    return std::any_of(memberships.begin(), memberships.end(), [&](const domain::Membership& membership) {
        return in_force(membership, today) && fits(membership);
    });
}

/// Whether the actor has to do with what is asked about, if not in the role that it takes.
bool concerned(storage::UnitOfWork& work, const Actor& actor, const Target& target, Date today) {
    if (target.person && !target.organization)
        return may_know(work, actor, target.person, today);
    return has_role(work, actor, today, [&](const domain::Membership& membership) {
        return membership.organization == target.organization;
    });
}

Error needs_a_role() {
    return Error(ErrorCode::forbidden,
                 "this needs a role that you do not hold today; ask an administrator of the organization");
}

} // namespace

bool may(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today) {
    if (actor.is_operator())
        return true;
    const bool is_own = std::find(own.begin(), own.end(), action) != own.end();
    if (is_own && target.person && work.merges.same(target.person, actor.person))
        return true;
    return has_role(work, actor, today, [&](const domain::Membership& membership) {
        return role_allows(membership.role, action) &&
               (!target.organization || target.organization == membership.organization) &&
               (!target.person || target.organization || knows(work, membership.organization, target.person));
    });
}

bool may_know(storage::UnitOfWork& work, const Actor& actor, PersonId person, Date today) {
    return actor.is_operator() || work.merges.same(actor.person, person) ||
           has_role(work, actor, today,
                    [&](const domain::Membership& membership) { return knows(work, membership.organization, person); });
}

void authorize(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today,
               const Error& missing) {
    if (may(work, actor, action, target, today))
        return;
    if (!concerned(work, actor, target, today))
        throw Error(missing);
    throw needs_a_role();
}

void authorize(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today) {
    authorize(work, actor, action, target, today,
              target.person && !target.organization ? no_such_person() : needs_a_role());
}

bool has_administrator(storage::UnitOfWork& work, Date today) {
    return work.organizations.anybody_is("administrator", today);
}

Error no_such_person() {
    return Error(ErrorCode::not_found,
                 "nobody whom you may see has that code or name; `peercert person list` shows codes and names");
}

void refuse_self(storage::UnitOfWork& work, PersonId deciding, PersonId concerned, const char* what) {
    if (deciding && concerned && work.merges.same(deciding, concerned))
        throw Error(ErrorCode::forbidden, std::string("nobody can ") + what + " for themselves; ask a colleague");
}

} // namespace peercert::services
