#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>
#include <peercert/record.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

/// Why something is entered after the window for it; a closed list, so that nobody writes a story.
enum class LateReason { paper_form, system_unavailable, assessor_away, correction, moved_record, other };

/// What entitled somebody to vouch for an entry, copied when it was recorded (practice.md 1.2).
struct Authority {
    std::string role{};       ///< "edition code/meaning or level": "wrap/facilitator"
    std::string credential{}; ///< number relied on, printed form; empty if the role is no credential
    DayRange held{};          ///< the days on which the person held the role
    bool operator==(const Authority&) const = default;
};

/// A line to be added to the ledger. There is no field for free text about a person.
struct NewEntry {
    PersonId person{};
    EntryKind kind{EntryKind::fact};
    EntryResult result{EntryResult::none};
    Date first_day{};
    Date last_day{};        ///< not before first_day; peercert::no_end for a fact without an end
    std::int64_t amount{0}; ///< minutes, hundredths or times, by kind (peercert/record.hpp); never negative
    std::string code{};     ///< course, unit, "framework/competency", exam part, statement, document, fact, clause
    std::string edition{};  ///< "code edition" of the framework or curriculum, when the kind needs it
    std::vector<std::string> tags{}; ///< at most eight words
    std::string provider{};          ///< code of the organization that gave it; empty if unknown
    SessionId session{};             ///< 0 if none
    CohortId cohort{};               ///< 0 if none
    PersonId asserted_by{}; ///< who says so (facilitator, supervisor, or the person); 0 if an organization does
    std::string typed_by{}; ///< actor who typed it
    std::optional<Authority> authority{};
    std::string wording{};         ///< attestation: version of the wording agreed to
    std::string document_digest{}; ///< document: hex digest of what was shown; the document itself is not kept here
    std::optional<LateReason> late_reason{};
    EntryId replaces{};    ///< a correction of that entry (same person, same kind); 0 if none
    bool withdrawn{false}; ///< with `replaces`: that entry no longer counts and nothing stands in its place
};

/// A line as stored. Lines are never changed: `superseded_by` is the later line that names this one, if any.
struct LedgerEntry : NewEntry {
    EntryId id{};
    Instant recorded_at{};
    EntryId superseded_by{};
    bool counts() const { return !withdrawn && !superseded_by; }
};

std::string_view to_text(EntryKind kind);
std::string_view to_text(EntryResult result); ///< "none" for EntryResult::none
std::string_view to_text(LateReason reason);
std::optional<EntryKind> parse_entry_kind(std::string_view text);
std::optional<EntryResult> parse_entry_result(std::string_view text);
std::optional<LateReason> parse_late_reason(std::string_view text);

} // namespace peercert::domain
