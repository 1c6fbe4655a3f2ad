#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/proposal.hpp"

namespace peercert::storage {

class Connection;

/// Editions on their way into force: what was proposed, approved, published, withdrawn. Rows are only ever added.
class Proposals {
public:
    explicit Proposals(Connection& connection) : connection_(connection) {}

    /// `id`, `typed_by` and `recorded_at` of the argument are the unit's own.
    domain::ProposalId add(const domain::Proposal& proposal);
    /// Gives the event its `n`; `typed_by` and `recorded_at` are the unit's. Throws Error{conflict} for a second
    /// approval by the same person, a second publication and a second withdrawal.
    void add_event(domain::ProposalId proposal, const domain::ProposalEvent& event);

    /// The newest proposal of that edition, with its texts.
    std::optional<domain::ProposalRecord> newest(std::string_view code, std::string_view edition);
    /// Oldest first, without their texts; of every code when it is empty.
    std::vector<domain::ProposalRecord> list(std::string_view code = {});
    /// What was published and not withdrawn, with its texts, by code, then first day.
    std::vector<domain::PublishedEdition> published();
    /// The same of one code, without their texts.
    std::vector<domain::PublishedEdition> published(std::string_view code);

private:
    std::vector<domain::ProposalEvent> events_of(domain::ProposalId proposal);

    Connection& connection_;
};

} // namespace peercert::storage
