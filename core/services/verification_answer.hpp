#pragma once

#include <optional>
#include <string>
#include <vector>

#include <peercert/date.hpp>

/// What a stranger learns about one credential number on one day. Made by services::Verification; put into words and
/// JSON by the words room; shown alike by API, page and command line.
namespace peercert::services {

enum class VerificationOutcome {
    certified, ///< the only yes
    expired,   ///< the day is after the last valid day
    suspended,
    revoked,
    surrendered,       ///< given back by its holder
    replaced,          ///< another credential stands in its place
    ended,             ///< it no longer says anything about anyone (its holder is gone, the credential is discontinued)
    not_yet_effective, ///< the day is before the first day of the first term
    no_match,          ///< unknown, mistyped and hidden numbers, and those whose register is not for the public (or
                       ///< only with a consent that is not there): one answer for all
    cannot_check       ///< the record cannot be read now: neither yes nor no
};

/// A level that was added to a credential (an endorsement) and is in force with it.
struct VerifiedLevel {
    std::string level;
    Date first_day{};
    std::optional<Date> last_day; ///< inclusive; absent: as long as the credential
};

/// For no_match and cannot_check everything but outcome, asked, number, asked_day, projection and the two instants is
/// empty. Reasons (why revoked, why suspended) are never part of it.
struct VerificationAnswer {
    VerificationOutcome outcome{VerificationOutcome::cannot_check};
    std::string asked;  ///< what was typed, at most domain::longest_typed_code bytes: to be matched with a list
    std::string number; ///< as asked, in normalised print form; what was typed if it is no number at all
    std::string holder; ///< the name the person uses now
    std::string credential_title; ///< the public title
    std::string level;
    std::string issuer;
    std::optional<Date> first_issued;
    std::optional<Date> term_first_day; ///< of the term that covers the asked day, or the last one before it
    std::optional<Date> last_valid_day; ///< of the same term, inclusive; absent when the term is open
    std::optional<Date> status_since;   ///< first day of this outcome
    std::string status_name;            ///< the programme's own word for where it stands ("grace month"), may be empty
    std::vector<VerifiedLevel> added_levels; ///< in force on the asked day; only beside a yes
    /// The day that the programme's public list shows for the term, where its rules say that it is another than the
    /// last valid day. It makes nobody certified.
    std::optional<Date> list_shows_until;
    std::string restriction; ///< what the holder may do only under a condition ("practises under supervision")
    Date asked_day{};
    bool projection{false}; ///< asked_day is later than the programme's today: true only if nothing changes
    /// Of a day that is past, for a credential that was found: what the answer for the programme's today is, and since
    /// when. A past yes says nothing about today.
    std::optional<VerificationOutcome> outcome_today;
    std::optional<Date> today_since;
    std::string checked_at; ///< UTC instant of the check, YYYY-MM-DDThh:mm:ssZ
    std::string data_as_of; ///< UTC instant up to which the record read is complete; empty for cannot_check

    /// A yes for a past day whose answer for today is another one.
    bool was_certified_only() const {
        return outcome == VerificationOutcome::certified && outcome_today &&
               *outcome_today != VerificationOutcome::certified;
    }
};

} // namespace peercert::services
