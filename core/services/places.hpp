#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/place.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/people.hpp"
#include "services/rulebook.hpp"

/// Places in a cohort, given in an order that is stated before anybody asks and the same for everyone: who asks, who
/// reads and scores, who is offered a place until when, who waits, who was told. The points are deleted when the order
/// is made from them.
namespace peercert::services {

/// How the places of a cohort are to be given.
struct NewPlaceCall {
    int capacity{0}; ///< 0: the most people the curriculum's format is for
    std::optional<Date> closes_on;
    domain::GivenBy given_by{domain::GivenBy::arrival};
    std::vector<domain::Criterion> criteria; ///< for GivenBy::score
    int reviewers{0};                        ///< 0: two where there are criteria
    int offer_days{7};
    int keep_days{0}; ///< 0..60
};

/// One request as a list shows it: no points, no payer, no paper.
struct PlaceLine {
    int number{0};
    PersonLine person;
    domain::PlaceState state{domain::PlaceState::received};
    Date since{};              ///< when it became so
    int position{0};           ///< in the stated order; 0 before it is made
    std::optional<Date> until; ///< last day of an offer
    int reviews{0};            ///< by how many it was scored
    bool moved_on{false};      ///< accepted, and has left the cohort since
    std::optional<int> points; ///< only where the order is rehearsed before it is made
};

struct PlaceView {
    std::string cohort;      ///< code
    domain::PlaceCall call;  ///< its seed is empty until the order was made
    std::string seed_digest; ///< of a lot
    std::optional<Date> ordered_on;
    int taken{0};   ///< places people have
    int offered{0}; ///< offers that stand
    int free() const { return call.capacity > taken + offered ? call.capacity - taken - offered : 0; }
    std::vector<PlaceLine> lines; ///< in the stated order once there is one, else by arrival
};

/// What moved by itself: offers that ran out, and those made to the next in order.
struct PlacesMoved {
    std::string cohort;
    std::vector<PlaceLine> ran_out;
    std::vector<PlaceLine> offered;
    bool nothing() const { return ran_out.empty() && offered.empty(); }
};

/// Somebody who was not told how their request stands.
struct Unanswered {
    std::string cohort;
    PlaceLine line;
    enum class What { no_answer_yet, waiting, offered, ran_out, no_place_this_time } what{What::no_answer_yet};
    Date since{};
    int days{0}; ///< from `since` to today
};
std::string_view word_of(Unanswered::What what);

/// One line of who was offered a place when, and why: numbers and positions, no names, no points.
struct FairnessLine {
    int number{0};
    int position{0};
    domain::PlaceStep step{domain::PlaceStep::ranked};
    Date day{};
    std::optional<Date> until;
    domain::PlaceFree why{domain::PlaceFree::none};
    domain::Instant recorded_at{};
};
struct FairnessRecord {
    PlaceView view; ///< without `lines`
    int requests{0};
    std::vector<FairnessLine> lines; ///< as recorded
    struct Lot {
        int number{0};
        std::string drawn; ///< SHA-256 of "SEED:NUMBER"
    };
    std::vector<Lot> lots; ///< in their order, for a lot that was drawn
    /// Whether every offer went to the first in order of those who then waited, and a lot recomputes to the order.
    bool in_order{true};
};

class CohortPlaces {
public:
    CohortPlaces(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// States how places are given. Again: changes the capacity, or the last day while that is still to come; anything
    /// else is refused (Error{conflict}), for people have relied on it. Throws Error{forbidden} where the curriculum
    /// keeps no register, Error{invalid_input} for a capacity outside its format's bounds.
    std::pair<PlaceView, PlacesMoved> call(const Actor& actor, std::string_view cohort, const NewPlaceCall& call,
                                           Mode mode = Mode::commit);
    /// The time is the record's own. Throws Error{conflict} after the last day and for a second request.
    PlaceLine ask(const Actor& actor, std::string_view cohort, std::string_view person, Mode mode = Mode::commit);
    /// A reviewer's points, criterion by criterion; again puts them in place of the former until the order is made.
    void score(const Actor& actor, std::string_view cohort, std::string_view person, std::string_view reviewer,
               const std::vector<std::pair<std::string, int>>& points, Mode mode = Mode::commit);
    /// The reviewer does not score this one: nobody asks why. Points already given are deleted.
    void recuse(const Actor& actor, std::string_view cohort, std::string_view person, std::string_view reviewer,
                Mode mode = Mode::commit);
    /// After the last day, once: makes the order, deletes the points, offers the places to the first in it. Rehearsed,
    /// it shows the points and the order that would be. Throws Error{conflict} naming whose reviews are missing.
    PlaceView offer(const Actor& actor, std::string_view cohort, Mode mode = Mode::commit);
    /// What time and answers moved since: of one cohort, or of all that the actor runs. Again changes nothing.
    std::vector<PlacesMoved> advance(const Actor& actor, std::string_view cohort, Mode mode = Mode::commit);

    /// By the person, or by whoever runs the cohort. Accepting enrols. Throws Error{conflict} without a standing offer.
    PlaceLine accept(const Actor& actor, std::string_view cohort, std::string_view person, Mode mode = Mode::commit);
    /// At any time before accepting; the next in order is offered the place.
    PlacesMoved decline(const Actor& actor, std::string_view cohort, std::string_view person, Mode mode = Mode::commit);

    /// For whoever runs the cohort, and for reviewers.
    PlaceView list(const Actor& actor, std::string_view cohort);
    /// That the person was told how it stands. Throws Error{conflict} where there is nothing new to tell.
    void told(const Actor& actor, std::string_view cohort, std::string_view person, Mode mode = Mode::commit);
    /// Who has no answer yet, and who was not told what has become of it; the longest waiting first.
    std::vector<Unanswered> answers(const Actor& actor, std::string_view cohort);
    /// Also for whoever asked for a place there.
    FairnessRecord fairness(const Actor& actor, std::string_view cohort);

private:
    House& house_;
    const Rulebook& rulebook_;
};

/// Offers every free place to the next in order, after writing down which offers ran out. Nothing before the order is
/// made and after the cohort has begun. `cause`: why there may be a place, where none ran out. Writes its audit rows.
PlacesMoved advance_places(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today,
                           domain::PlaceFree cause);
/// Throws Error{conflict} where places in the cohort are given in a stated order, so that nobody is enrolled around it.
void refuse_around_places(storage::UnitOfWork& work, const domain::Cohort& cohort);

/// What the functions about places share.
PlaceLine place_line(storage::UnitOfWork& work, const domain::PlaceRequest& request, Date today);
domain::PlaceCall call_of(storage::UnitOfWork& work, const domain::Cohort& cohort); ///< throws Error{not_found}
domain::PlaceRequest request_of(storage::UnitOfWork& work, const domain::Cohort& cohort, const domain::Person& person);
PlaceView place_view(storage::UnitOfWork& work, const domain::Cohort& cohort, Date today);
bool is_ordered(const std::vector<domain::PlaceRequest>& requests);
std::string object_of_place(const domain::PlaceRequest& request);

} // namespace peercert::services
