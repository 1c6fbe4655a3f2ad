#pragma once

#include <string_view>
#include <vector>

#include "domain/application.hpp"
#include "domain/credential.hpp"
#include "rules/terms.hpp"
#include "services/alignment.hpp"
#include "services/certification.hpp"
#include "services/rulebook.hpp"

/// What happens inside the write unit of a decision. Used by Certification only.
namespace peercert::services {

/// Stored with every decision: an answer of years ago says which judge gave it.
inline constexpr const char* engine_version = "peercert-rules 2";

/// The engine and the builds of the plugins that judge with this edition, to the byte.
std::string engine_of(const Rulebook& rulebook, const Edition& edition);
/// What an application asks for.
Step::Verb verb_asked(const domain::Application& application);
/// The days a decision is judged for: asked and issued on the day of the decision, filed when it was received.
rules::Situation situation_of_decision(const domain::Application& application, Date decided_on);

struct IssueRequest {
    const domain::Application& application;
    const rules::Program& program;
    const Record& record;
    const rules::Situation& situation;
    OrganizationId issuer; ///< for a first credential of the track
};

/// The edition to decide by. It stands since the receipt; but where the day of issue chooses, only the decision settles
/// it, and something new relies on the one that applies then.
Rulebook::ProgramPtr program_to_decide_by(storage::UnitOfWork& work, const Rulebook& rulebook,
                                          const domain::Application& application, const Record& record,
                                          const rules::Situation& situation);
/// The days of the term that the application asks for.
rules::PresentTerm term_asked_for(const IssueRequest& request);

/// Stores the decision, makes the credential if there is none, and adds the term of those days with names, title, zone
/// and timeline as they are now: the next in the row, with the levels that the certificate bore; or, of a level that is
/// added, beside it. Throws Error{conflict} when the term has been issued already.
struct IssuedTerm {
    CredentialId credential;
    domain::DecisionId decision;
};
IssuedTerm issue_term(storage::UnitOfWork& work, const IssueRequest& request, const rules::PresentTerm& days,
                      domain::Decision decision);

/// Gives each moved term's credential its new days, by that same decision, and says so in the audit.
void move_terms(storage::UnitOfWork& work, const std::vector<MovedTerm>& moved, PersonId person, const Record& record,
                domain::DecisionId decision);

/// The facts that the step leaves with whoever it is granted to (grandfathered), from the day of the decision on; one
/// that is on record already is not written again.
void record_flags(storage::UnitOfWork& work, const Edition& edition, Step::Verb verb,
                  const domain::Application& application, Date today);

/// What a take-over answers before it says what it moves: it is not judged.
Finding finding_of_take_over();

/// A term as printed on somebody else's certificate; of a level that can only be added, beside the row.
struct TakeOver {
    PersonId person;
    const std::string& level;
    OrganizationId issuer;
    DayRange days; ///< the first one is given
    const std::string& actor;
    const std::string& finding; ///< what it moves, as JSON; empty: nothing
};
IssuedTerm take_over_term(storage::UnitOfWork& work, const rules::Program& program, const TakeOver& taken);

/// Entries that the finding counted, each once, in order.
std::vector<EntryId> evidence_of(const Finding& finding);

/// The same sentence for unknown and mistyped numbers, and for those of people whom the actor may not know.
Error no_such_credential(std::string_view number);
/// Throws no_such_credential.
domain::CredentialRecord credential_numbered(storage::UnitOfWork& work, std::string_view number);

/// Whether that change makes sense on that day: nothing is suspended twice, nothing is reinstated that is in force, no
/// day lies before the credential began or after `today`. With a `level`: the same of that added level alone, which has
/// to be borne on that day. Throws Error{conflict} or Error{invalid_input}.
void check_change(const domain::CredentialRecord& record, domain::CredentialEventKind kind, Date day, Date today,
                  const std::string& level = {});

/// `what` ("the first day") is still to come where the programme is. Throws Error{invalid_input}.
void refuse_future(Date day, Date today, const char* what);

/// Whether that step can be asked for with what the person holds: nothing suspended, revoked, surrendered, replaced or
/// ended is renewed (reinstating comes first), nobody becomes what they are, and what has run out comes back by its
/// renewal where the edition has one, never by beginning anew. Throws Error{conflict}.
void refuse_standing(const domain::CredentialRecord& held, const Edition& edition, Step::Verb verb,
                     std::string_view level, Date today);

/// The organization of that code, if it can issue: a track is given by a certifying body; a curriculum also by a
/// training centre or provider. Throws Error{not_found} or Error{invalid_input}.
domain::Organization certifier_of(storage::UnitOfWork& work, const Edition& edition, std::string_view code);

CredentialView view_of(storage::UnitOfWork& work, const Rulebook& rulebook, domain::CredentialRecord record, Date on);

} // namespace peercert::services
