#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>

#include "domain/credential.hpp"

/// What a credential is on a day, folded from its terms and events. Pure: no clock, no database.
namespace peercert::credentials {

enum class StatusCode {
    certified,
    expired, ///< the last term's last day has passed; `rung` says what the track calls that
    suspended,
    revoked,
    surrendered,
    replaced,          ///< by another credential
    ended,             ///< by the person's departure or by the certifying body, without blame
    not_yet_effective, ///< issued, the first day has not come
    unknown            ///< nothing was issued by then
};

/// Only `certified` ever reads as a yes.
struct Status {
    StatusCode code{StatusCode::unknown};
    std::optional<Date> since{};    ///< first day of the present status; absent for unknown and not yet effective
    std::optional<Date> last_day{}; ///< last valid day of the term meant; absent if it has no end
    int term{0};             ///< n of the term meant: in force, else the latest before, else the first after; 0 if none
    std::string rung{};      ///< expired: the timeline's word for this day ("grace", "lapsed"); else empty
    std::string condition{}; ///< word of the newest condition not lifted; empty if none
    bool yes() const { return code == StatusCode::certified; }
};

std::string_view to_text(StatusCode code);

/// Status on `day`, from what was recorded by `known_at` (absent: everything recorded). Conventions: a term's days are
/// both inclusive; an event's effective day is the first day in its status; suspend lasts until reinstate; revoke,
/// surrender, replace and end last until reinstate; of several at once the gravest stands (revoked, surrendered,
/// replaced, ended, suspended), also over an expired term; nothing is backdated (an event acts from the day it names,
/// terms of the past stay true for days before). From `departed_on` on the status is `ended`.
Status status(const domain::CredentialRecord& record, Date day, std::optional<domain::Instant> known_at = {});

/// An added level (an endorsement) on a day of its term.
struct AddedLevel {
    std::string level{};
    int term{0}; ///< n
    Date first_day{};
    std::optional<Date> last_day{};
    StatusCode code{StatusCode::certified}; ///< of this level alone: certified, or put out of force by itself
    std::optional<Date> since{};            ///< first day of that, when it is not certified
    bool operator==(const AddedLevel&) const = default;
};

/// The levels that were added and have a term on `day`, in the order in which they were added. None while the
/// credential that bears them is not certified: what becomes of it becomes of them all.
std::vector<AddedLevel> added_levels(const domain::CredentialRecord& record, Date day,
                                     std::optional<domain::Instant> known_at = {});

/// Whether the public may be told of the credential on `day`, as the register of its track goes: always where the
/// edition says nothing or the register is open, only with its holder's consent, or not at all. By the newest term.
bool may_be_shown(const domain::CredentialRecord& record, Date day);

} // namespace peercert::credentials
