#pragma once

#include <string>
#include <vector>

#include "domain/application.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What is not as it was when the decision was made.
enum class Differs {
    engine,  ///< another version of the rules' engine judges now
    plugins, ///< another build of a plugin takes part
    born,    ///< an older program corrected the day of birth since and did not keep the former one to judge by
    finding, ///< the answer or its reasons are not the same bytes
    not_kept ///< the decision was made without a finding, so there is nothing to judge again
};

/// A decision of the past, judged again: the same edition from the database, the record as it was then.
struct Replayed {
    domain::Decision decision;
    domain::Application application; ///< empty for a decision about a credential alone
    std::string person;              ///< code
    std::string edition;             ///< as "code edition"
    bool same{false};                ///< the finding is the same, byte for byte
    std::vector<Differs> differs;    ///< empty when all is as it was
    std::string engine_now;
    std::string finding_now; ///< JSON, as it would be frozen now
};

class Replays {
public:
    Replays(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{not_found} for no such decision, and when its edition is not in the database.
    Replayed replay(const Actor& actor, domain::DecisionId decision);

private:
    Finding judged_again(storage::UnitOfWork& work, const rules::Program& program,
                         const domain::Application& application, const domain::Decision& then,
                         const Record& record) const;
    /// What a certificate that was taken over moved.
    Finding taken_over_again(storage::UnitOfWork& work, const rules::Program& program, PersonId person,
                             const domain::Decision& then, const Record& record) const;

    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
