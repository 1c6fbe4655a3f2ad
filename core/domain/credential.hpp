#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>
#include <peercert/record.hpp>

#include "domain/application.hpp"
#include "domain/codes.hpp"
#include "domain/instant.hpp"

namespace peercert::domain {

/// What a person holds: one number for life. The awards of curricula (a WRAP facilitator) are credentials too; their
/// track is the code of the curriculum.
struct Credential {
    CredentialId id{};
    CredentialNumber number{0};
    PersonId person{};
    std::string track{};
    OrganizationId issuer{}; ///< 0 if the curriculum names none
    Instant created_at{};
};

/// From that day on an expired credential is called so ("grace", "lapsed"), until the next rung.
struct Rung {
    Date first_day{};
    std::string name{}; ///< as the edition says it; no semicolon
    bool operator==(const Rung&) const = default;
};

/// How a term stands to those issued before it.
enum class TermPlace {
    in_row, ///< the next in the row; one that begins before the one before it ends (another level) takes its place
    beside, ///< of a level that was added (an endorsement): it holds beside the row, and only while the row holds
    moved   ///< of the level held already, with other days: it takes the place of the one before from its first day on
};

/// Who may be told about it, as the track's register is kept.
enum class RegisterAccess {
    not_said,     ///< the edition says nothing of a register: whoever has the number is told
    open,         ///< everybody
    with_consent, ///< nobody, until its holder consents
    restricted    ///< those whom the body lets look
};

/// One period of validity, both days inclusive, exactly as issued; never changed.
struct Term {
    int n{1};
    Date first_day{};
    std::optional<Date> last_day{}; ///< absent: no end
    std::string level{};
    std::string title{};          ///< "Certified Peer Specialist"
    std::string public_title{};   ///< a generic title that discloses nothing; equal to `title` if the track has none
    std::string name_as_issued{}; ///< stays inside; public output shows the name used now
    std::string edition{};        ///< edition of the track it was issued under
    std::string edition_digest{};
    std::string zone{};           ///< IANA zone whose midnight ends the last day
    std::vector<Rung> timeline{}; ///< what the status is called after the last day, by first day; made by the rules
    DecisionId decision{};        ///< 0 if the curriculum awards without one
    Instant recorded_at{};
    TermPlace place{TermPlace::in_row};
    RegisterAccess shown_to{RegisterAccess::not_said};
    std::optional<Date> shown_until{}; ///< a later day that the public register shows; it makes nobody certified
    bool ends_with_eligibility{false}; ///< it ends on the day on which its holder is no longer eligible, says the track
};

enum class CredentialEventKind {
    suspend,
    reinstate,
    revoke,
    surrender,
    replace,
    end,
    condition,
    condition_lifted,
    consent,          ///< its holder lets it be shown to whoever has the number; by now domain/consent.hpp
    consent_withdrawn ///< no longer
};

/// Something that changed the standing of a credential. The effective day is the first day in the new status.
struct CredentialEvent {
    int n{1}; ///< 1, 2, 3 ... within the credential, as recorded
    CredentialEventKind kind{CredentialEventKind::suspend};
    Date effective_day{};
    Instant recorded_at{};
    DecisionId decision{};   ///< 0 if none
    std::string actor{};     ///< who recorded it
    std::string condition{}; ///< condition, condition_lifted: a word of the track; empty otherwise
    std::string level{};     ///< an added level that it is about; empty: the whole credential
};

/// Everything a status is folded from.
struct CredentialRecord {
    Credential credential{};
    std::vector<Term> terms{};             ///< by n
    std::vector<CredentialEvent> events{}; ///< by n
    std::optional<Date> departed_on{};     ///< of the holder
    bool hidden{false};                    ///< of the holder
    std::optional<bool> consent{};         ///< of the holder, to be shown in a register; absent: never said anything
};

/// The newest term of the row; nothing while there is none.
const Term* newest_in_row(const std::vector<Term>& terms);

/// The days on which events put the credential out of force, from what was recorded by `known_at`: from the effective
/// day of a suspension, revocation, surrender, replacement or end to the day before a reinstatement. In order, without
/// overlap. With a `level`: the days on which that added level alone was put out of force.
std::vector<DayRange> out_of_force(const std::vector<CredentialEvent>& events, std::optional<Instant> known_at = {},
                                   std::string_view level = {});

/// The events about the whole credential (or about that added level alone) that count on `day`, in the order in which
/// they act: by effective day, then as recorded.
std::vector<const CredentialEvent*> acting_events(const std::vector<CredentialEvent>& events, Date day,
                                                  std::optional<Instant> known_at = {}, std::string_view level = {});

std::string_view to_text(CredentialEventKind kind);
std::optional<CredentialEventKind> parse_credential_event_kind(std::string_view text);
std::string_view to_text(TermPlace place); ///< empty for a term of the row
std::optional<TermPlace> parse_term_place(std::string_view text);
std::string_view to_text(RegisterAccess access); ///< empty for not said
std::optional<RegisterAccess> parse_register_access(std::string_view text);

} // namespace peercert::domain
