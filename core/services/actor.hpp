#pragma once

#include <string>

#include <peercert/error.hpp>
#include <peercert/id.hpp>

#include "storage/unit_of_work.hpp"

namespace peercert::services {

/// Who asks. Made at the edge: the operator of the host (whoever may read and write the database file anyway), or a
/// person known to the record, who can do what their roles on that day allow.
struct Actor {
    std::string name; ///< for the audit: "host:ana" or "person:P-..."; never a person's name
    PersonId person;  ///< 0 for the operator
    bool is_operator() const { return !person; }

    static Actor host_operator(const std::string& account) { return {"host:" + account, PersonId{}}; }
};

/// What can be done, as far as rights differ.
enum class Action {
    read_person,       ///< see a person's record
    change_person,     ///< names, contacts, visibility
    manage_people,     ///< enter people, import them
    merge_people,      ///< say that two records are one human, or that they are not
    manage_house,      ///< organizations, memberships
    run_cohort,        ///< open cohorts, sessions, leaders, enrolments
    record_attendance, ///< who was there, how long
    record_entry,      ///< exams, hours, CE, documents, statements
    log_entry,         ///< a line about oneself that waits for somebody else to confirm it
    sign_off,          ///< competencies observed
    vouch,             ///< confirm, correct or take back what stands in one's own name; the target is that person
    read_self_rating,  ///< what somebody said of themselves and shared
    add_own_line,      ///< continuing education with its document, which then waits
    post_roster,       ///< who was at the courses of one's organization
    apply,             ///< ask for a credential on somebody's behalf
    decide,            ///< grant or deny, suspend, revoke, reinstate
    report,            ///< counts over a county or centre
    take_all_out,      ///< everything about everybody, as files: no role gives it
    propose_rules,     ///< a draft of an edition
    approve_rules      ///< approve a draft, publish it, withdraw it
};

/// What it is done to. Fields that do not matter stay 0.
struct Target {
    PersonId person;
    OrganizationId organization;
};

/// The one place where rights are decided; deny by default. Roles are dated memberships: `today` is the installation's
/// day. Throws Error{not_found} where the actor may not even know the person, Error{forbidden} otherwise.
void authorize(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today);

/// The same for what was found by a code or number. Where the actor has nothing to do with the person or organization
/// it belongs to, throws `missing`: the very error of a code that nothing has, so that nobody learns which codes exist.
void authorize(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today,
               const Error& missing);

/// The same as an answer: for lists, which show what the actor may see.
bool may(storage::UnitOfWork& work, const Actor& actor, Action action, const Target& target, Date today);

/// Whether the actor may know that the person is in the record: the operator, the person, and whoever holds any role
/// today in an organization that has trained, employs or certifies them.
bool may_know(storage::UnitOfWork& work, const Actor& actor, PersonId person, Date today);

/// Whether anybody answers for this installation: holds the role of an administrator, in any organization, today.
bool has_administrator(storage::UnitOfWork& work, Date today);

/// Error{not_found} for a person who is not in the record, and for one whom the actor may not know of: the same words.
Error no_such_person();

/// Nobody signs off, decides or issues for themselves, under whichever of their records. Throws Error{forbidden}.
void refuse_self(storage::UnitOfWork& work, PersonId deciding, PersonId concerned, const char* what);

} // namespace peercert::services
