#pragma once

#include <optional>
#include <vector>

#include "domain/cohort.hpp"
#include "domain/merge.hpp"

namespace peercert::storage {

class Connection;

/// Two records found to be one human, and taken apart again. Every repository reads a person together with whoever is
/// one human with them; what is written stays under the person it is written for.
class Merges {
public:
    explicit Merges(Connection& connection) : connection_(connection) {}

    /// From now on `other`, and whoever was merged into them, are read together with `kept`. Throws
    /// Error{invalid_input} for a person with themselves, Error{conflict} if `other` was merged already or the two are
    /// one human already, Error{not_found} for nobody.
    void merge(PersonId other, PersonId kept, Date day);
    /// Throws Error{conflict} unless `other` is merged.
    void unmerge(PersonId other, Date day);

    /// Everybody who is one human with that person, the one who was kept first.
    std::vector<PersonId> group(PersonId person);
    /// The one whose name, contacts and code speak for the group; the person, if nobody was merged.
    PersonId kept(PersonId person);
    /// Whether the two are one human.
    bool same(PersonId one, PersonId other) { return one == other || kept(one) == kept(other); }
    /// What happened to the person and everybody they were ever one human with, as recorded.
    std::vector<domain::MergeEvent> events(PersonId person);
    /// The merge that makes `other` part of somebody else's record, if one does.
    std::optional<domain::MergeEvent> standing(PersonId other);

    /// What stands under that very record, whoever it is read together with.
    struct Recorded {
        std::vector<EntryId> entries;
        std::vector<ApplicationId> applications;
        std::vector<CredentialId> credentials;
        std::vector<CohortId> places;
    };
    /// With `from_audit`, only what that audit row and later ones vouch for.
    Recorded recorded_under(PersonId person, std::int64_t from_audit = 0);

private:
    void add(PersonId person, PersonId kept, Date day);
    Connection& connection_;
};

} // namespace peercert::storage
