#pragma once

#include <string>
#include <vector>

#include "rules/terms.hpp"
#include "services/rulebook.hpp"

/// Two titles on one clock: issuing one gives the others that are aligned with it a term with other days.
namespace peercert::services {

/// A term of another track that the one just issued moves.
struct MovedTerm {
    CredentialId credential;
    std::string number;
    std::string track;
    std::string level;
    Rulebook::ProgramPtr program; ///< of the edition that term was issued under
    rules::PresentTerm was;
    rules::PresentTerm becomes;
    std::vector<AnchorDay> certified; ///< the certifications whose latest both follow
};

/// What a term of `issued` at `level` that begins with `term` moves. `record` is the person's without that term: so it
/// can be asked before it is written, and again when the decision is replayed. A term that has been renewed ahead keeps
/// its days; its next renewal follows.
std::vector<MovedTerm> moved_by(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                                const Record& record, const rules::Program& issued, const std::string& level,
                                const rules::PresentTerm& term, Date issued_on);

/// Says in the finding of a decision what it moves: one part for each, with the days it hung on.
void explain_moved(Finding& finding, const std::vector<MovedTerm>& moved);

} // namespace peercert::services
