#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/edition.hpp"
#include "domain/instant.hpp"

/// How an edition comes into force: somebody proposes its text, two others approve exactly that text, then it is
/// published. All of it is added, nothing is changed.
namespace peercert::domain {

using ProposalId = Id<struct ProposalTag>;

/// A draft as it was proposed. Another text of the same edition is another proposal.
struct Proposal {
    ProposalId id{};
    FrozenEdition edition{};
    std::string cases{}; ///< the text of its file of cases
    OrganizationId body{};
    PersonId proposed_by{};
    std::string because{};  ///< why its first day may lie in the past; empty: it may not
    std::string typed_by{}; ///< actor
    Instant recorded_at{};
};

enum class ProposalStep { approved, published, withdrawn };

struct ProposalEvent {
    int n{0};
    ProposalStep step{ProposalStep::approved};
    PersonId person{};      ///< 0: the operator of the installation; never for an approval
    Date day{};             ///< of approval or withdrawal; for published: the first day in force
    std::string reason{};   ///< of a withdrawal
    std::string typed_by{}; ///< actor
    Instant recorded_at{};
};

struct ProposalRecord {
    Proposal proposal{};
    std::vector<ProposalEvent> events{}; ///< by n
};

/// An edition that was published and not withdrawn.
struct PublishedEdition {
    ProposalId proposal{};
    FrozenEdition edition{};
    Date first_day{};
    OrganizationId body{};
};

std::string_view to_text(ProposalStep step);
std::optional<ProposalStep> parse_proposal_step(std::string_view text);

} // namespace peercert::domain
