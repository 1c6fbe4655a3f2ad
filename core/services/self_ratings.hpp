#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/sign_off.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What people say of their own competencies. Kept apart from everything that others saw: no line of the ledger, so
/// that no rule counts it, and no service puts the two into one figure (practice.md N10). Only the person enters it and
/// sees it; what they share is seen by those who teach them, at a training centre, and never by an employer (N4).
class SelfRatings {
public:
    SelfRatings(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    struct NewRating {
        std::string competency; ///< "framework/code"
        std::string rating;     ///< a word of the framework's scale, "not yet"; empty: the rating is taken back
    };
    /// For the actor themselves. The newest of a competency stands. Throws Error{invalid_input} for a word the scale
    /// does not have, Error{forbidden} for the operator: nobody rates somebody else's view of themselves.
    void rate(const Actor& actor, const std::vector<NewRating>& ratings, bool shared, Mode mode = Mode::commit);

    /// What stands, by competency: all for the person; for whoever teaches them, what is shared. Throws
    /// Error{not_found} and Error{forbidden} as for any record of theirs.
    std::vector<domain::SelfRating> of(const Actor& actor, std::string_view person);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
