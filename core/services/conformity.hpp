#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.hpp"
#include "domain/cohort.hpp"
#include "rules/leading.hpp"
#include "services/actor.hpp"
#include "services/rulebook.hpp"

/// Whether a cohort was held as its curriculum asks: who led each session, how many took part, how many sessions and
/// hours there were. These are findings about sessions, never about a person; where one is unmet, nobody completes the
/// cohort before somebody entitled has decided that it counts all the same.
namespace peercert::services {

/// How one session stands against the curriculum's rules about leading and size.
struct SessionConformity {
    domain::Session session;
    std::vector<std::string> leaders; ///< person codes
    std::vector<std::string> names;   ///< the names they use, in step
    rules::LeadingAnswer answer;
};

struct Conformity {
    std::vector<SessionConformity> sessions; ///< all of them
    std::vector<Finding> whole;              ///< of the whole: "sessions" and "hours", where there were too few
    /// Sessions that are not as the curriculum asks, or where that is still open.
    std::vector<SessionConformity> outside() const;
    bool conforms() const { return whole.empty() && outside().empty(); }
};

Conformity conformity_of(storage::UnitOfWork& work, const Rulebook& rulebook, const rules::Program& program,
                         const domain::Cohort& cohort);

/// A decision that a cohort counts though it was not held as the curriculum asks.
struct ModelDecision {
    domain::DecisionId id{};
    Date decided_on{};
    std::string decided_by; ///< actor
    std::string reason;     ///< in the words of whoever decided
    bool covers{false};     ///< what was decided upon then is still all that is unlike the model
};

/// Oldest first.
std::vector<ModelDecision> model_decisions(storage::UnitOfWork& work, const domain::Cohort& cohort,
                                           const Conformity& conformity);

struct NewModelDecision {
    std::string reason;
    std::string decided_by; ///< person code or name; empty: the actor
};
/// Records it with what it is about, frozen, and its audit row, for an actor who may decide in the organization that
/// gives the cohort. Whoever decides leads none of its sessions and has no place in it. Throws Error{invalid_input}
/// where there is nothing to decide, Error{forbidden}.
ModelDecision decide_model(storage::UnitOfWork& work, const Actor& actor, const domain::Cohort& cohort,
                           const Conformity& conformity, const NewModelDecision& decision, const std::string& digest,
                           Date today);

} // namespace peercert::services
