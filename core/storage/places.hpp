#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/place.hpp"

namespace peercert::storage {

class Connection;

/// Places in cohorts: how they are given, who asked, what became of it, which seats are paid for. Rows are only added.
class Places {
public:
    explicit Places(Connection& connection) : connection_(connection) {}

    /// Gives the call its `n`; `recorded_at` is the unit's.
    void add_call(const domain::PlaceCall& call);
    std::optional<domain::PlaceCall> call(CohortId cohort); ///< the newest
    std::vector<CohortId> cohorts_with_calls();

    /// Gives the request its number in the order of arrival. Throws Error{conflict} if the person asked already.
    domain::PlaceRequest add_request(CohortId cohort, PersonId person, Date received_on);
    std::optional<domain::PlaceRequest> find(CohortId cohort, PersonId person);
    std::vector<domain::PlaceRequest> of_cohort(CohortId cohort); ///< by number
    std::vector<domain::PlaceRequest> of_person(PersonId person); ///< by id

    /// Gives the event its `n`; `recorded_at` is the unit's.
    void add_event(domain::PlaceRequestId request, const domain::PlaceEvent& event);

    void set_pool(CohortId cohort, OrganizationId payer, int seats);
    std::vector<domain::SeatPool> pools(CohortId cohort); ///< by payer
    /// 0: nobody pays any more.
    void set_payer(domain::PlaceRequestId request, OrganizationId payer);
    OrganizationId payer(domain::PlaceRequestId request); ///< 0: nobody

private:
    Connection& connection_;
};

/// What is deleted on schedule, and stands in no audit row: points until the order is made from them, essays and notes
/// until their day. Nothing here is ever part of the record.
class PlacePapers {
public:
    explicit PlacePapers(Connection& connection) : connection_(connection) {}

    struct Score {
        PersonId reviewer{};
        std::string criterion{};
        int points{0};
    };
    /// Puts the reviewer's points in place of what they gave before.
    void set_scores(domain::PlaceRequestId request, PersonId reviewer, const std::vector<Score>& scores);
    std::vector<Score> scores(domain::PlaceRequestId request); ///< by reviewer and criterion
    /// Points of everybody who asked for a place there; how many there were.
    std::size_t delete_scores(CohortId cohort);

    void set_paper(domain::PlaceRequestId request, domain::PaperKind kind, std::string_view body);
    std::optional<std::string> paper(domain::PlaceRequestId request, domain::PaperKind kind);
    std::vector<domain::PaperKind> papers(domain::PlaceRequestId request);
    std::size_t count(CohortId cohort);
    std::size_t delete_papers(CohortId cohort);

private:
    Connection& connection_;
};

} // namespace peercert::storage
