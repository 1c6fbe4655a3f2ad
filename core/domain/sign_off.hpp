#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

/// How far a signature is (practice.md 1.2). What was superseded or withdrawn is told by the lines of the ledger.
enum class SignOffState {
    draft,                ///< begun by or for the assessor; counts for nothing
    awaiting_assessor,    ///< typed by somebody else; the assessor has to confirm it
    awaiting_cosignature, ///< this assessor signed, another one has not
    signed_off,           ///< counts, as its rating says
    under_review          ///< the authority it rested on is in question; a person decides
};

/// What the ledger's line of a sign-off does not hold.
struct SignOff {
    EntryId entry{}; ///< the line
    EntryId act{};   ///< first line of all that was signed in one go
    EntryId root{};  ///< first line of this signature
    SignOffState state{SignOffState::signed_off};
    std::string rating;    ///< word of the scale
    std::string framework; ///< "code edition" of what the scale belongs to
};

/// What a learner says to a sign-off. A word and no text: a text would be kept as long as the ledger and read by
/// whoever reads the sign-off, and the only things that could stand in it are a story or something about a third
/// person. What has to be said is said to a human, and each of these words leads to one.
enum class Response { agrees, disagrees, asks_to_talk, asks_to_be_seen_again, taken_back };

struct LearnerResponse {
    EntryId root{};
    Response response{Response::agrees};
    Instant recorded_at{};
};

/// What somebody says of themselves. No line of the ledger, never counted, never averaged with what others saw.
struct SelfRating {
    PersonId person{};
    int n{0};               ///< in the order of recording, from 1
    std::string competency; ///< "framework/code"
    std::string framework;  ///< "code edition" whose scale the word is of
    std::string rating;
    Date rated_on{};
    bool shared{false}; ///< with those who teach them; otherwise nobody but the person sees it
    bool withdrawn{false};
};

/// Two people of whom neither signs for the other on those days. No reason is asked or kept.
struct DeclaredConflict {
    PersonId person{};
    PersonId other{};
    DayRange days;         ///< an absent last day has no end
    bool withdrawn{false}; ///< it was never so
};

std::string_view to_text(SignOffState state);
std::optional<SignOffState> parse_sign_off_state(std::string_view text);
std::string_view to_text(Response response);
std::optional<Response> parse_response(std::string_view text);

} // namespace peercert::domain
