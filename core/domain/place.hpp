#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

/// Places in a cohort, and how they are given. There is no reason anywhere why somebody asks, declines or is funded.
namespace peercert::domain {

using PlaceRequestId = Id<struct PlaceRequestTag>;

/// The order in which places are given, stated before anybody asks.
enum class GivenBy {
    arrival, ///< first come, first served
    score,   ///< points of the reviewers; of equals, who came first
    lot      ///< drawn from a seed that anybody can recompute (domain/lot.hpp)
};

/// A closed question of the rubric: points from 0 to `most`.
struct Criterion {
    std::string called{}; ///< a word of the rules: "listening"
    int most{0};
};

/// How the places of a cohort are given. A later one of the same cohort changes capacity, or the last day while it is
/// still to come; nothing else.
struct PlaceCall {
    CohortId cohort{};
    int n{0}; ///< 1, 2, ... in the order of recording
    int capacity{0};
    Date closes_on{}; ///< the last day on which somebody may ask
    GivenBy given_by{GivenBy::arrival};
    std::vector<Criterion> criteria{}; ///< empty: nobody is scored
    int reviewers{0};                  ///< different people who score each; 0: nobody is scored
    int offer_days{0};                 ///< an offer stands so many days after the one on which it was made
    int keep_days{0};                  ///< essays and notes are deleted so many days after the order was made
    std::string seed{};                ///< of the lot; told when the order is made, its digest from the beginning
    Instant recorded_at{};
};

enum class PlaceStep {
    scored,   ///< by `reviewer`; never the points
    recused,  ///< `reviewer` does not score this one
    ranked,   ///< `position` in the stated order, for good
    offered,  ///< until `until`, that day included; `why` a place was free
    accepted, ///< and enrolled
    declined, ///< before or after an offer
    ran_out,  ///< the offer
    told      ///< the person was told how it stands
};

/// Why there was a place to offer.
enum class PlaceFree { none, first_round, declined, ran_out, given_back, more_places };

struct PlaceEvent {
    int n{0};
    PlaceStep step{PlaceStep::scored};
    Date day{};
    std::optional<Date> until{};
    int position{0}; ///< 0: none
    PlaceFree why{PlaceFree::none};
    PersonId reviewer{};
    Instant recorded_at{};
    std::int64_t sequence{0}; ///< in the order of recording, among all of the record
};

/// Somebody who asked for a place.
struct PlaceRequest {
    PlaceRequestId id{};
    CohortId cohort{};
    PersonId person{};
    int number{0}; ///< 1, 2, ... in the order of arrival, by the clock of the record
    Date received_on{};
    Instant recorded_at{};
    std::vector<PlaceEvent> history{};
};

/// Where a request stands: folded from its history on a day, so that an offer that ran out overnight is over though
/// nobody has written it down.
enum class PlaceState { received, waiting, offered, accepted, declined, ran_out };
PlaceState state_of(const PlaceRequest& request, Date today);
/// In the stated order; 0 before it is made.
int position_of(const PlaceRequest& request);
/// The newest offer.
std::optional<PlaceEvent> newest_offer(const PlaceRequest& request);
/// What the person was not told yet: the event, or nothing. A request that has no answer yet is not among these.
std::optional<PlaceEvent> untold(const PlaceRequest& request);

/// Seats that an organization pays for.
struct SeatPool {
    OrganizationId payer{};
    int seats{0};
};

enum class PaperKind { essay, interview };

std::string_view to_text(GivenBy order);
std::string_view to_text(PlaceStep step);
std::string_view to_text(PlaceFree why);
std::string_view to_text(PlaceState state);
std::string_view to_text(PaperKind kind);
std::optional<GivenBy> parse_given_by(std::string_view text);
std::optional<PlaceStep> parse_place_step(std::string_view text);
std::optional<PlaceFree> parse_place_free(std::string_view text);
std::optional<PaperKind> parse_paper_kind(std::string_view text);

} // namespace peercert::domain
