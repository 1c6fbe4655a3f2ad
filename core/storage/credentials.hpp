#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/credential.hpp"

namespace peercert::storage {

class Connection;

/// Credentials, their terms and what happened to them. Terms and events are only ever added.
class Credentials {
public:
    explicit Credentials(Connection& connection) : connection_(connection) {}

    /// A new credential with a number of its own. Throws Error{conflict} if the person holds one of that track already,
    /// Error{unavailable} while issuing is paused.
    domain::Credential add(PersonId person, std::string_view track, OrganizationId issuer);

    /// The next term: `n` must be one more than the last (Error{conflict}: issuing twice). Error{invalid_input} unless
    /// its first day is not after its own last and it can stand at its place: in the row it begins after the one before
    /// began, at the same level after that one ended; moved, it begins while that one lasts and has its level; beside,
    /// it begins while a term of the row of another level lasts, after any earlier term of the added level began.
    /// `recorded_at` is the unit's.
    void add_term(CredentialId credential, const domain::Term& term);
    /// Gives the event its `n`; `recorded_at` and an empty `actor` are the unit's.
    int add_event(CredentialId credential, const domain::CredentialEvent& event);

    std::optional<domain::CredentialRecord> find(domain::CredentialNumber number);
    std::optional<domain::CredentialRecord> find(CredentialId id);
    std::optional<domain::CredentialRecord> find(PersonId person, std::string_view track);
    domain::CredentialRecord of(CredentialId id);                     ///< throws Error{not_found}
    std::vector<domain::CredentialRecord> of_person(PersonId person); ///< by id
    /// Every credential of that track, by id, one after the other (coverage, renewal cliffs).
    void each_of_track(std::string_view track, const std::function<void(const domain::CredentialRecord&)>& each);
    std::int64_t count();
    /// Who issued credentials of that track, each once; without those that name no issuer.
    std::vector<OrganizationId> issuers_of(std::string_view track);

private:
    Connection& connection_;
};

} // namespace peercert::storage
