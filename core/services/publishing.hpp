#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "curricula/edition_reader.hpp"
#include "domain/proposal.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/publishing_checks.hpp"
#include "services/rulebook.hpp"

/// How a rule comes into force. Somebody of the body that answers for it proposes the text; two administrators of that
/// body, different people and neither of them whoever proposed that text, approve exactly that text; then it is
/// published, and its text can never change.
namespace peercert::services {

inline constexpr std::size_t approvals_needed = 2;
/// An approval names the text by the beginning of its digest, at least so much of it.
inline constexpr std::size_t shortest_digest = 12;

struct ProposeRequest {
    curricula::SourceText file;  ///< as its author wrote it
    curricula::SourceText cases; ///< of the file beside it
    std::string body;            ///< code of the organization; empty: the one that published the code before
    std::string by;              ///< person; empty: the actor
    std::string because;         ///< why its first day may have passed
};

enum class ProposalState {
    draft,      ///< approvals are missing
    approved,   ///< may be published
    published,  ///< holds from its first day, which may be to come
    superseded, ///< published, and a later edition has begun
    replaced,   ///< another text of the same edition was proposed since
    withdrawn
};

/// A proposal as it stands today.
struct ProposalView {
    domain::ProposalRecord record; ///< without its texts in lists
    std::string body;              ///< code
    std::string proposed_by;       ///< code of the person
    std::vector<std::string> approved_by;
    std::vector<std::string> event_by; ///< for each event of the record; empty: the operator
    ProposalState state{ProposalState::draft};
    std::optional<Date> first_day; ///< once it is published
    std::optional<Date> last_day;  ///< the day before a later edition begins
};

/// A proposal with what was found when its kept text was looked at.
struct Reviewed {
    ProposalView proposal;
    DraftCheck check;
    bool done{false}; ///< what was asked for was recorded; false: something is in the way
};

class Publishing {
public:
    Publishing(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Keeps the text and its cases as a draft, unless something is in the way. Throws Error{invalid_input} for a file
    /// that cannot be read, Error{conflict} for an edition that was published or relied on with another text and for
    /// one that is proposed so already, Error{forbidden} for somebody without a role at the body.
    Reviewed propose(const Actor& actor, const ProposeRequest& request, Mode mode = Mode::commit);
    /// `digest`: at least its first 12 characters. Throws Error{conflict} when the draft says something else now, or
    /// the person approved it already; Error{forbidden} for whoever proposed that text and for somebody who is no
    /// administrator of the body. `by`: person; empty: the actor.
    ProposalView approve(const Actor& actor, std::string_view code, std::string_view edition, std::string_view digest,
                         std::string_view by, Mode mode = Mode::commit);
    /// Looks at the kept text anew, then lets it hold from its first day. Throws Error{conflict} without two approvals.
    Reviewed publish(const Actor& actor, std::string_view code, std::string_view edition, Mode mode = Mode::commit);
    /// A draft at any time; what was published only before its first day and while nothing relies on it (else
    /// Error{conflict}). Then the edition before it goes on.
    ProposalView withdraw(const Actor& actor, std::string_view code, std::string_view edition, std::string_view because,
                          Mode mode = Mode::commit);

    /// Oldest first, without texts; of every code when it is empty. What rules say is no secret: no right is asked.
    std::vector<ProposalView> list(std::string_view code = {});
    /// The newest proposal of that edition, its kept text looked at anew. Throws Error{not_found}.
    Reviewed review(std::string_view code, std::string_view edition);
    /// The kept text of a draft that is neither published nor withdrawn, as an edition; nullptr if there is none.
    std::shared_ptr<const Edition> open_draft(std::string_view code, std::string_view edition);

private:
    ProposalView view(storage::UnitOfWork& work, domain::ProposalRecord record,
                      const std::vector<domain::ProposalRecord>& of_code) const;
    ProposalView newest(storage::UnitOfWork& work, std::string_view code, std::string_view edition) const;
    OrganizationId body_meant(storage::UnitOfWork& work, const Edition& edition, const std::string& named) const;
    PersonId acting(storage::UnitOfWork& work, const Actor& actor, std::string_view by, Action action,
                    OrganizationId body) const;
    void refuse_stale(storage::UnitOfWork& work, std::string_view code) const;
    Edition read(const ProposalView& proposal) const;
    DraftCheck check(const ProposalView& proposal) const;

    House& house_;
    const Rulebook& rulebook_;
};

/// For wiring: what the catalogue is made with.
std::vector<curricula::PublishedText> published_texts(storage::Store& store);

std::string_view state_word(ProposalState state); ///< "draft", "approved" ...

} // namespace peercert::services
