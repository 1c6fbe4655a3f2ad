#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

using ConfirmationId = Id<struct ConfirmationTag>;

/// A supervisor is asked to confirm lines of somebody's ledger, through a link that works once and needs no account.
struct Confirmation {
    ConfirmationId id{};
    PersonId person{};      ///< whose lines they are
    PersonId supervisor{};  ///< who is asked; never the person
    std::string role{};     ///< "wa-cpss/approved supervisor"; empty: supervisor at the employer each line names
    Instant expires_at{};   ///< the link works before this instant
    std::string typed_by{}; ///< actor who asked
    Instant recorded_at{};
};

/// `answered` closes the request: the lines confirmed stand beside it, the others stay open and may be asked about
/// again. There is no reason for either, and no field for one.
enum class ConfirmationStep { asked, confirmed, answered, withdrawn };

struct ConfirmationEvent {
    ConfirmationStep step{ConfirmationStep::asked};
    EntryId entry{}; ///< asked: the line; confirmed: the line that was asked about; else 0
    Instant recorded_at{};
};

struct ConfirmationRecord {
    Confirmation request{};
    std::vector<ConfirmationEvent> events{}; ///< as recorded

    std::vector<EntryId> lines(ConfirmationStep step) const {
        std::vector<EntryId> found;
        for (const ConfirmationEvent& event : events)
            if (event.step == step && event.entry)
                found.push_back(event.entry);
        return found;
    }
    bool closed() const {
        for (const ConfirmationEvent& event : events)
            if (event.step == ConfirmationStep::answered || event.step == ConfirmationStep::withdrawn)
                return true;
        return false;
    }
    bool open(Instant now) const { return !closed() && now < request.expires_at; }
};

std::string_view to_text(ConfirmationStep step);
std::optional<ConfirmationStep> parse_confirmation_step(std::string_view text);

} // namespace peercert::domain
