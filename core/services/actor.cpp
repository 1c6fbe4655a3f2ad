#include "services/actor.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <peercert/error.hpp>

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
    Grant{"administrator", Action::manage_house},
    Grant{"administrator", Action::run_cohort},
    Grant{"administrator", Action::record_attendance},
    Grant{"administrator", Action::record_entry},
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
    Grant{"coordinator", Action::apply},
    Grant{"coordinator", Action::report},
    Grant{"coordinator", Action::propose_rules},
    Grant{"facilitator", Action::record_attendance},
    Grant{"facilitator", Action::sign_off},
    Grant{"supervisor", Action::record_entry},
    Grant{"reviewer", Action::read_person},
    Grant{"reviewer", Action::decide},
    Grant{"reviewer", Action::report},
    Grant{"reviewer", Action::propose_rules},
};

// What everybody may do with their own record.
constexpr std::array own{Action::read_person, Action::change_person, Action::apply};

bool role_allows(std::string_view role, Action action) {
    return std::any_of(grants.begin(), grants.end(),
                       [&](const Grant& grant) { return grant.role == role && grant.action == action; });
}

/// An organization knows the people it has trained, employs or certifies; of others it may not even know that they
/// exist.
bool knows(storage::UnitOfWork& work, OrganizationId organization, PersonId person) {
    for (const domain::Membership& membership : work.organizations.memberships(person))
        if (membership.organization == organization)
            return true;
    for (const domain::Enrolment& enrolment : work.enrolments.of_person(person))
        if (work.cohorts.of(enrolment.cohort).organization == organization)
            return true;
    for (const domain::CredentialRecord& record : work.credentials.of_person(person))
        if (record.credential.issuer == organization)
            return true;
    return false;
}

enum class Right { given, not_for_this_person, none };

Right right_of(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today) {
    if (actor.is_operator())
        return Right::given;
    if (target.person == actor.person && std::find(own.begin(), own.end(), action) != own.end())
        return Right::given;
    Right best = Right::none;
    for (const domain::Membership& membership : work.organizations.memberships(actor.person)) {
        const bool in_force = membership.first_day <= today && (!membership.last_day || today <= *membership.last_day);
        if (!in_force || !role_allows(membership.role, action))
            continue;
        if (target.organization && target.organization != membership.organization)
            continue;
        if (!target.person || target.organization || knows(work, membership.organization, target.person))
            return Right::given;
        best = Right::not_for_this_person;
    }
    return best;
}

} // namespace

bool may(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today) {
    return right_of(work, actor, action, target, today) == Right::given;
}

void authorize(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today) {
    switch (right_of(work, actor, action, target, today)) {
    case Right::given: return;
    case Right::not_for_this_person: throw no_such_person();
    case Right::none:
        throw Error(ErrorCode::forbidden,
                    "this needs a role that you do not hold today; ask an administrator of the organization");
    }
}

Error no_such_person() {
    return Error(ErrorCode::not_found,
                 "nobody whom you may see has that code or name; `peercert person list` shows codes and names");
}

void refuse_self(PersonId deciding, PersonId concerned, const char* what) {
    if (deciding && deciding == concerned)
        throw Error(ErrorCode::forbidden, std::string("nobody can ") + what + " for themselves; ask a colleague");
}

} // namespace peercert::services
