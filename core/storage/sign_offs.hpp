#pragma once

#include <optional>
#include <vector>

#include "domain/sign_off.hpp"

namespace peercert::storage {

class Connection;

/// What belongs to sign-offs beside the ledger: states and ratings, the learner's answer, self-ratings, declared
/// conflicts of interest. Rows are only ever added.
class SignOffs {
public:
    explicit SignOffs(Connection& connection) : connection_(connection) {}

    /// For a line that was added just now. An `act` or `root` of 0 is the line itself.
    void add(const domain::SignOff& sign_off);
    /// Nothing for a line recorded by a program that knew no states: signed, rated as its result says.
    std::optional<domain::SignOff> find(EntryId entry);
    std::vector<domain::SignOff> of_act(EntryId act);        ///< by line
    std::vector<domain::SignOff> of_person(PersonId person); ///< by line

    /// One rating that stands, of a framework's edition: for agreement between raters.
    struct Rating {
        EntryId act;
        PersonId learner;
        PersonId assessor;
        SessionId session; ///< 0: another occasion
        std::string competency;
        std::string rating;
        Date observed_on;
    };
    /// Signed and neither superseded nor withdrawn; by learner, competency, day, session, line.
    std::vector<Rating> signed_ratings(std::string_view framework);
    /// Editions of that framework that sign-offs were rated by, "code edition", in order.
    std::vector<std::string> editions_rated(std::string_view framework_code);

    void respond(EntryId root, domain::Response response);
    /// The newest answer to that signature, unless it was taken back.
    std::optional<domain::LearnerResponse> response(EntryId root);

    /// `n` of the argument is ignored.
    void add_self_rating(const domain::SelfRating& rating);
    std::vector<domain::SelfRating> self_ratings(PersonId person); ///< as recorded; the last of a competency stands

    /// The order of the two does not matter. Throws Error{invalid_input} for one person or days the wrong way round.
    void declare_conflict(domain::DeclaredConflict conflict);
    /// Those that stand, withdrawn ones left out, by first day; `person` is whom was asked about, `other` whose record
    /// speaks for the other one.
    std::vector<domain::DeclaredConflict> conflicts(PersonId person);
    bool in_conflict(PersonId one, PersonId other, Date on);

private:
    Connection& connection_;
};

} // namespace peercert::storage
