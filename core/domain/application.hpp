#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

using DecisionId = Id<struct DecisionTag>;

/// What somebody asked of a certifying body.
struct Application {
    ApplicationId id{};
    PersonId person{};
    std::string track{};
    std::string edition{}; ///< selected by `received_on`
    std::string step{};    ///< a step of the edition: "become certified", "renew certified"
    std::string level{};   ///< the level asked for
    Date received_on{};
    std::string choice{};      ///< of an alternative the edition offers; empty if none
    CredentialId credential{}; ///< for a renewal or a change of one; 0 otherwise
    Instant recorded_at{};
};

enum class Outcome { granted, denied, returned, withdrawn };

/// What was decided, by whom, on which evidence. A fact like any other: dated, never changed.
struct Decision {
    DecisionId id{};
    ApplicationId application{}; ///< 0 for a decision about a credential alone
    CredentialId credential{};   ///< 0 for a decision about an application that made none (yet)
    Outcome outcome{Outcome::granted};
    /// What it does: "issue", "renew", "suspend", "revoke", "reinstate" ...; "cohort.complete/3" lets cohort 3 be
    /// completed though it was not held as its curriculum asks.
    std::string action{};
    Date decided_on{};
    std::string decided_by{};        ///< actor
    std::string finding{};           ///< the frozen finding tree as JSON
    std::vector<EntryId> evidence{}; ///< entries used
    std::string edition_digest{};
    std::string engine{}; ///< version of the engine that judged
    Instant recorded_at{};
};

std::string_view to_text(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

} // namespace peercert::domain
